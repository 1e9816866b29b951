"""That somebody opened a campaign's mail or followed one of its links, for segments."""

from typing import Literal

from core.access import Actor
from core.database import transaction

REMEMBER = """
INSERT INTO campaign_touches (organization_id, campaign_id, contact_id, touch)
SELECT $1, c.id, k.id, $4 FROM campaigns c JOIN contacts k ON k.organization_id = $1 AND k.id = $3 WHERE c.organization_id = $1 AND c.id = $2
FOR KEY SHARE ON CONFLICT (organization_id, campaign_id, contact_id, touch) DO NOTHING
"""


async def remember(actor: Actor, campaign_id: int, contact_id: int, touch: Literal["open", "click"]) -> None:
    """The first time alone; nothing where the contact is gone. Safe to repeat."""
    async with transaction(actor) as db:
        await db.execute(REMEMBER, actor.organization_id, campaign_id, contact_id, touch)
