"""Sending a template to people who work here, as a customer would get it."""

import asyncio
import secrets
from datetime import UTC, datetime, timedelta

import aiosmtplib
import msgspec

from core.access import MARKETERS, Actor, opens
from core.auth import throttle
from core.channels.email import composing, sending, smtp
from core.channels.email.composing import Letter
from core.channels.email.dkim import queries as dkim
from core.channels.email.servers import reaching
from core.channels.email.servers.reaching import Server, Trouble
from core.channels.email.template_tests.structs import TemplateTest, TemplateTestInput
from core.database import read
from core.errors import Conflict, Invalid, NotFound
from core.templates import queries as templates

INBOX = "SELECT address, from_name FROM email_inboxes WHERE organization_id = $1 AND inbox_id = $2"
STAFF = """
SELECT u.email, u.name FROM memberships m JOIN users u ON u.id = m.user_id
WHERE m.organization_id = $1 AND (lower(u.email) = ANY ($2::text[]) OR u.id = $3) ORDER BY u.id
"""
PER_USER, PER_ORGANIZATION = 10, 40
WINDOW = timedelta(minutes=10)
TEST_S, ANSWER_S = 25.0, 10.0
MARK = "[Test] "


class _Inbox(msgspec.Struct, frozen=True):
    address: str
    from_name: str


async def send(actor: Actor, template_id: int, data: TemplateTestInput) -> TemplateTest:
    """Send a template as it is stored to some of the organization's own staff. Admins and users; each time another mail.

    Raises:
        NotFound: template, contact or inbox are unknown to the actor, or the inbox has no address.
        Invalid: `not_staff`: an address is nobody's who works here, `others` says which; `faulty_template`.
        Conflict: `no_mail_server`, `not_this_address`: nothing sends for this inbox. `no_address`: who asks has none.
        TooManyRequests: too many tests within ten minutes.
    """
    actor.require(*MARKETERS)
    content = templates.content_of(await templates.get(actor, template_id))
    inbox = await _inbox(actor, data.inbox_id)
    people = await _people(actor, data.to)
    _, mail, _ = await templates.mail_to(actor, content, data.contact_id)
    server = await sending.server_of(actor, data.inbox_id, inbox.address)
    if isinstance(server, str):
        raise Conflict("there is no mail server that sends for this inbox", code=server)
    for subject, most in ((f"user {actor.user_id}", PER_USER), (f"organization {actor.organization_id}", PER_ORGANIZATION)):
        await throttle.attempt("template test", subject, most=most, window=WINDOW)
    letter = Letter(
        from_name=inbox.from_name or inbox.address,
        from_address=inbox.address,
        reply_to=inbox.address,
        to=tuple(people),
        subject=MARK + mail.subject,
        message_id=f"lacasa.test.{secrets.token_hex(12)}@{inbox.address.rpartition('@')[2]}",
        text=mail.text,
        html=mail.html,
        automatic=True,
        at=datetime.now(UTC),
    )
    return await _handed_over(actor, server, letter)


async def _inbox(actor: Actor, inbox_id: int) -> _Inbox:
    async with read(actor) as db:
        found = await db.fetch_one(_Inbox, INBOX, actor.organization_id, inbox_id) if opens(actor, "inbox_id", inbox_id) else None
    if found is None:
        raise NotFound("this e-mail inbox does not exist")
    return found


async def _people(actor: Actor, wanted: list[str]) -> list[tuple[str, str]]:
    """Name and address of each, once; of whoever asks, where nobody is named."""
    addresses = {address.lower() for address in wanted}
    async with read(actor) as db:
        rows = await db.fetch_rows(STAFF, actor.organization_id, sorted(addresses), None if addresses else actor.user_id)
    if others := addresses - {row["email"].lower() for row in rows}:
        raise Invalid("test mails go to people who work here, and to nobody else", code="not_staff", others=sorted(others))
    if not rows:
        raise Conflict("only people can be sent a test mail", code="no_address")
    return [(row["name"], row["email"]) for row in rows]


async def _handed_over(actor: Actor, server: Server, letter: Letter) -> TemplateTest:
    addresses = [address for _, address in letter.to]

    async def now() -> bool:
        return True

    try:
        raw = await dkim.signed(actor, letter.from_address, await composing.composed(letter))
        async with asyncio.timeout(TEST_S), reaching.reached(server, timeout_s=ANSWER_S) as client:
            sent = await smtp.hand_over(client, letter.from_address, addresses, raw, now, patient=False)
    except Trouble as trouble:
        return _wrong(trouble, addresses)
    except (aiosmtplib.SMTPException, OSError) as error:
        return _wrong(reaching.trouble(error), addresses)
    if sent.how != "sent":
        return TemplateTest("refused", reaching.SENTENCES["refused"], sent.words, addresses, addresses)
    return TemplateTest("sent", "the mail server has the test mail", sent.words, addresses, list(sent.left_out))


def _wrong(trouble: Trouble, addresses: list[str]) -> TemplateTest:
    return TemplateTest(trouble.code, reaching.SENTENCES[trouble.code], trouble.said, addresses, addresses)
