"""A mail of ours says nothing in its header that a stranger put there, whatever he calls himself, his mails and his files."""

import asyncio
import base64
import threading
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import msgspec
import pytest

from core.channels.email import composing, people, recipients
from core.channels.email.composing import Enclosed, Letter
from core.channels.email.structs import PersonInput
from core.contacts.structs import ContactInput, DeclaredInput
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import answer, sink, tried
from tests.mail.test_understanding import whole

__all__ = ["sink"]
INJECTED = "=?utf-8?q?a=0D=0ABcc:_eve@example.net=0D=0A=0D=0Ahi?="
LONG = "AM9PR05MB12345678901234567890" + "A" * 60 + "@AM9PR05MB1234.eurprd05.prod.outlook.com"


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


def a_letter(**values: Any) -> Letter:
    known = {
        "from_name": "Ada", "from_address": "support@example.com", "reply_to": "support@example.com", "to": (("Ida", "ida@example.org"),),
        "subject": "A lamp", "message_id": "1@example.com", "text": "Is it plugged in?", "at": datetime(2026, 11, 27, tzinfo=UTC),
    }  # fmt: skip
    return Letter(**(known | values))


@pytest.mark.parametrize(
    "values",
    [
        {"subject": INJECTED},
        {"subject": f"Re: {INJECTED} again"},
        {"from_name": INJECTED},
        {"to": ((INJECTED, "ida@example.org"),)},
        {"cc": ((INJECTED, "ida@example.org"),)},
        {"references": (INJECTED,)},
        {"references": ("a\r\nBcc: eve@example.net", "b\x85Bcc: eve@example.net")},
        {"files": (Enclosed(INJECTED, "text/plain", b"x"),)},
        {"files": (Enclosed("a\r\nBcc: eve@example.net", "text/plain", b"x"),)},
    ],
)
def test_what_is_encoded_in_a_strangers_words_is_not_decoded_into_a_header(values: dict[str, Any]) -> None:
    raw = composing.compose(a_letter(**values))
    assert b"\nBcc:" not in raw
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Is it plugged in?"


ENCODED = "=?utf-8?q?a=0D=0ASubject=3A_Pay=0D=0A=0D=0Ahi?=@example.net"
"""An address, as far as its characters go."""


@pytest.mark.parametrize("place", ["from_address", "reply_to", "to", "cc"])
def test_what_is_encoded_in_an_address_is_never_decoded_into_a_header(place: str) -> None:
    with pytest.raises(ValueError, match="encoded word"):
        composing.compose(a_letter(**{place: (("Eve", ENCODED),) if place in {"to", "cc"} else ENCODED}))
    assert people.key(ENCODED) == ""
    assert people.key("a=?b@example.net") == ""
    kept = {"to": [["Eve", ENCODED], ["Ida", "ida@example.org"]]}
    assert recipients.stored(kept).everybody == (("Ida", "ida@example.org"),), "an earlier release took it for an address"


async def test_nobody_is_known_under_an_encoded_address(mailbox: Mailbox) -> None:
    raw = f"From: Eve\r\nTo: {mailbox.address}\r\nSubject: Hi\r\nMessage-ID: <e@example.net>\r\n\r\nHello\r\n".encode()
    mail = await whole(mailbox, raw, ENCODED)
    assert (mail.state, mail.conversation_id) == ("quarantined", None)
    for given, kind in (
        ({"address": ENCODED}, PersonInput),
        ({"email": ENCODED}, ContactInput),
        ({"email": ENCODED}, DeclaredInput),
    ):
        with pytest.raises(msgspec.ValidationError, match="regex"):
            msgspec.convert(given, kind)


def test_what_is_answered_is_named_as_it_named_itself_however_long() -> None:
    raw = composing.compose(a_letter(references=("first@example.org", "no identifier", LONG)))
    assert f"In-Reply-To: <{LONG}>\r\nReferences: <first@example.org>\r\n <{LONG}>\r\n".encode() in raw


async def test_an_answer_to_hostile_mail_has_no_header_of_its_senders(mailbox: Mailbox, sink: Sink) -> None:
    twice = f"=?utf-8?b?{base64.b64encode(INJECTED.encode()).decode()}?="
    lines = [f"From: {twice} <ida@example.org>", f"To: {mailbox.address}", f"Subject: {twice}", f"Message-ID: <{INJECTED}>"]
    mail = await whole(mailbox, "\r\n".join([*lines, "", "My lamp is dark.", ""]).encode())
    assert (await tried(mailbox, await answer(mailbox, mail)))["state"] == "sent"
    [taken] = sink.taken
    assert taken.mail["Bcc"] is None
    assert taken.mail["Auto-Submitted"] is None
    assert "Is it plugged in?" in taken.mail.get_body(("plain",)).get_content()


async def test_a_worker_goes_on_while_a_mail_is_made(mailbox: Mailbox, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, make, went_on = asyncio.get_running_loop(), composing.compose, list[bool]()

    def slow(letter: Letter) -> bytes:
        ticked = threading.Event()
        loop.call_soon_threadsafe(ticked.set)
        went_on.append(ticked.wait(5))
        return make(letter)

    monkeypatch.setattr(composing, "compose", slow)
    mail = await whole(mailbox, b"From: ida@example.org\r\nTo: %b\r\nSubject: x\r\n\r\nhi\r\n" % mailbox.address.encode())
    assert (await tried(mailbox, await answer(mailbox, mail)))["state"] == "sent"
    assert went_on == [True]
    assert len(sink.taken) == 1
