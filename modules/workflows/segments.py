"""Segments that workflows name."""

from core.access import MARKETERS, Actor
from core.database import read
from core.errors import Conflict, NotFound
from core.extend.segment_users import SegmentUse, SegmentUser, SegmentUses
from core.segments import audience

USES = """
SELECT w.id, w.name, count(*) OVER () FROM workflows w WHERE w.organization_id = $1 AND EXISTS (
    SELECT FROM workflow_uses u WHERE u.organization_id = w.organization_id AND u.workflow_id = w.id AND u.segment_id = $2)
ORDER BY w.id DESC LIMIT $3
"""


async def missing(actor: Actor, segment_id: int | None) -> list[tuple[str, str]]:
    """Why a segment cannot be used, as paths below the config that names it and sentences."""
    if segment_id is None:
        return [("", "Choose a segment")]
    async with read(actor) as db:
        try:
            await audience.select(db, actor, segment_id)
        except NotFound:
            return [(".segment_id", "There is no such segment")]
        except Conflict as error:
            return [(".segment_id", error.detail)]
    return []


async def _uses(actor: Actor, segment_id: int, most: int) -> SegmentUses:
    actor.require(*MARKETERS)
    async with read(actor) as db:
        rows = await db.fetch_rows(USES, actor.organization_id, segment_id, most)
    shown = [SegmentUse("workflow", row[0], row[1], f"/workflows/{row[0]}") for row in rows]
    return SegmentUses(shown, rows[0][2] if rows else 0)


user = SegmentUser(kind="workflow", uses=_uses)
