"""What crosses the edge about the AI agent's decisions."""

from datetime import datetime
from typing import Literal

import msgspec

from core.knowledge.structs import Audience

Outcome = Literal["answered", "clarified", "handed_off", "suggested", "discarded"]
"""`suggested`: people have the conversation, and get a draft without the customer hearing of it."""


class Candidate(msgspec.Struct, frozen=True):
    """A passage that was retrieved. `score` orders within one decision only; `quoted`: the answer was taken from it."""

    article_id: int
    version: int
    slug: str
    title: str
    heading: str
    excerpt: str
    audience: Audience
    score: float
    quoted: bool = False


class AskedBack(msgspec.Struct, frozen=True):
    """What the AI agent asked back: about which question, and what there was to choose."""

    question: str
    options: list[Candidate]


class Receipt(msgspec.Struct, frozen=True):
    """Why the AI agent did what it did for the customer's messages up to number `trigger_seq`.

    `reason` is a handoff's reason, or `covered`, `looked_up` (a tool told), `small_talk`, `superseded`, `article_changed`; `detail`: the words
    that hit a rule, or how sure their meaning was, the tool's title, the kind of small talk; `trouble`: what a
    language model did wrong, or what was changed meanwhile, empty where nothing.
    `confidence` (0 to 1) is null where no confidence was needed: rules, small talk, errors.
    """

    id: int
    conversation_id: int
    trigger_seq: int
    outcome: Outcome
    reason: str
    detail: str
    trouble: str
    confidence: float | None
    threshold: float
    question: str
    draft: str
    signals: dict[str, float]
    passages: list[Candidate]
    model: str
    latency_ms: int
    tokens_in: int
    tokens_out: int
    cost: float
    """What a language model read and wrote for this, and what that costs at the prices that were set."""
    created_at: datetime


class DecisionSummary(msgspec.Struct, frozen=True):
    """A receipt without its texts, as the event carries it. `talk`: what kind of small talk it answered, if it did."""

    id: int
    conversation_id: int
    trigger_seq: int
    outcome: Outcome
    reason: str
    confidence: float | None
    threshold: float
    model: str
    latency_ms: int
    talk: str = ""


class SearchState(msgspec.Struct, frozen=True):
    """How the AI agent finds articles: in which index, and by which model's embeddings. `model` null: by words alone.

    `none_wanted`: the operator chose so; `no_pgvector`: PostgreSQL cannot keep embeddings; `embedding`: they are not all made yet.
    Empty: by meaning too, or nothing is published.
    """

    index: str
    model: str | None
    reason: Literal["", "none_wanted", "no_pgvector", "embedding"]
