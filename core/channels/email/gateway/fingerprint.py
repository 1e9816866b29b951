"""Telling a mail from another by its bytes, before anything of it is understood: none of this can fail."""

import hashlib
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header

import msgspec

HEAD_LINES = 10_000
"""Lines of a head that are looked through; more of them count as body."""
VALUE_MAX = 2000
"""Bytes of a header's value that are kept."""
MESSAGE_ID_MAX = 255
SHOWN_MAX = 300
PIECE = 1024 * 1024
ADDED = frozenset({
    b"received", b"x-received", b"return-path", b"delivered-to", b"x-delivered-to", b"x-original-to", b"envelope-to", b"x-envelope-to",
    b"x-envelope-from", b"delivery-date", b"received-spf", b"authentication-results", b"arc-authentication-results", b"arc-seal",
    b"arc-message-signature", b"x-spam-status", b"x-spam-score", b"x-spam-level", b"x-spam-checker-version", b"x-virus-scanned",
})  # fmt: skip
"""Headers that stations on the way put in: the same mail, come twice, has others."""
TOLD = {b"message-id": "internet_message_id", b"subject": "subject", b"from": "sender"}


class Fingerprint(msgspec.Struct, frozen=True):
    """`digest` is the same however the lines end (CRLF, LF), whatever was added on the way, however many empty lines stand at the end."""

    digest: str
    internet_message_id: str
    subject: str
    sender: str


def of(raw: bytes) -> Fingerprint:
    digest = hashlib.sha256()
    told: dict[str, str] = {}
    at = 0
    for name, begin, end in _headers(raw):
        at = end
        if name not in ADDED:
            digest.update(raw[begin:end].replace(b"\r\n", b"\n"))
        if name in TOLD:
            value = raw[begin : min(end, begin + VALUE_MAX)].partition(b":")[2]
            told.setdefault(TOLD[name], value.decode("utf-8", "replace"))
    for piece in _pieces(raw, at):
        digest.update(piece)
    return Fingerprint(
        digest=digest.hexdigest(),
        internet_message_id=_line(told.get("internet_message_id", ""))[:MESSAGE_ID_MAX],
        subject=_readable(told.get("subject", "")),
        sender=_readable(told.get("sender", "")),
    )


def _headers(raw: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, begin and end of each header with the lines that continue it, up to the empty line."""
    begin, at, name = 0, 0, b""
    for number in range(HEAD_LINES):
        end = raw.find(b"\n", at) + 1 or len(raw)
        line = raw[at : min(end, at + 200)]
        if line[:1] not in (b" ", b"\t"):
            if at > begin:
                yield name, begin, at
            begin = at
            if not line.strip(b"\r\n"):
                return
            is_envelope = number == 0 and line.startswith(b"From ")  # as mailbox files have it
            name = b"received" if is_envelope else line.partition(b":")[0].strip().lower()
        at = end
    yield name, begin, at


def _pieces(raw: bytes, at: int) -> Iterator[bytes]:
    """What follows the head, with LF for CRLF and without line breaks at its end."""
    tail = raw[max(at, len(raw) - 64 * 1024) :]
    until = len(raw) - len(tail) + len(tail.rstrip(b"\r\n"))
    while at < until:
        end = min(at + PIECE, until)
        if raw[end - 1 : end] == b"\r" and end < until:
            end += 1
        yield raw[at:end].replace(b"\r\n", b"\n")
        at = end


def _readable(value: str) -> str:
    """A header's value for people, as far as that is easy; the mail itself is understood later."""
    line = _line(value)
    if "=?" not in line:
        return line[:SHOWN_MAX]
    try:
        return _line(str(make_header(decode_header(line))))[:SHOWN_MAX]
    except (HeaderParseError, LookupError, ValueError):  # ValueError: bytes that are none of the declared charset
        return line[:SHOWN_MAX]


def _line(value: str) -> str:
    """One line without anything that cannot be seen or stored."""
    return "".join(letter for letter in " ".join(value.split()) if letter.isprintable())
