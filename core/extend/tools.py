"""The contract of an agent tool: what the AI agent can look up, or have done, for a customer; beside answering from articles.

A tool never chooses whose conversation it serves: the server gives it a `Scope`. One that only reads runs by itself, and what it tells is an
answer like any other (confidence, threshold, receipt). One that changes something is proposed to people with its `preview`, and runs when one of them
has approved it. Tools run in the worker: they never block it, and whatever they raise ends with people.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from core.access import Actor, Role
from core.errors import Invalid
from core.extend.panels import Fact

NAME = re.compile(r"[a-z][a-z0-9_.]{0,59}\Z")
TITLE_MAX = 200
TIMEOUT_MAX_S = 10.0
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
    """`arguments` is a struct of all that a customer's words can choose; what JSON cannot carry to it and back is refused.

    `recognize(text)`: the arguments, where the customer's words ask for this and nothing is missing; else None. Pure, and linear in the text.
    `run(scope, arguments)`: does it; None: there is nothing of that here. `preview(scope, arguments)`, of one that `changes` something: what would be
    done, as facts; None: nothing could be. All but `run` of an approved call end within `timeout_s` or are given up; `roles` may approve.

    Raises:
        ValueError: a name, title, role or time that cannot be, or `changes` without `preview` or the other way round.
    """

    name: str
    title: str
    arguments: type[msgspec.Struct]
    changes: bool
    recognize: Callable[[str], Any | None]
    run: Callable[[Scope, Any], Awaitable[Told | None]]
    preview: Callable[[Scope, Any], Awaitable[list[Fact] | None]] | None = None
    roles: frozenset[Role] = frozenset({"admin", "agent"})
    timeout_s: float = 5.0

    def __post_init__(self) -> None:
        if not NAME.match(self.name) or not self.title.isprintable() or not 0 < len(self.title) <= TITLE_MAX:
            raise ValueError(f"tool {self.name[:60]!r}: its name or its title cannot be")
        if self.changes != (self.preview is not None):
            raise ValueError(f"tool {self.name}: what changes something has a preview, and nothing else has")
        if not self.roles or not 0 < self.timeout_s <= TIMEOUT_MAX_S:
            raise ValueError(f"tool {self.name}: somebody must be able to approve it, and it ends within {TIMEOUT_MAX_S:.0f} s")

    def given(self, arguments: Any) -> Any:
        """Arguments that came as JSON, as the tool takes them.

        Raises:
            Invalid: they are none of this tool's.
        """
        try:
            return msgspec.convert(arguments, self.arguments, str_keys=True)
        except msgspec.ValidationError as error:
            raise Invalid(f"{self.title} does not take this: {error}", code="other_arguments") from None
