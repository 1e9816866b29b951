"""Any bytes at all: no exception, bounded time and memory, a reason for what is refused."""

import base64
import subprocess
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.channels.email import authentication, returned, trimming
from core.channels.email.parsing import Limits, Mail, charsets, parse

PIECES = [
    b"From: ", b"To: a@b.example", b"Subject: ", b"=?utf-8?Q?=C3=A4?=", b"=?", b"?=", b"Content-Type: multipart/mixed; boundary=b",
    b"Content-Type: text/html; charset=",
    b"utf-7", b"iso-2022-jp", b"Content-Transfer-Encoding: ", b"base64", b"quoted-printable", b"x-uuencode", b"--b", b"--b--", b"\n",
    b"\n", b"\n\n", b" ", b"\t", b"\x00", b"\xff",
    b"\xed\xa0\x80", b"=ED=A0=80", b"Content-Type: message/rfc822", b"Content-Type: message/delivery-status",
    b"Content-Type: application/ms-tnef", b"\x78\x9f\x3e\x22",
    b"Content-Disposition: attachment; filename*0*=", b"%E4", b"''", b'"', b"(", b"<", b">", b"Date: ", b"99999", b"References: <a@b>",
    b"Final-Recipient: rfc822; a@b",
    b"Return-Path: <>", b"Content-Type: text/calendar", b"BEGIN:VEVENT", b"> quoted", b"-- ", b"On 1.1.2020 a@b wrote:", b"\x1b$B", b"+2AA-",
]  # fmt: skip
ANY_MAIL = st.binary(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)


def in_all_ways(raw: bytes) -> Mail:
    mail = parse(raw)
    returned.read(mail)
    returned.is_automatic(mail)
    authentication.is_sender(mail, "mx.shop.example")
    trimming.trim(mail.text, mail.html)
    return mail


@settings(max_examples=600)
@given(ANY_MAIL)
@example(b"")
@example(b"\xef\xbb\xbf\r\n\r\n")
@example(b"Content-Type: multipart/mixed; boundary=\n\n--\n--\n")
def test_no_bytes_raise_and_everything_can_be_kept(raw: bytes) -> None:
    mail = in_all_ways(raw)
    kept = [
        mail.subject,
        mail.text,
        mail.html or "",
        mail.message_id,
        *(said.name + said.address for said in (*mail.senders, *mail.to)),
    ]
    kept += [part.name + part.title + part.content_id + part.content_type for part in mail.attachments]
    kept += [header.name + header.value for header in mail.headers]
    for text in kept:
        assert "\x00" not in text
        text.encode()


@settings(max_examples=300)
@given(ANY_MAIL)
def test_the_same_bytes_are_the_same_mail_whatever_their_line_ends(raw: bytes) -> None:
    lf = raw.replace(b"\r", b"")
    assert parse(lf) == parse(lf)
    if b"\n" in lf:
        assert parse(lf) == parse(lf.replace(b"\n", b"\r\n"))


def nested(depth: int) -> bytes:
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(depth))
    return b"Subject: deep\n" + heads + b"\nthe end\n" + b"".join(b"--b%d--\n" % level for level in reversed(range(depth)))


def wide(parts: int) -> bytes:
    return b"Subject: wide\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * parts + b"--b--\n"


def encoded(megabytes: int) -> bytes:
    data = base64.encodebytes(b"\x00" * (megabytes * 1024 * 1024 * 54 // 76 * 76 // 77))
    return b"Subject: big\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n" + data


MB = 1024 * 1024
MIXED = b"Content-Type: multipart/mixed; boundary=b\n\n"
ATTACHED = b"--b\nContent-Type: image/png; name=a\nContent-Disposition: attachment\n\nx\n"
UNKNOWN = b"--b\nContent-Type: text/plain; charset=x\n\n" + b"\xe4\xf6\xfc" * 2000 + b"\n"


def in_encoding(encoding: bytes, data: bytes) -> bytes:
    return b"Subject: t\nContent-Type: a/b\nContent-Transfer-Encoding: " + encoding + b"\n\n" + data


HOSTILE = {
    "100,000 parts": (lambda: wide(100_000), "parts"),
    "5,000 deep": (lambda: nested(5_000), "depth"),
    "10 MB of header": (lambda: b"Subject: long\nX: " + b"a" * (10 * MB) + b"\n\nx", "header_bytes"),
    "10 MB of folded header": (lambda: b"Subject: long\nX: a\n" + b" a\n" * (3 * MB) + b"\nx", "header_bytes"),
    "many fields": (lambda: b"Subject: long\n" + b"X: a\n" * 5_000 + b"\nx", "headers"),
    "headers in all parts": (lambda: b"Subject: h\n" + MIXED + (b"--b\nX: a\n" + b" a\n" * 80_000 + b"\nx\n") * 30, "header_bytes"),
    "300 attachments": (lambda: b"Subject: a\n" + MIXED + ATTACHED * 300 + b"--b--", "attachments"),
    "60 MB": (lambda: b"Subject: big\n\n" + b"x" * (60 * MB), "raw_bytes"),
    "49 MB in base64": (lambda: encoded(49), ""),
    "49 MB of text": (lambda: b"Subject: t\n\n" + b"word " * (49 * MB // 5), ""),
    "49 MB of 8-bit": (lambda: b"Subject: t\n\n" + b"\xe4\xf6 " * (49 * MB // 3), ""),
    "48 MB of near delimiters": (lambda: nested(49)[:-200] + b"\n--b" * (12 * MB), ""),
    "49 MB of equals signs": (lambda: in_encoding(b"base64", b"=" * (49 * MB)), ""),
    "48 MB of quoted-printable": (lambda: in_encoding(b"quoted-printable", b"=\n=4" * (12 * MB)), ""),
    "8 MB of uuencode": (lambda: in_encoding(b"x-uuencode", b"#\n" * (4 * MB)), ""),
    "900 texts in nobody's charset": (lambda: b"Subject: t\n" + MIXED + UNKNOWN * 900 + b"--b--", ""),
    "an HTML tower": (lambda: b"Subject: t\nContent-Type: text/html\n\n" + b"<div><blockquote>" * 100_000, ""),
    "encoded words": (lambda: b"Subject: " + b"=?utf-8?Q?a?=" * 18_000 + b"\nTo: " + b'"<(,' * 500 + b"\n\nx", ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sizes_take_little_time(name: str) -> None:
    make, reason = HOSTILE[name]
    raw = make()
    started = time.process_time()
    mail = in_all_ways(raw)
    assert time.process_time() - started < 5
    assert mail.refused == reason
    assert mail.subject != "" or name == "encoded words"


MEASURE = """
import resource, sys
sys.path.insert(0, {root!r})
from tests.core.email.test_hostile import HOSTILE, in_all_ways
raw = HOSTILE[{name!r}][0]()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
in_all_ways(raw)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    "name",
    [
        "100,000 parts",
        "5,000 deep",
        "10 MB of folded header",
        "49 MB in base64",
        "49 MB of text",
        "49 MB of 8-bit",
        "an HTML tower",
    ],
)
def test_hostile_sizes_take_little_memory(name: str, request: pytest.FixtureRequest) -> None:
    """Beside what the mail itself takes: at most six times a mail's limit."""
    code = MEASURE.format(root=str(request.config.rootpath), name=name)
    grown_mb = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert grown_mb < 300


def test_what_is_refused_has_its_header() -> None:
    mail = parse(b"From: ann@example.com\n" + wide(20), Limits(parts=10))
    assert (mail.refused, mail.subject, mail.senders[0].address, mail.text) == ("parts", "wide", "ann@example.com", "")


def test_only_a_few_texts_of_a_mail_are_looked_at_for_their_charset(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    ask = charsets.from_bytes
    monkeypatch.setattr(charsets, "from_bytes", lambda sample, **options: asked.append(sample) or ask(sample, **options))
    parse(b"Subject: t\n" + MIXED + UNKNOWN * 30 + b"--b--")
    assert len(asked) == charsets.Guesses.MOST


def test_the_edge_of_a_limit_is_within_it() -> None:
    assert parse(b"X: " + b"a" * 90 + b"\nY: b\n\nhi", Limits(header_bytes=100)).refused == ""
    assert parse(b"X: " + b"a" * 120 + b"\nY: b\n\nhi", Limits(header_bytes=100)).refused == "header_bytes"
    assert parse(wide(9), Limits(parts=10)).refused == ""
    assert parse(wide(10), Limits(parts=10)).refused == "parts"
    assert parse(nested(5), Limits(depth=5)).refused == ""
    assert parse(nested(6), Limits(depth=5)).refused == "depth"
