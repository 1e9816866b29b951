"""Reads about reviews: what there is to look at, what was said, and the calibrators that came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from agent import calibration, confidence
from agent.calibration import Example
from agent.queries import COLUMNS
from agent.reviews.structs import CalibrationView, CalibratorView, Key, LearnedView, PinView, ReviewQueue, ToReview
from agent.structs import Receipt
from core.access import Actor, visible
from core.conversations import queries as conversations
from core.database import read, system_transaction
from core.errors import Invalid, NotFound
from core.organizations import queries as organizations
from core.pages import decode_cursor, encode_cursor

UNSURE = 0.15
"""Who is no surer than so far beyond the threshold, on either side, is looked at in any case."""
AUDITED = 0.1
"""Of all other answers that went out, people look at such a share, chosen by lot (the column `audited`)."""
DAYS = 30
REVIEWS_MAX = 2000
"""So many of the newest reviews teach: what customers ask and what articles say changes."""
REVIEW = "r.id, r.decision_id, r.user_id, r.user_name, r.verdict, r.reason, r.content, r.label >= 0.5, r.created_at, r.updated_at"
CALIBRATOR = f"""
k.mode, k.model, k.prompt_version, k.head, k.n, k.n >= {calibration.ENOUGH}, k.ece, k.brier, k.auroc, k.bins, k.asked, k.threshold, k.why,
k.accuracy, k.lower, k.created_at
"""
OF_KEY = "k.mode = $2 AND k.model = $3 AND k.prompt_version = $4 AND k.head = $5"
PINNED = """
p.organization_id = $1 AND p.mode = k.mode AND p.model = k.model AND p.prompt_version = k.prompt_version AND p.head = k.head
"""
HISTORY = f"""
SELECT k.id, k.n, k.ece, k.threshold, k.why, k.created_at FROM ai_calibrators k WHERE k.organization_id = $1 AND {OF_KEY} ORDER BY k.id DESC LIMIT 20
"""
PIN = f"SELECT k.calibrator_id, k.pinned_by, k.created_at FROM ai_pins k WHERE k.organization_id = $1 AND {OF_KEY}"
TEACHES = "(" + " OR ".join(f"starts_with(d.head, '{head}')" for head in confidence.TAUGHT) + ")"
LEARNING = f"""
SELECT * FROM (
    SELECT DISTINCT ON (r.decision_id) r.decision_id, r.updated_at, r.user_id, r.label, r.propensity, d.signals,
           d.mode, d.model, d.prompt_version, d.head
    FROM ai_reviews r JOIN ai_decisions d ON d.organization_id = $1 AND d.id = r.decision_id
    WHERE r.organization_id = $1 AND {TEACHES} ORDER BY r.decision_id, r.updated_at DESC, r.id DESC
) AS said ORDER BY said.updated_at DESC, said.decision_id DESC LIMIT {REVIEWS_MAX}
"""
TEACHING = f"""
SELECT r.organization_id, r.updated_at FROM ai_reviews r JOIN ai_decisions d ON d.organization_id = r.organization_id AND d.id = r.decision_id
WHERE {TEACHES}
"""
FRESH = f"""
SELECT count(*) FROM ({TEACHING}) r WHERE r.organization_id = $1
  AND r.updated_at > coalesce((SELECT max(k.created_at) FROM ai_calibrators k WHERE k.organization_id = $1), '-infinity')
"""
STALE = f"""
SELECT r.organization_id FROM ({TEACHING}) r LEFT JOIN ai_calibrators k ON k.organization_id = r.organization_id
GROUP BY r.organization_id HAVING max(r.updated_at) > coalesce(max(k.created_at), '-infinity') ORDER BY 1
"""
FORGOTTEN = f"""
SELECT d.mode, d.model, d.prompt_version, d.head FROM (
    SELECT DISTINCT ON (k.mode, k.model, k.prompt_version, k.head) k.* FROM ai_calibrators k
    WHERE k.organization_id = $1 ORDER BY k.mode, k.model, k.prompt_version, k.head, k.id DESC) d
WHERE d.n > 0 AND {TEACHES} AND NOT EXISTS (
    SELECT FROM ai_reviews r JOIN ai_decisions o ON o.organization_id = $1 AND o.id = r.decision_id
    WHERE r.organization_id = $1 AND (o.mode, o.model, o.prompt_version, o.head) = (d.mode, d.model, d.prompt_version, d.head))
"""
IN_USE = """
SELECT d.mode, d.model, d.prompt_version, d.head FROM ai_decisions d
WHERE d.organization_id = $1 AND d.head <> '' AND d.head NOT LIKE 'tool/%' ORDER BY d.id DESC LIMIT 1
"""


class Weighed(msgspec.Struct, frozen=True):
    """The newest calibrator of a key, as scoring needs it."""

    weights: dict[str, float]
    asked: float
    threshold: float

    def in_force(self, asked: float) -> float:
        """The threshold for an organization that asks for this one: a raised one stays raised."""
        return max(asked, self.threshold) if self.threshold > self.asked else asked


async def reviewable(actor: Actor, decision_id: int) -> Receipt:
    """A decision in a conversation that the actor may see.

    Raises:
        NotFound: unknown, or not visible.
    """
    sql = f"SELECT {COLUMNS} FROM ai_decisions d WHERE d.organization_id = $1 AND d.id = $2"
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, decision_id)
        if not rows:
            raise NotFound("this decision does not exist, or you may not see it")
        receipt = msgspec.convert(dict(rows[0]), Receipt)
        await conversations.get(actor, receipt.conversation_id)
    return receipt


async def propensity(actor: Actor, decision_id: int) -> float | None:
    """How likely a decision was to be put before people; None: it was not."""
    sql = f"""
        SELECT CASE WHEN d.distance <= {UNSURE} THEN 1.0 WHEN d.audited AND d.outcome = 'answered' THEN {AUDITED} END
        FROM ai_decisions d WHERE d.organization_id = $1 AND d.id = $2
    """
    async with read(actor) as db:
        found = await db.fetch_value(sql, actor.organization_id, decision_id)
    return None if found is None else float(found)


async def queue(actor: Actor, after: str | None, limit: int) -> ReviewQueue:
    """What nobody has reviewed yet of the last days, in conversations that the actor may see: the least sure first, then those chosen by lot.

    Raises:
        Invalid: `after` is no cursor of this list.
    """
    distance, last_id = _place(after)
    rule, held = visible(actor, 5)
    sql = f"""
        SELECT {COLUMNS}, c.number, c.subject, d.distance <= {UNSURE} AS unsure, d.distance FROM ai_decisions d
        JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
        WHERE d.organization_id = $1 AND d.distance IS NOT NULL AND d.draft <> '' AND d.outcome IN ('answered', 'clarified', 'handed_off')
          AND (d.distance <= {UNSURE} OR (d.audited AND d.outcome = 'answered')) AND d.created_at > now() - interval '{DAYS} days'
          AND NOT EXISTS (SELECT FROM ai_reviews r WHERE r.organization_id = $1 AND r.decision_id = d.id)
          AND ($2::real IS NULL OR (d.distance, d.id) > ($2::real, $3)) AND {rule}
        ORDER BY d.distance, d.id LIMIT $4
    """
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, distance, last_id, limit + 1, *held)
    following = encode_cursor("distance", repr(rows[limit - 1]["distance"]), rows[limit - 1]["id"]) if len(rows) > limit else None
    return ReviewQueue([_to_review(row) for row in rows[:limit]], following)


def _place(after: str | None) -> tuple[float | None, int | None]:
    if after is None:
        return None, None
    value, last_id = decode_cursor(after, "distance")
    try:
        return float(value), last_id
    except ValueError:
        raise Invalid("this is not a cursor of this list", code="bad_cursor") from None


def _to_review(row: Mapping[str, Any]) -> ToReview:
    receipt = msgspec.convert({name: row[name] for name in Receipt.__struct_fields__}, Receipt)
    return ToReview(receipt, row["number"], row["subject"], row["unsure"])


async def fresh(actor: Actor) -> int:
    """Reviews since the last calibration."""
    async with read(actor) as db:
        return int(await db.fetch_value(FRESH, actor.organization_id))


async def learned(actor: Actor) -> tuple[datetime, dict[Key, list[Example]]]:
    """The newest reviews as examples, by the way of answering they are about; each counts by how likely it was to be asked for. And as of when."""
    async with read(actor) as db:
        until = await db.fetch_value("SELECT now()")
        rows = await db.fetch_rows(LEARNING, actor.organization_id)
    grouped: dict[Key, list[Any]] = {}
    for row in rows:
        grouped.setdefault(Key(row["mode"], row["model"], row["prompt_version"], row["head"]), []).append(row)
    return until, {key: _examples(own) for key, own in grouped.items()}


def _examples(rows: list[Any]) -> list[Example]:
    asked = calibration.propensity_weights([1.0 if row["propensity"] is None else row["propensity"] for row in rows])
    weights = calibration.shared_out(asked, [row["user_id"] for row in rows])
    return [Example(row["signals"], row["label"], weight, by=row["user_id"]) for row, weight in zip(rows, weights, strict=True)]


async def forgotten(actor: Actor) -> list[Key]:
    """Ways of answering with weights from reviews that were all taken back since."""
    async with read(actor) as db:
        return await db.fetch(Key, FORGOTTEN, actor.organization_id)


async def newest(actor: Actor, key: Key) -> Weighed | None:
    """The calibrator in use: the newest, or the one that was pinned. None: the shipped weights speak, nobody has reviewed yet or they are pinned."""
    sql = f"""
        SELECT k.weights, k.asked, k.threshold FROM ai_calibrators k LEFT JOIN ai_pins p ON {PINNED}
        WHERE k.organization_id = $1 AND {OF_KEY} AND (p.id IS NULL OR p.calibrator_id = k.id) ORDER BY k.id DESC LIMIT 1
    """
    async with read(actor) as db:
        return await db.fetch_one(Weighed, sql, actor.organization_id, *msgspec.structs.astuple(key))


async def stale() -> list[int]:
    """Organizations whose reviews are newer than what was learned from them."""
    async with system_transaction("reviews of all organizations are learned from every night") as db:
        return [row[0] for row in await db.fetch_rows(STALE)]


async def calibration_of(actor: Actor) -> CalibrationView:
    """How well the confidence holds now, and did for other ways of answering."""
    sql = f"""
        SELECT {CALIBRATOR} FROM (
            SELECT DISTINCT ON (k.mode, k.model, k.prompt_version, k.head) k.* FROM ai_calibrators k LEFT JOIN ai_pins p ON {PINNED}
            WHERE k.organization_id = $1 AND (p.id IS NULL OR p.calibrator_id = k.id)
            ORDER BY k.mode, k.model, k.prompt_version, k.head, k.id DESC) k ORDER BY k.id DESC LIMIT 20
    """
    async with read(actor) as db:
        asked = (await organizations.get(actor)).ai_threshold
        found = [_view(row, asked) for row in await db.fetch_rows(sql, actor.organization_id)]
        used = await db.fetch_one(Key, IN_USE, actor.organization_id)
        key = used or Key("", "", "", "")
        history = await db.fetch(LearnedView, HISTORY, actor.organization_id, *msgspec.structs.astuple(key))
        pin = await db.fetch_one(PinView, PIN, actor.organization_id, *msgspec.structs.astuple(key))
    current = next((one for one in found if _key(one) == used), None) or _unreviewed(key, asked)
    others = [one for one in found if one is not current]
    return CalibrationView(current, others, calibration.ENOUGH, calibration.TARGET, history, pin)


def _view(row: Any, asked: float) -> CalibratorView:
    """As it is in force for an organization that asks for `asked` by now."""
    found = msgspec.convert(dict(zip(CalibratorView.__struct_fields__, row.values(), strict=True)), CalibratorView)
    in_force = Weighed({}, found.asked, found.threshold).in_force(asked)
    return msgspec.structs.replace(found, asked=asked, threshold=in_force)


def _key(view: CalibratorView) -> Key:
    return Key(view.mode, view.model, view.prompt_version, view.head)


def _unreviewed(key: Key, asked: float) -> CalibratorView:
    return CalibratorView(
        mode=key.mode,
        model=key.model,
        prompt_version=key.prompt_version,
        head=key.head,
        n=0,
        is_calibrated=False,
        ece=None,
        brier=None,
        auroc=None,
        bins=calibration.reliability([], []),
        asked=asked,
        threshold=asked,
        why="asked",
        precision=None,
        lower=None,
        created_at=None,
    )
