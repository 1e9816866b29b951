"""Giving an inbox a mail server of its own, taking it away, and trying it."""

import asyncio
import secrets
from datetime import UTC, datetime, timedelta

import aiosmtplib

from core.access import ADMINS, Actor
from core.audit import log as audit
from core.auth import sealing, throttle
from core.channels.email import composing, smtp
from core.channels.email import queries as inboxes
from core.channels.email.composing import Letter
from core.channels.email.dkim import queries as dkim
from core.channels.email.parsing.addresses import ascii_domain
from core.channels.email.servers import queries, reaching
from core.channels.email.servers.queries import Stored
from core.channels.email.servers.reaching import Password, Server, Trouble
from core.channels.email.servers.structs import SendingView, SmtpServerInput, SmtpTest, SmtpTestInput
from core.channels.email.structs import EmailInboxView
from core.database import read, transaction
from core.errors import Conflict, Invalid

HOLD = "SELECT 1 FROM email_inboxes WHERE organization_id = $1 AND inbox_id = $2 FOR NO KEY UPDATE"
SAVE = """
INSERT INTO email_servers (organization_id, inbox_id, host, port, security, username, sealed_password) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (inbox_id) DO UPDATE SET host = excluded.host, port = excluded.port, security = excluded.security, username = excluded.username,
    sealed_password = excluded.sealed_password
"""
REMOVE = "DELETE FROM email_servers WHERE organization_id = $1 AND inbox_id = $2"
WHO = "SELECT name, email FROM users WHERE id = $1"
TESTS = 20
WINDOW = timedelta(minutes=10)
ANSWER_S = 10.0
TEST_S = 25.0
TEXT = "This is a test. The mail server of {inbox} took it, and it has reached you: answers to customers can go this way."


async def save(actor: Actor, inbox_id: int, data: SmtpServerInput) -> SendingView:
    """Have an inbox send by a server of its own. Admins only; the same again changes nothing.

    Raises:
        NotFound: it is no e-mail inbox of the actor's organization.
        Invalid: `no_host`: that is no name; `password_needed`: another host, and the password was not given anew; it follows to no other.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await db.execute(HOLD, actor.organization_id, inbox_id)
        inbox = await inboxes.inbox(actor, inbox_id)
        host = _host(data)
        sealed = _sealed(actor, inbox_id, data, host, await queries.stored(actor, inbox_id))
        await db.execute(SAVE, actor.organization_id, inbox_id, host, data.port, data.security, data.username, sealed)
        await audit.note(
            actor, "inbox.server_saved", subject=inbox.address,
            host=host, port=data.port, security=data.security, password=bool(sealed),
        )  # fmt: skip
        return await queries.view(actor, inbox_id)


async def remove(actor: Actor, inbox_id: int) -> None:
    """Have an inbox send by the installation's server again. Admins only; safe to repeat.

    Raises:
        NotFound: as `save`.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        inbox = await inboxes.inbox(actor, inbox_id)
        if await db.execute(REMOVE, actor.organization_id, inbox_id):
            await audit.note(actor, "inbox.server_removed", subject=inbox.address)


async def test(actor: Actor, inbox_id: int, data: SmtpTestInput) -> SmtpTest:
    """Connect, speak TLS and sign in, as a mail of this inbox would; where asked, send one to the actor. Admins only.

    Raises:
        NotFound: as `save`.
        Invalid: as `save`.
        Conflict: `no_server`: the inbox has no server of its own, and none was given.
        TooManyRequests: the organization has tried too often.
    """
    actor.require(*ADMINS)
    inbox = await inboxes.inbox(actor, inbox_id)
    server = await _wanted(actor, inbox_id, data.server)
    await throttle.attempt("mail server test", str(actor.organization_id), most=TESTS, window=WINDOW)
    name, address = await _who(actor) if data.send else ("", "")
    try:
        async with asyncio.timeout(TEST_S), reaching.reached(server, timeout_s=ANSWER_S) as client:
            found = SmtpTest("works", "the mail server lets us in", "", _tls_of(client), "")
            if data.send:
                found = await _sent(client, actor, inbox, name, address)
    except Trouble as trouble:
        found = _wrong(trouble)
    except (aiosmtplib.SMTPException, OSError) as error:
        found = _wrong(reaching.trouble(error))
    async with transaction(actor):
        await audit.note(
            actor, "inbox.server_tested", subject=inbox.address,
            host=server.host, port=server.port, security=server.security, code=found.code,
        )  # fmt: skip
    return found


async def _wanted(actor: Actor, inbox_id: int, data: SmtpServerInput | None) -> Server:
    stored = await queries.stored(actor, inbox_id)
    if data is not None:
        host = _host(data)
        sealed = _sealed(actor, inbox_id, data, host, stored)
        return Server(
            host=host, port=data.port, security=data.security, username=data.username, sealed_password=sealed,
            sealed_for=queries.purpose(actor, inbox_id), is_own=True,
        )  # fmt: skip
    found = await queries.of_inbox(actor, inbox_id)
    if found is None:
        raise Conflict("this inbox has no mail server of its own", code="no_server")
    return found


def _host(data: SmtpServerInput) -> str:
    """As DNS and certificates write it.

    Raises:
        Invalid: it is no name of a server.
    """
    host = ascii_domain(data.host.rstrip(".")).lower()
    if not host or not host.isascii():
        raise Invalid("this is no name of a server", code="no_host")
    return host


def _sealed(actor: Actor, inbox_id: int, data: SmtpServerInput, host: str, before: Stored | None) -> str:
    """The password that goes with this server: the one that was given, else the one that is stored for its host. None without a user name."""
    if not data.username:
        return ""
    if isinstance(data.password, str):
        return sealing.seal(queries.purpose(actor, inbox_id), Password(data.password)) if data.password else ""
    if before is None or not before.sealed_password:
        return ""
    if before.host != host:
        raise Invalid("a password goes to the server it was given for: enter it again", code="password_needed")
    return before.sealed_password


async def _who(actor: Actor) -> tuple[str, str]:
    async with read(actor) as db:
        rows = await db.fetch_rows(WHO, actor.user_id)
    if not rows:
        raise Conflict("only people can be sent a test mail", code="no_address")
    return rows[0]["name"], rows[0]["email"]


async def _sent(client: aiosmtplib.SMTP, actor: Actor, inbox: EmailInboxView, name: str, address: str) -> SmtpTest:
    letter = Letter(
        from_name=inbox.from_name or inbox.address,
        from_address=inbox.address,
        reply_to=inbox.address,
        to=((name, address),),
        subject=f"Test mail of {inbox.address}",
        message_id=f"lacasa.test.{secrets.token_hex(12)}@{inbox.address.rpartition('@')[2]}",
        text=TEXT.format(inbox=inbox.address),
        automatic=True,
        at=datetime.now(UTC),
    )

    async def now() -> bool:
        return True

    raw = await dkim.signed(actor, inbox.address, composing.compose(letter))
    tls = _tls_of(client)
    sent = await smtp.hand_over(client, inbox.address, [address], raw, now, patient=True)
    if sent.how != "sent":
        return SmtpTest("refused", reaching.SENTENCES["refused"], sent.words, tls, address)
    return SmtpTest("sent", "the mail server has the test mail", sent.words, tls, address)


def _tls_of(client: aiosmtplib.SMTP) -> str:
    """The version of TLS that is spoken; empty: none."""
    found = client.get_transport_info("ssl_object")
    return str(found.version()) if found else ""


def _wrong(trouble: Trouble) -> SmtpTest:
    return SmtpTest(trouble.code, reaching.SENTENCES[trouble.code], trouble.said, "", "")
