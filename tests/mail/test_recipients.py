"""Whom a reply by mail is for: what the composer is shown is what is sent, and what its writer chooses wins."""

import asyncio
from typing import Any

import httpx
import pytest

from core.app import create_app
from core.auth import sessions
from core.channels.email import preferences, recipients, undoing
from core.channels.email.structs import PersonInput, RecipientsInput, RecipientsView
from core.database import pool
from core.errors import Conflict, Invalid, NotFound
from core.messages import actions as messages
from core.messages.structs import ReplyInput, Sent, StartInput
from tests.factories import a_contact, a_member, an_address, an_organization, client_id
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import ROW, answer, heard, mailbox, sink, tried
from tests.mail.test_threads import BEN, Came, came, joined

__all__ = ["mailbox", "sink"]
EVE = "Eve Elm <eve@example.com>"
INVALID: list[dict[str, Any]] = [
    {"to": []}, {"to": [{"address": "nobody"}]}, {"to": [{"address": "ida@example.org", "name": "a\nBcc: eve@example.com"}]},
    {"to": [{"address": f"a{number}@example.com"} for number in range(101)]}, {"to": [{"address": "ida@example.org"}], "people": []},
]  # fmt: skip


def those(*addresses: str) -> list[PersonInput]:
    return [PersonInput(address) for address in addresses]


def addresses(view: RecipientsView) -> tuple[list[str], list[str], list[str]]:
    to, cc, last = ([one.address for one in group] for group in (view.to, view.cc, view.last))
    return to, cc, last


async def chosen(mailbox: Mailbox, mail: Came, to: list[PersonInput], **others: list[PersonInput]) -> Sent:
    """A reply to whom its writer chose."""
    assert mail.conversation_id
    data = ReplyInput(client_id=client_id(), content="Is it plugged in?")
    for _ in range(2):
        await recipients.choose(mailbox.admin, mail.conversation_id, RecipientsInput(data.client_id, to, **others))
    sent = await messages.reply(mailbox.admin, mail.conversation_id, data)
    await heard(mailbox, sent)
    return sent


async def test_what_is_shown_is_what_is_sent(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox, Cc=f"{BEN}, ben@EXAMPLE.net", Reply_To="ida@home.example")
    assert mail.conversation_id
    shown = await recipients.view(mailbox.admin, mail.conversation_id)
    assert addresses(shown) == (
        ["ida@home.example"], ["ben@example.net"], ["ida@example.org", "ida@home.example", "ben@example.net"]
    )  # fmt: skip
    assert (shown.subject, shown.is_first) == ("A lamp", False)
    row = await tried(mailbox, await answer(mailbox, mail))
    assert row["recipients"] == ["ida@home.example", "ben@example.net"]
    assert (sink.taken[0].mail["To"], sink.taken[0].mail["Cc"]) == ("ida@home.example", "Ben Birk <ben@example.net>")


async def test_whom_its_writer_chose_wins_and_a_blind_copy_is_seen_by_nobody(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox, Cc=BEN)
    sent = await chosen(
        mailbox, mail, [PersonInput("ida@example.org", "Ida Ash")], cc=those("eve@example.com"), bcc=those("boss@example.com")
    )
    stored = await pool().fetchrow(ROW, sent.message.id)
    assert stored["recipients"] == ["ida@example.org", "eve@example.com", "boss@example.com"]
    await tried(mailbox, sent)
    [taken] = sink.taken
    assert taken.recipients == stored["recipients"]
    assert (taken.mail["To"], taken.mail["Cc"], taken.mail["Bcc"]) == ("Ida Ash <ida@example.org>", "eve@example.com", None)
    await tried(mailbox, await answer(mailbox, mail))
    assert sink.taken[1].recipients == ["ida@example.org", "ben@example.net"], "a choice is for one reply"


async def test_a_colleagues_choice_is_not_ones_own(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    colleague, data = await a_member(mailbox.admin, "admin"), ReplyInput(client_id=client_id(), content="Hello")
    await recipients.choose(colleague, mail.conversation_id, RecipientsInput(data.client_id, those("eve@example.com")))
    sent = await messages.reply(mailbox.admin, mail.conversation_id, data)
    await heard(mailbox, sent)
    await tried(mailbox, sent)
    assert sink.taken[0].recipients == ["ida@example.org"]


async def test_what_comes_after_a_reply_does_not_change_whom_it_is_for(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox, Cc=BEN)
    sent = await answer(mailbox, mail)
    assert joined(mail, await came(mailbox, BEN, In_Reply_To=f"<{mail.internet_message_id}>"))
    await tried(mailbox, sent)
    assert sink.taken[0].mail["To"] == "Ida Ash <ida@example.org>"


async def test_nor_does_it_where_the_reply_is_heard_of_late(mailbox: Mailbox) -> None:
    mail = await came(mailbox, Cc=BEN)
    assert mail.conversation_id
    sent = await messages.reply(mailbox.admin, mail.conversation_id, ReplyInput(client_id=client_id(), content="Hello"))
    assert joined(mail, await came(mailbox, BEN, In_Reply_To=f"<{mail.internet_message_id}>"))
    await heard(mailbox, sent)
    assert (await pool().fetchrow(ROW, sent.message.id))["recipients"] == ["ida@example.org", "ben@example.net"]


async def test_who_is_added_takes_part_from_when_the_mail_leaves_and_only_here(mailbox: Mailbox, sink: Sink) -> None:
    mail, other = await came(mailbox), await came(mailbox, BEN)
    sent = await chosen(mailbox, mail, those("ida@example.org"), cc=those("eve@example.com"))
    reply = {"In_Reply_To": f"<{mail.internet_message_id}>"}
    assert not joined(mail, await came(mailbox, EVE, **reply))
    await tried(mailbox, sent)
    assert sink.taken
    assert joined(mail, await came(mailbox, EVE, **reply))
    assert not joined(other, await came(mailbox, EVE, In_Reply_To=f"<{other.internet_message_id}>", Cc=BEN))


async def test_who_was_added_to_a_mail_that_was_taken_back_takes_no_part(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    sent = await chosen(mailbox, mail, those("ida@example.org"), cc=those("eve@example.com"))
    taken = await undoing.undo(mailbox.admin, sent.message.id)
    await tried(mailbox, sent)
    assert taken.recipients
    assert [one.address for one in taken.recipients.cc] == ["eve@example.com"]
    assert not joined(mail, await came(mailbox, EVE, In_Reply_To=f"<{mail.internet_message_id}>"))
    assert sink.taken == []


async def test_a_conversation_that_staff_begins_is_for_its_contact(mailbox: Mailbox) -> None:
    contact = await a_contact(mailbox.admin, first_name="Ida", email="ida@example.org")
    sent = await messages.start(mailbox.admin, StartInput(contact.id, mailbox.inbox_id, client_id(), "Your lamp is ready."))
    shown = await recipients.view(mailbox.admin, sent.conversation.id)
    assert addresses(shown) == (["ida@example.org"], [], [])
    assert (shown.subject, shown.is_first) == ("", True)
    await heard(mailbox, sent)
    assert not (await recipients.view(mailbox.admin, sent.conversation.id)).is_first
    await undoing.undo(mailbox.admin, sent.message.id)
    assert (await recipients.view(mailbox.admin, sent.conversation.id)).is_first


async def test_our_own_addresses_and_more_than_a_hundred_are_refused(mailbox: Mailbox) -> None:
    mail, other = await came(mailbox), await a_mailbox(mailbox.admin)
    assert mail.conversation_id
    many = those(*(f"a{number}@example.com" for number in range(60)))
    others = those(*(f"b{number}@example.com" for number in range(60)))
    for data, code in (
        (RecipientsInput(client_id(), those(other.tagged("x"))), "own_address"),
        (RecipientsInput(client_id(), those(mailbox.address.upper())), "own_address"),
        (RecipientsInput(client_id(), many, others), "too_many_recipients"),
    ):
        with pytest.raises(Invalid) as refused:
            await recipients.choose(mailbox.admin, mail.conversation_id, data)
        assert refused.value.reason == code
    with pytest.raises(NotFound):
        await recipients.choose(await an_organization(), mail.conversation_id, RecipientsInput(client_id(), those(an_address())))


@pytest.mark.parametrize("body", INVALID)
async def test_what_names_nobody_is_refused_at_the_door(mailbox: Mailbox, body: dict[str, Any]) -> None:
    mail = await came(mailbox)
    cookie = {"Cookie": f"{sessions.COOKIE}={sessions.cookie_for(mailbox.admin.session_id or 0)}"}
    path = f"/api/conversations/{mail.conversation_id}/recipients"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app()), base_url="http://testserver", headers=cookie) as http:
        answered = await http.put(path, json={"client_id": client_id()} | body, headers={"Origin": "http://testserver"})
    assert answered.status_code == 400, answered.text
    assert answered.json()["code"]
    assert await pool().fetchval("SELECT count(*) FROM mail_choices WHERE conversation_id = $1", mail.conversation_id) == 0


async def test_a_reply_is_held_where_a_newer_mail_has_come(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    await came(mailbox, In_Reply_To=f"<{mail.internet_message_id}>", body="It works again.")
    data = ReplyInput(client_id=client_id(), content="Is it plugged in?", expected_seq=1)
    with pytest.raises(Conflict) as held:
        await messages.reply(mailbox.admin, mail.conversation_id, data)
    assert held.value.reason == "newer_messages"
    assert [message.content for message in held.value.extra["newer"]] == ["It works again."]
    assert await pool().fetchval("SELECT count(*) FROM outbound_mails WHERE conversation_id = $1", mail.conversation_id) == 0


async def test_what_a_colleague_took_back_holds_no_reply(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    sent = await answer(mailbox, mail)
    await undoing.undo(mailbox.admin, sent.message.id)
    colleague = await a_member(mailbox.admin, "admin")
    await messages.reply(colleague, mail.conversation_id, ReplyInput(client_id=client_id(), content="Hello", expected_seq=1))


async def test_many_choose_at_once(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    data = RecipientsInput(client_id(), those("eve@example.com"))
    await asyncio.gather(*(recipients.choose(mailbox.admin, mail.conversation_id, data) for _ in range(8)))
    assert await pool().fetchval("SELECT count(*) FROM mail_choices WHERE conversation_id = $1", mail.conversation_id) == 1
    assert (await preferences.get(mailbox.admin)).undo_s == 10
