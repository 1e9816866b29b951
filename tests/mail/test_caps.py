"""The AI agent writes so many mails of an inbox in an hour, whoever asks: what comes after is people's, and nothing is lost."""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from core.access import ai
from core.channels.email import caps, sending
from core.channels.email.subscribers import send_by_mail
from core.conversations import actions as conversations
from core.conversations import queries
from core.database import pool
from core.messages import actions as messages
from core.messages.events import MessageCreated
from core.messages.structs import Sent
from core.settings import settings
from tests.factories import client_id
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import ROW, answer, sink, tried
from tests.mail.test_threads import Came, came, conversation, thread

__all__ = ["sink"]
MOST = 2
LINES = "SELECT data ->> 'reason' FROM timeline_entries WHERE conversation_id = $1 AND kind = 'handed_off'"


@pytest.fixture
async def mailbox(connected: Any, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """Of an inbox whose AI agent answers."""
    del connected
    known = msgspec.structs.replace(settings(), mail_automatic_per_hour=MOST)
    monkeypatch.setattr(caps, "settings", lambda: known)
    mailbox = await a_mailbox()
    await pool().execute("UPDATE inboxes SET ai_enabled = true WHERE id = $1", mailbox.inbox_id)
    return mailbox


async def somebody(mailbox: Mailbox, number: int, **heads: str) -> Came:
    return await came(mailbox, f"r{number}@robots.example", body="How long is the warranty?", **heads)


async def answered(mailbox: Mailbox, mail: Came) -> Sent:
    """What the AI agent writes, heard of twice."""
    assert mail.conversation_id
    epoch = (await conversation(mailbox, mail)).handler_epoch
    sent = await messages.send(
        ai(mailbox.admin.organization_id), mail.conversation_id, "Two years.", if_epoch=epoch, if_seq=None, client_id=client_id(), sources=[]
    )  # fmt: skip
    event = MessageCreated(organization_id=mailbox.admin.organization_id, conversation=sent.conversation, message=sent.message)
    for _ in range(2):
        await send_by_mail.function(event)
    return sent


async def test_who_comes_after_the_last_one_gets_people(mailbox: Mailbox, sink: Sink) -> None:
    for number in range(MOST):
        mail = await somebody(mailbox, number)
        assert (await conversation(mailbox, mail)).handler == "ai"
        assert (await tried(mailbox, await answered(mailbox, mail)))["state"] == "sent"
    late = await somebody(mailbox, MOST)
    opened = await conversation(mailbox, late)
    assert (opened.handler, opened.status) == ("human", "open")
    assert [one.content for one in await thread(mailbox, late)] == ["How long is the warranty?"]
    again = await somebody(mailbox, 0, In_Reply_To=str(sink.taken[0].mail["Message-ID"]))
    assert (await conversation(mailbox, again)).handler == "human"
    assert [row[0] for row in await pool().fetch(LINES, again.conversation_id)] == ["too_many_automatic"]
    await pool().execute(
        "UPDATE outbound_mails SET created_at = created_at - interval '61 minutes' WHERE inbox_id = $1", mailbox.inbox_id
    )
    assert (await conversation(mailbox, await somebody(mailbox, 9))).handler == "ai"


@pytest.mark.parametrize("state", ["open", "snoozed", "resolved", "closed"])
async def test_what_the_ai_agent_could_not_send_is_with_people(mailbox: Mailbox, sink: Sink, state: str) -> None:
    mail = await somebody(mailbox, 0)
    sent = await answered(mailbox, mail)
    if state == "snoozed":
        await conversations.snooze(mailbox.admin, sent.conversation.id, timedelta(days=3))
    if state == "resolved":
        await conversations.resolve(mailbox.admin, sent.conversation.id)
    if state == "closed":
        await conversations.close(mailbox.admin, sent.conversation.id)
    assert (await conversation(mailbox, mail)).handler == "ai"
    sink.answers["rcpt"].append("550 no such user")
    assert (await tried(mailbox, sent))["state"] == "failed"
    left = await conversation(mailbox, mail)
    lines = [row[0] for row in await pool().fetch(LINES, mail.conversation_id)]
    expected = ("closed", "ai", False, []) if state == "closed" else ("open", "human", True, ["not_sent"])
    assert (left.status, left.handler, left.waiting_since is not None, lines) == expected
    assert (left.snoozed_until, left.resolved_at) == (None, None)


async def test_what_was_being_written_meanwhile_is_not_sent_and_people_see_it(mailbox: Mailbox, sink: Sink) -> None:
    mails = [await somebody(mailbox, number) for number in range(2 * MOST)]
    sent = await asyncio.gather(*(answered(mailbox, mail) for mail in mails))
    rows = [await pool().fetchrow(ROW, one.message.id) for one in sent]
    assert sorted(row["state"] for row in rows) == ["failed"] * MOST + ["queued"] * MOST
    for one, row in zip(sent, rows, strict=True):
        now = await queries.get(mailbox.admin, one.conversation.id)
        if row["state"] == "failed":
            assert (row["reason"], now.handler, now.status) == (sending.TOO_MANY, "human", "open")
        else:
            assert now.handler == "ai"


async def test_people_may_write_as_much_as_they_like(mailbox: Mailbox, sink: Sink) -> None:
    mail = await somebody(mailbox, 1)
    for _ in range(MOST + 1):
        await answered(mailbox, mail)
    assert (await tried(mailbox, await answer(mailbox, mail)))["state"] == "sent"
