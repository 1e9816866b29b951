"""What came back: the message says so, its conversation is open again, and a dead address is known."""

from typing import Any

import pytest

from core.consent.standing import may_get
from core.conversations import actions as conversations
from core.database import pool
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import ROW, answer, sink, tried
from tests.mail.test_threads import BEN, Came, came, conversation
from tests.mail.test_understanding import BOUNCE, again, whole

__all__ = ["sink"]
HELD = "SELECT reason, source, evidence FROM suppressions WHERE organization_id = $1 ORDER BY id"
STATUS = "SELECT subscription_status FROM contacts WHERE id = $1"
COMPLAINT = """\
From: feedback@example.net
To: {to}
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

Somebody did not want this.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Desk/1.0
Version: 1
Original-Rcpt-To: {recipient}

--b
Content-Type: text/rfc822-headers

Message-ID: {known}
To: {recipient}
--b--
"""


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


def about(
    mailbox: Mailbox, message_id: str, *, status: str = "5.1.1", recipient: str = "ida@example.org", action: str = "failed"
) -> bytes:
    report = BOUNCE.format(to=mailbox.address).replace("nobody@example.net", recipient).replace("5.1.1", status)
    report = report.replace("Action: failed", f"Action: {action}")
    copy = f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nTo: {recipient}\n"
    return report.replace("--b--", f"{copy}--b--").encode()


async def returned(mailbox: Mailbox, sink: Sink, **values: str) -> tuple[Came, Came, Any]:
    """The customer's mail, the report about our answer to it, and the row of our answer."""
    mail = await came(mailbox)
    sent = await answer(mailbox, mail)
    await tried(mailbox, sent)
    report = await whole(mailbox, about(mailbox, str(sink.taken[-1].mail["Message-ID"]), **values), "")
    return mail, report, await pool().fetchrow(ROW, sent.message.id)


async def test_a_dead_address_is_told_and_remembered(mailbox: Mailbox, sink: Sink) -> None:
    mail, report, row = await returned(mailbox, sink)
    assert (report.state, report.reason, report.conversation_id) == ("ignored", "failed", mail.conversation_id)
    assert (row["state"], row["message_id"]) == ("bounced", report.message_id)
    assert "No such user" in row["reason"]
    opened = await conversation(mailbox, mail)
    assert opened.status == "open"
    assert await pool().fetchval(STATUS, opened.contact_id) == "bounced"


async def test_a_full_mailbox_may_be_emptied(mailbox: Mailbox, sink: Sink) -> None:
    mail, _, row = await returned(mailbox, sink, status="5.2.2")
    assert row["state"] == "bounced"
    assert await pool().fetchval(STATUS, (await conversation(mailbox, mail)).contact_id) == "subscribed"


async def test_a_delay_changes_nothing(mailbox: Mailbox, sink: Sink) -> None:
    mail, report, row = await returned(mailbox, sink, action="delayed", status="4.4.1")
    assert (report.reason, row["state"]) == ("delayed", "sent")
    assert (await conversation(mailbox, mail)).status == "pending"


async def test_a_report_with_a_message_id_that_we_never_made_changes_nothing(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    sent = await answer(mailbox, mail)
    await tried(mailbox, sent)
    assert mail.conversation_id
    await conversations.resolve(mailbox.admin, mail.conversation_id)
    forged = f"<lacasa.{mail.conversation_id}.{sent.message.id}.{'0' * 20}@example.com>"
    report = await whole(mailbox, about(mailbox, forged), "")
    assert (report.state, report.conversation_id) == ("ignored", None)
    assert (await pool().fetchrow(ROW, sent.message.id))["state"] == "sent"
    assert (await conversation(mailbox, mail)).status == "resolved"
    assert (await again(report.mail_id)).state == "ignored"


async def test_a_complaint_speaks_of_nobody_but_whom_our_mail_was_for(mailbox: Mailbox, sink: Sink) -> None:
    """Every recipient knows the Message-ID of our mail, so a complaint is easily made up."""
    ben = await came(mailbox, BEN)
    mail = await came(mailbox)
    await tried(mailbox, await answer(mailbox, mail))
    known = str(sink.taken[-1].mail["Message-ID"])
    for recipient, person in (("ben@example.net", ben), ("ida@example.org", mail)):
        report = await whole(mailbox, COMPLAINT.format(to=mailbox.address, recipient=recipient, known=known).encode(), "")
        assert (report.state, report.reason, report.message_id is None) == ("ignored", "complaint", False)
        after = await pool().fetchval(STATUS, (await conversation(mailbox, person)).contact_id)
        assert after == ("unsubscribed" if recipient == "ida@example.org" else "subscribed")


async def test_a_report_in_no_encoding_is_still_a_report(mailbox: Mailbox, sink: Sink) -> None:
    await tried(mailbox, await answer(mailbox, await came(mailbox)))
    raw = about(mailbox, str(sink.taken[-1].mail["Message-ID"])).replace(b"No such user", b"No\x00 \xff\xed\xa0\x80 user")
    report = await whole(mailbox, raw, "")
    assert (report.state, report.reason) == ("ignored", "failed")


async def test_an_address_that_is_dead_or_complained_is_held_back_whoever_has_it(mailbox: Mailbox, sink: Sink) -> None:
    """Beside the contact: another one with the address gets nothing either, and nobody but whom the mail was for is believed to be told of."""
    _, _, row = await returned(mailbox, sink)
    assert row["state"] == "bounced"
    known = str(sink.taken[-1].mail["Message-ID"])
    for recipient in ("ida@example.org", "ben@example.net"):
        await whole(mailbox, COMPLAINT.format(to=mailbox.address, recipient=recipient, known=known).encode(), "")
    assert await may_get(mailbox.admin, "IDA@example.org", kind="transactional") == "bounced"
    assert await may_get(mailbox.admin, "ben@example.net", kind="transactional") is None
    rows = await pool().fetch(HELD, mailbox.admin.organization_id)
    assert [(one["reason"], one["source"]) for one in rows] == [("bounced", "report"), ("complained", "report")]
    assert rows[0]["evidence"] == {"message_id": known.strip("<>"), "said": "5.1.1 550 5.1.1 No such user I could not deliver it."}
