"""Segments whose newcomers start workflows: looked through again and again, and compared with who was in them before.

A look goes through all contacts in stretches by their ids, each a transaction; a job does as many as fit into a few seconds, and the next one goes
on from there. Between two looks is at least ten times as long as the last one took, so a watch costs at most a tenth of a worker. The first look
only notes who is in it: they did not come in while anybody watched.
"""

import time
from datetime import timedelta

from core.access import MARKETERS, Actor
from core.database import Unit, read, transaction
from core.errors import Conflict, NotFound
from core.events.log import record
from core.jobs import timers
from core.segments import audience
from core.segments.selection import LAST
from modules.workflows import keys, queries
from modules.workflows.actions.ending import MARKETERS_ONLY
from modules.workflows.events import SegmentEntered
from modules.workflows.structs import SegmentWatch

STRETCH = 10_000
"""Contacts of one transaction."""
ENTERED_MAX = 1_000
"""Newcomers that one transaction tells of."""
JOB_S = 10.0
REST = timedelta(seconds=60)
REST_FACTOR = 10
TROUBLE_REST = timedelta(minutes=10)
WANTED = """
SELECT EXISTS (
    SELECT FROM workflows w JOIN workflow_uses u ON u.organization_id = w.organization_id AND u.workflow_id = w.id AND u.version = w.version
    WHERE w.organization_id = $1 AND w.status = 'active' AND u.segment_id = $2 AND u.step_id = '')
"""
SEGMENTS = """
SELECT u.segment_id FROM workflows w
JOIN workflow_uses u ON u.organization_id = w.organization_id AND u.workflow_id = w.id AND u.version = w.version AND u.step_id = ''
WHERE w.organization_id = $1 AND w.id = $2 AND w.status = 'active' AND u.segment_id IS NOT NULL
"""
BEGIN = """
INSERT INTO workflow_watches AS v (organization_id, segment_id) VALUES ($1, $2)
ON CONFLICT (organization_id, segment_id) DO UPDATE
SET is_on = true, is_first = NOT v.is_on OR v.is_first
RETURNING (xmax = 0) OR is_first
"""
HOLD = """
SELECT v.is_first, v.position FROM workflow_watches v WHERE v.organization_id = $1 AND v.segment_id = $2 AND v.is_on FOR UPDATE
"""
STOP = """
UPDATE workflow_watches SET is_on = false, position = 0, spent_ms = 0, looked = 0, members = 0, entered = 0
WHERE organization_id = $1 AND segment_id = $2
"""
CEILING = "SELECT k.id FROM contacts k WHERE k.organization_id = $1 AND k.id >= $2 ORDER BY k.id OFFSET $3 LIMIT 1"
MEMBERS = """
SELECT m.contact_id FROM workflow_watch_members m WHERE m.organization_id = $1 AND m.segment_id = $2 AND m.contact_id >= $3 AND m.contact_id < $4
"""
CAME = """
INSERT INTO workflow_watch_members (organization_id, segment_id, contact_id)
SELECT $1, $2, k.id FROM contacts k WHERE k.organization_id = $1 AND k.id = ANY ($3::bigint[]) ON CONFLICT DO NOTHING
"""
LEFT = "DELETE FROM workflow_watch_members WHERE organization_id = $1 AND segment_id = $2 AND contact_id = ANY ($3::bigint[])"
WENT = """
UPDATE workflow_watches SET position = $3, spent_ms = spent_ms + $4, looked = looked + $5, members = members + $6, entered = entered + $7,
       trouble = ''
WHERE organization_id = $1 AND segment_id = $2
"""
DONE = """
UPDATE workflow_watches SET position = 0, is_first = false, looked_at = clock_timestamp(), took_ms = spent_ms, contact_count = looked,
       member_count = members, entered_count = entered_count + entered, spent_ms = 0, looked = 0, members = 0, entered = 0
WHERE organization_id = $1 AND segment_id = $2 RETURNING took_ms
"""
TROUBLED = "UPDATE workflow_watches SET trouble = $3 WHERE organization_id = $1 AND segment_id = $2"
TOLD = """
SELECT v.segment_id, v.is_on, v.is_first, v.looked_at, v.took_ms, v.contact_count, v.member_count, v.entered_count, v.trouble
FROM workflow_watches v WHERE v.organization_id = $1 AND v.segment_id IN (
    SELECT u.segment_id FROM workflow_uses u
    JOIN workflows w ON w.organization_id = u.organization_id AND w.id = u.workflow_id AND w.version = u.version
    WHERE u.organization_id = $1 AND u.workflow_id = $2 AND u.step_id = '')
"""


async def begin(db: Unit, actor: Actor, workflow_id: int) -> None:
    """Watch what starts a workflow, if it is a segment and nobody watches it yet. With the open unit of work."""
    for (segment_id,) in await db.fetch_rows(SEGMENTS, actor.organization_id, workflow_id):
        if await db.fetch_value(BEGIN, actor.organization_id, segment_id):
            await _again(db, actor, segment_id, timedelta(0))


async def look(actor: Actor, segment_id: int) -> None:
    """Look for a while, and see to it that somebody goes on."""
    until = time.monotonic() + JOB_S
    while time.monotonic() < until:
        try:
            if not await _stretch(actor, segment_id):
                return
        except (NotFound, Conflict) as error:
            async with transaction(actor) as db:
                await db.execute(TROUBLED, actor.organization_id, segment_id, error.detail[:300])
                await _again(db, actor, segment_id, TROUBLE_REST)
            return
    async with transaction(actor) as db:
        await _again(db, actor, segment_id, timedelta(0))


async def resume(actor: Actor, segment_id: int) -> None:
    """After all attempts at a look failed: later, again."""
    async with transaction(actor) as db:
        await _again(db, actor, segment_id, TROUBLE_REST)


async def _stretch(actor: Actor, segment_id: int) -> bool:
    """One transaction of a look. False: there is nothing more to do now."""
    began = time.monotonic()
    async with transaction(actor) as db:
        held = await db.fetch_rows(HOLD, actor.organization_id, segment_id)
        if not held:
            return False
        if not await db.fetch_value(WANTED, actor.organization_id, segment_id):
            await db.execute(STOP, actor.organization_id, segment_id)
            return False
        is_first, first = held[0]
        ceiling = await db.fetch_value(CEILING, actor.organization_id, first, STRETCH)
        last = LAST if ceiling is None else ceiling
        await db.execute(audience.PLANNING)
        chosen = await audience.select(db, actor, segment_id)
        inside = {row[0] for row in await db.fetch_rows(chosen.rows("k.id"), *chosen.arguments(first, last))}
        before = {row[0] for row in await db.fetch_rows(MEMBERS, actor.organization_id, segment_id, first, last)}
        came = sorted(inside - before)
        if not is_first and len(came) > ENTERED_MAX:
            last, ceiling, came = came[ENTERED_MAX], came[ENTERED_MAX], came[:ENTERED_MAX]
            inside, before = ({one for one in ids if one < last} for ids in (inside, before))
        await db.execute(CAME, actor.organization_id, segment_id, came)
        await db.execute(LEFT, actor.organization_id, segment_id, sorted(before - inside))
        for contact_id in [] if is_first else came:
            event = SegmentEntered(organization_id=actor.organization_id, segment_id=segment_id, contact_id=contact_id)
            await record(event, MARKETERS_ONLY)
        spent_ms = round((time.monotonic() - began) * 1000) + 1
        counted = (await _contacts(db, actor, first, last), len(inside), 0 if is_first else len(came))
        await db.execute(WENT, actor.organization_id, segment_id, last, spent_ms, *counted)
        if ceiling is not None:
            return True
        took_ms = await db.fetch_value(DONE, actor.organization_id, segment_id)
        await _again(db, actor, segment_id, max(REST, timedelta(milliseconds=took_ms * REST_FACTOR)))
        return False


async def _contacts(db: Unit, actor: Actor, first: int, last: int) -> int:
    sql = "SELECT count(*) FROM contacts k WHERE k.organization_id = $1 AND k.id >= $2 AND k.id < $3"
    return int(await db.fetch_value(sql, actor.organization_id, first, last))


async def _again(db: Unit, actor: Actor, segment_id: int, rest: timedelta) -> None:
    due_at = await db.fetch_value("SELECT clock_timestamp() + $1::interval", rest)
    arguments = {"organization_id": actor.organization_id, "segment_id": segment_id}
    await timers.set_timer(actor, keys.LOOK, key=keys.watch(segment_id), due_at=due_at, **arguments)


async def told(actor: Actor, workflow_id: int) -> list[SegmentWatch]:
    """How the segment is watched that starts a workflow, and what that costs; none where none does.

    Raises:
        NotFound: unknown.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        await queries.check_exists(actor, workflow_id)
        return await db.fetch(SegmentWatch, TOLD, actor.organization_id, workflow_id)
