"""What can be done about chats that go on by mail."""

import asyncpg
import msgspec

from core.access import ADMINS, Actor, Audience, system
from core.audit import log as audit
from core.auth.tokens import seal, unseal
from core.channels.email.continuity import queries
from core.channels.email.continuity.structs import ContinuityInput, ContinuityView
from core.database import Unit, transaction
from core.errors import Invalid, NotFound, Unauthenticated
from core.events.log import record
from core.inboxes import queries as inboxes
from core.inboxes.events import InboxSaved
from core.settings import settings

PURPOSE = "continuity-stop"
FORGET = "DELETE FROM continuity_settings WHERE organization_id = $1 AND inbox_id = $2"
KEEP = """
INSERT INTO continuity_settings (organization_id, inbox_id, mail_inbox_id, enabled, delay_s)
SELECT $1, $2, e.inbox_id, $4, $5 FROM email_inboxes e WHERE e.organization_id = $1 AND e.inbox_id = $3
ON CONFLICT (inbox_id) DO UPDATE SET mail_inbox_id = excluded.mail_inbox_id, enabled = excluded.enabled, delay_s = excluded.delay_s
RETURNING id
"""
STOP = """
INSERT INTO continuity_stops (organization_id, conversation_id, address) VALUES ($1, $2, $3) ON CONFLICT (conversation_id, address) DO NOTHING
"""


class Stop(msgspec.Struct, frozen=True, array_like=True):
    """In few letters, for it stands in an address. `address`: who got it, in lower case; older links name nobody, and are everybody's."""

    organization_id: int
    conversation_id: int
    address: str = ""


async def save(actor: Actor, inbox_id: int, data: ContinuityInput) -> ContinuityView:
    """Whether, when and from where replies that a chat inbox's visitors have not seen go out by mail. Admins only.

    Raises:
        NotFound: it is no chat inbox of the actor's organization.
        Invalid: `no_mail_inbox`: none was chosen, or what was chosen is no e-mail inbox.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await queries.of_inbox(actor, inbox_id)
        if data.mail_inbox_id is None and not data.enabled:
            await db.execute(FORGET, actor.organization_id, inbox_id)
        elif await db.fetch_value(KEEP, actor.organization_id, inbox_id, data.mail_inbox_id, data.enabled, data.delay_s) is None:
            raise Invalid("choose an e-mail inbox from whose address the mails come", code="no_mail_inbox")
        name = (await inboxes.get(actor, inbox_id)).name
        await audit.note(actor, "inbox.changed", subject=name)
        await record(InboxSaved(organization_id=actor.organization_id, inbox_id=inbox_id, name=name, by=actor.ref), Audience())
        return await queries.of_inbox(actor, inbox_id)


def link(organization_id: int, conversation_id: int, address: str) -> str:
    """The link by which whoever gets mail about a conversation at `address` ends it."""
    return f"{settings().origin}/mail/stop/{seal(PURPOSE, Stop(organization_id, conversation_id, address))}"


async def stop(token: str) -> None:
    """No more mail about the conversation that the link names to who got it; safe to repeat.

    Raises:
        NotFound: the link is none that we made, or the conversation is gone.
    """
    meant = opened(token)
    actor = system(meant.organization_id)
    try:
        async with transaction(actor) as db:
            await end(db, actor, meant.conversation_id, meant.address)
    except asyncpg.ForeignKeyViolationError:
        raise NotFound("this conversation is gone") from None


async def end(db: Unit, actor: Actor, conversation_id: int, address: str) -> None:
    """No more mail about a conversation to an address, in lower case."""
    await db.execute(STOP, actor.organization_id, conversation_id, address)


def opened(token: str) -> Stop:
    """What a link is about.

    Raises:
        NotFound: the link is none that we made.
    """
    try:
        return unseal(PURPOSE, token, Stop)
    except Unauthenticated:
        raise NotFound("this link is not valid") from None
