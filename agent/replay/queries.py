"""Reads of changes that were tried on questions of the past."""

from typing import Any

import msgspec

from agent.replay.structs import CaseKind, ReplayCases, ReplayCaseView, ReplayKind, ReplayView, Side
from core.access import ADMINS, STAFF, Actor, visible
from core.database import read, system_transaction
from core.errors import NotFound
from core.pages import decode_cursor, encode_cursor

RUNS = 10
"""So many are kept and shown."""
REPLAY = """
r.id, r.status, r.kind, r.article_id, r.title, r.instructions, r.total, r.done, r.answers_gained, r.answers_lost, r.answers_changed,
r.escalations_gained, r.escalations_lost, r.same, r.tokens_in, r.tokens_out, r.cost::float8, r.reason, r.trouble, r.started_by, r.started_at,
r.finished_at
"""
TRIED = """
SELECT r.status, r.turn, r.kind, r.article_id, r.title, r.body, r.language, r.name, r.base_url, r.instructions, r.price_in, r.price_out,
       r.keyed, r.sealed_key
FROM ai_replays r WHERE r.organization_id = $1 AND r.id = $2
"""
SAME = "k.answer = '' AND k.escalation = ''"
KINDS: dict[CaseKind, str] = {
    "different": f"NOT ({SAME})",
    "same": f"k.after IS NOT NULL AND {SAME}",
    "answers_gained": "k.answer = 'gained'",
    "answers_lost": "k.answer = 'lost'",
    "answers_changed": "k.answer = 'changed'",
    "escalations_gained": "k.escalation = 'gained'",
    "escalations_lost": "k.escalation = 'lost'",
}
WAITING = """
SELECT k.id, d.question, c.contact_id, d.outcome, d.reason, d.confidence::numeric::float8, d.draft, d.passages FROM ai_replay_cases k
JOIN ai_decisions d ON d.organization_id = $1 AND d.id = k.decision_id
JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
WHERE k.organization_id = $1 AND k.replay_id = $2 AND k.after IS NULL ORDER BY k.id LIMIT $3
"""


class Waiting(msgspec.Struct, frozen=True):
    """A question that was not asked yet, whose it was, and what was decided then."""

    id: int
    question: str
    contact_id: int | None
    outcome: str
    reason: str
    confidence: float | None
    draft: str
    passages: list[dict[str, Any]]


class Tried(msgspec.Struct, frozen=True):
    """What a replay tries."""

    status: str
    turn: int
    kind: ReplayKind
    article_id: int | None
    title: str
    body: str
    language: str
    name: str
    base_url: str
    instructions: str
    price_in: float
    price_out: float
    keyed: bool
    sealed_key: str

    def __repr__(self) -> str:
        return f"Tried({self.title})"


async def runs(actor: Actor) -> list[ReplayView]:
    """The last ones, newest first. The counts are the organization's: every member of staff may know them."""
    actor.require(*STAFF)
    sql = f"SELECT {REPLAY} FROM ai_replays r WHERE r.organization_id = $1 ORDER BY r.id DESC LIMIT {RUNS}"
    async with read(actor) as db:
        return [_shown(actor, one) for one in await db.fetch(ReplayView, sql, actor.organization_id)]


async def get(actor: Actor, replay_id: int) -> ReplayView:
    """
    Raises:
        NotFound: unknown, or so old that it is not kept any more.
    """
    sql = f"SELECT {REPLAY} FROM ai_replays r WHERE r.organization_id = $1 AND r.id = $2"
    async with read(actor) as db:
        found = await db.fetch_one(ReplayView, sql, actor.organization_id, replay_id)
    if found is None:
        raise NotFound("this replay is not kept")
    return _shown(actor, found)


def _shown(actor: Actor, replay: ReplayView) -> ReplayView:
    """Instructions are a setting of the AI agent: admins read them."""
    return replay if actor.role in ADMINS else msgspec.structs.replace(replay, instructions="")


async def running() -> list[int]:
    """Organizations in which something is tried now."""
    async with system_transaction("replays of all organizations may have lost their jobs") as db:
        return [row[0] for row in await db.fetch_rows("SELECT organization_id FROM ai_replays WHERE status = 'running' ORDER BY 1")]


async def tried(actor: Actor, replay_id: int) -> Tried | None:
    async with read(actor) as db:
        return await db.fetch_one(Tried, TRIED, actor.organization_id, replay_id)


async def waiting(actor: Actor, replay_id: int, limit: int) -> list[Waiting]:
    """Questions that were not asked yet."""
    async with read(actor) as db:
        return await db.fetch(Waiting, WAITING, actor.organization_id, replay_id, limit)


async def cases(actor: Actor, replay_id: int, kind: CaseKind, after: str | None, limit: int) -> ReplayCases:
    """Cases of a kind in conversations that the actor may see, those of the newest questions first.

    Raises:
        NotFound: the replay is not kept.
        Invalid: `after` is no cursor of this list.
    """
    actor.require(*STAFF)
    last_id = decode_cursor(after, "decision")[1] if after else None
    rule, held = visible(actor, 5)
    source = f"""
        FROM ai_replay_cases k JOIN ai_decisions d ON d.organization_id = $1 AND d.id = k.decision_id
        JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
        WHERE k.organization_id = $1 AND k.replay_id = $2 AND {KINDS[kind]}
    """
    sql = f"""
        SELECT k.id, c.id AS conversation_id, c.number, d.question, d.created_at, k.answer, k.escalation, k.before, k.after, d.id AS decision_id
        {source} AND ($3::bigint IS NULL OR d.id < $3) AND {rule} ORDER BY d.id DESC LIMIT $4
    """
    shown, mine = visible(actor, 3)
    async with read(actor) as db:
        await get(actor, replay_id)
        rows = await db.fetch_rows(sql, actor.organization_id, replay_id, last_id, limit + 1, *held)
        hidden = await db.fetch_value(
            f"SELECT count(*) {source} AND NOT coalesce({shown}, false)", actor.organization_id, replay_id, *mine
        )
    following = encode_cursor("decision", "", rows[limit - 1]["decision_id"]) if len(rows) > limit else None
    return ReplayCases([_case(row) for row in rows[:limit]], following, hidden)


def _case(row: Any) -> ReplayCaseView:
    sides = [msgspec.convert(row[name], Side) for name in ("before", "after")]
    return ReplayCaseView(*tuple(row)[:7], *sides)
