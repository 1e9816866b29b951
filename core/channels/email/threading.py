"""Which conversation a mail belongs to.

A tag in our own address that we signed is as good as a key: whoever has it takes part. Where somebody got it by a slip that was corrected it is
none any more, whatever address he writes under: there it leads in only who takes part, and the contact.
A Message-ID that the mail answers only says what it is about: it leads into the conversation if its sender takes part there already, and else to
a new one; that of a forward always does. Nothing leads from one inbox into another, but into a chat about which mail went out from there.
"""

import re

import msgspec

from core.channels.email import names, people
from core.channels.email.bulk import answers
from core.channels.email.bulk.answers import Answered
from core.channels.email.parsing import Mail
from core.conversations.structs import Status
from core.database import Unit

REFERENCES_MAX = 100
NUMBER = re.compile(r"\[#(\d{1,18})\]")
OPEN: frozenset[Status] = frozenset({"open", "pending", "resolved"})

KNOWN = """
SELECT internet_message_id, conversation_id FROM message_mails WHERE organization_id = $1 AND internet_message_id = ANY ($2::text[])
ORDER BY id DESC
"""
THERE = f"""
SELECT c.id, c.status, EXISTS (SELECT FROM conversation_participants p
                               WHERE p.organization_id = c.organization_id AND p.conversation_id = c.id AND p.address = $4),
       EXISTS (SELECT FROM conversation_participants p
               WHERE p.organization_id = c.organization_id AND p.conversation_id = c.id AND p.address = $4 AND {people.CORRECTED}),
       NOT EXISTS (SELECT FROM conversation_participants p
                   WHERE p.organization_id = c.organization_id AND p.conversation_id = c.id AND {people.CORRECTED})
       OR EXISTS (SELECT FROM contacts k WHERE k.organization_id = c.organization_id AND k.id = c.contact_id AND lower(k.email) = $4)
FROM conversations c WHERE c.organization_id = $1 AND c.id = ANY ($3::bigint[]) AND (c.inbox_id = $2 OR EXISTS (
    SELECT FROM outbound_mails o WHERE o.organization_id = c.organization_id AND o.conversation_id = c.id AND o.inbox_id = $2))
"""
NUMBERED = "SELECT id FROM conversations WHERE organization_id = $1 AND number = $2"


class Thread(msgspec.Struct, frozen=True):
    """`conversation_id` to join; None: a new one. `related_id`: the conversation that the mail is about without being let in, or that is closed.
    `answers_forward`: somebody outside answers what a person of ours asked them, so the AI agent has nothing to say. `mailing`: the mail to many
    that a new one begins with an answer to."""

    conversation_id: int | None = None
    related_id: int | None = None
    answers_forward: bool = False
    mailing: Answered | None = None


class _There(msgspec.Struct, frozen=True):
    """`heeds_tags`: nobody has got the conversation's tag by a slip, or who writes is its contact."""

    id: int
    status: Status
    takes_part: bool
    is_slip: bool
    heeds_tags: bool


async def find(
    db: Unit, organization_id: int, inbox_id: int, recipient: str, mail: Mail, address: str, *, is_vouched_for: bool = False
) -> Thread:
    """Where a mail from `address` (in lower case) goes. `is_vouched_for`: our own mail server vouches for that address; else a number, which
    anybody can guess, leads nowhere."""
    tag = names.conversation_of_tag(organization_id, recipient)
    candidates, about = await _answered(db, organization_id, mail)
    if tag is None and is_vouched_for:
        candidates += await _numbered(db, organization_id, mail)
    send_id = None if tag is not None else answers.send_of(organization_id, recipient, _ids(mail))
    if send_id is not None:
        candidates += await answers.begun(db, organization_id, send_id)
    wanted = [tag, *candidates] if tag is not None else candidates
    rows = await db.fetch(_There, THERE, organization_id, inbox_id, sorted({*wanted, *about}), address)
    there = {row.id: row for row in rows}
    related: int | None = None
    for place, candidate in enumerate(wanted):
        found = there.get(candidate)
        if found is None:
            continue
        if (
            found.status in OPEN
            and not found.is_slip
            and (found.takes_part or (tag is not None and place == 0 and found.heeds_tags))
        ):
            return Thread(conversation_id=found.id)
        related = found.id if related is None else related
    forwarded = next((one for one in about if one in there), None)
    about_mail = None if send_id is None else await answers.answered(db, organization_id, send_id, address)
    return Thread(related_id=forwarded if related is None else related, answers_forward=forwarded is not None, mailing=about_mail)


def _ids(mail: Mail) -> list[str]:
    return list(dict.fromkeys([*mail.in_reply_to, *reversed(mail.references)]))[:REFERENCES_MAX]


async def _answered(db: Unit, organization_id: int, mail: Mail) -> tuple[list[int], list[int]]:
    """Conversations of what the mail answers, In-Reply-To first, then References from the newest on; and those from which that was forwarded."""
    ids = _ids(mail)
    known: dict[str, int] = {}
    for given, conversation_id in await db.fetch_rows(KNOWN, organization_id, [one[:255] for one in ids]):
        known.setdefault(given, conversation_id)
    joinable, forwarded = list[int](), list[int]()
    for one in ids:
        own = names.conversation_of_id(organization_id, one)
        found = known.get(one[:255]) if own is None else own
        if found is not None:
            (forwarded if own is not None and names.is_forward(one) else joinable).append(found)
    return joinable, forwarded


async def _numbered(db: Unit, organization_id: int, mail: Mail) -> list[int]:
    """The conversation whose number stands in the subject as we write it there."""
    found = NUMBER.search(mail.subject)
    if found is None:
        return []
    conversation_id: int | None = await db.fetch_value(NUMBERED, organization_id, int(found[1]))
    return [] if conversation_id is None else [conversation_id]
