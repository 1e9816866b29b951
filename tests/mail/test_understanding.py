"""What becomes of a mail: a message with its files, or a reason why not; and of whom it makes a contact."""

import asyncio
import json
from email.message import EmailMessage
from typing import Any

import msgspec
import pytest

from core.access import system
from core.channels.email import actions, jobs, understanding
from core.channels.email.gateway.accept import accept
from core.contacts import actions as contacts
from core.contacts.structs import DeclaredInput
from core.database import pool
from core.files.actions import store
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.settings import settings
from tests.factories import a_member, a_message, an_inbox
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.test_threads import BEN, IDA, Came, came, conversation, thread

MAIL = "SELECT * FROM message_mails WHERE message_id = $1"
BOUNCE = """\
From: MAILER-DAEMON@mail.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver it.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net

Final-Recipient: rfc822; nobody@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user
--b--
"""


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


async def whole(mailbox: Mailbox, raw: bytes, mail_from: str = "ida@example.org") -> Came:
    accepted = await accept("lmtp", mail_from, mailbox.address, raw)
    await jobs.understand.function(mailbox.admin.organization_id, accepted.mail_id)
    return await again(accepted.mail_id)


async def again(mail_id: int) -> Came:
    row = await pool().fetchrow("SELECT state, reason, conversation_id, message_id FROM inbound_mails WHERE id = $1", mail_id)
    return Came(mail_id, *row, "")


def a_letter(mailbox: Mailbox, text: str = "See the picture.") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = IDA, mailbox.address, "A lamp", "<letter@example.org>"
    letter.set_content(text)
    return letter


async def test_attachments_become_files_and_pictures_in_the_text_do_not(mailbox: Mailbox) -> None:
    letter = a_letter(mailbox)
    letter.add_alternative('<p>See <img src="cid:logo"></p>', subtype="html")
    letter.get_payload()[1].add_related(b"\x89PNG logo", "image", "png", cid="<logo>")
    letter.add_attachment(b"\x89PNG lamp", maintype="image", subtype="png", filename="lamp.png")
    letter.add_attachment(b"<script>", maintype="text", subtype="html", filename="../../page.html")
    mail = await whole(mailbox, letter.as_bytes())
    [message] = await thread(mailbox, mail)
    assert [(file.name, file.content_type, file.size) for file in message.files] == [
        ("lamp.png", "image/png", 9), ("page.html", "application/octet-stream", 8),
    ]  # fmt: skip
    assert b"".join([piece async for piece in store().read(message.files[0].token)]) == b"\x89PNG lamp"


async def test_what_a_message_was_as_a_mail_is_kept(mailbox: Mailbox) -> None:
    mail = await came(mailbox, Cc=BEN, Reply_To="ida@home.example", body="It is dark.\r\n-- \r\nIda Ash, Harbour 3")
    row = await pool().fetchrow(MAIL, mail.message_id)
    assert (row["mail_id"], row["from_address"], row["from_name"], row["subject"]) == (
        mail.mail_id,
        "ida@example.org",
        "Ida Ash",
        "A lamp",
    )
    assert "Harbour 3" in row["hidden"]
    people = row["people"] if isinstance(row["people"], dict) else json.loads(row["people"])
    assert people["cc"] == [["Ben Birk", "ben@example.net"]]
    assert people["reply_to"] == [["", "ida@home.example"]]


async def test_a_mail_without_words_still_arrives(mailbox: Mailbox) -> None:
    [message] = await thread(mailbox, await came(mailbox, body=""))
    assert message.content == "A lamp"
    [message] = await thread(mailbox, await came(mailbox, body="", subject=""))
    assert message.content == understanding.NO_TEXT


async def test_a_very_long_mail_is_cut_in_the_thread_and_whole_in_the_ledger(mailbox: Mailbox) -> None:
    mail = await came(mailbox, body="\r\n".join(["Dark. " * 100] * 100))
    [message] = await thread(mailbox, mail)
    assert 9_000 < len(message.content) <= 10_000
    assert await pool().fetchval("SELECT size_bytes FROM inbound_mails WHERE id = $1", mail.mail_id) > 60_000


async def test_a_bounce_is_nobody_s_message(mailbox: Mailbox) -> None:
    mail = await whole(mailbox, BOUNCE.format(to=mailbox.address).encode(), "")
    assert (mail.state, mail.reason, mail.conversation_id) == ("ignored", "failed", None)


@pytest.mark.parametrize(
    ("heads", "reason"),
    [({"Auto_Submitted": "auto-replied"}, "automatic_reply"), ({"X_Autoreply": "yes"}, "automatic_reply")],
)
async def test_what_a_machine_answers_is_ignored(mailbox: Mailbox, heads: dict[str, str], reason: str) -> None:
    mail = await came(mailbox, **heads)
    assert (mail.state, mail.reason) == ("ignored", reason)


async def test_mail_from_one_of_our_own_addresses_goes_in_no_circle(mailbox: Mailbox) -> None:
    other = await a_mailbox(mailbox.admin)
    mail = await came(mailbox, f"Support <{other.address}>")
    assert (mail.state, mail.reason) == ("ignored", "own")


async def test_a_list_is_read_by_people_and_answered_by_no_machine(mailbox: Mailbox) -> None:
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(ai_enabled=True))
    assert (await conversation(mailbox, await came(mailbox))).handler == "ai"
    assert (await conversation(mailbox, await came(mailbox, BEN, List_Id="<lamps.example.org>"))).handler == "human"
    suppressed = await came(mailbox, "eve@example.org", X_Auto_Response_Suppress="All")
    assert (await conversation(mailbox, suppressed)).handler == "ai"


async def test_a_mail_over_a_limit_is_put_aside_with_the_limit_s_name(mailbox: Mailbox) -> None:
    parts = b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" for _ in range(1100))
    raw = b"From: ida@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + b"--b--\r\n"
    mail = await whole(mailbox, raw)
    assert (mail.state, mail.reason) == ("quarantined", "over_parts")


async def test_without_a_sender_it_is_put_aside_and_the_envelope_may_name_one(mailbox: Mailbox) -> None:
    nobody = await whole(mailbox, b"Subject: x\r\n\r\nHello\r\n", "not an address")
    assert (nobody.state, nobody.reason) == ("quarantined", "no_sender")
    assert (await whole(mailbox, b"Subject: y\r\n\r\nHello\r\n")).state == "created"


async def test_too_many_of_one_address_in_an_hour_are_put_aside(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "PER_HOUR", 2)
    states = [(await came(mailbox)).state for _ in range(4)]
    assert states == ["created", "created", "quarantined", "quarantined"]
    assert (await came(mailbox, BEN)).state == "created"


async def test_staff_whose_address_is_forged_is_a_customer(mailbox: Mailbox) -> None:
    agent = await a_member(mailbox.admin)
    address = await pool().fetchval("SELECT email FROM users WHERE id = $1", agent.id)
    [message] = await thread(mailbox, await came(mailbox, f"Theo Agent <{address}>"))
    assert message.sender_type == "contact"


async def test_an_address_that_a_visitor_claims_does_not_get_him_its_owner_s_mail(mailbox: Mailbox) -> None:
    visitor, _ = await a_message(await an_inbox(mailbox.admin))
    assert visitor.contact_id
    await contacts.update(visitor, visitor.contact_id, DeclaredInput(email="ida@example.org"))
    mail = await conversation(mailbox, await came(mailbox))
    assert mail.contact_id != visitor.contact_id
    assert (await conversation(mailbox, await came(mailbox))).contact_id == mail.contact_id


async def test_no_room_for_another_contact_puts_aside_until_it_is_tried_again(mailbox: Mailbox) -> None:
    limit = "UPDATE organizations SET contacts_limit = $2 WHERE id = $1"
    await pool().execute(limit, mailbox.admin.organization_id, 0)
    mail = await came(mailbox)
    assert (mail.state, mail.reason) == ("quarantined", "contacts_limit")
    await pool().execute(limit, mailbox.admin.organization_id, -1)
    await actions.retry(mailbox.admin, mail.mail_id)
    await jobs.understand.function(mailbox.admin.organization_id, mail.mail_id)
    assert (await again(mail.mail_id)).state == "created"


async def test_two_readers_of_one_mail_make_one_message(mailbox: Mailbox) -> None:
    raw = a_letter(mailbox).as_bytes()
    accepted = await accept("lmtp", "ida@example.org", mailbox.address, raw)
    actor = system(mailbox.admin.organization_id)
    await asyncio.gather(*(asyncio.create_task(understanding.understand(actor, accepted.mail_id)) for _ in range(4)))
    assert len(await thread(mailbox, await again(accepted.mail_id))) == 1
    assert await pool().fetchval("SELECT count(*) FROM conversations WHERE organization_id = $1", actor.organization_id) == 1


async def test_first_mails_of_one_sender_that_come_at_once_make_one_contact(mailbox: Mailbox) -> None:
    found = await asyncio.gather(*(asyncio.create_task(came(mailbox)) for _ in range(4)))
    contacts_of = {(await conversation(mailbox, one)).contact_id for one in found}
    assert len(contacts_of) == 1


async def test_only_our_own_server_vouches_for_a_sender(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    passing = "{}; dmarc=pass header.from=example.org"
    verified = "SELECT is_verified FROM message_mails WHERE message_id = $1"
    mail = await came(mailbox, Authentication_Results=passing.format("mx.example.com"))
    assert await pool().fetchval(verified, mail.message_id) is None
    known = msgspec.structs.replace(settings(), mail_authserv_id="mx.example.com")
    monkeypatch.setattr(understanding, "settings", lambda: known)
    for server, vouches in (("mx.example.com", True), ("mx.elsewhere.example", False)):
        mail = await came(mailbox, Authentication_Results=passing.format(server))
        assert await pool().fetchval(verified, mail.message_id) is vouches


async def test_a_machine_that_answers_the_ai_agent_is_left_to_people(mailbox: Mailbox) -> None:
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(ai_enabled=True))
    mail = await came(mailbox)
    assert (await conversation(mailbox, mail)).handler == "ai"
    again = await came(mailbox, In_Reply_To=f"<{mail.internet_message_id}>", Precedence="bulk")
    assert again.conversation_id == mail.conversation_id
    assert (await conversation(mailbox, mail)).handler == "human"
