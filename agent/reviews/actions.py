"""What people say of the AI agent's drafts, and what is learned from it."""

import asyncio
from datetime import datetime

import msgspec

from agent import calibration, confidence
from agent.calibration import Bin, Example, Prior, Threshold
from agent.events import AgentReviewed
from agent.learning.proposals import actions as proposals
from agent.reviews import queries
from agent.reviews.labels import label
from agent.reviews.structs import Key, ReviewInput, ReviewSummary, ReviewView
from agent.structs import Receipt
from core.access import Actor
from core.audit import log as audit
from core.conversations import queries as conversations
from core.conversations.change import audience
from core.database import Unit, transaction
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.events.log import record
from core.jobs import ledger
from core.organizations import queries as organizations

EVERY = 20
"""So many new reviews are learned from at once; fewer wait for the night."""
UPSERT = f"""
INSERT INTO ai_reviews AS r (organization_id, decision_id, user_id, user_name, verdict, reason, content, label, propensity, message_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (organization_id, decision_id, user_id) DO UPDATE
SET user_name = excluded.user_name, verdict = excluded.verdict, reason = excluded.reason, content = excluded.content, label = excluded.label,
    message_id = excluded.message_id, updated_at = now(), former = CASE WHEN excluded.message_id IS NULL THEN NULL
    WHEN r.message_id IS NOT NULL THEN r.former
    ELSE jsonb_build_object('verdict', r.verdict, 'reason', r.reason, 'content', r.content, 'label', r.label, 'updated_at', r.updated_at) END
RETURNING {queries.REVIEW}
"""
WAS_LEARNED = """
SELECT EXISTS (SELECT FROM ai_reviews r JOIN ai_calibrators k ON k.organization_id = r.organization_id AND k.created_at >= r.updated_at
               WHERE r.organization_id = $1 AND r.message_id = $2)
"""
RESTORE = f"""
UPDATE ai_reviews r SET verdict = r.former ->> 'verdict', reason = r.former ->> 'reason', content = r.former ->> 'content',
    label = (r.former ->> 'label')::real, updated_at = (r.former ->> 'updated_at')::timestamptz, message_id = NULL, former = NULL
WHERE r.organization_id = $1 AND r.message_id = $2 AND r.former IS NOT NULL RETURNING {queries.REVIEW}
"""
WITHDRAW = "DELETE FROM ai_reviews r WHERE r.organization_id = $1 AND r.message_id = $2"
"""What it proposed of an article goes with it."""
CLOSE = 1e-6
PIN = """
INSERT INTO ai_pins (organization_id, mode, model, prompt_version, head, calibrator_id, pinned_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organization_id, mode, model, prompt_version, head) DO UPDATE
SET calibrator_id = excluded.calibrator_id, pinned_by = excluded.pinned_by, created_at = now()
"""
UNPIN = f"DELETE FROM ai_pins k WHERE k.organization_id = $1 AND {queries.OF_KEY}"
INSERT = """
INSERT INTO ai_calibrators (organization_id, mode, model, prompt_version, head, weights, n, ece, brier, auroc, bins, asked, threshold, why,
                            accuracy, lower, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""


class Calibrated(msgspec.Struct, frozen=True):
    """Weights made of reviews, and how well they hold on reviews that they had not seen."""

    weights: dict[str, float]
    n: int
    ece: float
    brier: float
    auroc: float
    bins: list[Bin]
    threshold: Threshold


async def review(actor: Actor, decision_id: int, data: ReviewInput, message_id: int | None = None) -> ReviewView:
    """Say what a decision's draft is worth. A second time replaces the first. Admins and agents, where they see the conversation.

    A better text proposes a change of the article that was quoted. `message_id`: the reply that says so, with which the review goes.

    Raises:
        NotFound: unknown, or in a conversation that the actor may not see.
        Conflict: there was no draft to judge (a rule, small talk, an error).
        Invalid: an edit without its text, or a rejection without its reason.
    """
    actor.require("admin", "agent")
    if actor.user_id is None:
        raise Forbidden("only people can review")
    _check(data)
    async with transaction(actor) as db:
        receipt = await queries.reviewable(actor, decision_id)
        if not receipt.draft or receipt.confidence is None:
            raise Conflict("this decision has no draft to judge", code="nothing_to_review")
        conversation = await conversations.get(actor, receipt.conversation_id, lock=True)
        said = await _upsert(db, actor, receipt, data, message_id)
        await proposals.propose(db, actor, receipt, said)
        summary = ReviewSummary(
            said.id, said.decision_id, receipt.conversation_id, said.user_id, said.verdict, said.reason, said.counts_as_right
        )
        event = AgentReviewed(organization_id=actor.organization_id, review=summary, by=actor.ref)
        await record(event, audience(conversation, staff_only=True))
        if await queries.fresh(actor) >= EVERY:
            await ledger.enqueue(actor, "agent.recalibrate", key="recalibrate", organization_id=actor.organization_id)
    return said


def _check(data: ReviewInput) -> None:
    if data.verdict == "edit" and not data.content.strip():
        raise Invalid("an edit needs the text as it should be", code="content_missing")
    if data.verdict == "reject" and data.reason is None:
        raise Invalid("a rejection needs a reason", code="reason_missing")


async def _upsert(db: Unit, actor: Actor, receipt: Receipt, data: ReviewInput, message_id: int | None) -> ReviewView:
    content = "" if data.verdict == "approve" else data.content
    reason = None if data.verdict == "approve" else data.reason
    asked_for = await queries.propensity(actor, receipt.id)
    values = (
        receipt.id,
        actor.user_id,
        actor.name,
        data.verdict,
        reason,
        content,
        label(receipt.draft, data),
        asked_for,
        message_id,
    )
    found = await db.fetch_one(ReviewView, UPSERT, actor.organization_id, *values)
    if found is None:
        raise RuntimeError("a saved review was not returned")
    return found


async def withdraw(actor: Actor, message_id: int) -> None:
    """The reply was taken back: what it said of a draft was never said, and what its writer had said before holds again. Safe to repeat, and
    whenever: a later reply's review is another one."""
    async with ledger.effect(actor) as db:
        was_learned = await db.fetch_value(WAS_LEARNED, actor.organization_id, message_id)
        for said in await db.fetch(ReviewView, RESTORE, actor.organization_id, message_id):
            await proposals.propose(db, actor, await queries.reviewable(actor, said.decision_id), said, anew=False)
        await db.execute(WITHDRAW, actor.organization_id, message_id)
        if was_learned:
            await ledger.enqueue(actor, "agent.recalibrate", key="recalibrate", organization_id=actor.organization_id)


async def recalibrate(actor: Actor) -> None:
    """Learn from the organization's reviews: one new calibrator for each way of answering that was reviewed and is still known here.

    Where they were all taken back the shipped weights speak again.
    """
    until, learned = await queries.learned(actor)
    asked = (await organizations.get(actor)).ai_threshold
    made = {key: await asyncio.to_thread(calibrated, examples, asked) for key, examples in learned.items()}
    async with ledger.effect(actor) as db:
        made |= dict.fromkeys(await queries.forgotten(actor), shipped(asked))
        for key, found in made.items():
            before = await queries.newest(actor, key)
            await _insert(db, actor, key, found, asked, until)
            await _note_threshold(actor, key, before.in_force(asked) if before else asked, asked, found)


async def _note_threshold(actor: Actor, key: Key, before: float, asked: float, found: Calibrated) -> None:
    """Reviews moved the threshold, if it is another one now."""
    now = await queries.newest(actor, key)
    after = now.in_force(asked) if now else asked
    if abs(after - before) > CLOSE:
        moved = {"before": round(before, 3), "after": round(after, 3)}
        await audit.note(actor, "agent.threshold_moved", subject=key.model, why=found.threshold.why, reviews=found.n, moved=moved)


async def pin(actor: Actor, calibrator_id: int | None) -> None:
    """Hold fast what was learned at that time, or the shipped weights (None), for the way of answering in use; reviews change nothing until `unpin`.

    Raises:
        Forbidden: not an admin.
        NotFound: no such calibrator of the way of answering in use.
        Conflict: nothing was answered yet.
    """
    actor.require("admin")
    async with transaction(actor) as db:
        key = await _in_use(actor)
        if calibrator_id is not None and calibrator_id not in {one.id for one in (await queries.calibration_of(actor)).history}:
            raise NotFound("the way of answering in use has learned no such thing")
        await db.execute(PIN, actor.organization_id, *msgspec.structs.astuple(key), calibrator_id, actor.name)
        await audit.note(actor, "agent.calibrator_pinned", subject=key.model, calibrator=calibrator_id)


async def unpin(actor: Actor) -> None:
    """Let reviews decide again.

    Raises:
        Forbidden: not an admin.
        Conflict: nothing was answered yet.
    """
    actor.require("admin")
    async with transaction(actor) as db:
        key = await _in_use(actor)
        if await db.execute(UNPIN, actor.organization_id, *msgspec.structs.astuple(key)):
            await audit.note(actor, "agent.calibrator_unpinned", subject=key.model)


async def _in_use(actor: Actor) -> Key:
    current = (await queries.calibration_of(actor)).current
    if not current.mode:
        raise Conflict("nothing was answered yet", code="nothing_answered")
    return Key(current.mode, current.model, current.prompt_version, current.head)


def calibrated(examples: list[Example], asked: float) -> Calibrated:
    """From the shipped weights, by these reviews; `asked` is the threshold that the organization wants."""
    prior = Prior(confidence.prior(examples[0].signals))
    said = calibration.cross_validated(examples, prior)
    labels, weights = [one.label for one in examples], [one.weight for one in examples]
    return Calibrated(
        calibration.learned(examples, prior),
        len(examples),
        calibration.ece(said, labels, weights),
        calibration.brier(said, labels, weights),
        calibration.auroc(said, labels),
        calibration.reliability(said, labels, weights),
        _by_several(examples, calibration.raised(said, labels, asked, weights=weights), asked),
    )


def shipped(asked: float) -> Calibrated:
    """No reviews, so nothing of its own."""
    return Calibrated({}, 0, 0.0, 0.0, 0.5, calibration.reliability([], []), calibration.raised([], [], asked))


def _by_several(examples: list[Example], found: Threshold, asked: float) -> Threshold:
    """One person alone moves no threshold, whatever they say."""
    is_moved, several = found.why in {"raised", "unmet"}, len({one.by for one in examples}) > 1
    return found if several or not is_moved else msgspec.structs.replace(found, value=asked, why="alone")


async def _insert(db: Unit, actor: Actor, key: Key, found: Calibrated, asked: float, until: datetime) -> None:
    """`until`: later reviews are not in it."""
    figures = (found.weights, found.n, found.ece, found.brier, found.auroc, found.bins)
    threshold = found.threshold
    values = (
        *msgspec.structs.astuple(key),
        *figures,
        asked,
        threshold.value,
        threshold.why,
        threshold.precision,
        threshold.lower,
        until,
    )
    await db.execute(INSERT, actor.organization_id, *values)
