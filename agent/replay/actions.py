"""Trying a change on questions of the past. A piece at a time, each a job; what was found stands in rows. Nothing is said."""

from typing import Any

import asyncpg
import msgspec

from agent.learning.dry import Would
from agent.llm import actions as models
from agent.llm import queries as llm
from agent.replay import article, queries, writing
from agent.replay.piece import Piece
from agent.replay.structs import ReplayInput, ReplayKind, ReplayStatus, ReplayView, WritingInput
from agent.settings import settings
from core.access import ADMINS, Actor, Role
from core.audit import log as audit
from core.database import Unit, transaction
from core.errors import Conflict
from core.jobs import ledger
from core.knowledge import queries as articles

STEP = "agent.replay.step"
MAY: dict[ReplayKind, frozenset[Role]] = {"article": frozenset({"admin", "user"}), "writing": ADMINS}
"""Who writes knowledge tries articles; who chooses the language model tries another one."""
BEGIN = """
INSERT INTO ai_replays (organization_id, kind, article_id, title, body, language, started_by) VALUES ($1, 'article', $2, $3, $4, $5, $6) RETURNING id
"""
BEGIN_WRITING = """
INSERT INTO ai_replays (organization_id, kind, title, name, base_url, instructions, price_in, price_out, keyed, sealed_key, started_by)
VALUES ($1, 'writing', $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
"""
CHOOSE = """
INSERT INTO ai_replay_cases (organization_id, replay_id, decision_id)
SELECT $1, $2, d.id FROM ai_decisions d WHERE d.organization_id = $1 AND {those} ORDER BY d.id DESC LIMIT $3
"""
CHOOSE_ASKED = CHOOSE.format(
    those="""d.outcome IN ('answered', 'clarified', 'handed_off') AND d.question <> ''
  AND d.reason NOT IN ('small_talk', 'superseded', 'disabled') AND d.head NOT LIKE 'tool/%' AND ($4::timestamptz IS NULL OR d.created_at >= $4)
  AND ($5::timestamptz IS NULL OR d.created_at < $5)"""
)
CHOOSE_WRITTEN = CHOOSE.format(those=writing.HANGS_ON_IT)
COUNT = f"""
UPDATE ai_replays r SET total = s.total, done = s.done, answers_gained = s.answers_gained, answers_lost = s.answers_lost,
       answers_changed = s.answers_changed, escalations_gained = s.escalations_gained, escalations_lost = s.escalations_lost, same = s.same
FROM (SELECT count(*) AS total, count(k.after) AS done, count(*) FILTER (WHERE k.answer = 'gained') AS answers_gained,
             count(*) FILTER (WHERE k.answer = 'lost') AS answers_lost, count(*) FILTER (WHERE k.answer = 'changed') AS answers_changed,
             count(*) FILTER (WHERE k.escalation = 'gained') AS escalations_gained,
             count(*) FILTER (WHERE k.escalation = 'lost') AS escalations_lost, count(*) FILTER (WHERE {queries.KINDS["same"]}) AS same
      FROM ai_replay_cases k WHERE k.organization_id = $1 AND k.replay_id = $2) s
WHERE r.organization_id = $1 AND r.id = $2 RETURNING r.done < r.total
"""
NOTE = "UPDATE ai_replay_cases SET answer = $3, escalation = $4, before = $5, after = $6 WHERE organization_id = $1 AND id = $2"
FORGET = """
UPDATE ai_replay_cases SET answer = '', escalation = '', before = NULL, after = NULL WHERE organization_id = $1 AND id IN (
    SELECT k.id FROM ai_replay_cases k WHERE k.organization_id = $1 AND k.replay_id = $2 AND k.after->>'reason' = 'agent_error'
    ORDER BY k.id DESC LIMIT $3)
"""
END = """
UPDATE ai_replays SET status = $3, finished_at = now(), reason = $4, trouble = $5, sealed_key = ''
WHERE organization_id = $1 AND id = $2 AND status = 'running'
"""
GO_ON = """
UPDATE ai_replays SET status = 'running', finished_at = NULL, turn = turn + $3, failures = 0, reason = '', trouble = ''
WHERE organization_id = $1 AND id = $2 AND status IN ('stopped', 'failed') RETURNING turn
"""
ADVANCE = """
UPDATE ai_replays SET turn = turn + 1, tokens_in = tokens_in + $4, tokens_out = tokens_out + $5, cost = cost + $6,
       failures = CASE WHEN $7::boolean IS NULL THEN failures WHEN $7 THEN failures + 1 ELSE 0 END
WHERE organization_id = $1 AND id = $2 AND turn = $3 RETURNING status, failures
"""
END_TURN = f"{END} AND turn = $6"
RUNNING = "SELECT r.id FROM ai_replays r WHERE r.organization_id = $1 AND r.status = 'running' FOR UPDATE"
LOCK = "SELECT FROM ai_replays r WHERE r.organization_id = $1 AND r.id = $2 FOR UPDATE"
OLD = f"""
DELETE FROM ai_replays WHERE organization_id = $1 AND id NOT IN (
    SELECT id FROM ai_replays WHERE organization_id = $1 ORDER BY id DESC LIMIT {queries.RUNS})
"""


class Standing(msgspec.Struct, frozen=True):
    """How a replay stands after a piece: `failures` of the language model in a row."""

    status: ReplayStatus
    failures: int


async def start(actor: Actor, data: ReplayInput) -> ReplayView:
    """Try an article on questions of the past; older replays than the last ten are forgotten.

    Raises:
        Forbidden: not an admin or user.
        NotFound: the article is unknown.
        Conflict: `internal_article`: no customer is answered from it; `replay_running`: another one is under way;
            `no_questions`: none was asked (in that period).
    """
    actor.require(*MAY["article"])
    async with transaction(actor) as db:
        found = await articles.get(actor, data.article_id)
        if found.audience != "public":
            raise Conflict("no customer is answered from an internal article: make it public first", code="internal_article")
        title = found.title if data.title is msgspec.UNSET else data.title
        body = found.body if data.body is msgspec.UNSET else data.body
        await _end_lost(db, actor)
        replay_id = await _only(db, BEGIN, actor.organization_id, found.id, title, body, found.language, actor.name)
        return await _begun(db, actor, replay_id, CHOOSE_ASKED, data.last, data.since, data.until)


async def start_writing(actor: Actor, data: WritingInput) -> ReplayView:
    """Try another language model, or other instructions, on questions of the past. What it takes counts as the organization's.

    Raises:
        Forbidden: not an admin.
        Invalid: as for choosing it (`llm.actions.choose`).
        Conflict: `no_model`: none is named, and the installation has none; `tokens_used_up`: the month's tokens are; and as `start`.
    """
    actor.require(*MAY["writing"])
    title = data.name or settings().llm
    async with transaction(actor) as db:
        stored = await llm.stored(actor)
        sealed = models.key_for(actor, data, stored)
        if not title:
            raise Conflict("name a model to try", code="no_model")
        if await llm.is_paused(actor, stored):
            raise Conflict("this month's tokens are used up", code="tokens_used_up")
        keyed = bool(data.key)
        values = (
            title, data.name, data.base_url, data.instructions, data.price_in, data.price_out, keyed, sealed if keyed else "", actor.name,
        )  # fmt: skip
        await _end_lost(db, actor)
        replay_id = await _only(db, BEGIN_WRITING, actor.organization_id, *values)
        replay = await _begun(db, actor, replay_id, CHOOSE_WRITTEN, data.last)
        await audit.note(actor, "ai_model.replayed", subject=title, base_url=data.base_url, key=keyed, questions=replay.total)
    return replay


async def _begun(db: Unit, actor: Actor, replay_id: int, choose: str, *which: Any) -> ReplayView:
    """Choose the questions of a new replay, and queue its first piece."""
    await db.execute(choose, actor.organization_id, replay_id, *which)
    await db.execute(COUNT, actor.organization_id, replay_id)
    replay = await queries.get(actor, replay_id)
    if not replay.total:
        raise Conflict("customers have asked nothing yet that it could be tried on", code="no_questions")
    await db.execute(OLD, actor.organization_id)
    await _enqueue(actor, replay_id, 1)
    return replay


async def stop(actor: Actor, replay_id: int) -> None:
    """End it after the piece that is under way; what was found stays, and it can go on later.

    Raises:
        Forbidden: not an admin or user; for a language model: not an admin.
        NotFound: the replay is not kept.
    """
    actor.require(*MAY["article"])
    async with transaction(actor) as db:
        actor.require(*MAY[(await queries.get(actor, replay_id)).kind])
        await db.execute(END, actor.organization_id, replay_id, "stopped", "", "")


async def resume(actor: Actor, replay_id: int) -> None:
    """Ask what one that was stopped, or failed, has not asked yet.

    Raises:
        Forbidden: not an admin or user; for a language model: not an admin.
        NotFound: the replay is not kept.
        Conflict: `replay_running`: another one is under way; `key_needed`: the key that was given for it is erased, and no other is stored for
            its address.
    """
    actor.require(*MAY["article"])
    async with transaction(actor) as db:
        actor.require(*MAY[(await queries.get(actor, replay_id)).kind])
        await _end_lost(db, actor)
        tried = await queries.tried(actor, replay_id)
        if tried and tried.keyed and not writing.row_of(tried, await llm.stored(actor)).sealed_key:
            raise Conflict("the key was erased when it ended: start it anew", code="key_needed")
        await db.execute(LOCK, actor.organization_id, replay_id)
        is_held = await ledger.is_held(
            actor, _key(replay_id)
        )  # the piece that it was stopped at: it goes on with that, in the same turn
        turn = await _only(db, GO_ON, actor.organization_id, replay_id, 0 if is_held else 1)
        if turn is not None and not is_held:
            await _enqueue(actor, replay_id, turn)


async def _only(db: Unit, sql: str, *values: Any) -> Any:
    try:
        return await db.fetch_value(sql, *values)
    except asyncpg.UniqueViolationError:
        raise Conflict("another replay is under way: stop it, or wait for it", code="replay_running") from None


async def _enqueue(actor: Actor, replay_id: int, turn: int) -> None:
    await ledger.enqueue(actor, STEP, key=_key(replay_id), organization_id=actor.organization_id, replay_id=replay_id, turn=turn)


def _key(replay_id: int) -> str:
    return f"replay:{replay_id}"


async def end_lost(actor: Actor) -> None:
    """End what nobody goes on with, and erase the key that was given for it."""
    async with transaction(actor) as db:
        await _end_lost(db, actor)


async def _end_lost(db: Unit, actor: Actor) -> None:
    """One whose job is gone (an admin dropped it) has failed: it can be taken up again, and keeps no other from beginning."""
    for row in await db.fetch_rows(RUNNING, actor.organization_id):
        if not await ledger.is_held(actor, _key(row["id"])):
            await db.execute(END, actor.organization_id, row["id"], "failed", "", "")


async def step(actor: Actor, replay_id: int, turn: int) -> None:
    """Ask the next piece, and have the one after it queued; the last one ends the replay. A stopped one is left as it is."""
    tried = await queries.tried(actor, replay_id)
    if tried is None or tried.status != "running" or tried.turn != turn:
        return
    how = article if tried.kind == "article" else writing
    waiting = await queries.waiting(actor, replay_id, how.AT_ONCE)
    piece: Piece = await how.ask(actor, tried, waiting) if waiting else Piece()
    async with ledger.effect(actor) as db:
        spent = (piece.spent.tokens_in, piece.spent.tokens_out, piece.cost)
        standing = await db.fetch_one(Standing, ADVANCE, actor.organization_id, replay_id, turn, *spent, piece.failed)
        if standing is None:
            return
        for one, (before, after) in zip(waiting, piece.found, strict=False):
            differences = difference(before, after)
            await db.execute(NOTE, actor.organization_id, one.id, *differences, *map(msgspec.to_builtins, (before, after)))
        reason, trouble = piece.reason, ""
        if standing.failures >= writing.FAILURES_MAX:
            reason, trouble = "model_failed", piece.trouble
            await db.execute(FORGET, actor.organization_id, replay_id, standing.failures)
        is_left = await db.fetch_value(COUNT, actor.organization_id, replay_id)
        if reason:
            await db.execute(END, actor.organization_id, replay_id, "failed", reason, trouble)
        elif not is_left:
            await db.execute(END, actor.organization_id, replay_id, "done", "", "")
        elif standing.status == "running":
            await _enqueue(actor, replay_id, turn + 1)


def difference(before: Would, after: Would) -> tuple[str, str]:
    """What a change makes of an answer (gained, lost, changed, or nothing) and of an escalation (gained, lost, or nothing)."""
    was, is_now = before.outcome == "answered", after.outcome == "answered"
    says_else = (before.draft, before.article_id) != (after.draft, after.article_id)
    answer = "gained" if is_now and not was else "lost" if was and not is_now else "changed" if was and says_else else ""
    escalated, escalates = before.outcome == "handed_over", after.outcome == "handed_over"
    return answer, "" if escalated == escalates else "gained" if escalates else "lost"


async def fail(actor: Actor, replay_id: int, turn: int) -> None:
    """The replay could not be brought to its end; it can be taken up again. One that was taken up since is let be."""
    async with transaction(actor) as db:
        await db.execute(END_TURN, actor.organization_id, replay_id, "failed", "", "", turn)
