"""What crosses the edge about figures."""

from datetime import date, datetime
from typing import Literal

import msgspec

Kind = Literal[
    "ticket_created", "ticket_resolved", "ticket_reopened", "message_received", "message_sent", "ai_answered", "handed_off"
]
Noted = Literal["message_withdrawn", "ai_said", "ai_decided", "ticket_moved", "ticket_closed", "ticket_seen", "quiet"]
"""What is only needed to count the others rightly, and shown nowhere by itself."""
Counted = Kind | Noted
Unit = Literal["conversations", "seconds", "share"]
Scope = Literal["organization", "own"]


class Counts(msgspec.Struct):
    """How often each thing happened. `resolved_by_ai` are those of `resolved` where the AI agent held the conversation."""

    created: int
    resolved: int
    resolved_by_ai: int
    reopened: int
    messages_received: int
    messages_sent: int
    ai_answered: int
    handed_off: int


class DayCounts(Counts):
    """`day` is a day in UTC."""

    day: date


class Figure(msgspec.Struct):
    """One number and how it is made. A share lies between 0 and 1; `value` is null where there is nothing to count."""

    key: str
    label: str
    value: float | None
    unit: Unit
    formula: str


class Overview(msgspec.Struct):
    """`series` has every day from `since` to today, empty ones too. `scope` own: only what counts to the asking agent."""

    scope: Scope
    since: date
    series: list[DayCounts]
    totals: Counts
    figures: list[Figure]


class Stats(msgspec.Struct):
    scope: Scope
    figures: list[Figure]


class Activity(msgspec.Struct):
    """Something that happened in a conversation that the asking member may see; `text` says it in a few words."""

    kind: Kind
    at: datetime
    text: str
    conversation_id: int
    number: int
    subject: str
