"""What crosses the edge about training data."""

from datetime import datetime
from typing import Literal

import msgspec

from agent.reviews.structs import Verdict

Kind = Literal["chat", "provenance"]
LeftOut = Literal[
    "rejected", "contact_removed", "objected", "withdrawn", "looked_up", "empty", "too_long", "duplicate", "over_limit"
]
"""Why a reviewed reply is not exported; the first that holds. `rejected`: by the newest review; `contact_removed`: nobody can say any more
whether he minds; `withdrawn`: an article that it quotes is not public any more; `looked_up`: a tool told it, of this customer;
`duplicate`: a newer one is the same."""


class Message(msgspec.Struct, frozen=True):
    role: Literal["system", "user", "assistant"]
    content: str


class ChatLine(msgspec.Struct, frozen=True):
    """One line of training data, as providers of language models take it."""

    messages: list[Message]


class UsedArticle(msgspec.Struct, frozen=True):
    """An article that a reply quotes, in the version that was quoted."""

    id: int
    version: int


class ProvenanceLine(msgspec.Struct, frozen=True):
    """Where a line of training data comes from. `sha256` is of that line's bytes without its line break, so the two files can be held together."""

    line: int
    sha256: str
    decision_id: int
    conversation_id: int
    review_id: int
    reviewer_id: int
    reviewer: str
    verdict: Verdict
    reviewed_at: datetime
    model: str
    articles: list[UsedArticle]


class LeftOutCount(msgspec.Struct, frozen=True):
    why: LeftOut
    count: int


class ObjectionView(msgspec.Struct, frozen=True):
    contact_id: int
    name: str
    email: str | None
    noted_by: str
    created_at: datetime


class TrainingView(msgspec.Struct, frozen=True):
    """What would be exported now: `lines`, of which `edited` are as people rewrote them; and what not. `most`: lines of one export.

    `allowed`: the organization says that conversations may be used for training; until then nothing is exported. `objections`: the newest.
    """

    allowed: bool
    decided_by: str
    decided_at: datetime | None
    lines: int
    edited: int
    left_out: list[LeftOutCount]
    most: int
    objections: list[ObjectionView]


class TrainingInput(msgspec.Struct, forbid_unknown_fields=True):
    allowed: bool
