"""What crosses the edge about calls of agent tools that people decide on."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from core.access import Role
from core.extend.panels import Fact

Status = Literal["proposed", "approved", "rejected", "withdrawn", "done", "failed"]
"""`approved`: it is under way. A failed one may be approved again. `withdrawn`: the conversation ended, or went back to the AI agent, before that."""


class Proposal(msgspec.Struct, frozen=True):
    """What a tool would do if people let it; `arguments` as JSON has them."""

    tool: str
    title: str
    contact_id: int
    language: str
    arguments: Any
    preview: list[Fact]


class ToolCallView(msgspec.Struct, frozen=True):
    """A change that the AI agent proposes, and what became of it. `preview`: what would be done; `text` and `facts`: what was.

    `roles` may decide on it; none where the tool is not installed any more. `trouble`: why it failed, as a sentence.
    """

    id: int
    conversation_id: int
    decision_id: int | None
    tool: str
    title: str
    status: Status
    preview: list[Fact]
    text: str
    facts: list[Fact]
    trouble: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    ended_at: datetime | None
    roles: list[Role]


class ToolCallSummary(msgspec.Struct, frozen=True):
    """A call without its texts, as the event carries it."""

    id: int
    conversation_id: int
    tool: str
    title: str
    status: Status
