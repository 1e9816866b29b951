"""What is fuzzed: functions of bytes that raise only where a promise is broken."""

import asyncio
from collections.abc import Callable
from unittest.mock import patch

import msgspec

from core.channels.email import authentication, returned, shown, trimming
from core.channels.email.gateway import smtp
from core.channels.email.gateway.wire import Wire
from core.channels.email.parsing import Mail, lzfu, parameters, parse, references, rtf, tnef, words
from core.channels.email.parsing import addresses as address_lists
from core.channels.email.parsing import headers as fields
from core.errors import NotFound
from tests.corpora.pages import active

LIMIT = 1024 * 1024
FIELDS = 1000


class BrokenPromiseError(Exception):
    """It did not raise, and yet did what it may not."""


def _kept(*texts: str) -> None:
    """PostgreSQL must be able to hold it."""
    for text in texts:
        text.encode()
        if "\x00" in text:
            raise BrokenPromiseError("a NUL")


def _mail(data: bytes) -> Mail:
    mail = parse(data)
    people = (*mail.senders, *mail.to, *mail.cc, *mail.reply_to)
    _kept(mail.subject, mail.text, mail.html or "", mail.message_id, *mail.references, *(one.name + one.address for one in people))
    _kept(*(part.name + part.title + part.content_id + part.content_type for part in mail.attachments))
    _kept(*(header.name + header.value for header in mail.headers))
    return mail


def whole(data: bytes) -> None:
    mail = _mail(data)
    authentication.is_sender(mail, "mx.shop.example")
    if len(data) < 4096 and b"\r" not in data and _with_lf(_mail(data.replace(b"\n", b"\r\n"))) != _with_lf(mail):
        raise BrokenPromiseError("another mail with CRLF")


def _with_lf(mail: Mail) -> Mail:
    """Files that are no text keep the line ends that they came with."""
    files = tuple(msgspec.structs.replace(part, data=part.data.replace(b"\r\n", b"\n")) for part in mail.attachments)
    return msgspec.structs.replace(mail, attachments=files)


def headers(data: bytes) -> None:
    try:
        block = fields.split(data, 0, len(data), limit_bytes=LIMIT, limit_fields=FIELDS)
    except fields.Refused:
        return
    if not 0 <= block.body <= len(data):
        raise BrokenPromiseError("a body outside")
    for header in fields.listed(block.fields, lambda raw: "latin-1"):
        _kept(header.name, header.value)
    text = words.text_of(data)
    _kept(text, words.line(text))
    parameters.content_type(text, "text/plain")
    parameters.file_name_of(text)
    for one in references.identifiers(text, 100)[0]:
        _kept(one)
    references.date(text)


def addresses(data: bytes) -> None:
    text = words.text_of(data)
    found, _ = address_lists.read(text, 100)
    _kept(*(one.name + one.address for one in found))
    if len(found) > 100:
        raise BrokenPromiseError("more than the most")


def winmail(data: bytes) -> None:
    for beginning in (b"", tnef.SIGNATURE + b"\x00\x01"):
        opened = tnef.read(beginning + data)
        if opened is not None:
            _kept(opened.text, opened.html, *(file.name + file.content_type + file.content_id for file in opened.files))
            if sum(len(file.data) for file in opened.files) > 4 * (len(data) + 8):
                raise BrokenPromiseError("larger than it came")


def rich(data: bytes) -> None:
    for read in (lambda: rtf.read(rtf.BEGINNING + data), lambda: rtf.read(lzfu.decompressed(data, LIMIT)[0])):
        try:
            _kept(*read())
        except lzfu.Damaged:
            continue


def bounces(data: bytes) -> None:
    mail = parse(data)
    report = returned.read(mail)
    returned.is_automatic(mail)
    if report is not None:
        _kept(report.message_id, *(one.address + one.diagnostic + one.status for one in report.recipients))


def trim(data: bytes) -> None:
    text, _, html = data.decode("utf-8", "replace").partition("\x00")
    trimmed = trimming.trim(text, html or None)
    kept = "\n".join(piece.text for piece in trimmed.segments)
    if kept.split() != text.split():
        raise BrokenPromiseError("a line is lost")


def clean(data: bytes) -> None:
    page = data.decode("utf-8", "replace")
    cleaned = shown.clean(page, {"logo": "/own"}).html
    if found := [one for one in active(cleaned) if one != "src=/own"]:
        raise BrokenPromiseError(f"acts: {found}")
    if shown.clean(cleaned, {"logo": "/own"}).html != cleaned:
        raise BrokenPromiseError("another page when cleaned again")


async def _find(address: str) -> None:
    if not address.endswith("@shop.example"):
        raise NotFound("nobody")


async def _accept(*_: object) -> None:
    """Taken."""


async def _flush() -> None:
    """Sent."""


async def _talk(data: bytes) -> None:
    reader = asyncio.StreamReader(limit=2**22)
    reader.feed_data(data)
    reader.feed_eof()
    said: list[bytes] = []
    with patch.object(smtp.addresses, "find", _find), patch.object(smtp, "accept", _accept):
        await smtp.Session(Wire(reader), said.append, _flush, "mx.shop.example").run()
    lines = b"".join(said).split(b"\r\n")
    if lines.pop() or any(not line[:3].isdigit() for line in lines):
        raise BrokenPromiseError("no answer of SMTP")


def lmtp(data: bytes) -> None:
    asyncio.run(_talk(data))


PARSERS: dict[str, Callable[[bytes], None]] = {
    "parse": whole,
    "headers": headers,
    "addresses": addresses,
    "tnef": winmail,
    "rtf": rich,
    "bounces": bounces,
    "trim": trim,
    "clean": clean,
    "lmtp": lmtp,
}
