"""Reads of what the AI agent suggests to people, and of what they asked the copilot."""

import msgspec

from agent import marks
from agent.copilot.structs import ArticleFound, CopilotInput, CopilotState, CopilotView, Suggestion
from agent.llm import queries as llm
from agent.queries import COLUMNS
from agent.structs import Receipt
from core.access import Actor
from core.conversations import queries as conversations
from core.database import read
from core.errors import NotFound, Unauthenticated
from core.extend.knowledge import Audience
from core.knowledge import search, versions
from core.knowledge.questions import index

NEWEST = f"""
SELECT {COLUMNS} FROM ai_decisions d
WHERE d.organization_id = $1 AND d.conversation_id = $2 AND d.outcome IN ('handed_off', 'suggested', 'discarded')
  AND d.draft <> '' AND (d.confidence IS NOT NULL OR d.reason = 'suggest_only')
  AND NOT EXISTS (SELECT FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = $2 AND m.seq > d.trigger_seq
                  AND m.sender_type <> 'ai' AND NOT m.is_internal)
  AND NOT EXISTS (SELECT FROM ai_reviews r WHERE r.organization_id = $1 AND r.decision_id = d.id AND r.verdict = 'reject')
ORDER BY d.id DESC LIMIT 1
"""
"""A draft that did not hold what its sources say has no confidence, and is no suggestion."""


REQUEST = "q.id, q.conversation_id, q.kind, q.status, q.result, q.trouble"
TAGS = """
SELECT t.tag FROM (SELECT c.tags FROM conversations c WHERE c.organization_id = $1 AND c.tags <> '{}' ORDER BY c.id DESC LIMIT 1000) lately,
     LATERAL unnest(lately.tags) AS t (tag)
GROUP BY t.tag ORDER BY count(*) DESC, t.tag LIMIT 100
"""
TAGGED = """
SELECT c.tags, left(c.subject || ' ' || coalesce((
    SELECT string_agg(m.content, ' ' ORDER BY m.seq) FROM messages m
    WHERE m.organization_id = $1 AND m.conversation_id = c.id AND m.sender_type = 'contact' AND m.seq <= 5), ''), 600) AS said
FROM conversations c WHERE c.organization_id = $1 AND c.tags <> '{}' AND c.id <> $2 ORDER BY c.id DESC LIMIT 300
"""
FOUND, FOUND_TEXT_MAX = 8, 1500
EVERYBODYS: tuple[Audience, ...] = ("public", "internal")


class Stored(msgspec.Struct, frozen=True):
    """A request as the worker reads it."""

    user_id: int
    conversation_id: int
    kind: str
    asked: CopilotInput
    status: str


async def stored(actor: Actor, request_id: int) -> Stored | None:
    sql = "SELECT q.user_id, q.conversation_id, q.kind, q.asked, q.status FROM ai_copilot q WHERE q.organization_id = $1 AND q.id = $2"
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, request_id)
    return msgspec.convert(dict(rows[0]), Stored) if rows else None


async def request(actor: Actor, request_id: int) -> CopilotView:
    """What came of a request of the actor's own.

    Raises:
        NotFound: there is none, or its conversation is not visible to the actor (any more).
    """
    sql = f"SELECT {REQUEST} FROM ai_copilot q WHERE q.organization_id = $1 AND q.id = $2 AND q.user_id = $3"
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, request_id, actor.user_id)
        if not rows:
            raise NotFound("this request does not exist")
        found = msgspec.convert(dict(rows[0]), CopilotView)
        await conversations.get(actor, found.conversation_id)
    return found


async def state(actor: Actor) -> CopilotState:
    """Whether a language model writes for the organization now."""
    row = await llm.stored(actor)
    try:
        has_model = llm.chosen(actor, row) is not None
    except Unauthenticated:
        has_model = True  # whoever asks it is told what is wrong
    return CopilotState("no_model" if not has_model else "used_up" if await llm.is_paused(actor, row) else "")


async def tags(actor: Actor) -> list[str]:
    """The organization's tags, the most used of late first; 100 at most."""
    async with read(actor) as db:
        return [row[0] for row in await db.fetch_rows(TAGS, actor.organization_id)]


async def tagged(actor: Actor, but: int) -> list[tuple[list[str], str]]:
    """How tags were used of late: those of each conversation, and what its customer began with."""
    async with read(actor) as db:
        return [(row[0], row[1]) for row in await db.fetch_rows(TAGGED, actor.organization_id, but)]


async def articles(actor: Actor, words: str) -> list[ArticleFound]:
    """Passages that share words with these, of public and of internal articles."""
    found = await index.shown(actor, await search.search(actor, words, EVERYBODYS, FOUND * search.QUESTIONS), EVERYBODYS)
    return [ArticleFound(one.article_id, one.title, one.heading, one.text[:FOUND_TEXT_MAX], one.audience) for one in found[:FOUND]]


async def suggestion(actor: Actor, conversation_id: int) -> Suggestion | None:
    """What people who have the conversation may answer its newest message with.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    async with read(actor) as db:
        conversation = await conversations.get(actor, conversation_id)
        if conversation.handler != "human" or conversation.status in {"resolved", "closed"}:
            return None
        rows = await db.fetch_rows(NEWEST, actor.organization_id, conversation_id)
        if not rows:
            return None
        receipt = msgspec.convert(dict(rows[0]), Receipt)
        stands = await versions.public(actor, quoted(receipt)) == quoted(receipt)
    return Suggestion(plain(receipt.draft), receipt.confidence is not None, not stands, receipt)


def quoted(receipt: Receipt) -> set[tuple[int, int]]:
    """The articles that its draft is from, each in the version that was read."""
    return {(one.article_id, one.version) for one in receipt.passages if one.quoted}


def plain(draft: str) -> str:
    """A draft as a person would send it."""
    return marks.without(draft).strip()
