"""From a reviewed reply to a line of training data. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from agent import marks
from agent.learning.export.structs import ChatLine, Message, ProvenanceLine, UsedArticle
from agent.learning.redact import redacted
from agent.reviews.structs import Verdict

SYSTEM = (
    "You are the AI agent of a company's customer support. Answer the customer's question shortly and exactly, "
    "in the customer's language. Where you do not know, say so."
)


class Reply(msgspec.Struct, frozen=True):
    """A reply that may be exported. `names` are those of the customer and of the reviewer, to be taken out."""

    decision_id: int
    conversation_id: int
    review_id: int
    reviewer_id: int
    reviewer: str
    verdict: Verdict
    reviewed_at: datetime
    model: str
    question: str
    answer: str
    passages: list[dict[str, object]]
    names: list[str]


def system(instructions: str) -> str:
    """What every line begins with; `instructions`: how the organization wants to sound."""
    style = redacted(instructions.strip())
    return f"{SYSTEM}\n\n{style}" if style else SYSTEM


def chat(reply: Reply, system: str) -> bytes:
    """A line without its line break: JSON in UTF-8."""
    question = redacted(reply.question, reply.names).strip()
    answer = redacted(marks.without(reply.answer), reply.names).strip()
    return msgspec.json.encode(ChatLine([Message("system", system), Message("user", question), Message("assistant", answer)]))


def provenance(reply: Reply, number: int, line: bytes) -> bytes:
    """Where line `number` (from 1) comes from; also without a line break."""
    return msgspec.json.encode(
        ProvenanceLine(
            line=number,
            sha256=hashlib.sha256(line).hexdigest(),
            decision_id=reply.decision_id,
            conversation_id=reply.conversation_id,
            review_id=reply.review_id,
            reviewer_id=reply.reviewer_id,
            reviewer=reply.reviewer,
            verdict=reply.verdict,
            reviewed_at=reply.reviewed_at,
            model=reply.model,
            articles=_articles(reply.passages),
        )
    )


def _articles(passages: Sequence[dict[str, object]]) -> list[UsedArticle]:
    quoted = [(one["article_id"], one["version"]) for one in passages if one.get("quoted")]
    return [msgspec.convert({"id": found, "version": version}, UsedArticle) for found, version in dict.fromkeys(quoted)]
