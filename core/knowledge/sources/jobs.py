"""Reading sources in the background, a piece per job: whatever kills a worker, the next one goes on with what its rows say is left."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from core.access import Actor, system
from core.database import transaction
from core.errors import NotFound
from core.jobs import ledger
from core.jobs.define import job
from core.knowledge import reading
from core.knowledge.sources import actions, changes, crawl, documents, queries
from core.knowledge.sources.structs import SourceView


async def give_up(organization_id: int, source_id: int, run: int) -> None:
    """After the last failure."""
    actor = system(organization_id)
    async with transaction(actor):
        if source := await _current(actor, source_id, run, lock=True):
            await finish(actor, source, trouble="error")


@job(job_class="bulk", timeout_s=300, max_attempts=4, on_dead=give_up)
async def read_source(organization_id: int, source_id: int, run: int) -> None:
    """One piece of reading number `run`; ends quietly when it was stopped, or another one has begun."""
    actor = system(organization_id)
    source = await _current(actor, source_id, run)
    if source is None:
        return
    try:
        is_complete = await (_read_file(actor, source) if source.kind == "file" else crawl.go(actor, source))
        trouble = ""
    except NotFound:  # it was removed meanwhile
        return
    except reading.Unreadable as unreadable:
        is_complete, trouble = True, unreadable.reason
    async with ledger.effect(actor):
        still = await _current(actor, source_id, run, lock=True)
        if still and is_complete:
            await finish(actor, still, trouble or (await crawl.end(actor, still) if still.kind == "website" else ""))
        elif still:
            await actions.go_on(actor, still)


async def _current(actor: Actor, source_id: int, run: int, *, lock: bool = False) -> SourceView | None:
    """The source, while it is this reading that goes on; locked in the open unit of work, it stays so."""
    try:
        source = await queries.get(actor, source_id, lock=lock)
    except NotFound:
        return None
    return source if source.run == run and source.status in {"waiting", "reading"} else None


async def _read_file(actor: Actor, source: SourceView) -> bool:
    async with transaction(actor):
        if await _current(actor, source.id, source.run, lock=True) is None:
            return True
        await actions.changed(actor, source.id, status="reading", current=source.name)
    found = await queries.content(actor, source.id)
    if found is None:
        raise reading.Unreadable("empty", "the file is gone")
    data, content_type = found
    kind = reading.format_of(source.name, content_type)
    read = await reading.read(data, kind, name=source.name, content_type=content_type)
    async with transaction(actor) as db:
        now = await queries.get(actor, source.id, lock=True)
        if now.run == source.run and now.status == "reading":
            await documents.keep(db, actor, now, source.name, read.title, read.body)
    return True


async def finish(actor: Actor, source: SourceView, trouble: str = "") -> None:
    """End a reading; with `trouble` it failed. What the source's own `trouble` says is told, and no failure: its documents are as good as before."""
    now = datetime.now(UTC)
    following = now + timedelta(hours=source.refresh_hours) if source.refresh_hours else None
    status = "failed" if trouble else "ready"
    trouble = trouble or source.trouble
    await actions.changed(
        actor, source.id, status=status, trouble=trouble, current="", finished_at=now, next_at=following, taken_up=0
    )


@job(job_class="bulk", timeout_s=60)
async def follow_source(organization_id: int, source_id: int) -> None:
    """Documents take over what was changed of their source, a piece per job."""
    actor = system(organization_id)
    async with ledger.effect(actor) as db:
        await changes.follow(db, actor, source_id)


@job(job_class="bulk", timeout_s=60)
async def read_due() -> None:
    """Every five minutes: sources whose time has come are read again, and those whose job an admin dropped."""
    for organization_id, source_id in await queries.due():
        await actions.read_again(system(organization_id), source_id)
    for organization_id, source_id in await queries.lost():
        await _take_up(system(organization_id), source_id)


async def _take_up(actor: Actor, source_id: int) -> None:
    with suppress(NotFound):  # it was removed meanwhile
        async with transaction(actor):
            if await actions.take_up(actor, source_id) is None:
                await finish(actor, await queries.get(actor, source_id), trouble="error")
