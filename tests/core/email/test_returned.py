"""Mail that comes back."""

import pytest

from core.channels.email import returned
from core.channels.email.parsing import Mail, parse

COPY = "Message-ID: <ours@shop.example>\nFrom: shop@shop.example\nTo: gone@example.com\nSubject: Your order\n"


def a_report(
    status: str,
    action: str = "failed",
    diagnostic: str = "smtp; 550 5.1.1 <gone@example.com>: user unknown",
    prose: str = "It failed.",
) -> Mail:
    return parse(
        f"""From: MAILER-DAEMON@mx.example.com
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

{prose}
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; gone@example.com
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--b
Content-Type: text/rfc822-headers

{COPY}
--b--
""".encode()
    )


@pytest.mark.parametrize(
    ("status", "diagnostic", "reason", "hard"),
    [
        ("5.1.1", "smtp; 550 5.1.1 user unknown", "user_unknown", True),
        ("5.0.0", "smtp; 550 5.1.1 No such user here", "user_unknown", True),
        ("5.1.1", "smtp; 552 5.1.1 mailbox is over quota", "mailbox_full", False),
        ("5.2.2", "smtp; 552 5.2.2 mailbox full", "mailbox_full", False),
        ("5.1.2", "smtp; 550 host unknown", "host_unknown", True),
        (
            "5.4.4",
            "X-Postfix; Host or domain name not found. Name service error for name=x type=A: Host not found",
            "host_unknown",
            True,
        ),
        ("4.4.1", "smtp; connection timed out", "network", False),
        ("5.7.1", "smtp; 554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org", "blocked", False),
        ("5.7.26", "smtp; 550 5.7.26 unauthenticated mail is prohibited: SPF fails", "authentication", False),
        ("5.3.4", "smtp; 552 5.3.4 message size exceeds fixed limit", "too_large", False),
        ("5.1.6", "smtp; 551 5.1.6 recipient has moved", "moved", True),
        ("5.7.1", "smtp; 550 5.7.1 message contains a virus", "virus", False),
        ("5.7.1", "smtp; 550 5.7.1 Sender address rejected: domain not found", "sender_rejected", False),
    ],
)
def test_a_standard_report(status: str, diagnostic: str, reason: str, hard: bool) -> None:
    found = returned.read(a_report(status, diagnostic=diagnostic))
    assert found is not None
    (recipient,) = found.recipients
    assert (found.kind, found.message_id) == ("failed", "ours@shop.example")
    assert (recipient.address, recipient.reason, recipient.hard) == ("gone@example.com", reason, hard)


@pytest.mark.parametrize(
    ("prose", "reason", "hard"),
    [
        ("Your message was rejected:\nNot enough disk space", "mailbox_full", False),
        ("The user's account is disabled.", "disabled", False),
        ("gone@example.com: the address may be wrong, or the mailbox is full.", "user_unknown", True),
        (
            "While talking to mx.example.com:\n>>> DATA\n<<< 550 5.0.0 User unknown\n<<< 503 Need RCPT (recipient)",
            "filtered",
            False,
        ),
        (">>> DATA\n<<< 554 delivery error: dd This user doesn't have a example.com account", "user_unknown", True),
    ],
)
def test_what_a_report_tells_people_counts(prose: str, reason: str, hard: bool) -> None:
    found = returned.read(
        a_report(
            "5.0.0", diagnostic=f"smtp; 550 {prose.rpartition('<<< 554')[2] if '554' in prose else 'user unknown'}", prose=prose
        )
    )
    assert found is not None
    assert [(one.reason, one.hard) for one in found.recipients] == [(reason, hard)]


@pytest.mark.parametrize(
    ("category", "reason"), [("bad-mailbox", "user_unknown"), ("quota-issues", "mailbox_full"), ("other", "disabled")]
)
def test_a_senders_own_category_is_believed_where_it_says_more(category: str, reason: str) -> None:
    found = returned.read(a_report("5.2.1", diagnostic=f"smtp;550 5.2.1 User Unknown\nX-PowerMTA-BounceCategory: {category}"))
    assert found is not None
    assert [one.reason for one in found.recipients] == [reason]


def test_a_report_tells_codes_and_words() -> None:
    found = returned.read(a_report("5.0.0"))
    assert found is not None
    assert found.recipients[0].status == "5.1.1"
    assert found.recipients[0].reply == "550"
    assert "user unknown" in found.recipients[0].diagnostic


def test_a_delay_and_a_delivery_are_no_failures() -> None:
    delayed = returned.read(a_report("4.4.1", "delayed", "smtp; user unknown"))
    delivered = returned.read(a_report("2.0.0", "delivered", "smtp; 250 ok"))
    assert delayed is not None
    assert (delayed.kind, delayed.recipients[0].hard) == ("delayed", False)
    assert delivered is not None
    assert (delivered.kind, delivered.recipients[0].reason) == ("delivered", "delivered")


@pytest.mark.parametrize(
    ("text", "reason", "hard"),
    [
        ("I wasn't able to deliver your message to the following addresses.\n\n<gone@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)",
        "user_unknown", True),
        ("The following address failed:\n\n  gone@example.com\n    552 mailbox is full", "mailbox_full", False),
        ("Delivery to the following recipient failed permanently:\n\n     gone@example.com\n\nDNS Error: Domain name not found",
        "host_unknown", True),
    ],
)  # fmt: skip
def test_a_report_in_prose(text: str, reason: str, hard: bool) -> None:
    head = "From: MAILER-DAEMON@mx.example.com\nTo: shop@shop.example\nSubject: failure notice"
    mail = parse(f"{head}\n\n{text}\n\n--- Below this line is a copy of the message.\n\n{COPY}".encode())
    found = returned.read(mail)
    assert found is not None
    assert found.message_id == "ours@shop.example"
    assert [(one.address, one.reason, one.hard) for one in found.recipients] == [("gone@example.com", reason, hard)]


@pytest.mark.parametrize(
    "head",
    [
        "From: Ann <ann@example.com>\nSubject: My parcel could not be delivered",
        "From: Ann <ann@example.com>\nSubject: Re: returned mail",
        "From: Ann <ann@example.com>\nSubject: Out of office\nAuto-Submitted: auto-replied\nReturn-Path: <>",
        "From: Ann <ann@example.com>\nSubject: Help",
        "Return-Path: <>\nFrom: Ann <ann@example.com>\nSubject: Automatic reply: your order",
    ],
)
def test_people_write_about_deliveries_too(head: str) -> None:
    said = "I was told: 550 5.1.1 <bob@example.org> user unknown. It could not be delivered. Please write to\n<bob@example.com>"
    assert returned.read(parse(f"{head}\n\n{said}\n".encode())) is None


def test_a_report_that_lost_its_parts_is_read_and_a_person_who_quotes_one_is_not_taken_for_it() -> None:
    report = "It failed.\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; gone@example.com\nAction: delayed\nStatus: 4.4.1\n"
    found = returned.read(parse(f"From: MAILER-DAEMON@mx.example\nSubject: x\n\n{report}".encode()))
    assert found is not None
    assert (found.kind, found.recipients[0].address) == ("delayed", "gone@example.com")
    assert returned.read(parse(f"From: ann@example.com\nSubject: x\n\n{report}".encode())) is None


def test_a_report_that_was_forwarded_by_a_machine_is_read() -> None:
    said = "<gone@example.com>:\n550 5.1.1 user unknown\n\n--- Below this line is a copy"
    inner = f"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n{said}\n\n{COPY}"
    head = "From: postmaster@gate.example\nSubject: Delivery failure\nContent-Type: multipart/mixed; boundary=b"
    found = returned.read(parse(f"{head}\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--".encode()))
    assert found is not None
    assert [one.address for one in found.recipients] == ["gone@example.com"]


@pytest.mark.parametrize(
    ("said", "kind", "reason", "hard"),
    [
        (
            '"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"gone@example.com","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}',
            "failed", "user_unknown", True,
        ),
        ('"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"gone@example.com"}]}', "complaint", "unknown", False),
        ('"Delivery","delivery":{"recipients":["gone@example.com"]}', "delivered", "delivered", False),
    ],
)  # fmt: skip
def test_a_notification_of_a_provider(said: str, kind: str, reason: str, hard: bool) -> None:
    mail = parse(
        f'From: no-reply@sns.amazonaws.com\nSubject: x\n\n{{"notificationType":{said},"mail":{{"messageId":"ours"}}}}\n\n--\nunsubscribe'.encode()
    )
    found = returned.read(mail)
    assert found is not None
    assert (found.kind, found.message_id) == (kind, "ours")
    assert [(one.address, one.reason, one.hard) for one in found.recipients] == [("gone@example.com", reason, hard)]


@pytest.mark.parametrize(
    "text", ["{", '{"notificationType":1}', '{"notificationType":"Bounce","bounce":[]}', '{"notificationType":' + "[" * 5000]
)
def test_what_only_looks_like_a_notification_is_none(text: str) -> None:
    assert returned.read(parse(f"From: no-reply@sns.amazonaws.com\n\n{text}".encode())) is None


def test_people_may_ask_about_notifications() -> None:
    text = '{"notificationType":"Delivery","delivery":{"recipients":["gone@example.com"]}}'
    assert returned.read(parse(f"From: ann@example.com\n\n{text}".encode())) is None


def test_a_complaint_in_the_form_of_one_provider() -> None:
    def complaint(sender: str) -> Mail:
        head = f"From: {sender}\nSubject: complaint about message from 192.0.2.1\nContent-Type: multipart/mixed; boundary=b"
        return parse(f"{head}\n\n--b\nContent-Type: message/rfc822\n\n{COPY}\n--b--".encode())

    found = returned.read(complaint("staff@hotmail.com"))
    assert found is not None
    assert (found.kind, found.recipients[0].address, found.message_id) == ("complaint", "gone@example.com", "ours@shop.example")
    assert returned.read(complaint("ann@example.com")) is None


def test_a_machine_writes_about_other_things_too() -> None:
    assert (
        returned.read(parse(b"From: postmaster@example.com\nSubject: Maintenance on Monday\n\nThe server will be away at noon.\n"))
        is None
    )


def test_a_complaint() -> None:
    mail = parse(
        f"""From: abuse@provider.example
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b

This is an abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
Original-Rcpt-To: <gone@example.com>

--b
Content-Type: message/rfc822

{COPY}
--b--
""".encode()
    )
    found = returned.read(mail)
    assert found is not None
    assert (found.kind, found.recipients[0].address, found.message_id) == ("complaint", "gone@example.com", "ours@shop.example")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ("Auto-Submitted: auto-replied", "auto_submitted"),
        ("Auto-Submitted: auto-generated (failure)", "auto_submitted"),
        ("Auto-Submitted: no", ""),
        ("Return-Path: <>", "null_return_path"),
        ("List-Id: <news.example.com>", "list"),
        ("Precedence: bulk", "precedence"),
        ("X-Loop: shop@shop.example", "loop_mark"),
        ("X-Auto-Response-Suppress: All", ""),
        ("Message-ID: <1@shop.example>", "own"),
        ("Content-Type: multipart/report; boundary=b", "report"),
        ("Subject: Automatic reply: your order", "away"),
        ("Subject: my order", ""),
    ],
)
def test_what_is_not_answered(fields: str, why: str) -> None:
    mail = parse(f"From: Ann <ann@example.com>\n{fields}\n\nhi\n".encode())
    assert returned.is_automatic(mail, own=frozenset({"shop.example"})) == why


def test_the_envelope_decides_where_it_is_known() -> None:
    mail = parse(b"From: Ann <ann@example.com>\n\nhi\n")
    assert returned.is_automatic(mail, return_path="") == "null_return_path"
    assert returned.is_automatic(mail, return_path="ann@example.com") == ""
