"""Ending a training here, and at the provider where it goes on there: that is asked to cancel it, a bounded number of times.

It is asked at the address and with the key that the training began with, whatever was chosen since; the key is erased when that is over.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from agent.learning.export.tuning import queries
from agent.learning.export.tuning.provider import Job, Provider, TuningFailed
from agent.learning.export.tuning.queries import Run
from agent.llm import queries as models
from agent.llm.models import OPENAI
from core.access import Actor
from core.auth import sealing
from core.database import Unit, transaction
from core.errors import Unauthenticated
from core.jobs import ledger

CALL_OFF = "agent.learning.export.tuning.call_off"
TRIES = 10
PAUSE_S, PAUSE_MAX_S = 5.0, 900.0
TROUBLE_MAX = 200
ENDED = frozenset({"succeeded", "failed", "cancelled"})
DROPPED = "the work on it was dropped"
END = f"""
UPDATE ai_fine_tunings SET status = $3::text, model = $4, trouble = $5, finished_at = now(), tries = 0,
       at_provider = CASE WHEN $6 AND asked THEN 'asking' ELSE '' END, sealed_key = CASE WHEN $6 AND asked THEN sealed_key ELSE '' END
WHERE organization_id = $1 AND id = $2 AND status IN {queries.UNDER_WAY} RETURNING at_provider
"""
UNDER_WAY = f"SELECT id FROM ai_fine_tunings WHERE organization_id = $1 AND status IN {queries.UNDER_WAY} FOR UPDATE"
ASKING = "SELECT id FROM ai_fine_tunings WHERE organization_id = $1 AND at_provider = 'asking' FOR UPDATE"
SETTLE = """
UPDATE ai_fine_tunings SET at_provider = $3, provider_says = $4, sealed_key = ''
WHERE organization_id = $1 AND id = $2 AND at_provider = 'asking'
"""
AGAIN = "UPDATE ai_fine_tunings SET tries = tries + 1, provider_says = $3 WHERE organization_id = $1 AND id = $2 AND at_provider = 'asking'"


def key(run_id: int) -> str:
    return f"fine-tuning:{run_id}"


def pause_s(tries: int, least: float) -> float:
    """How long to wait after so many failures in a row: longer each time, not before `least` within reason."""
    wanted = min(PAUSE_S * 2.0**tries * random.uniform(0.75, 1.25), PAUSE_MAX_S)  # noqa: S311 (jitter, no secret)
    return max(wanted, min(least, PAUSE_MAX_S))


async def end(
    db: Unit, actor: Actor, run_id: int, status: str, *, model: str = "", trouble: str = "", goes_on: bool = False
) -> None:
    """End a training in the open unit of work; one that has ended stays as it is. `goes_on`: at the provider, which is asked to cancel it."""
    values = (run_id, status, model, trouble[:TROUBLE_MAX], goes_on)
    if await db.fetch_value(END, actor.organization_id, *values) == "asking":
        await _enqueue(actor, run_id)


async def end_all(db: Unit, actor: Actor, trouble: str) -> None:
    """Give up whatever is under way, in the open unit of work."""
    for row in await db.fetch_rows(UNDER_WAY, actor.organization_id):
        await end(db, actor, row["id"], "failed", trouble=trouble, goes_on=True)


async def end_lost(db: Unit, actor: Actor) -> None:
    """A training whose job is gone (an admin dropped it) is followed by nobody, and must not keep the next from beginning."""
    for row in await db.fetch_rows(UNDER_WAY, actor.organization_id):
        if not await ledger.is_held(actor, key(row["id"])):
            await end(db, actor, row["id"], "failed", trouble=DROPPED, goes_on=True)
    for row in await db.fetch_rows(ASKING, actor.organization_id):
        if not await ledger.is_held(actor, _key(row["id"])):
            await db.execute(SETTLE, actor.organization_id, row["id"], "unreached", DROPPED)


async def call_off(actor: Actor, run_id: int) -> None:
    """Ask the provider to cancel what was given up here, unless it has ended there; what it answers stands in the row."""
    run = await queries.run(actor, run_id)
    if run is None or run.at_provider != "asking":
        return
    try:
        status = await _cancelled(actor, run)
    except TuningFailed as failed:
        await _note(actor, run, failed)
        return
    async with ledger.effect(actor) as db:
        await db.execute(SETTLE, actor.organization_id, run.id, status, "")


async def give_up(actor: Actor, run_id: int) -> None:
    async with transaction(actor) as db:
        await db.execute(SETTLE, actor.organization_id, run_id, "unreached", "the work on it ended unexpectedly")


async def _cancelled(actor: Actor, run: Run) -> str:
    """How the training ended at the provider. A key that was refused may have been changed since, at the same address."""
    keys = await _keys(actor, run)
    for other in keys[:-1]:
        try:
            return (await _cancel(Provider(run.base_url, other), run)).status
        except TuningFailed as failed:
            if failed.passing:
                raise
    return (await _cancel(Provider(run.base_url, keys[-1]), run)).status


async def _cancel(provider: Provider, run: Run) -> Job:
    job = await provider.state(run.job_id) if run.job_id else await provider.begun_with(run.file_id)
    if job is None:  # whoever asked to begin it may still be on the way
        raise TuningFailed("the provider knows of no such training", passing=True)
    if job.status not in ENDED:
        job = await provider.cancel(job.id)
    if job.status not in ENDED:
        raise TuningFailed(f"the provider says that it is still {job.status}", passing=True)
    return job


async def _keys(actor: Actor, run: Run) -> Sequence[str]:
    """The key that it began with; and the one that is stored now, if that is for the same address."""
    row = await models.stored(actor)
    stored = row.sealed_key if row.name and (row.base_url or OPENAI) == run.base_url else ""
    try:
        found = [sealing.unseal(models.purpose(actor), sealed, models.Key).key for sealed in (run.sealed_key, stored) if sealed]
    except Unauthenticated:
        raise TuningFailed("the key can not be opened any more") from None
    return list(dict.fromkeys(found)) or [""]


async def _note(actor: Actor, run: Run, failed: TuningFailed) -> None:
    """Ask again after a pause, or never more."""
    says = str(failed)[:TROUBLE_MAX]
    async with ledger.effect(actor) as db:
        if not failed.passing or run.tries + 1 >= TRIES:
            await db.execute(SETTLE, actor.organization_id, run.id, "unreached", says)
        else:
            await db.execute(AGAIN, actor.organization_id, run.id, says)
            await _enqueue(actor, run.id, pause_s(run.tries, failed.after_s))


def _key(run_id: int) -> str:
    return f"call-off-{key(run_id)}"


async def _enqueue(actor: Actor, run_id: int, after_s: float = 0) -> None:
    at = datetime.now(UTC) + timedelta(seconds=after_s)
    await ledger.enqueue(actor, CALL_OFF, key=_key(run_id), run_at=at, organization_id=actor.organization_id, run_id=run_id)
