"""Rows of workflows: what they are, each version that was published, who is where in them, and what became of each step."""

from piccolo.columns import JSONB, BigInt, Boolean, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Workflow(OrganizationTable, tablename="workflows"):
    """`draft` is what is being written, `revision` counts its changes; `version` is the one that was published last (0: none), by which new runs go.

    `trigger_type`, `starts_on` are those of that version, of the draft before there is one. `status` is `draft`, `active` or `paused`.
    """

    name = Varchar(length=120, null=False)
    description = Text(null=False, default="")
    trigger_type = Varchar(length=60, null=False)
    starts_on = Varchar(length=60, null=False, default="")
    status = Varchar(length=10, null=False, default="draft")
    is_template = Boolean(null=False, default=False)
    draft = JSONB(null=False, default="{}")
    revision = Integer(null=False, default=1)
    version = Integer(null=False, default=0)
    client_id = Varchar(length=64, null=True, default=None)
    created_by = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())
    paused_at = Timestamptz(null=True, default=None)


class WorkflowVersion(OrganizationTable, tablename="workflow_versions"):
    """A definition as it was published; it never changes. `plan`: what was chosen for whoever was inside."""

    workflow_id = BigInt(null=False)
    version = Integer(null=False)
    definition = JSONB(null=False, default="{}")
    plan = JSONB(null=False, default="[]")
    published_by = BigInt(null=True, default=None)
    published_at = Timestamptz(null=False, default=TimestamptzNow())


class WorkflowEnrollment(OrganizationTable, tablename="workflow_enrollments"):
    """One run of one contact. `step_id` is where: `arriving` there, or `waiting` until `due_at` (null: until something happens).

    `status` is `active`, `completed` or `exited`, the last two with a `reason`. `note` says why it waits longer than the step asks.
    `skips`: the next effect is left out, because it fell due during a pause. `contact_id` null: the contact was deleted.
    """

    workflow_id = BigInt(null=False)
    version = Integer(null=False)
    contact_id = BigInt(null=True, default=None)
    entry_key = Varchar(length=200, null=False, default="")
    rotation = Integer(null=False, default=0)
    status = Varchar(length=10, null=False, default="active")
    reason = Varchar(length=60, null=False, default="")
    detail = Varchar(length=500, null=False, default="")
    step_id = Varchar(length=60, null=False, default="")
    phase = Varchar(length=10, null=False, default="arriving")
    due_at = Timestamptz(null=True, default=None)
    came = Boolean(null=False, default=False)
    skips = Boolean(null=False, default=False)
    note = Varchar(length=500, null=False, default="")
    facts = JSONB(null=False, default="{}")
    client_id = Varchar(length=64, null=True, default=None)
    enrolled_at = Timestamptz(null=False, default=TimestamptzNow())
    ended_at = Timestamptz(null=True, default=None)


class WorkflowEffect(OrganizationTable, tablename="workflow_effects"):
    """What became of one step of one run; there is one row of it, ever. `reached`: the contact noticed.

    `status`: `passed` (a step that does nothing), `begun`, `again` (to be tried once more), `done`, `skipped`, `failed`, `uncertain`.
    """

    enrollment_id = BigInt(null=False)
    contact_id = BigInt(null=True, default=None)
    step_id = Varchar(length=60, null=False)
    kind = Varchar(length=60, null=False)
    status = Varchar(length=10, null=False)
    branch = Varchar(length=30, null=False, default="")
    detail = Varchar(length=500, null=False, default="")
    attempt = SmallInt(null=False, default=1)
    reached = Boolean(null=False, default=False)
    at = Timestamptz(null=False, default=TimestamptzNow())


class WorkflowWait(OrganizationTable, tablename="workflow_waits"):
    """Somebody waits for `event`; written before anything is looked at, gone when he goes on. `condition`: what it must tell."""

    enrollment_id = BigInt(null=False)
    contact_id = BigInt(null=False)
    event = Varchar(length=60, null=False)
    condition = JSONB(null=True, default=None)


class WorkflowRefusal(OrganizationTable, tablename="workflow_refusals"):
    """Why a contact did not come into a workflow the last time that its trigger happened to him, and how often that was."""

    workflow_id = BigInt(null=False)
    contact_id = BigInt(null=False)
    entry_key = Varchar(length=200, null=False, default="")
    reason = Varchar(length=60, null=False)
    detail = Varchar(length=500, null=False, default="")
    times = Integer(null=False, default=1)
    at = Timestamptz(null=False, default=TimestamptzNow())


class WorkflowTally(OrganizationTable, tablename="workflow_tallies"):
    """How many came in and left. In several rows, so that contacts who do so at the same time seldom wait for each other."""

    workflow_id = BigInt(null=False)
    slot = SmallInt(null=False)
    enrolled = BigInt(null=False, default=0)
    completed = BigInt(null=False, default=0)
    exited = BigInt(null=False, default=0)


class WorkflowUse(OrganizationTable, tablename="workflow_uses"):
    """What a step of a version refers to (`step_id` empty: what starts it). A row with a template is the source of a mailing.

    Null again, where nobody needs it any more: then it may be deleted.
    """

    workflow_id = BigInt(null=False)
    version = Integer(null=False)
    step_id = Varchar(length=60, null=False, default="")
    template_id = BigInt(null=True, default=None)
    inbox_id = BigInt(null=True, default=None)
    topic_id = BigInt(null=True, default=None)
    segment_id = BigInt(null=True, default=None)


class WorkflowWatch(OrganizationTable, tablename="workflow_watches"):
    """A segment whose newcomers start workflows. `is_first`: nobody was told of yet; `position`: the contact from which a look goes on.

    `spent_ms`, `looked`, `members`, `entered` are of the look under way; `took_ms`, `contact_count`, `member_count` of the last whole one, at
    `looked_at`; `entered_count` of all.
    """

    segment_id = BigInt(null=False)
    is_on = Boolean(null=False, default=True)
    is_first = Boolean(null=False, default=True)
    position = BigInt(null=False, default=0)
    spent_ms = BigInt(null=False, default=0)
    looked = BigInt(null=False, default=0)
    members = BigInt(null=False, default=0)
    entered = BigInt(null=False, default=0)
    looked_at = Timestamptz(null=True, default=None)
    took_ms = BigInt(null=False, default=0)
    contact_count = BigInt(null=False, default=0)
    member_count = BigInt(null=False, default=0)
    entered_count = BigInt(null=False, default=0)
    trouble = Varchar(length=300, null=False, default="")


class WorkflowWatchMember(OrganizationTable, tablename="workflow_watch_members"):
    """Who was in a watched segment when it was looked through last."""

    segment_id = BigInt(null=False)
    contact_id = BigInt(null=False)
