"""A message of ours as a mail. Pure: the same letter gives the same mail, but for the boundaries between its parts."""

import asyncio
import re
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import Any

import msgspec

from core.channels.email import people
from core.consent.links import one_click

REFERENCES_MAX = 20
IDENTIFIER = re.compile(r"[!-;=?-~]{1,900}\Z")
"""What stands between the brackets of a Message-ID, on one line."""


class _Kinds(HeaderRegistry):
    """Makes the class of headers of one name once, not for every header: a seventh of the time that a mail takes to be made."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = super().__getitem__(name)
        return known


POLICY = SMTP.clone(cte_type="7bit", header_factory=_Kinds())
"""Everything travels as ASCII: no server on the way has to know more."""


class Enclosed(msgspec.Struct, frozen=True):
    """A file that goes with a letter."""

    name: str
    content_type: str
    data: bytes


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent. `to`, `cc`: name and address. `references`: Message-IDs without brackets, the oldest first; the last one is answered.

    `html`: a whole document that says the same as `text`; empty: the text in paragraphs. `automatic`: no person wrote it, so no machine is to
    answer it. `stop`: an address by which its reader ends such mails.
    """

    from_name: str
    from_address: str
    reply_to: str
    to: tuple[tuple[str, str], ...]
    cc: tuple[tuple[str, str], ...] = ()
    subject: str
    message_id: str
    references: tuple[str, ...] = ()
    text: str
    html: str = ""
    files: tuple[Enclosed, ...] = ()
    automatic: bool = False
    stop: str = ""
    at: datetime


def compose(letter: Letter) -> bytes:
    """The mail, in CRLF."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = _address(letter.from_name, letter.from_address)
    mail["Reply-To"] = _address(letter.from_name, letter.reply_to)
    mail["To"] = tuple(_address(*one) for one in letter.to)
    if letter.cc:
        mail["Cc"] = tuple(_address(*one) for one in letter.cc)
    mail["Subject"] = _words(letter.subject, 300)
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{letter.message_id}>"
    if letter.automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html or _html(letter.text), subtype="html", cte="quoted-printable")
    for one in letter.files:
        kind, _, subtype = one.content_type.partition("/")
        mail.add_attachment(one.data, maintype=kind, subtype=subtype, filename=_words(one.name, 255))
    return one_click(letter.stop) + _answering_to(letter.references) + mail.as_bytes()


async def composed(letter: Letter) -> bytes:
    """`compose`, while the loop goes on: 20 MB of files take more than half a second."""
    return await asyncio.to_thread(compose, letter)


def _words(text: str, length: int) -> str:
    """A stranger's words for a header. What is encoded in them stays so: `email` would decode it once more, and write the line breaks in it."""
    return people.line(text, length).replace("=?", "= ?")


def _answering_to(references: tuple[str, ...]) -> bytes:
    """Written by hand: Message-IDs are a stranger's words as well, and those that are too long for a line would be encoded, and found by nobody."""
    known = [f"<{one}>" for one in references if IDENTIFIER.match(one)][-REFERENCES_MAX:]
    if not known:
        return b""
    named = "\r\n ".join(known)
    return f"In-Reply-To: {known[-1]}\r\nReferences: {named}\r\n".encode()


def addressed(header: str, name: str, address: str) -> bytes:
    """A header that names one person, with the end of its line."""
    mail = EmailMessage(policy=POLICY)
    mail[header] = _address(name, address)
    return mail.as_bytes().removesuffix(b"\r\n")


def numbered(subject: str, number: int | None) -> str:
    """A subject with the number of its conversation, once; without one, as it is."""
    mark = f"[#{number}]"
    return subject if number is None or mark in subject else f"{subject} {mark}".strip()


def answering(subject: str) -> str:
    """The subject of an answer: one `Re:`, however many there are."""
    bare = subject.strip()
    while bare[:3].lower() == "re:":
        bare = bare[3:].lstrip()
    return f"Re: {bare}" if bare else "Re:"


def forwarding(subject: str, number: int) -> str:
    """The subject of a forward: one `Fwd:`, and without the number that would lead back."""
    bare = " ".join(subject.replace(f"[#{number}]", " ").split())
    while (mark := next((one for one in ("fwd:", "fw:") if bare.lower().startswith(one)), "")) != "":
        bare = bare[len(mark) :].lstrip()
    return f"Fwd: {bare}".strip()


def _address(name: str, address: str) -> Address:
    """A last check of what earlier releases kept: `email` would decode such an address, and write the line breaks in it."""
    if "=?" in address:
        raise ValueError("this address is an encoded word")
    local, _, domain = address.rpartition("@")
    return Address(display_name=_words(name, 160), username=local, domain=domain)


def _html(text: str) -> str:
    paragraphs = "".join(f"<p>{escape(paragraph).replace(chr(10), '<br>')}</p>" for paragraph in text.split("\n\n"))
    return f'<!doctype html><html><body dir="auto">{paragraphs}</body></html>'
