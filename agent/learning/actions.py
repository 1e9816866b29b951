"""Grouping the questions that the AI agent could not answer, and what people decide about them."""

import asyncio
from collections.abc import Sequence

from agent import queries as stemming
from agent.courtesy import bare
from agent.index import chosen
from agent.learning import grouping, queries
from agent.learning.grouping import Asked
from agent.learning.queries import Example, Leader, New
from agent.learning.redact import redacted
from agent.learning.structs import GapStatus
from core.access import MARKETERS, Actor
from core.database import transaction
from core.errors import Conflict
from core.jobs import ledger
from core.knowledge import actions as knowledge
from core.knowledge import queries as articles
from core.knowledge.structs import ArticleInput, ArticleView

KEPT_DAYS = 180
TITLE_MAX = 120
QUESTIONS_MAX, ANSWERS_MAX = 20, 5
"""So many questions, and so many answers that people gave, an article is begun with."""
JOIN = """
INSERT INTO ai_unanswered (organization_id, gap_id, decision_id, asked_at, model, vector)
SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::bytea[]) ON CONFLICT DO NOTHING
"""
BEGIN = "INSERT INTO ai_gaps (organization_id) SELECT $1 FROM generate_series(1, $2) RETURNING id"
AGAIN = """
UPDATE ai_gaps g SET status = 'open' FROM articles a
WHERE g.organization_id = $1 AND g.status IN ('written', 'assigned') AND a.organization_id = $1 AND a.id = g.article_id AND a.status = 'published'
  AND EXISTS (SELECT FROM ai_unanswered u WHERE u.organization_id = $1 AND u.gap_id = g.id AND u.asked_at > greatest(g.decided_at, a.updated_at))
"""
"""What is asked again, and not answered, though its article is there."""
OLD = f"DELETE FROM ai_unanswered WHERE organization_id = $1 AND asked_at < now() - interval '{KEPT_DAYS} days'"
EMPTY = """
DELETE FROM ai_gaps g WHERE g.organization_id = $1 AND NOT EXISTS (SELECT FROM ai_unanswered u WHERE u.organization_id = $1 AND u.gap_id = g.id)
"""
REMEMBER = """
UPDATE ai_unanswered u SET model = m.model, vector = m.vector FROM unnest($2::bigint[], $3::text[], $4::bytea[]) AS m (id, model, vector)
WHERE u.organization_id = $1 AND u.id = m.id
"""
DECIDE = """
UPDATE ai_gaps SET status = $3::text, article_id = $4, decided_by = $5, decided_at = CASE WHEN $3::text = 'open' THEN NULL ELSE now() END
WHERE organization_id = $1 AND id = $2
"""
BY_HAND = """
SELECT DISTINCT ON (m.conversation_id) m.content FROM unnest($2::bigint[], $3::bigint[]) AS asked (conversation_id, seq)
JOIN messages m ON m.organization_id = $1 AND m.conversation_id = asked.conversation_id AND m.seq > asked.seq
WHERE m.sender_type = 'user' AND NOT m.is_internal ORDER BY m.conversation_id, m.seq
"""


async def look(actor: Actor) -> None:
    """Have the unanswered questions grouped now, not only at night."""
    actor.require("admin", "user", "agent")
    async with transaction(actor):
        await ledger.enqueue(actor, "agent.learning.find_gaps_now", key=queries.FIND, organization_id=actor.organization_id)


async def find(actor: Actor) -> None:
    """Put what was asked since the last time, and not answered, into groups of one meaning; a number of questions, the next job goes on."""
    added, known = await queries.new(actor), await queries.leaders(actor)
    asked, changed = await _understood(actor, added, known)
    leading, questions = asked[: len(known)], asked[len(known) :]
    places = await asyncio.to_thread(grouping.grouped, leading, questions)
    async with ledger.effect(actor) as db:
        begun = len(set(places) - set(range(len(known))))
        gap_ids = [one.gap_id for one in known] + sorted(row[0] for row in await db.fetch_rows(BEGIN, actor.organization_id, begun))
        joined = [gap_ids[place] for place in places]
        decisions, times = [one.decision_id for one in added], [one.asked_at for one in added]
        means = ([one.model for one in questions], [one.vector for one in questions])
        await db.execute(JOIN, actor.organization_id, joined, decisions, times, *means)
        ids, models, vectors = [one.id for one, _ in changed], [by.model for _, by in changed], [by.vector for _, by in changed]
        await db.execute(REMEMBER, actor.organization_id, ids, models, vectors)
        for statement in (AGAIN, OLD, EMPTY):
            await db.execute(statement, actor.organization_id)
        if len(added) == queries.AT_ONCE:
            await ledger.enqueue(actor, "agent.learning.find_gaps", key=queries.FIND, organization_id=actor.organization_id)


async def _understood(
    actor: Actor, added: Sequence[New], known: Sequence[Leader]
) -> tuple[list[Asked], list[tuple[Leader, Asked]]]:
    """All as they are compared, the known ones first; and which of the known are understood by another model now, a number of them at most."""
    texts = [*(bare(one.question) for one in known), *(bare(one.question) for one in added)]
    stems = await stemming.stems(actor, texts)
    used = await chosen.index().in_use(actor) if added else None
    found, changed, asked_again, is_there = list[Asked](), list[tuple[Leader, Asked]](), 0, used is not None
    for place, (text, own) in enumerate(zip(texts, stems, strict=True)):
        before = known[place] if place < len(known) else None
        is_current = before is not None and (used is None or before.model == used.model)
        if before is not None and (is_current or asked_again >= queries.AT_ONCE or not is_there):
            found.append(Asked(own, before.model, before.vector, before.others))
            continue
        meaning = await chosen.meaning(actor, text) if is_there else None
        is_there = meaning is not None  # what does not answer once is not asked again
        found.append(Asked(own, meaning.model, grouping.packed(meaning.vector)) if meaning else Asked(own))
        if before is not None and meaning is not None:
            changed.append((before, found[-1]))
            asked_again += 1
    return found, changed


async def write(actor: Actor, gap_id: int) -> ArticleView:
    """Begin an article for a gap: an internal draft with the questions and what people answered by hand, as far as the actor may see them.

    Raises:
        Forbidden: not an admin or user.
        NotFound: unknown, or the actor may see none of its questions.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        asked = await queries.gap(actor, gap_id, QUESTIONS_MAX)
        places = [one.shown.conversation_id for one in asked], [one.trigger_seq for one in asked]
        answers = [row[0] for row in await db.fetch_rows(BY_HAND, actor.organization_id, *places)][:ANSWERS_MAX]
        names = {one.contact for one in asked}
        article = await knowledge.create(actor, ArticleInput(_title(asked[0], names), _body(asked, answers, names)))
        await _decide(actor, gap_id, "written", article.id)
    return article


def _title(asked: Example, names: set[str]) -> str:
    line = " ".join(redacted(bare(asked.shown.question), names).split())
    question, mark, _ = line.partition("?")
    title = "".join(character for character in question if character.isprintable()).lstrip(" ,.;:!–-")[:TITLE_MAX]
    return f"{title[:1].upper()}{title[1:]}{mark}" if title.strip() else "Untitled"


def _body(asked: Sequence[Example], answers: Sequence[str], names: set[str]) -> str:
    """What was asked stands in a comment, which no customer sees even when it is published; the answers are what there is to edit."""
    questions = dict.fromkeys(" ".join(redacted(one.shown.question, names).split()).replace("--", "–") for one in asked)
    listed = "\n".join(f"- {question}" for question in questions)
    told = "\n\n".join(redacted(answer, names).strip() for answer in answers)
    return f"<!-- Customers asked:\n{listed}\n-->\n\n{told}".strip() + "\n"


async def assign(actor: Actor, gap_id: int, article_id: int) -> None:
    """Say which article is to answer a gap. Asked again after that article was changed and still not answered, it is open again.

    Raises:
        Forbidden: not an admin or agent.
        NotFound: the gap or the article is unknown, or the actor may see none of the questions.
    """
    actor.require("admin", "agent")
    async with transaction(actor):
        await queries.gap(actor, gap_id)
        article = await articles.get(actor, article_id)
        await _decide(actor, gap_id, "assigned", article.id)


async def dismiss(actor: Actor, gap_id: int) -> None:
    """Say that a gap is nothing for the AI agent: what is asked like it joins it silently from now on.

    Raises:
        Forbidden: not an admin or agent.
        NotFound: unknown, or the actor may see none of the questions.
    """
    actor.require("admin", "agent")
    async with transaction(actor):
        await queries.gap(actor, gap_id)
        await _decide(actor, gap_id, "dismissed", None)


async def reopen(actor: Actor, gap_id: int) -> None:
    """Take back what was decided about a gap.

    Raises:
        Forbidden: not an admin or agent.
        NotFound: unknown, or the actor may see none of the questions.
        Conflict: it is open.
    """
    actor.require("admin", "agent")
    async with transaction(actor) as db:
        await queries.gap(actor, gap_id)
        status = await db.fetch_value(
            "SELECT status FROM ai_gaps WHERE organization_id = $1 AND id = $2 FOR UPDATE", actor.organization_id, gap_id
        )
        if status == "open":
            raise Conflict("this is open already", code="already_open")
        await _decide(actor, gap_id, "open", None)


async def _decide(actor: Actor, gap_id: int, status: GapStatus, article_id: int | None) -> None:
    async with transaction(actor) as db:
        await db.execute(DECIDE, actor.organization_id, gap_id, status, article_id, "" if status == "open" else actor.name)
