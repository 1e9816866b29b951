"""What can be done to a mailing as a whole: begun, paused, resumed, ended."""

from core.access import Actor
from core.consent.rules import MailKind
from core.database import transaction
from core.errors import Conflict
from core.mailing import queries
from core.mailing.structs import MailingState, MailingView

BATCH = 5000
OPEN = f"""
INSERT INTO mailings AS g (organization_id, kind, source_id, topic_id, mail_kind)
VALUES ($1, $2, $3, $4, coalesce((SELECT t.kind FROM topics t WHERE t.organization_id = $1 AND t.id = $4), $5))
ON CONFLICT (organization_id, kind, source_id) DO UPDATE SET state = g.state RETURNING {queries.MAILING}
"""
SET = "UPDATE mailings SET state = $3 WHERE organization_id = $1 AND id = $2"
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
    """What is enlisted of a mailing goes out from now on, as it falls due. In the open unit of work or one of its own; safe to repeat.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `canceled`.
    """
    if (await queries.mailing(actor, mailing_id)).state == "canceled":
        raise Conflict("this mailing was canceled", code="canceled")


async def pause(actor: Actor, mailing_id: int) -> MailingView:
    """Nothing more goes out once this returns, but what is being handed over at that moment. Safe to repeat.

    Raises:
        Conflict: `canceled`.
    """
    return await _turn(actor, mailing_id, "paused")


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
        await db.execute(SET, actor.organization_id, mailing_id, "canceled")
    ended = BATCH
    while ended == BATCH:
        async with transaction(actor) as db:
            ended = await db.execute(END, actor.organization_id, mailing_id, BATCH)
    return await queries.mailing(actor, mailing_id)


async def _turn(actor: Actor, mailing_id: int, state: MailingState) -> MailingView:
    async with transaction(actor) as db:
        before = await queries.mailing(actor, mailing_id, lock=True)
        if before.state == "canceled":
            raise Conflict("this mailing was canceled", code="canceled")
        await db.execute(SET, actor.organization_id, mailing_id, state)
        return await queries.mailing(actor, mailing_id)
