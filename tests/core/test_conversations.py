"""A conversation's life: what each action changes, refuses and announces."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.conversations import actions, queries
from core.conversations.structs import AssignInput
from core.database import system_transaction
from core.errors import Conflict, Invalid, NotFound
from core.files import actions as files
from core.messages import actions as messages
from core.messages import queries as message_queries
from core.messages.structs import NoteInput, ReplyInput, StartInput
from tests.factories import (
    a_contact,
    a_member,
    a_message,
    a_note,
    a_reply,
    again,
    an_inbox,
    an_organization,
    another_message,
    client_id,
)

pytestmark = pytest.mark.usefixtures("connected")


async def test_a_first_message_opens_a_numbered_conversation() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin), "Do you ship to Norway?")
    assert (sent.conversation.number, sent.conversation.status, sent.message.seq) == (1001, "open", 1)
    assert sent.conversation.subject == "Do you ship to Norway?"
    assert sent.conversation.waiting_since is not None
    assert visitor.contact_id == sent.conversation.contact_id


async def test_of_a_message_that_is_only_files_lists_show_their_names() -> None:
    visitor, first = await a_message(await an_inbox(await an_organization()))

    async def content() -> AsyncIterator[bytes]:
        yield b"lamp"

    tokens = [(await files.upload(visitor, name, "text/plain", 4, content())).token for name in ("broken  shade.txt", "box.txt")]
    for words, preview in ((" ", "broken shade.txt, box.txt"), ("Here it is", "Here it is")):
        photo = tokens if words == " " else [(await files.upload(visitor, "lamp.txt", "text/plain", 4, content())).token]
        _, sent = await messages.receive(
            visitor, token=first.conversation.token, client_id=client_id(), content=words, file_tokens=photo
        )
        assert sent.conversation.preview == preview


async def test_the_same_client_id_is_kept_once_however_often_it_comes() -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    visitor, first = await a_message(inbox)
    key = client_id()
    sends = [
        messages.receive(visitor, token=first.conversation.token, client_id=key, content="Again", file_tokens=[]) for _ in range(5)
    ]
    results = await asyncio.gather(*(asyncio.create_task(send) for send in sends))
    assert {sent.message.seq for _, sent in results} == {2}


async def test_a_first_message_sent_twice_at_once_opens_one_conversation() -> None:
    from tests.factories import a_visitor

    visitor = await a_visitor(await an_inbox(await an_organization()))
    key = client_id()
    sends = [messages.receive(visitor, token=None, client_id=key, content="Hello", file_tokens=[]) for _ in range(4)]
    results = await asyncio.gather(*(asyncio.create_task(send) for send in sends))
    assert len({sent.conversation.id for _, sent in results}) == 1
    assert len({actor.contact_id for actor, _ in results}) == 1


async def test_a_conversation_that_is_started_twice_with_one_client_id_is_started_once() -> None:
    admin = await an_organization()
    inbox, contact = await an_inbox(admin), await a_contact(admin, email="ask@example.com")
    data = StartInput(contact_id=contact.id, inbox_id=inbox.id, client_id=client_id(), content="Your parcel is here.")
    starts = await asyncio.gather(*(asyncio.create_task(messages.start(admin, data)) for _ in range(4)))
    again_later = await messages.start(admin, replace(data, content="Another text"))
    assert {(sent.conversation.id, sent.message.id, sent.message.content) for sent in [*starts, again_later]} == {
        (starts[0].conversation.id, starts[0].message.id, "Your parcel is here.")
    }
    assert len((await queries.page(admin, queries.Filters(status="any"), "latest", None, 5)).items) == 1


async def test_an_agent_is_not_given_a_conversation_that_the_contact_opened_under_the_same_client_id() -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    visitor, sent = await a_message(inbox)
    data = StartInput(
        contact_id=visitor.contact_id or 0, inbox_id=inbox.id, client_id=sent.message.client_id or "", content="Hello"
    )
    with pytest.raises(Conflict) as refused:
        await messages.start(admin, data)
    assert refused.value.reason == "already_opened"


async def test_one_client_id_of_two_agents_is_two_messages() -> None:
    admin = await an_organization()
    member = await a_member(admin)
    _, sent = await a_message(await an_inbox(admin))
    member = await again(member)
    key = client_id()
    note = await messages.note(admin, sent.conversation.id, NoteInput(client_id=key, content="Between us"))
    reply = await messages.reply(member, sent.conversation.id, ReplyInput(client_id=key, content="It ships today."))
    assert (note.message.seq, reply.message.seq, reply.message.content) == (2, 3, "It ships today.")
    once_more = await messages.reply(member, sent.conversation.id, ReplyInput(client_id=key, content="It ships today."))
    assert once_more.message.id == reply.message.id


async def test_a_reply_answers_and_takes_the_conversation() -> None:
    admin = await an_organization()
    _, sent = await a_message(await an_inbox(admin))
    replied = await a_reply(admin, sent)
    after = replied.conversation
    assert (after.status, after.handler, after.assignee_id, after.waiting_since) == ("pending", "human", admin.id, None)
    assert after.handler_epoch == sent.conversation.handler_epoch + 1
    assert after.first_response_at is not None


async def test_the_send_guard_shows_what_the_writer_has_not_seen() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    await another_message(visitor, sent, "Wait, it arrived!")
    with pytest.raises(Conflict) as refused:
        await messages.reply(admin, sent.conversation.id, ReplyInput(client_id=client_id(), content="Where is it?", expected_seq=1))
    assert refused.value.reason == "newer_messages"
    assert [message.content for message in refused.value.extra["newer"]] == ["Wait, it arrived!"]


async def test_a_note_is_for_staff_alone() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    noted = await a_note(admin, sent, "They called before.")
    assert noted.message.is_internal
    assert noted.conversation.status == "open"
    thread = await message_queries.visitor_thread(visitor, sent.conversation.token, None, 50)
    assert [message.seq for message in thread.messages] == [1]
    assert thread.conversation.last_seq == 1


async def test_a_customer_who_writes_again_reopens_and_wakes() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    await actions.snooze(admin, sent.conversation.id, timedelta(hours=1))
    woken = await another_message(visitor, sent)
    assert woken.conversation.snoozed_until is None
    await actions.resolve(admin, sent.conversation.id)
    reopened = await another_message(visitor, sent)
    assert (reopened.conversation.status, reopened.conversation.resolved_at) == ("open", None)


async def test_closed_is_final() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    await actions.close(admin, sent.conversation.id)
    for attempt in (
        lambda: another_message(visitor, sent),
        lambda: a_reply(admin, sent),
        lambda: actions.reopen(admin, sent.conversation.id),
        lambda: actions.snooze(admin, sent.conversation.id, timedelta(hours=1)),
        lambda: actions.resolve(admin, sent.conversation.id),
    ):
        with pytest.raises(Conflict):
            await attempt()


async def test_what_is_closed_still_takes_notes() -> None:
    admin = await an_organization()
    _, sent = await a_message(await an_inbox(admin))
    await actions.close(admin, sent.conversation.id)
    await a_note(admin, sent, "They called again")
    assert (await queries.get(admin, sent.conversation.id)).status == "closed"


async def test_members_see_only_the_inboxes_they_belong_to() -> None:
    admin = await an_organization()
    agent = await a_member(admin)
    inbox = await an_inbox(admin, access="members")
    _, sent = await a_message(inbox)
    agent = await again(agent)
    with pytest.raises(NotFound):
        await queries.get(agent, sent.conversation.id)
    assert (await queries.page(agent, queries.Filters(), "latest", None, 25)).items == []
    assert (await queries.counts(agent)).all == 0
    await actions.assign(admin, sent.conversation.id, AssignInput(assignee_id=agent.id))
    assert (await queries.get(agent, sent.conversation.id)).assignee_id == agent.id


async def test_nobody_from_outside_can_be_assigned() -> None:
    admin = await an_organization()
    stranger = await an_organization("Elsewhere")
    _, sent = await a_message(await an_inbox(admin))
    with pytest.raises(Invalid):
        await actions.assign(admin, sent.conversation.id, AssignInput(assignee_id=stranger.id))


async def test_pages_walk_the_whole_list_once_in_every_sort() -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    made = {(await a_message(inbox, f"Question {number}"))[1].conversation.id for number in range(7)}
    for sort in ("latest", "oldest", "waiting", "priority"):
        seen: list[int] = []
        cursor = None
        while True:
            page = await queries.page(admin, queries.Filters(), sort, cursor, 3)
            seen += [item.conversation.id for item in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert len(seen) == len(set(seen)), sort
        assert set(seen) == made, sort


async def test_a_cursor_of_another_sort_is_refused() -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    for number in range(3):
        await a_message(inbox, f"Question {number}")
    page = await queries.page(admin, queries.Filters(), "latest", None, 2)
    for cursor, sort in ((page.next, "oldest"), ("garbage", "latest"), ("", "latest")):
        with pytest.raises(Invalid):
            await queries.page(admin, queries.Filters(), sort, cursor or "x", 2)


async def test_events_of_one_conversation_stand_in_the_outbox_in_the_order_of_its_versions() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))

    async def write(number: int) -> None:
        await another_message(visitor, sent, f"Message {number}")

    await asyncio.gather(*(asyncio.create_task(write(number)) for number in range(12)))
    async with system_transaction("the log is read as it stands") as db:
        sql = """SELECT version FROM (SELECT id, version, conversation_id FROM outbox UNION ALL
                 SELECT id, version, conversation_id FROM event_log) e WHERE conversation_id = $1 ORDER BY id"""
        versions = [row["version"] for row in await db.fetch_rows(sql, sent.conversation.id)]
    assert versions == sorted(versions)
