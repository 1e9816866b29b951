"""A forward as a mail: the note that says whom it went to, and the message below the comment, quoted as mail programs do it.

Nothing in it leads back into the conversation: its answers go to the inbox's bare address, and our tags are left out of what is quoted.
"""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

import msgspec

from core.access import Actor
from core.channels.email import composing, names, recipients
from core.channels.email.composing import Letter
from core.channels.email.recipients import Envelope, Person
from core.database import Unit

MARK = "---------- Forwarded message ----------"
GONE = "forwards_nothing"
NAMED = 800
"""Letters of addresses in a note; the rest is counted."""

OF_NOTE = """
SELECT forwards_id, people, enclosed, state = 'withdrawn' FROM outbound_mails
WHERE organization_id = $1 AND message_id = $2 AND forwards_id IS NOT NULL
"""
QUOTED = """
SELECT m.content, m.file_count, m.sender_type, m.sender_name, m.created_at, c.number, coalesce(nullif(r.subject, ''), c.subject),
       r.from_name, r.from_address, coalesce(r.people, o.people, '{}'), coalesce(r.hidden, '')
FROM messages m JOIN conversations c ON c.organization_id = m.organization_id AND c.id = m.conversation_id
LEFT JOIN message_mails r ON r.organization_id = m.organization_id AND r.message_id = m.id
LEFT JOIN outbound_mails o ON o.organization_id = m.organization_id AND o.message_id = m.id
WHERE m.organization_id = $1 AND m.id = $2
"""


class Forward(msgspec.Struct, frozen=True):
    """`enclosed`: the files of the message that go with it."""

    forwards_id: int
    whom: Envelope
    enclosed: list[str]
    is_withdrawn: bool


class _Quoted(msgspec.Struct, frozen=True):
    """The message as it is now; `from_*` None: it is ours. `people`: whom it was for as a mail."""

    content: str
    file_count: int
    sender_type: str
    sender_name: str
    created_at: datetime
    number: int
    subject: str
    from_name: str | None
    from_address: str | None
    people: dict[str, Any]
    hidden: str


async def of_note(db: Unit, actor: Actor, message_id: int) -> Forward | None:
    """What the note of a forward is about; None: it is another note."""
    for forwards_id, people, enclosed, is_withdrawn in await db.fetch_rows(OF_NOTE, actor.organization_id, message_id):
        return Forward(forwards_id, recipients.stored(people), enclosed, is_withdrawn)
    return None


def note(whom: Envelope, comment: str) -> str:
    """What the note says: on its first line whom it went to, and then the comment."""
    line, left = "Fwd:", len(whom.addresses)
    for address in whom.addresses:
        if len(line) + len(address) > NAMED:
            return f"{line} +{left}\n\n{comment}".rstrip()
        line, left = f"{line}{' ' if line == 'Fwd:' else ', '}{address}", left - 1
    return f"{line}\n\n{comment}".rstrip()


def comment_of(content: str) -> str:
    """The comment in a note that `note` made."""
    return content.partition("\n\n")[2]


async def letter(
    db: Unit,
    actor: Actor,
    message_id: int,
    *,
    own: Person,
    from_name: str,
    whom: Envelope,
    internet_message_id: str,
    note: str,
    at: datetime,
) -> Letter | None:
    """The mail that forwards a message. `own`: the inbox's name and address. None: nothing is left of the message."""
    quoted = await db.fetch_one(_Quoted, QUOTED, actor.organization_id, message_id)
    if quoted is None or not (quoted.content or quoted.file_count):
        return None
    comment = comment_of(note)
    text = f"{comment}\n\n{_quotation(quoted, own)}" if comment else _quotation(quoted, own)
    return Letter(
        from_name=from_name,
        from_address=own[1],
        reply_to=own[1],
        to=whom.to,
        cc=whom.cc,
        subject=composing.forwarding(names.untagged(quoted.subject), quoted.number),
        message_id=internet_message_id,
        text=names.untagged(text),
        at=at,
    )


def _quotation(quoted: _Quoted, own: Person) -> str:
    sender: Person = (quoted.from_name or "", quoted.from_address) if quoted.from_address else (_writer(quoted, own[0]), own[1])
    heads = {
        "From": _named(sender),
        "Date": format_datetime(quoted.created_at),
        "Subject": quoted.subject,
        "To": _all(quoted.people.get("to", [])),
        "Cc": _all(quoted.people.get("cc", [])),
    }
    head = "\n".join([MARK, *(f"{name}: {value}" for name, value in heads.items() if value)])
    return "\n\n".join(part for part in (head, quoted.content, quoted.hidden) if part)


def _writer(quoted: _Quoted, own: str) -> str:
    return own if quoted.sender_type == "ai" or not quoted.sender_name else quoted.sender_name


def _all(people: list[Any]) -> str:
    return ", ".join(_named((name, address)) for name, address in people)


def _named(person: Person) -> str:
    name, address = person
    return f"{name} <{address}>" if name else address
