"""Replies of a chat as one mail: in the order in which they were written, without a word of the visitor's own, and nothing that he has read by now.

Nor does it say his name, or what his conversation is about: he may have typed anybody's address, and a stranger would get what he likes from us.
"""

from datetime import UTC, datetime

import msgspec

from core.access import Actor
from core.channels.email import change, names
from core.channels.email.composing import Letter
from core.channels.email.continuity import actions, asking
from core.channels.email.continuity.words import of
from core.consent.standing import held_back
from core.database import Unit
from core.settings import settings

REPLIES = f"""
SELECT m.sender_type, m.sender_name, m.content, k.address, k.language, m.created_at,
       ARRAY(SELECT f.name || ': ' || $3::text || f.token FROM files f
             WHERE f.organization_id = m.organization_id AND f.message_id = m.id ORDER BY f.id)
FROM continuity_mails k JOIN conversations c ON c.organization_id = k.organization_id AND c.id = k.conversation_id
JOIN contacts w ON w.organization_id = c.organization_id AND w.id = c.contact_id AND lower(w.email) = k.address
 AND w.subscription_status = 'subscribed'
JOIN messages m ON m.organization_id = k.organization_id AND m.conversation_id = k.conversation_id
WHERE k.organization_id = $1 AND k.mail_id = $2 AND m.seq BETWEEN k.first_seq AND k.last_seq AND m.seq > c.contact_read_seq
  AND NOT m.is_internal AND m.sender_type <> 'contact'
  AND NOT EXISTS (SELECT FROM continuity_stops s WHERE s.organization_id = k.organization_id AND s.conversation_id = k.conversation_id
                  AND s.address IN ('', k.address))
  AND NOT {held_back("k.organization_id", "k.address")}
ORDER BY m.seq
"""
SAID = """
SELECT internet_message_id FROM (
    SELECT internet_message_id, message_id FROM message_mails WHERE organization_id = $1 AND conversation_id = $2 AND internet_message_id <> ''
    UNION ALL SELECT internet_message_id, message_id FROM outbound_mails
    WHERE organization_id = $1 AND conversation_id = $2 AND id < $3 AND state <> 'failed'
) s ORDER BY message_id DESC LIMIT 20
"""

NARROW = """
UPDATE continuity_mails k SET first_seq = least(greatest(k.first_seq, c.contact_read_seq + 1), k.last_seq) FROM conversations c
WHERE k.organization_id = $1 AND k.mail_id = $2 AND c.organization_id = k.organization_id AND c.id = k.conversation_id
"""
CORRECTED = """
SELECT k.last_seq FROM continuity_mails k JOIN conversations c ON c.organization_id = k.organization_id AND c.id = k.conversation_id
JOIN contacts w ON w.organization_id = c.organization_id AND w.id = c.contact_id AND lower(w.email) <> k.address
WHERE k.organization_id = $1 AND k.mail_id = $2
"""
"""The mail is for an address that its visitor, or staff, has corrected since."""
FOOT = "\n\n-- \n"


class _Reply(msgspec.Struct, frozen=True):
    sender_type: str
    sender_name: str
    content: str
    address: str
    language: str
    created_at: datetime
    files: list[str]


async def letter(
    db: Unit, actor: Actor, mail_id: int, *, conversation_id: int, message_id: str, address: str, from_name: str
) -> Letter | None:
    """What a queued mail is now; None: nothing is left of it, for the visitor came back, wants no mail or is elsewhere, and its row is gone.

    `address`, `from_name`: of the e-mail inbox.
    """
    replies = await _unread(db, actor, mail_id)
    if not replies:
        corrected = await db.fetch_rows(CORRECTED, actor.organization_id, mail_id)
        await change.drop(db, actor, mail_id)
        for (seq,) in corrected:
            await asking.ask_at(actor, conversation_id, seq, datetime.now(UTC))
        return None
    said = [one for (one,) in await db.fetch_rows(SAID, actor.organization_id, conversation_id, mail_id)]
    own = from_name or address
    people = {reply.sender_name for reply in replies if reply.sender_type != "ai"}
    words = of(replies[0].language)
    stop = actions.link(actor.organization_id, conversation_id, replies[0].address)
    return Letter(
        from_name=f"{people.pop()} ({own})" if len(people) == 1 else own,
        from_address=address,
        reply_to=names.tagged(address, actor.organization_id, conversation_id),
        to=(("", replies[0].address),),
        subject=words.subject.format(own=own),
        message_id=message_id,
        references=tuple(reversed(said)),
        text=f"{_written(replies)}{FOOT}{words.why}\n{words.stop} {stop}",
        automatic=all(reply.sender_type == "ai" for reply in replies),
        at=replies[-1].created_at,
        stop=stop,
    )


async def is_unread(db: Unit, actor: Actor, mail_id: int, text: str) -> bool:
    """Whether a letter with this text still says what is unread, and nothing else: a server may have taken its time since it was written.
    What was read meanwhile is no part of the mail any more."""
    replies = await _unread(db, actor, mail_id)
    await db.execute(NARROW, actor.organization_id, mail_id)
    return bool(replies) and text.startswith(f"{_written(replies)}{FOOT}")


async def _unread(db: Unit, actor: Actor, mail_id: int) -> list[_Reply]:
    return await db.fetch(_Reply, REPLIES, actor.organization_id, mail_id, f"{settings().origin}/files/")


def _written(replies: list[_Reply]) -> str:
    """All of them; with names where there are several."""
    named = len({reply.sender_name for reply in replies}) > 1
    blocks: list[str] = []
    before = ""
    for reply in replies:
        head = [f"{reply.sender_name}:"] if named and reply.sender_name != before else []
        before = reply.sender_name
        blocks.append("\n".join([*head, *filter(None, [reply.content]), *reply.files]))
    return "\n\n".join(blocks)
