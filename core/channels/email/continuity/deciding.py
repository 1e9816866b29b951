"""Whether replies in a chat go out by mail: asked when each has been unseen for long enough, decided in the transaction that makes the mail's row.

The conversation's row is locked meanwhile, as it is where a visitor says that he has seen something: either comes first, never half of both.
"""

from datetime import UTC, datetime, timedelta

import msgspec

from core.access import Actor
from core.channels.email import caps, change, names, people, queueing
from core.channels.email.continuity import asking, queries
from core.channels.email.continuity.queries import Rule
from core.channels.email.parsing import Address
from core.consent.standing import held_back
from core.contacts import queries as contacts
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView
from core.database import Unit, transaction
from core.errors import NotFound
from core.jobs import ledger
from core.messages.events import MessageCreated

BATCH_MAX = 50
"""Replies in one mail, but where a mail cannot end with any of them; those beyond have a mail of their own."""
OLDEST = timedelta(days=3)
"""Who has not come back by then has been told already, or could not be."""
AGAIN = timedelta(minutes=15)
"""After that long it is asked anew whether there is room under the caps."""
PER_HOUR, PER_DAY = 6, 20
"""Mails to one address."""
UNPROVEN_PER_HOUR = 100
"""Mails of one inbox to addresses from which nobody has ever written to us: a visitor may have typed anybody's."""

REACHED = """
SELECT greatest($3::bigint, coalesce(max(k.last_seq), 0)) FROM continuity_mails k
JOIN outbound_mails o ON o.organization_id = k.organization_id AND o.id = k.mail_id
JOIN conversations c ON c.organization_id = k.organization_id AND c.id = k.conversation_id
JOIN contacts w ON w.organization_id = c.organization_id AND w.id = c.contact_id AND lower(w.email) = k.address
WHERE k.organization_id = $1 AND k.conversation_id = $2 AND o.state <> 'failed'
"""
"""Up to which message a conversation was seen, or went out to where its visitor says he is."""
UNSEEN = """
WITH unseen AS (
    SELECT m.id, m.seq, m.sender_type, row_number() OVER (ORDER BY m.seq) AS place,
           NOT EXISTS (SELECT FROM outbound_mails o WHERE o.organization_id = m.organization_id AND o.message_id = m.id) AS can_end
    FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = $2 AND m.seq > $3 AND m.created_at > now() - $4::interval
      AND NOT m.is_internal AND m.sender_type <> 'contact')
SELECT id, seq, sender_type FROM unseen WHERE seq <= coalesce(
    (SELECT max(seq) FROM unseen WHERE can_end AND place <= $5), (SELECT min(seq) FROM unseen WHERE can_end)) ORDER BY seq
"""
"""A reply has one mail that ends with it: what ended one to an address that was corrected since is followed by another in the next."""
PERSON = f"""
SELECT coalesce(lower(k.email), ''), EXISTS (SELECT FROM contact_addresses a WHERE a.organization_id = k.organization_id
                                             AND a.contact_id = k.id AND a.address = lower(k.email))
FROM contacts k WHERE k.organization_id = $1 AND k.id = $2 AND k.subscription_status = 'subscribed'
  AND NOT EXISTS (SELECT FROM continuity_stops s WHERE s.organization_id = $1 AND s.conversation_id = $3
                  AND s.address IN ('', lower(k.email)))
  AND NOT {held_back("k.organization_id", "k.email")}
"""
SENT = """
SELECT (SELECT count(*) FROM continuity_mails WHERE organization_id = $1 AND address = $2 AND created_at > now() - interval '1 hour'),
       (SELECT count(*) FROM continuity_mails WHERE organization_id = $1 AND address = $2 AND created_at > now() - interval '1 day'),
       (SELECT count(*) FROM continuity_mails
        WHERE organization_id = $1 AND inbox_id = $3 AND NOT is_proven AND created_at > now() - interval '1 hour')
"""
QUEUE = """
INSERT INTO outbound_mails (organization_id, conversation_id, message_id, inbox_id, internet_message_id) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (message_id) DO NOTHING RETURNING id
"""
HOLD = """
INSERT INTO continuity_mails (organization_id, conversation_id, mail_id, inbox_id, first_seq, last_seq, address, is_proven, language)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce(
    (SELECT k.language FROM continuity_mails k WHERE k.organization_id = $1 AND k.conversation_id = $2 ORDER BY k.id LIMIT 1), $9))
"""


class _Reply(msgspec.Struct, frozen=True):
    id: int
    seq: int
    sender_type: str


class _Person(msgspec.Struct, frozen=True):
    address: str
    is_proven: bool


async def expect(actor: Actor, event: MessageCreated) -> None:
    """Have it asked, once the reply has had its time, whether the visitor has seen it; safe to repeat."""
    async with transaction(actor) as db:
        rule = await queries.rule(db, actor.organization_id, event.conversation.inbox_id)
        if rule is not None:
            due_at = event.message.created_at + timedelta(seconds=rule.delay_s)
            await asking.ask_at(actor, event.conversation.id, event.message.seq, due_at)


async def decide(actor: Actor, conversation_id: int, seq: int) -> None:
    """Queue a mail with all that is unseen, if reply `seq` is and went out in none; safe to repeat."""
    async with transaction(actor) as db:
        await people.one_by_one(db, actor.organization_id, "continuity")  # or two at once would each see room under the caps
        try:
            conversation = await conversations.get(actor, conversation_id, lock=True)
        except NotFound:
            return
        rule = await queries.rule(db, actor.organization_id, conversation.inbox_id)
        reached = await db.fetch_value(REACHED, actor.organization_id, conversation_id, conversation.contact_read_seq)
        if rule is None or reached >= seq:
            return
        unseen = await db.fetch(_Reply, UNSEEN, actor.organization_id, conversation_id, reached, OLDEST, BATCH_MAX)
        person = await _person(db, actor, conversation)
        if not unseen or person is None:
            return
        if await _is_spent(db, actor, rule, person, unseen):
            await asking.ask_at(actor, conversation_id, seq, datetime.now(UTC) + AGAIN)
            return
        await _queue(db, actor, conversation, rule, person, unseen)
        if unseen[-1].seq < seq:
            await asking.ask_at(actor, conversation_id, seq, datetime.now(UTC))


async def _person(db: Unit, actor: Actor, conversation: ConversationView) -> _Person | None:
    """Who is to get it; None: nobody, or nobody any more."""
    found = await db.fetch_one(_Person, PERSON, actor.organization_id, conversation.contact_id, conversation.id)
    if found is None or not people.key(found.address):
        return None
    ours = await people.our_addresses(db, actor.organization_id)
    return None if people.is_one_of(found.address, ours) else found


async def _is_spent(db: Unit, actor: Actor, rule: Rule, person: _Person, unseen: list[_Reply]) -> bool:
    [(hour, day, unproven)] = await db.fetch_rows(SENT, actor.organization_id, person.address, rule.mail_inbox_id)
    if hour >= PER_HOUR or day >= PER_DAY or (not person.is_proven and unproven >= UNPROVEN_PER_HOUR):
        return True
    return unseen[-1].sender_type == "ai" and await caps.is_spent(db, actor.organization_id, rule.mail_inbox_id)


async def _queue(db: Unit, actor: Actor, conversation: ConversationView, rule: Rule, person: _Person, unseen: list[_Reply]) -> None:
    newest = unseen[-1]
    known = names.message_id(actor.organization_id, conversation.id, newest.id, rule.address.partition("@")[2])
    values = (actor.organization_id, conversation.id)
    mail_id = await db.fetch_value(QUEUE, *values, newest.id, rule.mail_inbox_id, known)
    if mail_id is None:
        return
    language = await contacts.language(actor, conversation.contact_id)
    await db.execute(
        HOLD, *values, mail_id, rule.mail_inbox_id, unseen[0].seq, newest.seq, person.address, person.is_proven, language
    )
    await people.join(db, actor.organization_id, conversation.id, [Address("", person.address)], is_declared=True)
    await ledger.enqueue(actor, queueing.DELIVER, key=f"outbound:{mail_id}", organization_id=actor.organization_id, mail_id=mail_id)
    await change.announce(db, actor, mail_id)
