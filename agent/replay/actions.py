"""Trying an article as it would be on questions of the past. A piece at a time, each a job; what was found stands in rows. Nothing is said."""

from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec

from agent.learning import dry
from agent.learning.dry import Would
from agent.replay import overlay, queries
from agent.replay.queries import Tried, Waiting
from agent.replay.structs import ReplayInput, ReplayView
from core.access import Actor
from core.contacts import queries as contacts
from core.database import Unit, transaction
from core.errors import Conflict
from core.jobs import ledger
from core.knowledge import queries as articles
from core.organizations import queries as organizations

AT_ONCE = 20
"""So many questions are one piece: between two pieces other jobs get their turn, and a replay can be stopped."""
STEP = "agent.replay.step"
BEGIN = """
INSERT INTO ai_replays (organization_id, article_id, title, body, language, started_by) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
"""
CHOOSE = """
INSERT INTO ai_replay_cases (organization_id, replay_id, decision_id)
SELECT $1, $2, d.id FROM ai_decisions d
WHERE d.organization_id = $1 AND d.outcome IN ('answered', 'clarified', 'handed_off') AND d.question <> ''
  AND d.reason NOT IN ('small_talk', 'superseded', 'disabled') AND ($4::timestamptz IS NULL OR d.created_at >= $4)
  AND ($5::timestamptz IS NULL OR d.created_at < $5)
ORDER BY d.id DESC LIMIT $3
"""
COUNT = """
UPDATE ai_replays r SET total = s.total, done = s.done, answers_gained = s.answers_gained, answers_lost = s.answers_lost,
       answers_changed = s.answers_changed, escalations_gained = s.escalations_gained, escalations_lost = s.escalations_lost
FROM (SELECT count(*) AS total, count(k.after) AS done, count(*) FILTER (WHERE k.answer = 'gained') AS answers_gained,
             count(*) FILTER (WHERE k.answer = 'lost') AS answers_lost, count(*) FILTER (WHERE k.answer = 'changed') AS answers_changed,
             count(*) FILTER (WHERE k.escalation = 'gained') AS escalations_gained,
             count(*) FILTER (WHERE k.escalation = 'lost') AS escalations_lost
      FROM ai_replay_cases k WHERE k.organization_id = $1 AND k.replay_id = $2) s
WHERE r.organization_id = $1 AND r.id = $2
"""
NOTE = "UPDATE ai_replay_cases SET answer = $3, escalation = $4, before = $5, after = $6 WHERE organization_id = $1 AND id = $2"
END = """
UPDATE ai_replays SET status = $3, finished_at = now() WHERE organization_id = $1 AND id = $2 AND status = 'running'
"""
GO_ON = """
UPDATE ai_replays SET status = 'running', finished_at = NULL, turn = turn + 1
WHERE organization_id = $1 AND id = $2 AND status IN ('stopped', 'failed') RETURNING turn
"""
HELD = "SELECT r.turn FROM ai_replays r WHERE r.organization_id = $1 AND r.id = $2 AND r.status = 'running' FOR UPDATE"
RUNNING = "SELECT r.id, r.turn, r.done FROM ai_replays r WHERE r.organization_id = $1 AND r.status = 'running'"
OLD = f"""
DELETE FROM ai_replays WHERE organization_id = $1 AND id NOT IN (
    SELECT id FROM ai_replays WHERE organization_id = $1 ORDER BY id DESC LIMIT {queries.RUNS})
"""


async def start(actor: Actor, data: ReplayInput) -> ReplayView:
    """Try an article on questions of the past; older replays than the last ten are forgotten.

    Raises:
        Forbidden: not an admin or user.
        NotFound: the article is unknown.
        Conflict: `internal_article`: no customer is answered from it; `replay_running`: another one is under way;
            `no_questions`: none was asked (in that period).
    """
    actor.require("admin", "user")
    async with transaction(actor) as db:
        article = await articles.get(actor, data.article_id)
        if article.audience != "public":
            raise Conflict("no customer is answered from an internal article: make it public first", code="internal_article")
        title = article.title if data.title is msgspec.UNSET else data.title
        body = article.body if data.body is msgspec.UNSET else data.body
        values = (article.id, title, body, article.language, actor.name)
        await _end_lost(db, actor)
        replay_id = await _only(db, BEGIN, actor.organization_id, *values)
        await db.execute(CHOOSE, actor.organization_id, replay_id, data.last, data.since, data.until)
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
        Forbidden: not an admin or user.
        NotFound: the replay is not kept.
    """
    actor.require("admin", "user")
    async with transaction(actor) as db:
        await queries.get(actor, replay_id)
        await db.execute(END, actor.organization_id, replay_id, "stopped")


async def resume(actor: Actor, replay_id: int) -> None:
    """Ask what one that was stopped, or failed, has not asked yet.

    Raises:
        Forbidden: not an admin or user.
        NotFound: the replay is not kept.
        Conflict: `replay_running`: another one is under way.
    """
    actor.require("admin", "user")
    async with transaction(actor) as db:
        await queries.get(actor, replay_id)
        await _end_lost(db, actor)
        turn = await _only(db, GO_ON, actor.organization_id, replay_id)
        if turn is not None:
            await _enqueue(actor, replay_id, turn)


async def _only(db: Unit, sql: str, *values: Any) -> Any:
    try:
        return await db.fetch_value(sql, *values)
    except asyncpg.UniqueViolationError:
        raise Conflict("another replay is under way: stop it, or wait for it", code="replay_running") from None


async def _enqueue(actor: Actor, replay_id: int, turn: int) -> None:
    key = _key(replay_id, turn, (await queries.get(actor, replay_id)).done)
    await ledger.enqueue(actor, STEP, key=key, organization_id=actor.organization_id, replay_id=replay_id, turn=turn)


def _key(replay_id: int, turn: int, done: int) -> str:
    return f"replay:{replay_id}:{turn}:{done}"


async def _end_lost(db: Unit, actor: Actor) -> None:
    """One whose job is gone (an admin dropped it) has failed: it can be taken up again, and keeps no other from beginning."""
    for row in await db.fetch_rows(RUNNING, actor.organization_id):
        if not await ledger.is_held(actor, _key(row["id"], row["turn"], row["done"])):
            await db.execute(END, actor.organization_id, row["id"], "failed")


async def step(actor: Actor, replay_id: int, turn: int) -> None:
    """Ask the next piece, and have the one after it queued; the last one ends the replay. A stopped one is left as it is."""
    tried = await queries.tried(actor, replay_id)
    if tried is None or tried.status != "running" or tried.turn != turn:
        return
    waiting = await queries.waiting(actor, replay_id, AT_ONCE)
    found = await _asked(actor, tried, waiting)
    async with ledger.effect(actor) as db:
        if await db.fetch_value(HELD, actor.organization_id, replay_id) != turn:
            return
        for one, (before, after) in zip(waiting, found, strict=True):
            differences = difference(before, after)
            await db.execute(NOTE, actor.organization_id, one.id, *differences, *map(msgspec.to_builtins, (before, after)))
        await db.execute(COUNT, actor.organization_id, replay_id)
        if len(waiting) == AT_ONCE:
            await _enqueue(actor, replay_id, turn)
        else:
            await db.execute(END, actor.organization_id, replay_id, "done")


async def _asked(actor: Actor, tried: Tried, waiting: Sequence[Waiting]) -> list[tuple[Would, Would]]:
    """What would come of each question now, and with the change. Quoted: no language model is asked, and no tokens are spent."""
    if not waiting:
        return []
    threshold = (await organizations.get(actor)).ai_threshold
    article = await articles.get(actor, tried.article_id)
    over = await overlay.lay(
        actor,
        msgspec.structs.replace(article, title=tried.title, body=tried.body, language=tried.language, audience="public"),
    )
    found = []
    for one in waiting:
        language = await contacts.language(actor, one.contact_id)
        before = await dry.decide(actor, one.question, threshold, language=language)
        found.append((before, await dry.decide(actor, one.question, threshold, language=language, overlay=over)))
    return found


def difference(before: Would, after: Would) -> tuple[str, str]:
    """What a change makes of an answer (gained, lost, changed, or nothing) and of an escalation (gained, lost, or nothing)."""
    was, is_now = before.outcome == "answered", after.outcome == "answered"
    says_else = (before.draft, before.article_id) != (after.draft, after.article_id)
    answer = "gained" if is_now and not was else "lost" if was and not is_now else "changed" if was and says_else else ""
    escalated, escalates = before.outcome == "handed_over", after.outcome == "handed_over"
    return answer, "" if escalated == escalates else "gained" if escalates else "lost"


async def fail(actor: Actor, replay_id: int) -> None:
    """The replay could not be brought to its end; it can be taken up again."""
    async with transaction(actor) as db:
        await db.execute(END, actor.organization_id, replay_id, "failed")
