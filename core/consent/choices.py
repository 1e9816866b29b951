"""What the owner of an address may choose: topics that are offered to all, and those that he has already."""

from typing import Literal

import msgspec

from core.access import Actor
from core.consent.addresses import Held
from core.consent.rules import ConsentState, MailKind, SuppressionReason
from core.database import Unit

RESUMED: tuple[SuppressionReason, ...] = ("unsubscribed", "imported")
"""What somebody who asks for mail anew has outlived; a complaint, a dead address and a decision of staff are not his to take back."""
CHOICES = """
SELECT t.id, t.name, t.description, t.text, t.kind, coalesce(c.state, 'none'),
       coalesce(c.state, CASE WHEN t.kind = 'transactional' THEN 'subscribed' END, 'none') = 'subscribed'
       AND (t.kind = 'transactional' OR NOT $3::text[] && $4::text[])
       AND (t.opt_in = 'single' OR c.confirmed_at IS NOT NULL OR t.kind = 'transactional')
FROM topics t LEFT JOIN consents c ON c.organization_id = t.organization_id AND c.topic_id = t.id AND c.address_id = $2
WHERE t.organization_id = $1 AND t.archived_at IS NULL AND (t.is_public OR coalesce(c.state, 'unsubscribed') <> 'unsubscribed') ORDER BY t.id
"""


class Choice(msgspec.Struct, frozen=True):
    """`is_on`: its mail comes, as far as it is the owner's to say. `state`: what he said; `none`: nothing."""

    topic_id: int
    name: str
    description: str
    text: str
    kind: MailKind
    state: ConsentState | Literal["none"]
    is_on: bool


async def of_address(db: Unit, actor: Actor, held: Held) -> list[Choice]:
    return await db.fetch(Choice, CHOICES, actor.organization_id, held.id, held.stops, RESUMED)
