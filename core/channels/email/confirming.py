"""Mail that asks whoever has an address whether he wants a topic: by the ledger of mailings, so that it goes out once and none is lost."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import msgspec

from core.access import Actor, system
from core.channels.email import composing, sending, smtp
from core.channels.email.composing import Letter
from core.channels.email.dkim import queries as dkim
from core.channels.email.servers.reaching import Trouble
from core.consent import links
from core.consent.events import ConsentChanged
from core.consent.pages import words
from core.database import Unit, read, transaction
from core.errors import Unavailable
from core.jobs import ledger
from core.mailing import names
from core.mailing import queries as mailing_queries
from core.mailing.actions import audience, claims, mailings
from core.mailing.structs import Claimed, Outcome

ASK = "core.channels.email.ask_to_confirm"
KIND = "confirmation"
"""Of mailings: each is of one topic."""
ADDRESS = "SELECT address FROM mail_addresses WHERE organization_id = $1 AND id = $2"
ASKED = """
SELECT c.state = 'pending' AND a.address <> '' AND n.created_at > now() - interval '2 days', t.name, a.id, a.nonce, coalesce(nullif(a.language, ''), (
    SELECT v.language FROM contacts_at(ARRAY[a.address::text]) k JOIN visitors v ON v.organization_id = $1 AND v.contact_id = k.contact_id
    ORDER BY v.last_seen_at DESC, v.id DESC LIMIT 1), '')
FROM consent_entries n JOIN mail_addresses a ON a.organization_id = n.organization_id AND a.id = n.address_id
JOIN topics t ON t.organization_id = n.organization_id AND t.id = n.topic_id
LEFT JOIN consents c ON c.organization_id = n.organization_id AND c.address_id = n.address_id AND c.topic_id = n.topic_id
WHERE n.organization_id = $1 AND n.id = $2 AND a.id = $3
"""
INBOX = """
SELECT e.inbox_id, e.address, e.from_name FROM mailings g JOIN topics t ON t.organization_id = g.organization_id AND t.id = g.source_id
JOIN email_inboxes e ON e.organization_id = g.organization_id
WHERE g.organization_id = $1 AND g.id = $2 ORDER BY e.inbox_id IS DISTINCT FROM t.inbox_id, e.inbox_id LIMIT 1
"""
RENEW_S = 20.0
"""So often whoever hands a mail over says that he lives: a claim ends after a minute."""
SENDING_S = 60.0
"""After which a job begins no other mail, for it is stopped at some time: the last one is to be over by then."""
RETRY_S = 30.0
"""The job that sends them comes back by itself, later and later."""


class _Asked(msgspec.Struct, frozen=True):
    is_pending: bool
    topic: str
    address_id: int
    nonce: str
    language: str


class _From(msgspec.Struct, frozen=True):
    inbox_id: int
    address: str
    name: str


async def queue(event: ConsentChanged) -> None:
    """Make the mail and its job, once."""
    actor = system(event.organization_id)
    async with transaction(actor) as db:
        address = await db.fetch_value(ADDRESS, actor.organization_id, event.address_id)
        mailing = await mailings.begin(actor, KIND, event.topic_id, topic_id=None, mail_kind="transactional")
        await audience.enlist_one(actor, mailing.id, address, datetime.now(UTC), entry=str(event.entry_id))
        key = f"confirmation:{event.entry_id}"
        await ledger.enqueue(actor, ASK, key=key, organization_id=actor.organization_id, mailing_id=mailing.id)


async def send_all(actor: Actor, mailing_id: int) -> None:
    """Send what waits of a mailing of confirmations, one after the other; whoever else does so at that moment has the others.

    Raises:
        NotNow: a server does not take some of them now, or there was no time for all; they are tried again.
    """
    until = time.monotonic() + SENDING_S
    while time.monotonic() < until and (claimed := await claims.claim(actor, mailing_id, most=1)):
        async with read(actor) as db:
            sender = await db.fetch_one(_From, INBOX, actor.organization_id, mailing_id)
        async with _kept(actor, claimed):
            outcomes = [await _sent(actor, sender, one) for one in claimed]
        await claims.finish(actor, outcomes)
    left = await mailing_queries.tally(actor, mailing_id)
    if left.queued or left.sending:
        raise sending.NotNow("the mail server does not take it now")


@asynccontextmanager
async def _kept(actor: Actor, claimed: Sequence[Claimed]) -> AsyncIterator[None]:
    """Nobody takes these back meanwhile, however long a server thinks."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            with suppress(Unavailable):  # it is tried again before a claim ends
                await claims.renew(actor, claimed)

    beside = asyncio.create_task(renew())
    try:
        yield
    finally:
        beside.cancel()
        await asyncio.wait([beside])


async def _sent(actor: Actor, sender: _From | None, mail: Claimed) -> Outcome:
    if sender is None:
        return Outcome(mail.id, mail.attempt, "failed", "no_mail_inbox")
    async with read(actor) as db:
        letter = await _letter(db, actor, sender, mail)
    if letter is None:
        return Outcome(mail.id, mail.attempt, "skipped", "outdated")
    server = await sending.server_of(actor, sender.inbox_id, sender.address)
    if isinstance(server, str):
        return Outcome(mail.id, mail.attempt, "failed", server)
    try:
        raw = await dkim.signed(actor, sender.address, await composing.composed(letter))
    except Trouble as trouble:  # unsigned it might be taken for a forgery
        return Outcome(mail.id, mail.attempt, "queued", "not_signed", trouble.reason, RETRY_S)
    sent = await smtp.send(server, sender.address, [mail.address], raw, _about_to(actor, mail))
    if sent.how in {"later", "elsewhere"}:
        return Outcome(mail.id, mail.attempt, "queued", "not_now", sent.words, RETRY_S)
    if sent.how == "sent":
        return Outcome(mail.id, mail.attempt, "sent")
    return Outcome(mail.id, mail.attempt, "failed" if sent.how == "refused" else "uncertain", sent.how, sent.words)


def _about_to(actor: Actor, mail: Claimed) -> Callable[[], Awaitable[bool]]:
    async def may_go() -> bool:
        return mail.id in await claims.hand_over(actor, [mail])

    return may_go


async def _letter(db: Unit, actor: Actor, sender: _From, mail: Claimed) -> Letter | None:
    """None: nobody is to be asked any more, for he has answered or was forgotten."""
    asked = await db.fetch_one(_Asked, ASKED, actor.organization_id, int(mail.entry), mail.address_id)
    if asked is None or not asked.is_pending:
        return None
    told, own = words.of(asked.language), sender.name or sender.address
    link = links.confirm(links.Owner(actor.organization_id, asked.address_id, asked.nonce), int(mail.entry))
    return Letter(
        from_name=own,
        from_address=sender.address,
        reply_to=sender.address,
        to=(("", mail.address),),
        subject=told.mail_subject.format(topic=asked.topic),
        message_id=names.message_id(actor.organization_id, mail.id, sender.address.partition("@")[2]),
        text=told.mail_text.format(topic=asked.topic, link=link, own=own),
        automatic=True,
        at=datetime.now(UTC),
    )
