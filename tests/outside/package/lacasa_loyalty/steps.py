"""A workflow's step: the contact gets points, once."""

from typing import Annotated

import msgspec

from core.database import transaction
from core.extend.steps import Go, Visit, WorkflowStep

AWARD = """
INSERT INTO loyalty_points (organization_id, contact_id, points, key) VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, key) DO NOTHING
"""


class AwardConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    points: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


async def run(visit: Visit, config: AwardConfig) -> Go:
    async with transaction(visit.actor) as db:
        await db.execute(AWARD, visit.actor.organization_id, visit.contact_id, config.points, visit.key)
    return Go(detail=f"{config.points} points")


AWARD_POINTS = WorkflowStep(name="loyalty.award", title="Award points", config=AwardConfig, run=run, acts=True)
