"""A mail of many: a frame that is drawn once for an inbox, and what is each one's own. Pure; the same mail gives the same bytes.

Beside `composing`, which takes a third of a millisecond for the same: nothing here is a stranger's but what `templates` has made of it.
"""

import binascii
import time
from email.utils import formatdate
from functools import lru_cache

import msgspec

from core.channels.email import composing, people
from core.consent.links import one_click
from core.templates.compiling import Mail

SUBJECT_MAX = 300
LINE_MAX = 68
"""With the name of the header 77."""
CHUNK = 45
"""Bytes of an encoded word: 60 letters of base64."""
PARTS = (
    b'\r\n--%b\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n',
    b'\r\n--%b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n',
    b"\r\n--%b--\r\n",
)
AUTOMATIC = b"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\nMIME-Version: 1.0\r\n"


class Envelope(msgspec.Struct, frozen=True):
    """What is one mail's own. `stop`: the address by which its reader ends such mail, in one click; empty: none."""

    to: str
    reply_to: str
    message_id: str
    stop: str = ""


class Frame:
    """`is_bulk`: it is mail that advertises, and says that many get it."""

    def __init__(self, from_name: str, from_address: str, *, is_bulk: bool) -> None:
        self._head = (
            composing.addressed("From", from_name, from_address) + (b"Precedence: bulk\r\n" if is_bulk else b"") + AUTOMATIC
        )

    def filled(self, mail: Mail, envelope: Envelope) -> bytes:
        """The mail, in CRLF, as ASCII."""
        boundary = b"=_" + envelope.message_id.partition("@")[0].encode()  # in quoted-printable no `=` comes before a `_`
        own = (
            f"Reply-To: {envelope.reply_to}\r\nTo: {envelope.to}\r\nDate: {_date(int(time.time()))}\r\n"
            f"Message-ID: <{envelope.message_id}>\r\nSubject: {subject(mail.subject)}\r\n"
            'Content-Type: multipart/alternative;\r\n boundary="'
        ).encode()
        text, html, end = (part % boundary for part in PARTS)
        return b"".join(
            (
                one_click(envelope.stop), self._head, own, boundary, b'"\r\n', text, quoted(mail.text), html, quoted(mail.html), end,
            )
        )  # fmt: skip


def quoted(text: str) -> bytes:
    """In quoted-printable, with CRLF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return b"\r\n".join(map(_quoted_line, lines.split("\n")))


@lru_cache(maxsize=2048)
def _quoted_line(line: str) -> bytes:
    """Most lines of a mail of many are the same in all of them."""
    return binascii.b2a_qp(line.encode("utf-8", "replace"), istext=True).replace(b"\n", b"\r\n")


@lru_cache(maxsize=256)
def subject(words: str) -> str:
    """One line as it stands in a header: itself where that is ASCII and fits, else encoded words."""
    line = people.line(words, SUBJECT_MAX)
    if line.isascii() and "=?" not in line and len(line) <= LINE_MAX:
        return line
    found, rest = [], line
    while rest:
        cut = CHUNK
        while len(piece := rest[:cut].encode("utf-8", "replace")) > CHUNK:
            cut -= 1
        found.append(f"=?utf-8?b?{binascii.b2a_base64(piece, newline=False).decode()}?=")
        rest = rest[cut:]
    return "\r\n ".join(found)


@lru_cache(maxsize=4)
def _date(at_s: int) -> str:
    return formatdate(at_s)
