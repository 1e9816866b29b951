"""Which conversation a mail joins: fifteen cases that other products have got wrong, and that no stranger ever joins somebody's."""

import asyncio
import secrets
from typing import Any, NamedTuple

import asyncpg
import msgspec
import pytest

from core.channels.email import jobs, names, people, recipients, understanding
from core.channels.email.gateway.accept import accept
from core.channels.email.parsing import Address
from core.conversations import actions as conversations
from core.conversations import queries
from core.conversations.structs import ConversationView
from core.database import pool, transaction
from core.messages import actions as messages
from core.messages import queries as messages_queries
from core.messages.structs import MessageView, ReplyInput
from core.settings import settings
from tests.factories import client_id
from tests.mail.gateway import Mailbox, a_mailbox

ROW = "SELECT state, reason, conversation_id, message_id FROM inbound_mails WHERE id = $1"
IDA, BEN = "Ida Ash <ida@example.org>", "Ben Birk <ben@example.net>"


class Came(NamedTuple):
    mail_id: int
    state: str
    reason: str
    conversation_id: int | None
    message_id: int | None
    internet_message_id: str


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


async def came(
    mailbox: Mailbox, sender: str = IDA, *, to: str = "", body: str = "My lamp is dark.", subject: str = "A lamp", **heads: str
) -> Came:
    """A mail for the mailbox (`to`: for this of its addresses), understood."""
    internet_message_id = f"{secrets.token_hex(8)}@example.org"
    lines = [f"From: {sender}", f"To: {to or mailbox.address}", f"Subject: {subject}", f"Message-ID: <{internet_message_id}>"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in heads.items()]
    raw = "\r\n".join([*lines, "", body, ""]).encode()
    mail_from = sender.rpartition("<")[2].rstrip(">")
    accepted = await accept("lmtp", mail_from, to or mailbox.address, raw)
    for _ in range(2):
        await jobs.understand.function(mailbox.admin.organization_id, accepted.mail_id)
    row: asyncpg.Record = await pool().fetchrow(ROW, accepted.mail_id)
    return Came(accepted.mail_id, *row, internet_message_id)


async def thread(mailbox: Mailbox, one: Came) -> list[MessageView]:
    assert one.conversation_id
    return await messages_queries.since(mailbox.admin, one.conversation_id, 0)


async def conversation(mailbox: Mailbox, one: Came) -> ConversationView:
    assert one.conversation_id
    return await queries.get(mailbox.admin, one.conversation_id)


async def answered(mailbox: Mailbox, one: Came) -> str:
    """The Message-ID of what an agent answers."""
    assert one.conversation_id
    sent = await messages.reply(mailbox.admin, one.conversation_id, ReplyInput(client_id=client_id(), content="Is it plugged in?"))
    return f"<{names.message_id(mailbox.admin.organization_id, one.conversation_id, sent.message.id, 'example.com')}>"


def key_to(mailbox: Mailbox, one: Came) -> str:
    """The address to which answers of the conversation go."""
    assert one.conversation_id
    return names.tagged(mailbox.address, mailbox.admin.organization_id, one.conversation_id)


def joined(first: Came, second: Came) -> bool:
    return second.state == "threaded" and second.conversation_id == first.conversation_id


async def test_a_mail_opens_a_conversation_of_its_sender(mailbox: Mailbox) -> None:
    first = await came(mailbox, body="My lamp is dark.\r\n-- \r\nIda")
    assert (first.state, first.reason) == ("created", "")
    opened = await conversation(mailbox, first)
    assert (opened.channel, opened.subject, opened.contact_name, opened.status) == ("email", "A lamp", "Ida Ash", "open")
    [message] = await thread(mailbox, first)
    assert (message.content, message.sender_type, message.sender_name) == ("My lamp is dark.", "contact", "Ida Ash")


async def test_a_reply_joins_and_its_quotation_is_left_out(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    quoted = "It is.\r\n\r\nOn Mon, 2 Nov 2026 at 10:00, Harbour Lights wrote:\r\n> Is it plugged in?"
    second = await came(mailbox, In_Reply_To=await answered(mailbox, first), subject="Re: A lamp", body=quoted)
    assert joined(first, second)
    assert [message.content for message in await thread(mailbox, first)] == ["My lamp is dark.", "Is it plugged in?", "It is."]


async def test_somebody_in_copy_answers_all(mailbox: Mailbox) -> None:
    first = await came(mailbox, Cc=BEN)
    second = await came(mailbox, BEN, In_Reply_To=f"<{first.internet_message_id}>")
    assert joined(first, second)
    assert [message.sender_name for message in await thread(mailbox, first)] == ["Ida Ash", "Ben Birk"]
    assert (await conversation(mailbox, first)).contact_name == "Ida Ash"


async def test_a_stranger_to_whom_it_was_forwarded_does_not_join(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    second = await came(mailbox, BEN, In_Reply_To=await answered(mailbox, first), subject="Fwd: A lamp")
    assert second.state == "created"
    assert second.conversation_id != first.conversation_id


async def test_a_reply_to_what_was_forwarded_stays_with_who_wrote_it(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    asked = await answered(mailbox, first)
    forwarded = await came(mailbox, BEN, References=asked)
    again = await came(
        mailbox, BEN, In_Reply_To=f"<{forwarded.internet_message_id}>", References=f"{asked} <{forwarded.internet_message_id}>"
    )
    assert joined(forwarded, again)


async def test_a_changed_subject_changes_nothing(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    second = await came(mailbox, References=await answered(mailbox, first), subject="And another thing")
    assert joined(first, second)


async def test_a_stranger_with_the_number_of_a_conversation_does_not_join(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = msgspec.structs.replace(settings(), mail_authserv_id="mx.example.com")
    monkeypatch.setattr(understanding, "settings", lambda: known)
    first = await came(mailbox)
    subject = f"Re: A lamp [#{(await conversation(mailbox, first)).number}]"
    vouched = "mx.example.com; dmarc=pass header.from={}"
    assert not joined(first, await came(mailbox, BEN, subject=subject, Authentication_Results=vouched.format("example.net")))
    assert joined(first, await came(mailbox, subject=subject, Authentication_Results=vouched.format("example.org")))


async def test_a_number_is_nothing_under_an_address_that_our_server_does_not_vouch_for(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await came(mailbox)
    subject = f"Re: A lamp [#{(await conversation(mailbox, first)).number}]"
    assert not joined(first, await came(mailbox, subject=subject)), "nobody says who wrote it"
    known = msgspec.structs.replace(settings(), mail_authserv_id="mx.example.com")
    monkeypatch.setattr(understanding, "settings", lambda: known)
    assert not joined(first, await came(mailbox, subject=subject, Reply_To="eve@example.net"))
    assert not joined(first, await came(mailbox, subject=subject, Authentication_Results="mx.example.com; dmarc=fail"))
    vouched = "mx.example.com; dmarc=pass header.from=example.org"
    assert joined(first, await came(mailbox, subject=subject, Authentication_Results=vouched))


async def test_an_inbox_whose_own_address_has_a_tag_gets_its_answers(mailbox: Mailbox) -> None:
    other = await a_mailbox(mailbox.admin, mailbox.tagged("eu"))
    first = await came(other)
    assert joined(first, await came(other, "ida@work.example", to=key_to(other, first)))
    assert joined(first, await came(other, BEN, to=key_to(other, first).upper()))
    sent = await recipients.view(other.admin, first.conversation_id or 0)
    assert sent.cc == []
    assert (await came(mailbox, to=mailbox.tagged("else"))).state == "created"


async def test_two_mails_that_bring_the_same_people_do_not_wait_for_each_other(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    organization_id, conversation_id = mailbox.admin.organization_id, first.conversation_id or 0

    async def join(*names: str) -> None:
        async with transaction(mailbox.admin) as db:
            await people.join(db, organization_id, conversation_id, [Address("", f"{name}@example.org") for name in names])

    async with pool().acquire() as blocking:
        held = blocking.transaction()
        await held.start()
        await blocking.execute(
            "INSERT INTO conversation_participants (organization_id, conversation_id, address) VALUES ($1, $2, 'm@example.org')",
            organization_id, conversation_id,
        )  # fmt: skip
        both = [asyncio.create_task(join(*order)) for order in ("amz", "zma")]
        await asyncio.sleep(0.3)
        await held.rollback()
    await asyncio.gather(*both)


async def test_an_answer_from_a_second_address_joins_by_the_key(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    second = await came(mailbox, "Ida at work <ida@work.example>", to=key_to(mailbox, first).upper())
    assert joined(first, second)
    assert joined(first, await came(mailbox, "ida@work.example", In_Reply_To=f"<{first.internet_message_id}>"))


async def test_two_mailboxes_each_get_it(mailbox: Mailbox) -> None:
    other = await a_mailbox(mailbox.admin)
    first = await came(mailbox)
    asked = await answered(mailbox, first)
    here, there = await came(mailbox, In_Reply_To=asked), await came(other, In_Reply_To=asked)
    assert joined(first, here)
    assert there.state == "created"
    assert await conversation(other, there) != await conversation(mailbox, first)


async def test_three_people_who_answer_one_newsletter_stay_apart(mailbox: Mailbox) -> None:
    newsletter = "<campaign-7@news.example.com>"
    all_three = [await came(mailbox, f"p{number}@example.org", In_Reply_To=newsletter) for number in range(3)]
    assert {one.state for one in all_three} == {"created"}
    assert len({one.conversation_id for one in all_three}) == 3


async def test_without_in_reply_to_references_lead_the_newest_first(mailbox: Mailbox) -> None:
    old, new = await came(mailbox), await came(mailbox)
    ids = f"{await answered(mailbox, old)} {await answered(mailbox, new)}"
    assert joined(new, await came(mailbox, References=ids))


async def test_outlook_that_names_nothing_joins_by_the_address_it_answers_to(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    assert joined(first, await came(mailbox, to=key_to(mailbox, first), Thread_Index="AdpZ4bq1"))
    assert not joined(first, await came(mailbox, Thread_Index="AdpZ4bq1"))


async def test_a_closed_conversation_stays_closed_and_a_resolved_one_opens_again(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    assert first.conversation_id
    await conversations.resolve(mailbox.admin, first.conversation_id)
    assert joined(first, await came(mailbox, to=key_to(mailbox, first)))
    assert (await conversation(mailbox, first)).status == "open"
    await conversations.close(mailbox.admin, first.conversation_id)
    later = await came(mailbox, to=key_to(mailbox, first))
    assert later.state == "created"
    assert (await conversation(mailbox, first)).status == "closed"


async def test_a_hundred_references_are_as_good_as_one(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    many = " ".join([await answered(mailbox, first), *(f"<{number}@elsewhere.example>" for number in range(60))])
    assert joined(first, await came(mailbox, References=many))


async def test_the_key_of_another_organization_opens_nothing(mailbox: Mailbox) -> None:
    first, other = await came(mailbox), await a_mailbox()
    key = (
        key_to(mailbox, first)
        .replace(mailbox.address.partition("@")[0], other.address.partition("@")[0])
        .replace(mailbox.address.partition("@")[2], other.address.partition("@")[2])
    )
    stolen = await came(other, to=key, In_Reply_To=await answered(mailbox, first))
    assert stolen.state == "created"
    assert len(await thread(mailbox, first)) == 2


async def test_a_forged_key_or_message_id_opens_nothing(mailbox: Mailbox) -> None:
    first = await came(mailbox)
    forged = mailbox.tagged(f"c{first.conversation_id}-{'0' * 20}")
    mail = await came(mailbox, BEN, to=forged, In_Reply_To=f"<lacasa.{first.conversation_id}.1.{'0' * 20}@example.com>")
    assert mail.state == "created"
