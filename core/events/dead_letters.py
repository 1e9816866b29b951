"""Events that PostgreSQL refused: shown to the organization's admins, who try them again or drop them."""

from datetime import datetime

import msgspec

from core.access import ADMINS, Actor
from core.audit import log as audit
from core.database import Unit, read, transaction
from core.errors import NotFound
from core.events import wake
from core.events.moving import COLUMNS

SHOWN = "id, type, error, died_at"
CONTENT = COLUMNS.removeprefix("id, ")
PAGE = f"""
SELECT {SHOWN} FROM event_dead_letters
WHERE organization_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
"""
RETRY = f"""
WITH dead AS (DELETE FROM event_dead_letters WHERE organization_id = $1 AND id = $2 RETURNING *)
INSERT INTO outbox ({CONTENT}) SELECT {CONTENT} FROM dead
"""
DROP = "DELETE FROM event_dead_letters WHERE organization_id = $1 AND id = $2"


class DeadEventView(msgspec.Struct):
    """An event that never reached the log. `error` is what PostgreSQL said of it."""

    id: int
    type: str
    error: str
    died_at: datetime


async def page(actor: Actor, before: int | None, limit: int) -> list[DeadEventView]:
    """The organization's, newest first. Admins only."""
    actor.require(*ADMINS)
    async with read(actor) as db:
        return await db.fetch(DeadEventView, PAGE, actor.organization_id, before, limit)


async def retry(actor: Actor, event_id: int) -> None:
    """Put it into the outbox again, as the newest event: what happened since keeps its place. Admins only.

    Raises:
        NotFound: there is none, or it was retried or dropped already.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await _change(actor, db, event_id, RETRY, "event.retried")
        db.after_commit["events"] = wake.relay


async def drop(actor: Actor, event_id: int) -> None:
    """Delete it for good. Admins only.

    Raises:
        NotFound: there is none, or it was retried or dropped already.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await _change(actor, db, event_id, DROP, "event.dropped")


async def _change(actor: Actor, db: Unit, event_id: int, sql: str, what: str) -> None:
    if not await db.execute(sql, actor.organization_id, event_id):
        raise NotFound("there is no such event that could be changed")
    await audit.note(actor, what, subject=str(event_id))
