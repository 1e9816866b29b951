"""Rows of language models that are trained with the organization's replies."""

from piccolo.columns import Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class TuningPlan(OrganizationTable, tablename="ai_fine_tuning_plans"):
    """What is trained and when, one row of an organization at most. `scheduled`: every night once there are `minimum` new replies."""

    base_model = Varchar(length=80, null=False, default="")
    minimum = Integer(null=False, default=100)
    scheduled = Boolean(null=False, default=False)


class FineTuning(OrganizationTable, tablename="ai_fine_tunings"):
    """One training at the provider at `base_url`, and how far it is: enough to go on after a crash at any moment.

    `file_id`: the data is there. `asked`: the provider was asked to begin, `job_id`: and has begun. `tries` failed in a row, `trouble` is why.
    `model` is the name of what came of it. `sealed_key`: what it began with, until it ended here and there. `at_provider`: what becomes
    there of one that was given up here (`structs.AtProvider`); `tries` are those of asking that then, `provider_says` is what came of the last.
    """

    base_model = Varchar(length=80, null=False)
    base_url = Varchar(length=320, null=False)
    status = Varchar(length=10, null=False, default="preparing")
    lines = Integer(null=False, default=0)
    file_id = Varchar(length=200, null=False, default="")
    asked = Boolean(null=False, default=False)
    job_id = Varchar(length=200, null=False, default="")
    model = Varchar(length=80, null=False, default="")
    trouble = Varchar(length=200, null=False, default="")
    tries = Integer(null=False, default=0)
    cancelling = Boolean(null=False, default=False)
    started_by = Varchar(length=200, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    finished_at = Timestamptz(null=True, default=None)
    at_provider = Varchar(length=10, null=False, default="")
    provider_says = Varchar(length=200, null=False, default="")
    sealed_key = Text(null=False, default="")
