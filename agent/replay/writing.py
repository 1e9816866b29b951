"""Another language model, or other instructions: each question is written for as a real run would, beside what was decided then."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from agent.index import chosen
from agent.learning import dry
from agent.learning.dry import Would
from agent.llm import choice
from agent.llm import queries as models
from agent.llm.queries import Stored
from agent.replay.piece import Piece
from agent.replay.queries import Tried, Waiting
from agent.replay.structs import WritingEstimate
from core.access import ADMINS, Actor
from core.contacts import queries as contacts
from core.database import read
from core.organizations import queries as organizations

AT_ONCE = 1
"""A model may take most of a minute for one question: as long as a run has."""
FAILURES_MAX = 3
MOST = 100
GUESSED = (2500, 150)
"""Tokens read and written for a question, until this organization's decisions tell: six passages and our prompt, an answer of few sentences."""
LATELY = 1000
HANGS_ON_IT = """
d.outcome IN ('answered', 'clarified', 'handed_off') AND d.question <> '' AND d.detail = '' AND NOT d.signals ?| ARRAY['chosen', 'told']
AND (d.reason IN ('covered', 'low_confidence', 'no_knowledge', 'agent_error') OR (d.reason = 'suggest_only' AND d.confidence IS NOT NULL))
"""
"""Decisions that no rule, file, tool or choice of the customer made: what is written could turn them round."""
ESTIMATE = f"""
SELECT (SELECT count(*) FROM (SELECT FROM ai_decisions d WHERE d.organization_id = $1 AND {HANGS_ON_IT} LIMIT {MOST}) q),
       coalesce(round(avg(l.tokens_in)), {GUESSED[0]})::int, coalesce(round(avg(l.tokens_out)), {GUESSED[1]})::int, count(*)
FROM (SELECT d.tokens_in, d.tokens_out FROM ai_decisions d WHERE d.organization_id = $1 ORDER BY d.id DESC LIMIT {LATELY}) l
WHERE l.tokens_in > 0
"""
OUTCOMES: dict[str, Literal["answered", "asked_back", "handed_over"]] = {
    "answered": "answered",
    "clarified": "asked_back",
    "handed_off": "handed_over",
}


async def estimate(actor: Actor) -> WritingEstimate:
    """What trying another model or other instructions would take, for each question.

    Raises:
        Forbidden: not an admin.
    """
    actor.require(*ADMINS)
    left = await models.left(actor, await models.stored(actor))
    async with read(actor) as db:
        ((questions, tokens_in, tokens_out, decisions),) = await db.fetch_rows(ESTIMATE, actor.organization_id)
    return WritingEstimate(questions, tokens_in, tokens_out, decisions, left)


def row_of(tried: Tried, stored: Stored) -> Stored:
    """What is tried, as the organization's choice. Its own key is used only where it was given for; its bound holds."""
    return Stored(
        name=tried.name,
        base_url=tried.base_url,
        sealed_key=tried.sealed_key or stored.key_at(tried.name, tried.base_url),
        instructions=tried.instructions,
        monthly_tokens=stored.monthly_tokens,
        price_in=tried.price_in,
        price_out=tried.price_out,
    )


async def ask(actor: Actor, tried: Tried, waiting: Sequence[Waiting]) -> Piece:
    """What was decided about the question, and what would come of it with the change."""
    row = row_of(tried, await models.stored(actor))
    if await models.is_paused(actor, row):
        return Piece(reason="tokens_used_up")
    asked = choice.model_of(actor, row, kept=not tried.sealed_key)  # a key that was given for this alone outlives no piece of it
    if asked is None:
        return Piece(reason="no_model")
    (one,) = waiting
    threshold = (await organizations.get(actor)).ai_threshold
    language = await contacts.language(actor, one.contact_id)
    async with choice.writing(actor, row, asked, partial(chosen.meaning, actor)) as found:
        after = await dry.decide(actor, one.question, threshold, drafter=found.drafter, language=language)
    is_error = after.reason == "agent_error"
    return Piece(
        found=[(decided(one), after)],
        spent=asked.spent,
        cost=row.cost(asked.spent.tokens_in, asked.spent.tokens_out),
        failed=is_error if is_error or asked.spent.calls else None,
    )


def decided(one: Waiting) -> Would:
    """What the receipt says. A draft that was sure enough, and only suggested to people, counts as an answer."""
    quoted = next((passage for passage in one.passages if passage["quoted"]), {})
    return Would(
        outcome="answered" if one.reason == "suggest_only" else OUTCOMES[one.outcome],
        reason="" if one.reason == "covered" else one.reason,
        confidence=one.confidence,
        draft=one.draft,
        article_id=quoted.get("article_id"),
        title=quoted.get("title", ""),
        found=[],
    )
