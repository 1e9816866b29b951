"""The contract of an agent tool: what the AI agent can look up, or have done, for a customer; beside answering from articles.

A tool never chooses whose conversation it serves: the server gives it a `Scope`. One that only reads runs by itself, and what it tells is an
answer like any other (confidence, threshold, receipt). One that changes something has a `preview`: it is proposed to people with that, and runs
when one of them has approved it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from core.access import Actor, Role
from core.errors import Invalid
from core.extend.panels import Fact

NAME_MAX, TITLE_MAX = 60, 200
TOLD_MAX = 2000
FACTS_MAX, FACT_MAX = 20, 500
"""Characters of what a tool tells, facts, and characters of each; what is beyond is cut off."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a tool serves. `language`: what the customer reads, empty where nobody knows.

    `key`: the same at every attempt at the same approved call; whoever passes it on as an idempotency key does nothing twice. Empty for a tool
    that only reads. A contact's names and address are what somebody declared, unless it has an `external_id`: what is private needs that.
    """

    actor: Actor
    conversation_id: int
    contact_id: int
    language: str = ""
    key: str = ""


class Told(msgspec.Struct, frozen=True):
    """What a tool found or did: `text` in Markdown, what the customer may read (of a change: what staff read), and the facts behind it."""

    text: str
    facts: list[Fact] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTool:
    """`arguments` is a struct of all that a customer's words can choose; whatever is no such struct is refused.

    `recognize(text)`: the arguments, where the customer's words ask for this and nothing is missing; else None. Pure, and linear in the text.
    `run(scope, arguments)`: does it; None: there is nothing of that here. `preview(scope, arguments)`: what would be done, as facts; None: nothing
    could be. All but `run` of an approved call end within `timeout_s` or are given up; `roles` may approve.

    Raises:
        ValueError: `name` or `title` is longer than is kept.
    """

    name: str
    title: str
    arguments: type[msgspec.Struct]
    recognize: Callable[[str], Any | None]
    run: Callable[[Scope, Any], Awaitable[Told | None]]
    preview: Callable[[Scope, Any], Awaitable[list[Fact] | None]] | None = None
    roles: frozenset[Role] = frozenset({"admin", "agent"})
    timeout_s: float = 5.0

    def __post_init__(self) -> None:
        if len(self.name) > NAME_MAX or len(self.title) > TITLE_MAX:
            raise ValueError(f"tool {self.name[:NAME_MAX]}: its name or its title is too long")

    @property
    def changes(self) -> bool:
        """Whether a person must approve it."""
        return self.preview is not None

    def given(self, arguments: Any) -> Any:
        """Arguments that came as JSON, as the tool takes them.

        Raises:
            Invalid: they are none of this tool's.
        """
        try:
            return msgspec.convert(arguments, self.arguments)
        except msgspec.ValidationError as error:
            raise Invalid(f"{self.title} does not take this: {error}", code="other_arguments") from None
