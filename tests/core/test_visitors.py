"""What a visitor can do beyond writing."""

from core.channels.chat import actions as chat
from core.conversations import actions as conversations
from core.conversations import queries
from core.embedded.servers import Urls
from tests.factories import a_message, a_note, an_inbox, an_organization, client_id


async def test_a_person_can_be_asked_for_after_the_conversation_was_resolved(connected: Urls) -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin, ai_enabled=True)
    visitor, sent = await a_message(inbox)
    assert sent.conversation.handler == "ai"
    await conversations.resolve(admin, sent.conversation.id)
    asked = await chat.ask_for_person(visitor, sent.conversation.token, client_id())
    assert (asked.handler, asked.status) == ("human", "open")


async def test_reading_far_ahead_tells_a_visitor_nothing_about_notes(connected: Urls) -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    for _ in range(3):
        await a_note(admin, sent, "for us alone")
    await conversations.mark_seen(visitor, sent.conversation.token, 2**53)
    conversation = await queries.get(admin, sent.conversation.id)
    assert (conversation.contact_read_seq, conversation.last_seq) == (1, 4)
