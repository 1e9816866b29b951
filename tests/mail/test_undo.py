"""A mail of a person waits a moment and can be taken back; taking back and sending never both happen, and every screen is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from core.access import Actor, ai, system
from core.channels.email import jobs, preferences, sending, undoing
from core.channels.email.structs import TakenBack
from core.conversations import actions as conversations
from core.conversations.structs import ConversationView
from core.database import pool
from core.errors import Conflict, NotFound
from core.files import actions as files
from core.messages import actions as messages
from core.messages import queries as messages_queries
from core.messages.structs import ReplyInput, Sent
from tests.factories import a_member, a_message, a_reply, an_inbox, an_organization, client_id
from tests.mail.gateway import Mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import ROW, answer, heard, mailbox, sink, tried
from tests.mail.test_threads import Came, came, conversation, thread

__all__ = ["mailbox", "sink"]
STATES = """
SELECT body FROM (SELECT id, body, type, organization_id FROM event_log UNION ALL SELECT id, body, type, organization_id FROM outbox) e
WHERE organization_id = $1 AND type = 'outbound_mail.changed' ORDER BY id
"""


async def states(mailbox: Mailbox) -> list[str]:
    """What staff was told of mails, in order."""
    return [json.loads(row["body"])["state"] for row in await pool().fetch(STATES, mailbox.admin.organization_id)]


async def said(mailbox: Mailbox, mail: Came, **values: Any) -> Sent:
    """An agent's answer, of which nothing has heard yet."""
    assert mail.conversation_id
    data = ReplyInput(client_id=client_id(), content="Is it plugged in?", **values)
    return await messages.reply(mailbox.admin, mail.conversation_id, data)


def waits_as_before(before: ConversationView, after: ConversationView) -> bool:
    """Since the message that nobody has answered, whose time differs by how long it took to store it."""
    assert before.waiting_since
    assert after.waiting_since
    return abs(before.waiting_since - after.waiting_since) < timedelta(seconds=0.5)


async def refused(actor: Actor, message_id: int) -> str:
    with pytest.raises(Conflict) as found:
        await undoing.undo(actor, message_id)
    return found.value.reason


async def lamp() -> AsyncIterator[bytes]:
    yield b"lamp"


async def test_a_persons_mail_waits_as_long_as_they_have_set_and_a_machines_not_at_all(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    sent = await answer(mailbox, mail)
    row = await pool().fetchrow(ROW, sent.message.id)
    assert row["leaves_at"] == sent.message.created_at + timedelta(seconds=10)
    assert await pool().fetchval("SELECT run_at FROM jobs WHERE key = $1", f"outbound:{row['id']}") == row["leaves_at"]
    await preferences.save(mailbox.admin, 30)
    longer = await answer(mailbox, mail)
    assert (await pool().fetchval("SELECT leaves_at FROM outbound_mails WHERE message_id = $1", longer.message.id)) == (
        longer.message.created_at + timedelta(seconds=30)
    )
    await preferences.save(mailbox.admin, 0)
    at_once = await answer(mailbox, mail)
    assert (await pool().fetchrow(ROW, at_once.message.id))["leaves_at"] is None
    assert mail.conversation_id
    epoch = (await conversation(mailbox, mail)).handler_epoch
    machine = await messages.send(
        ai(mailbox.admin.organization_id), mail.conversation_id, "Hm.", if_epoch=epoch, if_seq=None, client_id=client_id(), sources=[]
    )  # fmt: skip
    await heard(mailbox, machine)
    assert (await pool().fetchrow(ROW, machine.message.id))["leaves_at"] is None


async def test_what_was_taken_back_is_as_if_it_had_never_been_sent(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    before = await conversation(mailbox, mail)

    uploaded = await files.upload(mailbox.admin, "lamp.png", "image/png", 4, lamp())
    sent = await answer(mailbox, mail, files=[uploaded.token])
    taken = await undoing.undo(mailbox.admin, sent.message.id)
    assert (taken.message.content, [file.token for file in taken.message.files]) == ("Is it plugged in?", [uploaded.token])
    after = taken.conversation
    assert waits_as_before(before, after)
    as_before = ("status", "preview", "public_seq", "first_response_at", "subject")
    assert [getattr(after, name) for name in as_before] == [getattr(before, name) for name in as_before]
    assert (after.assignee_id, after.version > sent.conversation.version) == (mailbox.admin.id, True)
    kept = (await thread(mailbox, mail))[-1]
    assert (kept.seq, kept.content, kept.files, kept.is_internal) == (2, "", [], True)
    assert (await tried(mailbox, sent))["state"] == "withdrawn"
    assert sink.taken == []
    assert await states(mailbox) == ["queued", "withdrawn"]
    again = await answer(mailbox, mail, "Is it on?", files=[uploaded.token])
    assert (await tried(mailbox, again))["state"] == "sent"
    assert sink.taken[0].mail["References"] == f"<{mail.internet_message_id}>"


async def test_what_is_left_shows_the_names_of_its_files_where_it_has_no_words(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    photo = await files.upload(mailbox.admin, "lamp.png", "image/png", 4, lamp())
    await answer(mailbox, mail, "", files=[photo.token])
    later = await answer(mailbox, mail, "Is it this one?")
    assert later.conversation.preview == "Is it this one?"
    assert (await undoing.undo(mailbox.admin, later.message.id)).conversation.preview == "lamp.png"


async def test_what_was_answered_besides_was_answered_first(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    first, second = await answer(mailbox, mail), await answer(mailbox, mail, "Is it on?")
    await undoing.undo(mailbox.admin, first.message.id)
    assert (await conversation(mailbox, mail)).first_response_at == second.message.created_at
    await undoing.undo(mailbox.admin, second.message.id)
    assert (await conversation(mailbox, mail)).first_response_at is None
    third, fourth = await answer(mailbox, mail), await answer(mailbox, mail, "Is it on?")
    await undoing.undo(mailbox.admin, fourth.message.id)
    assert (await conversation(mailbox, mail)).first_response_at == third.message.created_at


async def test_a_customer_never_reads_what_was_taken_back(mailbox: Mailbox) -> None:
    visitor, opened = await a_message(await an_inbox(mailbox.admin))
    reply = await a_reply(mailbox.admin, opened, "A secret")
    await pool().execute("UPDATE conversations SET channel = 'email' WHERE id = $1", opened.conversation.id)
    await undoing.undo(mailbox.admin, reply.message.id)
    read = await messages_queries.visitor_thread(visitor, opened.conversation.token, None, 40)
    assert [message.content for message in read.messages] == [opened.message.content]
    assert read.conversation.last_seq == 1
    rows = await pool().fetch(
        "SELECT public::text FROM outbox WHERE type = 'message.withdrawn' AND conversation_id = $1", opened.conversation.id
    )
    assert [json.loads(row["public"])["type"] for row in rows] == ["conversation.changed"]
    assert "A secret" not in rows[0]["public"]


async def test_who_was_answered_only_by_a_handover_waits_again(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    before = await conversation(mailbox, mail)
    held = await conversations.hand_back(mailbox.admin, mail.conversation_id)
    await messages.send(
        ai(mailbox.admin.organization_id), mail.conversation_id, "A person will be with you.", if_epoch=held.handler_epoch, if_seq=None,
        client_id=client_id(), sources=[], answers=False,
    )  # fmt: skip
    await pool().execute(
        """INSERT INTO timeline_entries (organization_id, conversation_id, after_seq, kind, by)
           SELECT organization_id, id, last_seq, 'handed_off', '{"kind": "ai"}' FROM conversations WHERE id = $1""", mail.conversation_id
    )  # fmt: skip
    sent = await answer(mailbox, mail)
    taken = await undoing.undo(mailbox.admin, sent.message.id)
    assert taken.conversation.status == "open"
    assert waits_as_before(before, taken.conversation)


async def test_it_can_be_taken_back_before_it_has_become_a_mail(mailbox: Mailbox, sink: Sink) -> None:
    sent = await said(mailbox, await came(mailbox))
    await undoing.undo(mailbox.admin, sent.message.id)
    await heard(mailbox, sent)
    row = await tried(mailbox, sent)
    assert (row["state"], row["attempts"], sink.taken) == ("withdrawn", 0, [])


async def test_what_its_server_does_not_take_for_now_can_still_be_taken_back(mailbox: Mailbox, sink: Sink) -> None:
    sent = await answer(mailbox, await came(mailbox))
    sink.answers["mail"].append("421 not now")
    assert (await tried(mailbox, sent))["state"] == "queued"
    await undoing.undo(mailbox.admin, sent.message.id)
    assert (await tried(mailbox, sent))["state"] == "withdrawn"
    assert sink.taken == []


@pytest.mark.parametrize("state", ["sending", "sent", "failed", "uncertain", "bounced"])
async def test_what_has_left_cannot_be_taken_back(mailbox: Mailbox, state: str) -> None:
    sent = await answer(mailbox, await came(mailbox))
    await pool().execute("UPDATE outbound_mails SET state = $2 WHERE message_id = $1", sent.message.id, state)
    assert await refused(mailbox.admin, sent.message.id) == "already_sent"
    assert await pool().fetchval("SELECT content FROM messages WHERE id = $1", sent.message.id) == "Is it plugged in?"


async def test_only_who_wrote_it_and_only_mail(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    sent = await answer(mailbox, mail)
    assert await refused(await a_member(mailbox.admin, "admin"), sent.message.id) == "not_yours"
    assert mail.message_id
    assert await refused(mailbox.admin, mail.message_id) == "not_yours"
    _, opened = await a_message(await an_inbox(mailbox.admin))
    assert await refused(mailbox.admin, (await a_reply(mailbox.admin, opened)).message.id) == "no_mail"
    with pytest.raises(NotFound):
        await undoing.undo(await an_organization(), sent.message.id)


async def test_taking_back_twice_is_taking_back_once(mailbox: Mailbox) -> None:
    sent = await answer(mailbox, await came(mailbox))
    first, second = [await undoing.undo(mailbox.admin, sent.message.id) for _ in range(2)]
    assert (first.message.content, second.message.content) == ("Is it plugged in?", "")
    assert first.conversation.version == second.conversation.version
    assert await states(mailbox) == ["queued", "withdrawn"]


async def test_it_leaves_or_is_taken_back_and_never_both(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    outcomes = set()
    for number in range(24):
        sent = await answer(mailbox, mail)
        row = await pool().fetchrow(ROW, sent.message.id)

        async def leave(mail_id: int = row["id"]) -> None:
            with suppress(sending.NotNow):
                await sending.deliver(system(mailbox.admin.organization_id), mail_id)

        async def take_back(message_id: int = sent.message.id, wait_s: float = number / 1500) -> TakenBack | None:
            await asyncio.sleep(wait_s)
            with suppress(Conflict):
                return await undoing.undo(mailbox.admin, message_id)
            return None

        before = len(sink.taken)
        _, taken = await asyncio.gather(leave(), take_back())
        state = (await tried(mailbox, sent))["state"]
        assert (len(sink.taken) - before, state) == ((1, "sent") if taken is None else (0, "withdrawn"))
        outcomes.add(state)
    assert outcomes == {"sent", "withdrawn"}, "both must have been seen, or nothing was tried"


async def test_every_change_of_a_mails_state_is_told(mailbox: Mailbox, sink: Sink) -> None:
    sent = await answer(mailbox, await came(mailbox))
    sink.answers["mail"].append("421 not now")
    await tried(mailbox, sent)
    await tried(mailbox, sent)
    assert await states(mailbox) == ["queued", "queued", "sending", "sent"]
    other = await answer(mailbox, await came(mailbox))
    await pool().execute("UPDATE outbound_mails SET state = 'sending' WHERE message_id = $1", other.message.id)
    await tried(mailbox, other)
    assert (await states(mailbox))[-1] == "uncertain"
    third = await answer(mailbox, await came(mailbox))
    row = await pool().fetchrow(ROW, third.message.id)
    await jobs.give_up(mailbox.admin.organization_id, row["id"])
    assert (await states(mailbox))[-1] == "failed"


async def test_how_long_is_ones_own_choice(mailbox: Mailbox) -> None:
    assert (await preferences.get(mailbox.admin)).undo_s == 10
    assert (await preferences.save(mailbox.admin, 30)).undo_s == (await preferences.get(mailbox.admin)).undo_s == 30
    colleague = await a_member(mailbox.admin)
    assert (await preferences.get(colleague)).undo_s == 10
