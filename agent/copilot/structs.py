"""What crosses the edge about the AI agent's help for agents: its suggestions, and what they ask of the copilot."""

from typing import Annotated

import msgspec

from agent.structs import Receipt
from core import texts
from core.messages.structs import CONTENT_MAX

Content = Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_MAX, pattern=texts.TEXT)]


class Suggestion(msgspec.Struct, frozen=True):
    """A draft that the AI agent did not send. `text`: as an agent would send it, without the marks of its sources.

    `reviewable`: the confidence learns from what people do with it (small talk has none).
    """

    text: str
    reviewable: bool
    receipt: Receipt


class SuggestionView(msgspec.Struct, frozen=True):
    """What the AI agent suggests for the conversation as it stands; null: nothing."""

    suggestion: Suggestion | None


class SentInput(msgspec.Struct, forbid_unknown_fields=True):
    """The text that was sent to the customer in place of a suggestion, or as it was."""

    content: Content
