"""What becomes of a mail that was accepted. Its row says how far that is: `received` until it was understood.

Everything that a mail becomes commits together with its row in the ledger, whose lock is taken first: a second reader finds it done.
"""

import asyncio
from datetime import timedelta

import msgspec

from core.access import Actor, ActorKind
from core.channels.email import authentication, bounces, caps, judging, people, threading, trimming
from core.channels.email.bulk import answers
from core.channels.email.parsing import Address, Mail, parse
from core.conversations.actions import ChannelReason
from core.database import Unit, transaction
from core.errors import LimitReached
from core.files import actions as files
from core.messages import actions as messages
from core.messages.structs import CONTENT_MAX
from core.settings import settings

FILES_MAX = 50
"""Attachments that become files of the message; all of them stay in the mail."""
HIDDEN_MAX = 100_000
"""Letters of quotation and signature that are kept beside a message; the mail has them all."""
PER_HOUR = 60
"""Messages of one address: more, and somebody's machine is talking."""
HOUR = timedelta(hours=1)
NO_TEXT = "…"

BEGIN = """
UPDATE inbound_mails SET attempts = attempts + 1 WHERE organization_id = $1 AND id = $2 AND state = 'received'
RETURNING inbox_id, mail_from, recipient, content
"""
HOLD = "SELECT 1 FROM inbound_mails WHERE organization_id = $1 AND id = $2 AND state = 'received' FOR NO KEY UPDATE"
SPOKEN = """
SELECT count(*) FROM message_mails
WHERE organization_id = $1 AND from_address = $2 AND created_at > now() - $3::interval AND (is_verified IS FALSE) = $4
"""
"""Mail that our own server does not vouch for is counted apart: whoever writes it under somebody's address shuts nobody else out."""
SETTLE = """
UPDATE inbound_mails SET state = $3, reason = $4, conversation_id = $5, message_id = $6, processed_at = now()
WHERE organization_id = $1 AND id = $2
"""
KEEP = """
INSERT INTO message_mails (organization_id, conversation_id, message_id, mail_id, internet_message_id, from_name, from_address,
                           people, subject, hidden, is_verified, related_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


class _Row(msgspec.Struct, frozen=True):
    inbox_id: int
    mail_from: str
    recipient: str
    content: bytes


async def understand(actor: Actor, mail_id: int) -> None:
    """Try to understand a mail that is `received`; safe to repeat, and nothing for any other.

    The attempt is counted before it is made: a mail that kills whoever reads it is known by that.
    """
    async with transaction(actor) as db:
        row = await db.fetch_one(_Row, BEGIN, actor.organization_id, mail_id)
        ours = await people.our_addresses(db, actor.organization_id)
    if row is None:
        return
    mail = await asyncio.to_thread(parse, row.content)
    verdict = judging.judge(mail, row.mail_from, ours)
    if verdict.state:
        await _settle(actor, mail_id, verdict)
        return
    try:
        await _receive(actor, mail_id, row, mail, verdict)
    except LimitReached:
        await _settle(actor, mail_id, judging.Verdict("quarantined", "contacts_limit"))


async def _settle(actor: Actor, mail_id: int, verdict: judging.Verdict) -> None:
    async with transaction(actor) as db:
        if await db.fetch_value(HOLD, actor.organization_id, mail_id) is None:
            return
        about = await bounces.heed(db, actor, verdict.report) if verdict.report is not None else (None, None)
        await db.execute(SETTLE, actor.organization_id, mail_id, verdict.state, verdict.reason, *about)


async def _receive(actor: Actor, mail_id: int, row: _Row, mail: Mail, verdict: judging.Verdict) -> None:
    address = people.key(verdict.sender.address)
    verified = _verified(mail)
    trimmed = await asyncio.to_thread(trimming.trim, mail.text)
    async with transaction(actor) as db:  # looked at once more below: here only so that a flood fills no disk
        floods = await _speaks_too_much(db, actor, address, verified)
    kept = [] if floods else await _files(actor, row.inbox_id, mail_id, mail)
    content = trimmed.visible[:CONTENT_MAX].replace("\x00", "")
    subject = people.line(mail.subject, 300)
    async with transaction(actor) as db:
        if await db.fetch_value(HOLD, actor.organization_id, mail_id) is None:
            return
        await people.one_by_one(db, actor.organization_id, address)
        if await _speaks_too_much(db, actor, address, verified):
            await db.execute(SETTLE, actor.organization_id, mail_id, "quarantined", "too_many", None, None)
            return
        thread = await threading.find(
            db, actor.organization_id, row.inbox_id, row.recipient, mail, address, is_vouched_for=verified is True
        )
        person = await people.visitor(db, actor, thread.conversation_id, address) or await people.person(
            db, actor, verdict.sender, likely_id=thread.mailing.contact_id if thread.mailing is not None else 0
        )
        sent = await messages.arrive(
            _writer(actor, row.inbox_id, mail_id, person), thread.conversation_id, channel="email", subject=subject,
            client_id=_client_id(mail_id), content=content or ("" if kept else subject or NO_TEXT), file_tokens=kept,
            to_people=await _no_answer(db, actor, row.inbox_id, verdict, thread),
        )  # fmt: skip
        where = (sent.conversation.id, sent.message.id)
        if thread.mailing is not None:
            await answers.keep(db, actor.organization_id, sent.conversation.id, thread.mailing)
        told = (
            mail.message_id[:255],
            people.line(verdict.sender.name, 160),
            address,
            _people(mail),
            subject,
            trimmed.hidden[:HIDDEN_MAX],
        )
        await db.execute(KEEP, actor.organization_id, *where, mail_id, *told, verified, thread.related_id)
        await people.join(db, actor.organization_id, where[0], [verdict.sender, *mail.to, *mail.cc])
        state = "threaded" if thread.conversation_id else "created"
        await db.execute(SETTLE, actor.organization_id, mail_id, state, "", *where)


async def _no_answer(
    db: Unit, actor: Actor, inbox_id: int, verdict: judging.Verdict, thread: threading.Thread
) -> ChannelReason | None:
    """Why no machine of ours may answer; None: it may."""
    if verdict.automatic:
        return "machine_wrote"
    if thread.answers_forward:
        return "answers_forward"
    return "too_many_automatic" if await caps.is_spent(db, actor.organization_id, inbox_id) else None


async def _speaks_too_much(db: Unit, actor: Actor, address: str, verified: bool | None) -> bool:
    return int(await db.fetch_value(SPOKEN, actor.organization_id, address, HOUR, verified is False)) >= PER_HOUR


def _client_id(mail_id: int) -> str:
    return f"mail-{mail_id:016d}"


def _writer(actor: Actor, inbox_id: int, mail_id: int, person: people.Person) -> Actor:
    """The contact who wrote the mail; files that came with it are attached in its name."""
    return Actor(
        kind=ActorKind.visitor,
        organization_id=actor.organization_id,
        name=person.name,
        inbox_id=inbox_id,
        contact_id=person.contact_id,
        nonce=_client_id(mail_id),
    )


async def _files(actor: Actor, inbox_id: int, mail_id: int, mail: Mail) -> list[str]:
    """Attachments, not what is shown within the text. What a failure leaves behind is thrown away as any upload that nobody sent."""
    writer = _writer(actor, inbox_id, mail_id, people.Person(0, ""))
    chosen = [one for one in mail.attachments if not one.inline and one.data][:FILES_MAX]
    return [(await files.keep(writer, one.name or one.title, one.content_type, one.data)).token for one in chosen]


def _people(mail: Mail) -> dict[str, list[list[str]]]:
    groups: dict[str, tuple[Address, ...]] = {"to": mail.to, "cc": mail.cc, "reply_to": mail.reply_to}
    return {
        name: [[people.line(one.name, 160), one.address] for one in group[: people.PARTICIPANTS_MAX]]
        for name, group in groups.items()
        if group
    }


def _verified(mail: Mail) -> bool | None:
    name = settings().mail_authserv_id
    return authentication.is_sender(mail, name) if name else None
