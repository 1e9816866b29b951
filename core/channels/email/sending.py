"""Mail that goes out: made into a row when a message is written, then tried until its server has it, refuses it, or nobody knows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec

from core.access import Actor, ai
from core.channels.email import caps, change, composing, names, people, queueing, quoting, recipients, smtp
from core.channels.email.composing import Enclosed, Letter
from core.channels.email.continuity import letters
from core.channels.email.dkim import queries as dkim
from core.channels.email.parsing import Address
from core.channels.email.servers import domains, reaching
from core.channels.email.servers import queries as servers
from core.channels.email.servers.reaching import Server, Trouble
from core.conversations import actions as conversations
from core.conversations import queries as conversation_queries
from core.database import Unit, transaction
from core.errors import Unavailable
from core.files.actions import store
from core.messages import queries as messages
from core.messages.events import MessageCreated
from core.settings import settings

PATIENT = 5
"""So many attempts everybody is waited for; then those go without it who are still refused."""
NO_SERVER = "no_mail_server"
ELSEWHERE = "not_this_address"
NOBODY = "nobody"
TOO_MANY = "too_many_automatic"
LEFT_OUT = "left_out"
REASON_MAX = 300

BEGIN = """
UPDATE outbound_mails o SET attempts = attempts + 1, state = CASE WHEN state = 'sending' THEN 'uncertain' ELSE state END,
       reason = CASE WHEN state = 'sending' THEN 'worker_ended' ELSE reason END
FROM messages m, conversations c, email_inboxes e
WHERE o.organization_id = $1 AND o.id = $2 AND o.state IN ('queued', 'sending')
  AND m.organization_id = o.organization_id AND m.id = o.message_id
  AND c.organization_id = o.organization_id AND c.id = o.conversation_id
  AND e.organization_id = o.organization_id AND e.inbox_id = o.inbox_id
RETURNING o.id, o.state, o.attempts, o.conversation_id, o.message_id, o.inbox_id, o.internet_message_id, o.people, e.address, e.from_name,
          CASE WHEN e.numbers_subjects THEN c.number END AS number, c.subject, c.channel, m.content, m.sender_type, m.sender_name, m.file_count,
          m.created_at, o.forwards_id, o.enclosed
"""
SAID = """
SELECT internet_message_id FROM (
    SELECT internet_message_id, message_id FROM message_mails WHERE organization_id = $1 AND conversation_id = $2 AND internet_message_id <> ''
    UNION ALL SELECT internet_message_id, message_id FROM outbound_mails WHERE organization_id = $1 AND conversation_id = $2 AND message_id < $3
                AND state <> 'withdrawn' AND forwards_id IS NULL
) s ORDER BY message_id DESC LIMIT 20
"""
FILES = """
SELECT token, name, content_type FROM files
WHERE organization_id = $1 AND message_id = $2 AND ($3::text[] IS NULL OR token = ANY ($3::text[])) ORDER BY id
"""
HOLD = "SELECT id FROM outbound_mails WHERE organization_id = $1 AND id = $2 AND state = 'queued' FOR NO KEY UPDATE"
"""Before all else of a mail, as wherever one is written to: two that deliver it would wait for each other."""
ABOUT_TO = "UPDATE outbound_mails SET state = 'sending', recipients = $3 WHERE organization_id = $1 AND id = $2"
SETTLE_ANEW = "UPDATE outbound_mails SET people = $3, recipients = $4 WHERE organization_id = $1 AND id = $2 AND state = 'queued'"
SETTLE = """
UPDATE outbound_mails SET state = $3::text, reason = $4, settled_at = CASE WHEN $3::text = 'queued' THEN NULL ELSE now() END
WHERE organization_id = $1 AND id = $2 AND (state IN ('queued', 'sending') OR (state = 'uncertain' AND $3::text <> 'queued')) RETURNING id
"""
"""What became uncertain is not queued again: the job that would try it has ended."""
GIVE_UP = """
UPDATE outbound_mails SET state = CASE WHEN state = 'sending' THEN 'uncertain' ELSE 'failed' END, settled_at = now(),
       reason = CASE WHEN state = 'sending' THEN 'worker_ended' ELSE reason END
WHERE organization_id = $1 AND id = $2 AND state IN ('queued', 'sending') RETURNING state
"""
ANSWERS = """
SELECT o.conversation_id FROM outbound_mails o JOIN conversations c ON c.organization_id = o.organization_id AND c.id = o.conversation_id
WHERE o.organization_id = $1 AND o.id = $2 AND o.forwards_id IS NULL AND c.channel = 'email'
"""
"""The conversation that a mail was written in as an answer, and not beside it."""


class NotNow(Unavailable):
    """The mail server does not take it now; it is tried again."""

    code = "mail_server_unavailable"


class _Row(msgspec.Struct, frozen=True):
    id: int
    state: str
    attempts: int
    conversation_id: int
    message_id: int
    inbox_id: int
    internet_message_id: str
    people: dict[str, Any]
    address: str
    from_name: str
    number: int | None
    subject: str
    channel: str
    content: str
    sender_type: str
    sender_name: str
    file_count: int
    created_at: datetime
    forwards_id: int | None
    enclosed: list[str]


async def queue(actor: Actor, event: MessageCreated) -> None:
    """Make the row and the job of a message that is to go out, once. The contact takes part from here on, so that his address is known for a slip
    if it is corrected before the mail leaves."""
    conversation, message = event.conversation, event.message
    async with transaction(actor) as db:
        address = await people.address_of(db, actor.organization_id, conversation.inbox_id)
        if address is None:
            return
        spent = message.sender_type == "ai" and await caps.is_spent(db, actor.organization_id, conversation.inbox_id, to_write=True)
        declared = await people.declared(db, actor.organization_id, conversation.id)
        whom = await recipients.of(db, actor.organization_id, message)
        mail = queueing.Outgoing(message=message, inbox_id=conversation.inbox_id, address=address, whom=whom)
        mail_id = await queueing.put(db, actor, mail, is_held=spent)
        if mail_id is None:
            return
        await people.join(db, actor.organization_id, conversation.id, whom.at(declared), is_declared=True)
        if spent:
            await _hold_back(db, actor, conversation.id, mail_id)
        await change.announce(db, actor, mail_id)


async def _hold_back(db: Unit, actor: Actor, conversation_id: int, mail_id: int) -> None:
    """A mail of the AI agent that is one too many is not sent, and people have the conversation."""
    await db.execute(SETTLE, actor.organization_id, mail_id, "failed", TOO_MANY)
    before = await conversation_queries.get(actor, conversation_id, lock=True)
    await conversations.hand_off(db, ai(actor.organization_id), before, "too_many_automatic")


async def deliver(actor: Actor, mail_id: int) -> None:
    """Try to send a mail that is queued. Safe to repeat: what may have been sent is never sent again by itself.

    Raises:
        NotNow: its server does not take it now.
    """
    async with transaction(actor) as db:
        row = await db.fetch_one(_Row, BEGIN, actor.organization_id, mail_id)
        if row is None:
            return
        if row.state == "uncertain":
            await change.announce(db, actor, mail_id)
            return
        whom = await _whom(db, actor, row)
        letter = await _letter(db, actor, row, whom)
    server = await server_of(actor, row.inbox_id, row.address)
    if isinstance(server, str) or letter is None:
        await _settle(actor, row, "failed", server if isinstance(server, str) else _missing(row))
        return
    letter = msgspec.structs.replace(letter, files=await _files(actor, row))
    text = letter.text
    addresses = recipients.Envelope(to=letter.to).addresses if row.channel == "chat" else whom.addresses

    async def about_to() -> bool:
        """Whom it goes to takes part from here on: who is written to may answer. To whom something is forwarded does not."""
        async with transaction(actor) as db:
            if await db.fetch_value(HOLD, actor.organization_id, mail_id) is None:
                return False
            if not await _holds(db, actor, row, whom, text):
                return False
            await db.execute(ABOUT_TO, actor.organization_id, mail_id, addresses)
            if row.forwards_id is None:
                await people.join(db, actor.organization_id, row.conversation_id, [Address(*one) for one in whom.everybody])
            await change.announce(db, actor, mail_id)
            return True

    sent = await _hand_over(actor, server, letter, addresses, about_to, patient=row.attempts <= PATIENT)
    if sent.how == "elsewhere":  # its state belongs to whoever sends it; the next attempt finds what became of that
        raise NotNow(sent.words)
    if sent.how == "later":
        await _settle(actor, row, "queued", sent.words)
        raise NotNow(sent.words)
    state = {"sent": "sent", "refused": "failed", "unknown": "uncertain"}[sent.how]
    reason = f"{LEFT_OUT}: {', '.join(sent.left_out)}"[:REASON_MAX] if sent.left_out else "" if sent.how == "sent" else sent.words
    await _settle(actor, row, state, reason)


def _missing(row: _Row) -> str:
    return NOBODY if row.forwards_id is None else quoting.GONE


async def server_of(actor: Actor, inbox_id: int, address: str) -> Server | str:
    """The inbox's own, else the installation's; or why there is none that sends for its address."""
    own = await servers.of_inbox(actor, inbox_id)
    by_installation = settings().smtp_url
    if own is not None or not by_installation:
        return own or NO_SERVER
    return reaching.of_url(by_installation) if domains.is_served(address) else ELSEWHERE


async def _hand_over(
    actor: Actor, server: Server, letter: Letter, recipients: list[str], about_to: Callable[[], Awaitable[bool]], *, patient: bool
) -> smtp.Sent:
    try:
        raw = await dkim.signed(actor, letter.from_address, await composing.composed(letter))
    except Trouble as trouble:  # unsigned it might be taken for a forgery
        return smtp.Sent("later", trouble.reason)
    return await smtp.send(server, letter.from_address, recipients, raw, about_to, patient=patient)


async def give_up(actor: Actor, mail_id: int) -> None:
    """After the last attempt; where that ended in the middle of sending, nobody knows."""
    async with transaction(actor) as db:
        conversation_id = await db.fetch_value(ANSWERS, actor.organization_id, mail_id)
        before = None if conversation_id is None else await conversation_queries.get(actor, conversation_id, lock=True)
        state = await db.fetch_value(GIVE_UP, actor.organization_id, mail_id)
        if state is not None:
            await change.announce(db, actor, mail_id)
        if state == "failed" and before is not None:
            await change.bring_back(db, actor, before)


async def _settle(actor: Actor, row: _Row, state: str, reason: str) -> None:
    async with transaction(actor) as db:
        is_lost = state == "failed" and row.channel == "email" and row.forwards_id is None
        before = await conversation_queries.get(actor, row.conversation_id, lock=True) if is_lost else None
        if await db.fetch_value(SETTLE, actor.organization_id, row.id, state, reason) is None:
            return
        await change.announce(db, actor, row.id)
        if before is not None:
            await change.bring_back(db, actor, before)


async def _whom(db: Unit, actor: Actor, row: _Row) -> recipients.Envelope:
    """As it was settled when it was queued; anew where one of them turned out to be a slip, and for what an older release queued. What a chat's
    mail is for says its letter."""
    settled = recipients.stored(row.people)
    if row.channel == "chat" or (row.people and not await _is_corrected(db, actor, row, settled)):
        return settled
    whom = await recipients.proposed(db, actor.organization_id, row.conversation_id, row.message_id, alone=row.sender_type == "ai")
    await db.execute(SETTLE_ANEW, actor.organization_id, row.id, whom, whom.addresses)
    return whom


async def _holds(db: Unit, actor: Actor, row: _Row, whom: recipients.Envelope, text: str) -> bool:
    """Whether a mail is still for whom it was written, and a chat's with this text says what is unread: its server may have taken its time."""
    if row.channel == "chat":
        return await letters.is_unread(db, actor, row.id, text)
    return await _whom(db, actor, row) == whom


async def _is_corrected(db: Unit, actor: Actor, row: _Row, settled: recipients.Envelope) -> bool:
    """Whether a mail is for an address that was a slip and is corrected by now. Whom its writer chose, it is for all the same."""
    if row.forwards_id is not None:
        return False
    slips = await people.slips(db, actor.organization_id, row.conversation_id)
    if slips.isdisjoint(map(people.key, settled.addresses)):
        return False
    message = await messages.by_id(actor, row.message_id)
    return message is not None and await recipients.choice(db, actor.organization_id, message) is None


async def _letter(db: Unit, actor: Actor, row: _Row, whom: recipients.Envelope) -> Letter | None:
    """None: there is nobody to send it to, or (of a chat) nothing left to send."""
    if row.channel == "chat":
        return await letters.letter(
            db, actor, row.id, conversation_id=row.conversation_id, message_id=row.internet_message_id, address=row.address,
            from_name=row.from_name,
        )  # fmt: skip
    if not whom.to:
        return None
    own = row.from_name or row.address
    from_name = own if row.sender_type == "ai" or not row.sender_name else f"{row.sender_name} ({own})"
    if row.forwards_id is not None:
        return await quoting.letter(
            db, actor, row.forwards_id, own=(own, row.address), from_name=from_name, whom=whom, internet_message_id=row.internet_message_id,
            note=row.content, at=row.created_at,
        )  # fmt: skip
    said = [one for (one,) in await db.fetch_rows(SAID, actor.organization_id, row.conversation_id, row.message_id)]
    return Letter(
        from_name=from_name,
        from_address=row.address,
        reply_to=names.tagged(row.address, actor.organization_id, row.conversation_id),
        to=whom.to,
        cc=whom.cc,
        subject=composing.numbered(composing.answering(row.subject) if said else row.subject, row.number),
        message_id=row.internet_message_id,
        references=tuple(reversed(said)),
        text=row.content,
        automatic=row.sender_type == "ai",
        at=row.created_at,
    )


async def _files(actor: Actor, row: _Row) -> tuple[Enclosed, ...]:
    if row.channel == "chat" or not (row.file_count or row.enclosed):  # files of a chat stand in its letter, as addresses
        return ()
    which = (row.message_id, None) if row.forwards_id is None else (row.forwards_id, row.enclosed)
    async with transaction(actor) as db:
        rows: list[Any] = await db.fetch_rows(FILES, actor.organization_id, *which)
    return tuple([Enclosed(name, kind, await _whole(store().read(token))) for token, name, kind in rows])


async def _whole(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])
