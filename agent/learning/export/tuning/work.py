"""The worker's part of a training. Each step is written down before the next begins: whoever goes on after a crash repeats none that is known."""

from datetime import UTC, datetime, timedelta
from typing import Any

from agent.learning.export import actions as training
from agent.learning.export import queries as exported
from agent.learning.export.tuning import ending, queries
from agent.learning.export.tuning.actions import ADVANCE
from agent.learning.export.tuning.ending import TROUBLE_MAX, key
from agent.learning.export.tuning.provider import Job, Provider, TuningFailed
from agent.learning.export.tuning.queries import Run
from agent.llm import queries as models
from agent.llm.models import OPENAI
from core.access import Actor
from core.database import transaction
from core.errors import Conflict, Unauthenticated
from core.jobs import ledger

LINES_MAX = 5000
"""The newest; a training takes its data in one piece."""
FILE_MAX = 50 * 1024 * 1024
TRIES = 10
LOOK_S, LOOK_MAX_S = 15.0, 600.0
OVER_AFTER = timedelta(days=7)
THIS = f"WHERE organization_id = $1 AND id = $2 AND status IN {queries.UNDER_WAY}"
"""Whoever ended it meanwhile has the last word."""
UPLOADED = f"UPDATE ai_fine_tunings SET file_id = $3, lines = $4, tries = 0, trouble = '' {THIS}"
ASK = f"UPDATE ai_fine_tunings SET asked = true {THIS} AND NOT cancelling"
REFUSED = f"UPDATE ai_fine_tunings SET asked = false {THIS}"
NAMED = "UPDATE ai_fine_tunings SET job_id = $3 WHERE organization_id = $1 AND id = $2"
"""Also of one that was ended meanwhile: the provider is asked to cancel it."""
BEGUN = f"UPDATE ai_fine_tunings SET status = 'training', tries = 0, trouble = '' {THIS}"
TROUBLED = f"UPDATE ai_fine_tunings SET tries = tries + 1, trouble = $3 {THIS}"
FINE = f"UPDATE ai_fine_tunings SET tries = 0, trouble = '' {THIS}"


async def advance(actor: Actor, run_id: int) -> None:
    """Do what comes next, until there is nothing but to wait for the provider."""
    run = await queries.run(actor, run_id)
    if run is None or not run.is_under_way:
        return
    try:
        provider = await _provider(actor, run)
        if not run.file_id:
            run = await _upload(actor, provider, run)
        job = await _begin(actor, provider, run) if not run.job_id else await provider.state(run.job_id)
        if job is None:
            await _end(actor, run, "cancelled")
            return
        if run.cancelling and job.status not in {"succeeded", "failed", "cancelled"}:
            job = await provider.cancel(job.id)
        await _look(actor, run, job)
    except TuningFailed as failed:
        await _note(actor, run, failed)


async def cancel(actor: Actor, run_id: int) -> None:
    """Tell the provider at once; what has no training there yet is ended by `advance`."""
    run = await queries.run(actor, run_id)
    if run is None or not run.is_under_way:
        return
    if not run.asked:
        await _end(actor, run, "cancelled")
    elif run.job_id:
        try:
            job = await (await _provider(actor, run)).cancel(run.job_id)
        except TuningFailed:
            return  # the next look tells it again, and notes what is wrong
        if job.status == "cancelled":
            await _end(actor, run, "cancelled")


async def give_up(actor: Actor, run_id: int) -> None:
    run = await queries.run(actor, run_id)
    if run is not None:
        async with transaction(actor) as db:
            await ending.end(db, actor, run_id, "failed", trouble="the work on it ended unexpectedly", goes_on=True)


async def _provider(actor: Actor, run: Run) -> Provider:
    """A key goes to the address alone that it was given for."""
    row = await models.stored(actor)
    if not row.name or (row.base_url or OPENAI) != run.base_url:
        raise TuningFailed("another provider was chosen meanwhile")
    try:
        found = models.chosen(actor, row)
    except Unauthenticated:
        raise TuningFailed("the key can not be opened any more: enter it again") from None
    return Provider(run.base_url, found.key if found else "")


async def _upload(actor: Actor, provider: Provider, run: Run) -> Run:
    content = await _content(actor)
    if len(content) > FILE_MAX:
        raise TuningFailed(f"the data is larger than {FILE_MAX // 1024**2} MB")
    file_id = await provider.upload(f"training-{run.id}.jsonl", content)
    return await _saved(actor, run, UPLOADED, file_id, content.count(b"\n"))


async def _content(actor: Actor) -> bytes:
    """The data, if that is still allowed once it is all together."""
    decision_ids = (await exported.ready(actor))[-LINES_MAX:]
    content = b"".join([page async for page in training.written(actor, decision_ids, "chat")])
    await _still_allowed(actor)
    return content


async def _still_allowed(actor: Actor) -> None:
    try:
        await training.require_consent(actor)
    except Conflict:
        raise TuningFailed(training.FORBIDDEN) from None


async def _begin(actor: Actor, provider: Provider, run: Run) -> Job | None:
    """Begin at the provider, once: who does not know whether it was asked looks there first. None: it is to be cancelled."""
    job = await provider.begun_with(run.file_id) if run.asked else None
    if job is None:
        async with transaction(actor) as db:
            await _still_allowed(actor)
            if not await db.execute(ASK, actor.organization_id, run.id):
                return None
        job = await _asked(actor, provider, run)
    async with transaction(actor) as db:
        await db.execute(NAMED, actor.organization_id, run.id, job.id)
        await db.execute(BEGUN, actor.organization_id, run.id)
    return job


async def _asked(actor: Actor, provider: Provider, run: Run) -> Job:
    try:
        return await provider.begin(run.file_id, run.base_model)
    except TuningFailed as failed:
        if not failed.passing:  # it said no: there is nothing to end
            await _saved(actor, run, REFUSED)
        raise


async def _saved(actor: Actor, run: Run, sql: str, *values: Any) -> Run:
    async with transaction(actor) as db:
        await db.execute(sql, actor.organization_id, run.id, *values)
        found = await queries.run(actor, run.id)
    if found is None:
        raise TuningFailed("the training is gone")
    return found


async def _look(actor: Actor, run: Run, job: Job) -> None:
    """End with the provider's word, or look again later: the longer it takes, the less often."""
    age = datetime.now(UTC) - run.created_at
    if job.status == "succeeded":
        await _end(actor, run, "succeeded", model=job.fine_tuned_model or "")
    elif job.status == "failed":
        await _end(actor, run, "failed", trouble="the provider says that the training failed")
    elif job.status == "cancelled":
        await _end(actor, run, "cancelled")
    elif age > OVER_AFTER:
        await _end(actor, run, "failed", trouble="it did not end within a week", goes_on=True)
    else:
        async with ledger.effect(actor) as db:
            await db.execute(FINE, actor.organization_id, run.id)
            await _again(actor, run, min(max(LOOK_S, age.total_seconds() / 10), LOOK_MAX_S))


async def _note(actor: Actor, run: Run, failed: TuningFailed) -> None:
    """Try again after a pause, or fail for good."""
    if not failed.passing or run.tries + 1 >= TRIES:
        await _end(actor, run, "failed", trouble=str(failed), goes_on=True)
        return
    async with ledger.effect(actor) as db:
        await db.execute(TROUBLED, actor.organization_id, run.id, str(failed)[:TROUBLE_MAX])
        await _again(actor, run, ending.pause_s(run.tries, failed.after_s))


async def _again(actor: Actor, run: Run, after_s: float) -> None:
    at = datetime.now(UTC) + timedelta(seconds=after_s)
    await ledger.enqueue(actor, ADVANCE, key=key(run.id), run_at=at, organization_id=actor.organization_id, run_id=run.id)


async def _end(actor: Actor, run: Run, status: str, *, model: str = "", trouble: str = "", goes_on: bool = False) -> None:
    async with ledger.effect(actor) as db:
        await ending.end(db, actor, run.id, status, model=model, trouble=trouble, goes_on=goes_on)
