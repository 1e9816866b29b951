"""Another threshold, tried on the last decisions by the confidence that each had."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from agent import calibration
from agent.replay.structs import Share, ThresholdBin, ThresholdCase, ThresholdView
from agent.reviews import queries as reviews
from agent.reviews.structs import Key
from core.access import STAFF, Actor, visible
from core.database import read
from core.organizations import queries as organizations

BINS = 20
CASES = 50
LAST = """
SELECT d.id, d.confidence::numeric::float8, d.created_at, r.label >= 0.5, r.propensity
FROM ai_decisions d
JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
JOIN inboxes i ON i.organization_id = $1 AND i.id = c.inbox_id AND i.ai_mode <> 'suggest'
LEFT JOIN LATERAL (
    SELECT v.label, v.propensity FROM ai_reviews v WHERE v.organization_id = $1 AND v.decision_id = d.id
    ORDER BY v.updated_at DESC, v.id DESC LIMIT 1) r ON true
WHERE d.organization_id = $1 AND d.confidence IS NOT NULL AND d.outcome IN ('answered', 'clarified', 'handed_off')
  AND d.reason IN ('covered', 'low_confidence') AND d.head NOT LIKE 'tool/%'
ORDER BY d.id DESC LIMIT $2
"""
"""By way of `numeric`, so that what was stored of 0.7 is 0.7. Where the AI agent suggests, no threshold lets anything out."""


class Decided(msgspec.Struct, frozen=True):
    """One decision: its confidence, and whether its last review calls it right (None: there is none)."""

    id: int
    confidence: float
    created_at: datetime
    is_right: bool | None
    propensity: float | None


async def at(actor: Actor, wanted: float | None, most: int) -> ThresholdView:
    """What the last `most` decisions that hang on it would have been at this threshold (0 to 1; None: the one in force).

    Counts are of all, cases of what the actor may see.

    Raises:
        Forbidden: not staff.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        asked = round((await organizations.get(actor)).ai_threshold, 6)
        key = await db.fetch_one(Key, reviews.IN_USE, actor.organization_id)
        learned = await reviews.newest(actor, key) if key else None
        decided = await db.fetch(Decided, LAST, actor.organization_id, most)
        in_force = round(learned.in_force(asked), 6) if learned else asked
        value = in_force if wanted is None else wanted
        turned = [one for one in decided if (one.confidence >= value) != (one.confidence >= in_force)]
        cases = await _cases(actor, turned)
    answered = [one for one in decided if one.confidence >= value]
    precision, lower = _precision(answered)
    return ThresholdView(
        value=value,
        asked=asked,
        in_force=in_force,
        raised_to=in_force if in_force > asked else None,
        n=len(decided),
        since=min((one.created_at for one in decided), default=None),
        answered=_share(answered),
        held_back=_share([one for one in decided if one.confidence < value]),
        gained=sum(one.confidence >= value for one in turned),
        lost=sum(one.confidence < value for one in turned),
        precision=precision,
        lower=lower,
        bins=bins(decided),
        cases=cases,
        hidden=len(turned) - len(cases),
    )


def _share(decided: Sequence[Decided]) -> Share:
    said = [one.is_right for one in decided if one.is_right is not None]
    return Share(len(decided), len(said), sum(said))


def _precision(answered: Sequence[Decided]) -> tuple[float | None, float | None]:
    """The share that reviews call right and its lower bound; a review that was seldom asked for speaks for those that nobody saw."""
    reviewed = [(float(one.is_right), one.propensity) for one in answered if one.is_right is not None]
    if not reviewed:
        return None, None
    weights = calibration.propensity_weights([1.0 if propensity is None else propensity for _, propensity in reviewed])
    alike = [1.0] * len(reviewed)
    (found,) = calibration.precisions(alike, [label for label, _ in reviewed], weights)
    return found.precision, found.lower


def bins(decided: Sequence[Decided]) -> list[ThresholdBin]:
    """How many decisions there are of each confidence, lowest first; empty bins too."""
    within: list[list[Decided]] = [[] for _ in range(BINS)]
    for one in decided:
        within[min(int(one.confidence * BINS + 1e-9), BINS - 1)].append(one)
    return [
        ThresholdBin(
            low=place / BINS,
            high=(place + 1) / BINS,
            n=len(own),
            right=sum(one.is_right is True for one in own),
            wrong=sum(one.is_right is False for one in own),
        )
        for place, own in enumerate(within)
    ]


async def _cases(actor: Actor, turned: Sequence[Decided]) -> list[ThresholdCase]:
    """The newest of these that the actor may see."""
    rule, held = visible(actor, 4)
    sql = f"""
        SELECT d.id, c.id, c.number, d.question, d.draft, d.confidence::numeric::float8, d.outcome, NULL::boolean, d.created_at FROM ai_decisions d
        JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
        WHERE d.organization_id = $1 AND d.id = ANY ($2::bigint[]) AND {rule} ORDER BY d.id DESC LIMIT $3
    """
    said = {one.id: one.is_right for one in turned}
    async with read(actor) as db:
        found = await db.fetch(ThresholdCase, sql, actor.organization_id, list(said), CASES, *held) if said else []
    return [msgspec.structs.replace(one, is_right=said[one.decision_id]) for one in found]
