"""What can be done to a mailing as a whole: begun, released, paused, resumed, ended."""

from typing import Any

from core.access import Actor, Audience
from core.consent.rules import MailKind
from core.database import Unit, transaction
from core.errors import Conflict
from core.events.log import record
from core.jobs import ledger
from core.mailing import queries
from core.mailing.events import MailingFinished, MailingProgressed
from core.mailing.structs import MailingState, MailingView

BATCH = 5000
OPEN = f"""
INSERT INTO mailings AS g (organization_id, kind, source_id, topic_id, mail_kind)
VALUES ($1, $2, $3, $4, coalesce((SELECT t.kind FROM topics t WHERE t.organization_id = $1 AND t.id = $4), $5))
ON CONFLICT (organization_id, kind, source_id) DO UPDATE SET state = g.state RETURNING {queries.MAILING}
"""
SEND = "core.channels.email.bulk.send"
"""The job that sends what is due of a mailing."""
SET = "UPDATE mailings SET state = $3, pause_reason = $4, pause_detail = $5 WHERE organization_id = $1 AND id = $2"
RELEASE = """
UPDATE mailings SET released_at = coalesce(released_at, now()), finished_at = NULL
WHERE organization_id = $1 AND id = $2 AND (released_at IS NULL OR finished_at IS NOT NULL)
"""
PACE = "UPDATE mailings SET per_minute = $3, paced_at = now() WHERE organization_id = $1 AND id = $2 AND finished_at IS NULL"
HOLD = "SELECT 1 FROM mailings WHERE organization_id = $1 AND id = $2 FOR UPDATE"
"""Whoever enlists somebody holds the row for a reference until he commits: what is left is looked for after that."""
FINISH = """
UPDATE mailings g SET finished_at = now(), per_minute = 0
WHERE g.organization_id = $1 AND g.id = $2 AND g.finished_at IS NULL AND g.released_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 AND s.state IN ('queued', 'sending'))
RETURNING g.id
"""
END = """
UPDATE mailing_sends SET state = 'skipped', reason = 'canceled', settled_at = now() WHERE id = ANY (ARRAY(
    SELECT s.id FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 AND s.state = 'queued' LIMIT $3 FOR UPDATE SKIP LOCKED))
"""


async def begin(actor: Actor, kind: str, source_id: int, *, topic_id: int | None, mail_kind: MailKind = "marketing") -> MailingView:
    """The mailing of this source, made if there is none. A topic says itself of what kind its mail is."""
    async with transaction(actor) as db:
        found = await db.fetch_one(MailingView, OPEN, actor.organization_id, kind, source_id, topic_id, mail_kind)
    if found is None:
        raise RuntimeError("an inserted mailing was not returned")
    return found


async def release(actor: Actor, mailing_id: int) -> None:
    """What is enlisted of a mailing goes out from now on, as it falls due, until somebody pauses it; what is enlisted later, once this is called
    again. In the open unit of work or one of its own; safe to repeat.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `canceled`.
    """
    async with transaction(actor) as db:
        if (await queries.mailing(actor, mailing_id)).state == "canceled":
            raise Conflict("this mailing was canceled", code="canceled")
        await db.execute(RELEASE, actor.organization_id, mailing_id)
        await wake(actor, mailing_id)


async def wake(actor: Actor, mailing_id: int) -> None:
    """Have what is due sent, in the open unit of work. A job that runs already may be about to end without having seen what is committed here:
    then one more comes after it."""
    arguments: dict[str, Any] = {"organization_id": actor.organization_id, "mailing_id": mailing_id}
    if not await ledger.enqueue(actor, SEND, key=f"mailing:{mailing_id}", **arguments):
        await ledger.enqueue(actor, SEND, key=f"mailing:{mailing_id}:again", **arguments)


async def pause(actor: Actor, mailing_id: int) -> MailingView:
    """Nothing more goes out once this returns, but what is being handed over at that moment. Safe to repeat.

    Raises:
        Conflict: `canceled`.
    """
    return await _turn(actor, mailing_id, "paused")


async def halt(actor: Actor, mailing_id: int, reason: str, detail: str = "") -> None:
    """Pause a mailing that cannot go on before a person mends what `reason` (a code) says; `detail`: a server's words. Safe to repeat."""
    async with transaction(actor) as db:
        if (await queries.mailing(actor, mailing_id, lock=True)).state == "active":
            await db.execute(SET, actor.organization_id, mailing_id, "paused", reason[:40], detail.replace("\x00", "")[:300])
            await announce(db, actor, mailing_id)


async def resume(actor: Actor, mailing_id: int) -> MailingView:
    """What waits goes on. Safe to repeat.

    Raises:
        Conflict: `canceled`.
    """
    return await _turn(actor, mailing_id, "active")


async def cancel(actor: Actor, mailing_id: int) -> MailingView:
    """What waits never goes out, and says so (`canceled`). Safe to repeat, and to be repeated until it returns."""
    async with transaction(actor) as db:
        await queries.mailing(actor, mailing_id, lock=True)
        await db.execute(SET, actor.organization_id, mailing_id, "canceled", "", "")
    ended = BATCH
    while ended == BATCH:
        async with transaction(actor) as db:
            ended = await db.execute(END, actor.organization_id, mailing_id, BATCH)
    async with transaction(actor) as db:
        after = await queries.mailing(actor, mailing_id)
        if after.released_at is not None:
            await announce(db, actor, mailing_id)
    return after


async def finish(actor: Actor, mailing_id: int) -> bool:
    """Note that nothing of a mailing is left, once; false: something is, or that is known."""
    async with transaction(actor) as db:
        await db.execute(HOLD, actor.organization_id, mailing_id)
        if await db.fetch_value(FINISH, actor.organization_id, mailing_id) is None:
            return False
        found = await queries.mailing(actor, mailing_id)
        event = MailingFinished(
            organization_id=actor.organization_id, mailing_id=mailing_id, kind=found.kind, source_id=found.source_id,
            tally=await queries.tally(actor, mailing_id), by=actor.ref,
        )  # fmt: skip
        await record(event, Audience(marketers_only=True))
        await announce(db, actor, mailing_id)
    return True


async def announce(db: Unit, actor: Actor, mailing_id: int, per_minute: int = 0) -> None:
    """Tell how far a mailing is, in the open unit of work; `per_minute`: its pace."""
    await db.execute(PACE, actor.organization_id, mailing_id, per_minute)
    found = await queries.mailing(actor, mailing_id)
    event = MailingProgressed(
        organization_id=actor.organization_id, mailing_id=mailing_id, kind=found.kind, source_id=found.source_id, state=found.state,
        tally=await queries.tally(actor, mailing_id), per_minute=per_minute, reason=found.pause_reason, by=actor.ref,
    )  # fmt: skip
    await record(event, Audience(marketers_only=True))


async def _turn(actor: Actor, mailing_id: int, state: MailingState) -> MailingView:
    async with transaction(actor) as db:
        before = await queries.mailing(actor, mailing_id, lock=True)
        if before.state == "canceled":
            raise Conflict("this mailing was canceled", code="canceled")
        await db.execute(SET, actor.organization_id, mailing_id, state, "", "")
        if before.released_at is not None:
            if before.state != state:
                await announce(db, actor, mailing_id)
            if state == "active":
                await wake(actor, mailing_id)
        return await queries.mailing(actor, mailing_id)
