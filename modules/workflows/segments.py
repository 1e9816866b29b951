"""Segments that workflows name."""

from core.access import Actor
from core.database import read
from core.errors import Conflict, NotFound
from core.segments import audience


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
