"""Writing a mail to somebody first, and from where."""

from core.access import STAFF, Actor
from core.channels.email import people, recipients
from core.channels.email.parsing import Address
from core.channels.email.servers import queries as servers
from core.channels.email.structs import LetterInput, MailInboxView, RecipientsInput
from core.database import Unit, read, transaction
from core.errors import Conflict, Invalid
from core.inboxes import queries as inboxes
from core.messages import actions as messages
from core.messages.structs import Sent, StartInput

FROM = "SELECT inbox_id, address FROM email_inboxes WHERE organization_id = $1 ORDER BY inbox_id"


async def inboxes_of(actor: Actor) -> list[MailInboxView]:
    """The e-mail inboxes that the actor may write from."""
    actor.require(*STAFF)
    async with read(actor) as db:
        return [
            MailInboxView(inbox_id, address, await servers.can_send(actor, inbox_id, address))
            for inbox_id, address in await db.fetch_rows(FROM, actor.organization_id)
            if actor.role == "admin" or inbox_id in actor.inbox_ids
        ]


async def write(actor: Actor, inbox_id: int, data: LetterInput) -> Sent:
    """Open a conversation by mail with the first of `to`: whoever is known under that address, else a new contact. The same mail again under
    the same `client_id` returns what was written then; its subject is not compared, for it may have been changed since.

    Raises:
        NotFound: the inbox is not visible to the actor.
        Conflict: `not_email`: it has no address to write from; `already_used`: another mail to this person was written under this `client_id`,
            or it was taken back.
        Invalid: `own_address`: one of them is ours; `no_address`: the first cannot be one; and what `recipients.choose` raises.
        LimitReached: the plan allows no more contacts.
    """
    actor.require(*STAFF)
    if (await inboxes.visible(actor, inbox_id)).channel != "email":
        raise Conflict("this inbox has no e-mail address to write from", code="not_email")
    first = data.to[0]
    address = people.key(first.address)
    if not address:
        raise Invalid("this is no e-mail address", code="no_address")
    chosen = RecipientsInput(data.client_id, data.to, data.cc, data.bcc)
    async with transaction(actor) as db:
        await people.one_by_one(db, actor.organization_id, address)
        person = await people.person(db, actor, Address(first.name, address), source="agent")
        start = StartInput(
            contact_id=person.contact_id, inbox_id=inbox_id, client_id=data.client_id, content=data.content, subject=data.subject,
            files=data.files,
        )  # fmt: skip
        sent = await messages.start(actor, start)
        if not await _is_the_same(db, actor, sent, inbox_id, data, chosen):
            raise Conflict("something else was written under this client_id", code="already_used")
        await recipients.choose(actor, sent.conversation.id, chosen)
    return sent


async def _is_the_same(db: Unit, actor: Actor, sent: Sent, inbox_id: int, data: LetterInput, chosen: RecipientsInput) -> bool:
    """Whether what was written, now or before, is this very mail; one that was taken back is empty."""
    message = sent.message
    if (sent.conversation.inbox_id, message.content, {file.token for file in message.files}) != (
        inbox_id,
        data.content,
        set(data.files),
    ):
        return False
    before = await recipients.choice(db, actor.organization_id, message)
    return before is None or before == await recipients.checked(db, actor, chosen)
