"""Reads of trainings."""

from datetime import datetime

import msgspec

from agent.learning.export import queries as training
from agent.learning.export.tuning.structs import LEAST, AtProvider, TuningPage, TuningStatus, TuningView
from agent.llm import queries as models
from core.access import ADMINS, Actor
from core.database import read, system_transaction

SHOWN = 20
UNDER_WAY = "('preparing', 'training')"
RUN = """
t.id, t.base_model, t.base_url, t.status, t.lines, t.file_id, t.asked, t.job_id, t.model, t.tries, t.cancelling, t.created_at,
t.at_provider, t.sealed_key
"""
VIEW = """
t.id, t.base_model, t.status, t.lines, t.model, t.trouble, t.cancelling, t.started_by, t.created_at, t.finished_at, t.at_provider, t.provider_says
"""
PLAN = "SELECT p.base_model, p.minimum, p.scheduled FROM ai_fine_tuning_plans p WHERE p.organization_id = $1"
FRESH = f"""
{training.REVIEWED} SELECT count(*) FROM found f WHERE f.left_out = ''
  AND f.updated_at > coalesce((SELECT max(t.created_at) FROM ai_fine_tunings t WHERE t.organization_id = $1 AND t.status <> 'cancelled'), '-infinity')
"""


class Run(msgspec.Struct, frozen=True):
    """A training as the work on it needs it."""

    id: int
    base_model: str
    base_url: str
    status: TuningStatus
    lines: int
    file_id: str
    asked: bool
    job_id: str
    model: str
    tries: int
    cancelling: bool
    created_at: datetime
    at_provider: AtProvider
    sealed_key: str

    def __repr__(self) -> str:
        return f"Run({self.id})"

    @property
    def is_under_way(self) -> bool:
        return self.status in {"preparing", "training"}


class Plan(msgspec.Struct, frozen=True):
    base_model: str = ""
    minimum: int = 100
    scheduled: bool = False


async def plan(actor: Actor) -> Plan:
    async with read(actor) as db:
        return await db.fetch_one(Plan, PLAN, actor.organization_id) or Plan()


async def run(actor: Actor, run_id: int) -> Run | None:
    sql = f"SELECT {RUN} FROM ai_fine_tunings t WHERE t.organization_id = $1 AND t.id = $2"
    async with read(actor) as db:
        return await db.fetch_one(Run, sql, actor.organization_id, run_id)


async def fresh(actor: Actor) -> int:
    """Replies that could be trained with and were reviewed after the last training began."""
    async with read(actor) as db:
        return int(await db.fetch_value(FRESH, actor.organization_id, None))


async def page(actor: Actor) -> TuningPage:
    """What is trained and when, and the last trainings.

    Raises:
        Forbidden: not an admin.
    """
    actor.require(*ADMINS)
    sql = f"SELECT {VIEW} FROM ai_fine_tunings t WHERE t.organization_id = $1 ORDER BY t.id DESC LIMIT {SHOWN}"
    async with read(actor) as db:
        planned = await plan(actor)
        runs = await db.fetch(TuningView, sql, actor.organization_id)
        has_provider = bool((await models.stored(actor)).name)
        return TuningPage(planned.base_model, planned.minimum, planned.scheduled, await fresh(actor), has_provider, LEAST, runs)


async def scheduled() -> list[int]:
    """Organizations that want to train by themselves."""
    async with system_transaction("trainings of all organizations begin every night") as db:
        return [
            row[0] for row in await db.fetch_rows("SELECT organization_id FROM ai_fine_tuning_plans WHERE scheduled ORDER BY 1")
        ]


async def unsettled() -> list[int]:
    """Organizations with a training that is under way, or that its provider is asked to cancel."""
    sql = f"SELECT DISTINCT organization_id FROM ai_fine_tunings WHERE status IN {UNDER_WAY} OR at_provider = 'asking' ORDER BY 1"
    async with system_transaction("trainings of all organizations may have lost their jobs") as db:
        return [row[0] for row in await db.fetch_rows(sql)]
