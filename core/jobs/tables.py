"""Rows of the job ledger, the workers that lease from it, timers and schedules."""

from typing import Final

from piccolo.columns import JSONB, BigInt, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import LacasaTable

QUEUED: Final = 0
RUNNING: Final = 1
DONE: Final = 2
DEAD: Final = 3


class Worker(LacasaTable, tablename="workers"):
    """A row per worker process and lease; a worker whose lease ran out is dead, and its jobs go back."""

    lease_until = Timestamptz(null=False)
    host = Varchar(length=200, null=False, default="")


class LedgerJob(LacasaTable, tablename="jobs"):
    """`organization_id` null: housekeeping of the whole installation."""

    organization_id = BigInt(null=True, default=None)
    job_class = Varchar(length=20, null=False, db_column_name="class")
    name = Varchar(length=200, null=False)
    arguments = JSONB(null=False, default="{}")
    key = Varchar(length=300, null=True, default=None)
    status = SmallInt(null=False, default=QUEUED)
    run_at = Timestamptz(null=False, default=TimestamptzNow())
    attempt = Integer(null=False, default=0)
    max_attempts = Integer(null=False, default=5)
    worker_id = BigInt(null=True, default=None)
    error = Text(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    finished_at = Timestamptz(null=True, default=None)


class Timer(LacasaTable, tablename="timers"):
    """Turns into job `name` when `due_at` has come. `key` is unique per organization, so setting again moves it."""

    organization_id = BigInt(null=False)
    name = Varchar(length=200, null=False)
    key = Varchar(length=300, null=False)
    arguments = JSONB(null=False, default="{}")
    due_at = Timestamptz(null=False)


class ScheduleRow(LacasaTable, tablename="schedules"):
    """When each schedule fires next, by which rule; one row per `Schedule` of a manifest."""

    name = Varchar(length=200, null=False, unique=True)
    next_at = Timestamptz(null=False)
    rule = Varchar(length=200, null=False, default="")
