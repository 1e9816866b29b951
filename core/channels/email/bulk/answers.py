"""Who answers mail to many, and to which: by a tag in our address or by the mail's Message-ID, both of which we signed."""

from collections.abc import Sequence

import msgspec

from core.channels.email import names
from core.database import Unit
from core.mailing import names as mailing_names

WHICH = """
SELECT s.id, s.mailing_id, s.contact_id, coalesce(a.address = $3, false) FROM mailing_sends s
LEFT JOIN mail_addresses a ON a.organization_id = s.organization_id AND a.id = s.address_id
WHERE s.organization_id = $1 AND s.id = $2
"""
BEGUN = "SELECT conversation_id FROM conversation_mailings WHERE organization_id = $1 AND send_id = $2 ORDER BY id DESC LIMIT 20"
KEEP = """
INSERT INTO conversation_mailings (organization_id, conversation_id, mailing_id, send_id, is_recipient) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (conversation_id) DO NOTHING
"""


class Answered(msgspec.Struct, frozen=True):
    """A mail of a mailing that somebody answers. `contact_id` 0: it was for nobody that is known. `is_recipient`: it was for who answers."""

    send_id: int
    mailing_id: int
    contact_id: int
    is_recipient: bool


def send_of(organization_id: int, recipient: str, ids: Sequence[str]) -> int | None:
    """The mail that one for this address, about these Message-IDs (the nearest first), answers; None: none of ours."""
    tagged = names.send_of_tag(organization_id, recipient)
    if tagged is not None:
        return tagged
    known = (mailing_names.send_of_id(organization_id, one) for one in ids)
    return next((send_id for send_id in known if send_id is not None), None)


async def answered(db: Unit, organization_id: int, send_id: int, address: str) -> Answered | None:
    """None: its mailing was deleted."""
    return await db.fetch_one(Answered, WHICH, organization_id, send_id, address)


async def begun(db: Unit, organization_id: int, send_id: int) -> list[int]:
    """Conversations that began with an answer to a mail, the newest first."""
    return [conversation_id for (conversation_id,) in await db.fetch_rows(BEGUN, organization_id, send_id)]


async def keep(db: Unit, organization_id: int, conversation_id: int, found: Answered) -> None:
    """A new conversation is about a mailing."""
    await db.execute(KEEP, organization_id, conversation_id, found.mailing_id, found.send_id, found.is_recipient)
