"""Reads of the AI agent: receipts, and the stems of words."""

import logging
from collections.abc import Sequence

import msgspec

from agent.settings import settings
from agent.structs import AskedBack, Candidate, Receipt, SearchState
from core.access import Actor
from core.conversations import queries as conversations
from core.database import read, savepoint

log = logging.getLogger("lacasa.agent")

RECEIPTS_MAX = 100
WAITS, WAITS_MIN = 50, 5
"""So many hand-overs tell what is usual, and with fewer than so many nothing is."""
COLUMNS = """
d.id, d.conversation_id, d.trigger_seq, d.outcome, d.reason, d.detail, d.trouble, d.confidence, d.threshold, d.question, d.draft,
d.signals, d.passages, d.model, d.latency_ms, d.tokens_in, d.tokens_out, d.cost::float8 AS cost, d.created_at
"""
WAITED = f"""
SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY waited)
FROM (SELECT coalesce(extract(epoch FROM (
               SELECT min(m.created_at) FROM messages m WHERE m.organization_id = d.organization_id AND m.conversation_id = d.conversation_id
                 AND m.sender_type = 'user' AND NOT m.is_internal AND m.created_at > d.created_at) - d.created_at),
             extract(epoch FROM now() - d.created_at)) AS waited
      FROM ai_decisions d WHERE d.organization_id = $1 AND d.outcome = 'handed_off' ORDER BY d.id DESC LIMIT {WAITS}) lately
"""
STEMS = """
SELECT tsvector_to_array(to_tsvector('english', t.text)) FROM unnest($1::text[]) WITH ORDINALITY AS t (text, place) ORDER BY t.place
"""

OWED = """
SELECT coalesce(max(m.seq), 0) FROM messages m
WHERE m.organization_id = $1 AND m.conversation_id = $2 AND m.sender_type = 'contact' AND NOT m.is_internal
  AND m.seq > coalesce((SELECT max(o.seq) FROM messages o
                        WHERE o.organization_id = $1 AND o.conversation_id = $2 AND o.sender_type = 'user' AND NOT o.is_internal), 0)
  AND m.seq > coalesce((SELECT max(d.trigger_seq) FROM ai_decisions d
                        WHERE d.organization_id = $1 AND d.conversation_id = $2 AND d.outcome IN ('answered', 'clarified')), 0)
"""
OVERTAKEN = """
SELECT coalesce(bool_and(m.sender_type = 'contact') FILTER (WHERE m.seq > $4), false),
       coalesce(extract(epoch FROM clock_timestamp() - min(m.created_at)), 0)::float8,
       (SELECT count(*) FROM ai_decisions d
        WHERE d.organization_id = $1 AND d.conversation_id = $2 AND d.outcome = 'discarded' AND d.trigger_seq >= $3
          AND d.reason <> 'article_changed'),
       (SELECT count(*) FROM ai_decisions d
        WHERE d.organization_id = $1 AND d.conversation_id = $2 AND d.outcome = 'discarded' AND d.trigger_seq >= $3
          AND d.reason = 'article_changed')
FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = $2 AND NOT m.is_internal AND m.seq >= $3
"""
VECTORS = "to_regclass('passage_vectors') IS NOT NULL"
OTHER_LANGUAGES = "SELECT EXISTS (SELECT FROM passages WHERE organization_id = $1 AND language <> '' AND language <> $2)"


class Answer(msgspec.Struct, frozen=True):
    """What a decision was about: the customer's messages up to `upto`. `tells`: it told him something, from articles or by a tool."""

    upto: int
    tells: bool


class Overtaken(msgspec.Struct, frozen=True):
    """`by_customer`: he alone has written since; `waited_s`: since the turn's first message; `restarts`: answers to it that
    he or a person overtook; `changed`: those that quoted an article which was changed."""

    by_customer: bool
    waited_s: float
    restarts: int
    changed: int


def tells(alias: str) -> str:
    """The rule in SQL: what the AI agent sent tells the customer something, from articles or by a tool; it neither greets nor asks back."""
    return f"({alias}.outcome = 'answered' AND {alias}.reason IN ('covered', 'looked_up'))"


async def receipts(actor: Actor, conversation_id: int) -> list[Receipt]:
    """Why the AI agent did what it did in a conversation, newest first.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    sql = f"""
        SELECT {COLUMNS} FROM ai_decisions d WHERE d.organization_id = $1 AND d.conversation_id = $2 ORDER BY d.id DESC LIMIT {RECEIPTS_MAX}
    """
    async with read(actor) as db:
        conversation = await conversations.get(actor, conversation_id)
        rows = await db.fetch_rows(sql, actor.organization_id, conversation.id)
    return [msgspec.convert(dict(row), Receipt) for row in rows]


async def asked_back(actor: Actor, conversation_id: int, decision_id: int | None) -> AskedBack | None:
    """What a decision asked back, if it did."""
    sql = """SELECT d.question, d.passages FROM ai_decisions d
             WHERE d.organization_id = $1 AND d.conversation_id = $2 AND d.id = $3 AND d.outcome = 'clarified'"""
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, conversation_id, decision_id) if decision_id else []
    if not rows:
        return None
    found = msgspec.convert(rows[0]["passages"], list[Candidate])
    return AskedBack(rows[0]["question"], [one for one in found if one.quoted])


async def decided(actor: Actor, decision_ids: Sequence[int]) -> dict[int, Answer]:
    """What each of these decisions was an answer to."""
    if not decision_ids:
        return {}
    sql = f"SELECT d.id, d.trigger_seq, {tells('d')} FROM ai_decisions d WHERE d.organization_id = $1 AND d.id = ANY($2::bigint[])"
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, list(decision_ids))
    return {row[0]: Answer(row[1], row[2]) for row in rows}


async def owed(actor: Actor, conversation_id: int) -> int:
    """The customer's newest message, if neither a person nor the AI agent has answered it; 0: there is none."""
    async with read(actor) as db:
        return int(await db.fetch_value(OWED, actor.organization_id, conversation_id))


async def overtaken(actor: Actor, conversation_id: int, first_seq: int, seen: int) -> Overtaken:
    """What happened since message `seen` to a turn that begins with message `first_seq`."""
    async with read(actor) as db:
        found = await db.fetch_one(Overtaken, OVERTAKEN, actor.organization_id, conversation_id, first_seq, seen)
    return found or Overtaken(False, 0.0, 0, 0)


async def usual_wait_s(actor: Actor) -> float | None:
    """How long customers lately waited for a person after a hand-over: the median in seconds, who still waits counted up to now.

    None: there were too few to say, or it could not be looked up: no hand-over depends on it.
    """
    try:
        async with read(actor) as db, savepoint(db):
            [[handed_over, median]] = await db.fetch_rows(WAITED, actor.organization_id)
    except Exception:  # said beside a hand-over, which must not fail for it
        log.exception("how long people usually take is not known")
        return None
    return float(median) if handed_over >= WAITS_MIN else None


async def stems(actor: Actor, texts: Sequence[str]) -> list[frozenset[str]]:
    """The stems of each text, as the search of articles sees it; empty for words that bear no meaning."""
    if not texts:
        return []
    async with read(actor) as db:
        rows = await db.fetch_rows(STEMS, [text.replace("\x00", "") for text in texts])
    return [frozenset(row[0]) for row in rows]


async def has_other_languages(actor: Actor, language: str) -> bool:
    """Whether the organization publishes anything that is said to be in another language."""
    async with read(actor) as db:
        return bool(await db.fetch_value(OTHER_LANGUAGES, actor.organization_id, language))


async def search_state(actor: Actor) -> SearchState:
    """By what the organization's articles are searched for the AI agent now."""
    async with read(actor) as db:
        sql = (
            f"SELECT model FROM knowledge_models WHERE organization_id = $1 AND index_name = $2 AND ($2 <> 'postgres' OR {VECTORS})"
        )
        used = await db.fetch_value(sql, actor.organization_id, settings().index)
        any_passage = await db.fetch_value("SELECT EXISTS (SELECT FROM passages WHERE organization_id = $1)", actor.organization_id)
        there = settings().index != "postgres" or bool(await db.fetch_value(f"SELECT {VECTORS}"))
    if used and settings().by_meaning:
        return SearchState(settings().index, used, "")
    if not settings().by_meaning:
        return SearchState(settings().index, None, "none_wanted")
    return SearchState(settings().index, None, "no_pgvector" if not there else "embedding" if any_passage else "")
