"""What crosses the edge about the AI agent's help for agents: its suggestions, and what they ask of the copilot."""

from typing import Annotated, Literal

import msgspec

from agent.structs import Candidate, Receipt
from core import texts
from core.knowledge.structs import Audience
from core.messages.structs import CONTENT_MAX

REWRITE_MAX = 4000

Content = Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_MAX, pattern=texts.TEXT)]


Kind = Literal["draft", "summary", "tags", "rewrite"]
Style = Literal["friendlier", "formal", "shorter", "grammar"]
Point = Literal["asked", "answered", "open"]


class CopilotInput(msgspec.Struct, forbid_unknown_fields=True):
    """What an agent asks for. `text` and `style` belong to `rewrite`: what is written so far, and how it is to sound."""

    kind: Kind
    text: Annotated[str, msgspec.Meta(max_length=REWRITE_MAX, pattern=texts.TEXT)] = ""
    style: Style | None = None


class Said(msgspec.Struct, frozen=True):
    """A point of a summary. `quoted`: word for word from the conversation."""

    point: Point
    text: str
    quoted: bool


class CopilotAnswer(msgspec.Struct, frozen=True):
    """What came of it: `text` of a draft or a rewriting, `points` of a summary, `tags`. Empty: there was nothing to say.

    `sources` are the passages that a draft is from; one whose audience is `internal` is not for customers. `model`: what wrote it; empty:
    nothing did, it is quoted.
    """

    text: str = ""
    points: list[Said] = []
    tags: list[str] = []
    sources: list[Candidate] = []
    model: str = ""


class CopilotView(msgspec.Struct, frozen=True):
    """A request to the copilot. While it is `working`, ask again; `trouble` says why it `failed`."""

    id: int
    conversation_id: int
    kind: Kind
    status: Literal["working", "done", "failed"]
    result: CopilotAnswer
    trouble: str


class CopilotState(msgspec.Struct, frozen=True):
    """What the copilot can do here. `no_model`, `used_up`: it quotes, and rewrites nothing."""

    reason: Literal["", "no_model", "used_up"]


class ArticleFound(msgspec.Struct, frozen=True):
    """A passage for an agent to quote; one that is `internal` is not for customers."""

    article_id: int
    title: str
    heading: str
    text: str
    audience: Audience


class Suggestion(msgspec.Struct, frozen=True):
    """A draft that the AI agent did not send. `text`: as an agent would send it, without the marks of its sources.

    `reviewable`: the confidence learns from what people do with it (small talk has none). `article_changed`: what it quotes was changed, withdrawn
    or made internal since, so that it is not sent as it is.
    """

    text: str
    reviewable: bool
    article_changed: bool
    receipt: Receipt


class SuggestionView(msgspec.Struct, frozen=True):
    """What the AI agent suggests for the conversation as it stands; null: nothing."""

    suggestion: Suggestion | None
