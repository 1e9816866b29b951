"""What crosses the edge about changes of articles that reviews propose."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from agent.learning.structs import GapArticle
from agent.reviews.structs import Reason
from core import texts
from core.knowledge.structs import BODY_MAX

ProposalStatus = Literal["open", "accepted", "dismissed"]


class ProposalView(msgspec.Struct, frozen=True):
    """A change of an article, from what somebody made of an answer that quotes it.

    `before` is the section as the article has it now, at `version`; `after` the same with the changes that can be carried over, the same text if
    none can. `question` was asked; `suggested_question` is it without what tells who asked.
    """

    id: int
    status: ProposalStatus
    article: GapArticle
    version: int
    heading: str
    before: str
    after: str
    question: str
    suggested_question: str
    draft: str
    edited: str
    reason: Reason | None
    reviewer: str
    conversation_id: int
    number: int
    created_at: datetime
    decided_by: str
    decided_at: datetime | None


class AcceptInput(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: the article's that was looked at; if there is a newer one, 409 `newer_version`. `text` takes the place of the section.

    `question` becomes a question that must be answered from this article from now on; empty: none does.
    """

    version: int
    text: Annotated[str, msgspec.Meta(max_length=BODY_MAX, pattern=texts.TEXT)]
    question: Annotated[str, msgspec.Meta(max_length=500, pattern=texts.LINE)] = ""
