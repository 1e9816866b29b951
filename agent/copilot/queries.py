"""Reads of what the AI agent suggests to people."""

import re

import msgspec

from agent.copilot.structs import Suggestion
from agent.queries import COLUMNS
from agent.structs import Receipt
from core.access import Actor
from core.conversations import queries as conversations
from core.database import read

MARK = re.compile(r"\s?\[\d{1,2}\]")
"""What refers to a source: a person's message has none."""
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
    return Suggestion(text=plain(receipt.draft), reviewable=receipt.confidence is not None, receipt=receipt)


def plain(draft: str) -> str:
    """A draft as a person would send it."""
    return MARK.sub("", draft).strip()
