"""What tests of the ways in share: an inbox with an address, mails, signed requests, and what the ledger holds."""

import hashlib
import hmac
import secrets
import time
from typing import NamedTuple

import asyncpg

from core.access import Actor
from core.auth.tokens import mail_key
from core.channels.email import actions
from core.channels.email.gateway.pipe import _quoted, statement
from core.channels.email.structs import EmailInboxInput
from core.database import pool
from tests.factories import an_address, an_inbox, an_organization

SENDER = "ida@example.org"
MAILS = "SELECT * FROM inbound_mails WHERE inbox_id = $1 ORDER BY id"


class Mailbox(NamedTuple):
    admin: Actor
    inbox_id: int
    address: str

    def tagged(self, tag: str) -> str:
        local, _, domain = self.address.partition("@")
        return f"{local}+{tag}@{domain}"


async def a_mailbox(admin: Actor | None = None, address: str | None = None) -> Mailbox:
    admin = admin or await an_organization()
    inbox = await an_inbox(admin, name="Post")
    connected = await actions.connect(admin, inbox.id, EmailInboxInput(address or an_address(), "Harbour Lights"))
    return Mailbox(admin, inbox.id, connected.address)


def a_mail(body: str = "My lamp is dark.", *, message_id: str | None = None, head: str = "") -> bytes:
    """In CRLF; `message_id` empty: none."""
    known = f"<{secrets.token_hex(8)}@example.org>" if message_id is None else message_id
    lines = [*head.splitlines(), "From: Ida Ash <ida@example.org>", "To: support@example.com", "Subject: A lamp"]
    lines += [f"Message-ID: {known}"] if known else []
    return "\r\n".join([*lines, "", *body.splitlines(), ""]).encode()


async def mails(mailbox: Mailbox) -> list[asyncpg.Record]:
    found: list[asyncpg.Record] = await pool().fetch(MAILS, mailbox.inbox_id)
    return found


async def jobs_of(mail_id: int) -> int:
    return int(await pool().fetchval("SELECT count(*) FROM jobs WHERE key = $1", f"mail:{mail_id}"))


def signed(
    raw: bytes, recipient: str, *, mail_from: str = SENDER, when: float | None = None, key: str | None = None, way: str = "http"
) -> dict[str, str]:
    """The headers of a request that hands over `raw`."""
    told = (str(int(time.time() if when is None else when)), way, _quoted(mail_from), _quoted(recipient))
    digest = hashlib.sha256(raw).hexdigest()
    signature = hmac.digest((mail_key() if key is None else key).encode(), statement(*told, len(raw), digest), "sha256").hex()
    names = ("Time", "Way", "Mail-From", "Recipient")
    return {f"X-Lacasa-{name}": value for name, value in zip(names, told, strict=True)} | {
        "X-Lacasa-Digest": digest,
        "X-Lacasa-Signature": signature,
        "Content-Type": "message/rfc822",
    }
