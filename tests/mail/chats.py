"""Chats whose replies go out by mail, as tests of that need them."""

from typing import NamedTuple

from core.access import Actor, ai, system
from core.channels.email import jobs
from core.channels.email.continuity import actions as continuity
from core.channels.email.continuity import deciding
from core.channels.email.continuity.structs import ContinuityInput
from core.channels.email.subscribers import send_by_mail
from core.contacts import actions as contacts
from core.contacts.structs import DeclaredInput
from core.database import pool
from core.inboxes.structs import InboxView
from core.messages import actions as messages
from core.messages import queries as message_queries
from core.messages.events import MessageCreated
from core.messages.structs import Sent
from tests.factories import a_message, a_reply, an_inbox, client_id
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Taken

IDA = "ida@example.org"
TIMERS = "SELECT arguments, due_at FROM timers WHERE organization_id = $1 ORDER BY id"
ROWS = "SELECT state, reason, recipients FROM outbound_mails WHERE conversation_id = $1 ORDER BY id"


class Chat(NamedTuple):
    mailbox: Mailbox
    inbox: InboxView
    visitor: Actor
    first: Sent

    @property
    def admin(self) -> Actor:
        return self.mailbox.admin

    @property
    def conversation_id(self) -> int:
        return self.first.conversation.id


async def a_chat(mailbox: Mailbox | None = None, address: str | None = IDA, text: str = "My lamp is dark. Buy pills!") -> Chat:
    """In an inbox that mails what is not seen; the visitor has said his name, and his address."""
    mailbox = mailbox or await a_mailbox()
    inbox = await an_inbox(mailbox.admin)
    await continuity.save(mailbox.admin, inbox.id, ContinuityInput(enabled=True, mail_inbox_id=mailbox.inbox_id))
    visitor, first = await a_message(inbox, text)
    if address:
        await contacts.update(visitor, visitor.contact_id or 0, DeclaredInput(first_name="Ida", email=address))
    return Chat(mailbox, inbox, visitor, first)


async def heard(chat: Chat, sent: Sent) -> Sent:
    """What the event log does with the message, twice, as it may."""
    event = MessageCreated(organization_id=chat.admin.organization_id, conversation=sent.conversation, message=sent.message)
    for _ in range(2):
        await send_by_mail.function(event)
    return sent


async def said(chat: Chat, text: str = "Is it plugged in?") -> Sent:
    return await heard(chat, await a_reply(chat.admin, chat.first, text))


async def by_machine(chat: Chat, text: str = "Plug it in.") -> Sent:
    epoch = await pool().fetchval("SELECT handler_epoch FROM conversations WHERE id = $1", chat.conversation_id)
    writer = ai(chat.admin.organization_id)
    return await heard(
        chat,
        await messages.send(writer, chat.conversation_id, text, if_epoch=epoch, if_seq=None, client_id=client_id(), sources=[]),
    )


async def due(chat: Chat, *ones: Sent) -> None:
    """The timers of these replies, or of all, have fired."""
    for arguments, _ in await pool().fetch(TIMERS, chat.admin.organization_id):
        if arguments["conversation_id"] == chat.conversation_id and (
            not ones or arguments["seq"] in {one.message.seq for one in ones}
        ):
            await deciding.decide(system(chat.admin.organization_id), chat.conversation_id, arguments["seq"])


async def delivered(chat: Chat) -> list[tuple[str, str, list[str]]]:
    """Whatever is queued has been tried."""
    for (mail_id,) in await pool().fetch(
        "SELECT id FROM outbound_mails WHERE conversation_id = $1 ORDER BY id", chat.conversation_id
    ):
        await jobs.deliver.function(chat.admin.organization_id, mail_id)
    return [tuple(row) for row in await pool().fetch(ROWS, chat.conversation_id)]


def text_of(taken: Taken) -> str:
    body = taken.mail.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def back_to(taken: Taken) -> str:
    return str(taken.mail["Reply-To"]).partition("<")[2].rstrip(">")


async def thread(chat: Chat) -> list[tuple[str, str]]:
    return [(one.sender_name, one.content) for one in await message_queries.since(chat.admin, chat.conversation_id, 0)]
