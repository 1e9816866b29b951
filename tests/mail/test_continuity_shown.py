"""What staff sees of a chat whose replies go out by mail: where each of them went, and that its visitor gets no more."""

from typing import Any

import pytest

from core.channels.email import reading
from core.channels.email.continuity import actions as continuity
from core.channels.email.continuity import queries
from core.channels.email.continuity.structs import ContinuityInput
from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges, SubscriptionStatus
from core.conversations import actions as conversations
from core.errors import NotFound
from core.messages import actions as messages
from tests.factories import a_note, an_organization, client_id
from tests.mail.chats import IDA, Chat, a_chat, delivered, due, said
from tests.mail.sink import Sink
from tests.mail.test_bounces import COMPLAINT
from tests.mail.test_sending import sink
from tests.mail.test_understanding import whole

__all__ = ["sink"]


@pytest.fixture
async def chat(connected: Any) -> Chat:
    del connected
    return await a_chat()


async def shown(chat: Chat) -> list[tuple[int, str, list[str]]]:
    found = await reading.of_conversation(chat.admin, chat.conversation_id)
    return [(one.message_id, one.state, [person.address for person in one.to]) for one in found]


async def why(chat: Chat) -> str | None:
    return (await queries.of_conversation(chat.admin, chat.conversation_id)).why


async def test_each_reply_of_one_mail_says_where_it_went(chat: Chat, sink: Sink) -> None:
    first = await said(chat)
    await a_note(chat.admin, chat.first, "A regular.")
    second = await said(chat, "And the bulb?")
    await due(chat)
    assert [row[:2] for row in await shown(chat)] == [(first.message.id, "queued"), (second.message.id, "queued")]
    await delivered(chat)
    third = await said(chat, "It is cheap.")
    assert await shown(chat) == [(first.message.id, "sent", [IDA]), (second.message.id, "sent", [IDA])]
    await due(chat)
    await delivered(chat)
    assert [row[0] for row in await shown(chat)] == [first.message.id, second.message.id, third.message.id]


async def test_what_was_read_before_the_mail_left_did_not_go_anywhere(chat: Chat, sink: Sink) -> None:
    first = await said(chat)
    second = await said(chat, "And the bulb?")
    await due(chat)
    await conversations.mark_seen(chat.visitor, chat.first.conversation.token, first.message.seq)
    await delivered(chat)
    assert await shown(chat) == [(second.message.id, "sent", [IDA])]


async def test_staff_sees_that_a_visitor_wants_no_more_mail(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    assert await why(chat) is None
    await continuity.stop(continuity.link(chat.admin.organization_id, chat.conversation_id, IDA).rpartition("/")[2])
    assert await why(chat) == "stopped"
    with pytest.raises(NotFound):
        await queries.of_conversation(await an_organization(), chat.conversation_id)
    await continuity.save(chat.admin, chat.inbox.id, ContinuityInput(enabled=False, mail_inbox_id=chat.mailbox.inbox_id))
    assert await why(chat) is None, "nobody's replies are mailed here"


@pytest.mark.parametrize("status", ["unsubscribed", "bounced"])
async def test_who_is_unsubscribed_or_cannot_be_reached_gets_none(chat: Chat, sink: Sink, status: SubscriptionStatus) -> None:
    await contacts.update(chat.admin, chat.visitor.contact_id or 0, ContactChanges(subscription_status=status))
    assert await why(chat) == status
    await said(chat)
    await due(chat)
    assert (await delivered(chat), sink.taken) == ([], [])
    await contacts.update(chat.admin, chat.visitor.contact_id or 0, ContactChanges(subscription_status="subscribed"))
    await due(chat)
    assert (await why(chat), len(await delivered(chat))) == (None, 1)


async def test_a_complaint_ends_the_mails_of_all_chats_of_its_contact(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    complaint = COMPLAINT.format(to=chat.mailbox.address, recipient=IDA, known=sink.taken[0].mail["Message-ID"])
    await whole(chat.mailbox, complaint.encode(), "")
    assert await why(chat) == "stopped"
    _, sent = await messages.receive(chat.visitor, token=None, client_id=client_id(), content="And another lamp.", file_tokens=[])
    other = chat._replace(first=sent)
    assert await why(other) == "unsubscribed"
    await said(other)
    await due(other)
    assert await delivered(other) == []
