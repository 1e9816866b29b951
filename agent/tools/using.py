"""Finding the tool that a customer's words ask for. Whom it serves, the server says: nothing that a customer or a model writes changes that."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from agent.tools.structs import Proposal
from agent.turn import Turn
from core.access import Actor
from core.extend import registry
from core.extend.panels import Fact
from core.extend.tools import FACT_MAX, FACTS_MAX, TOLD_MAX, AgentTool, Scope, Told

log = logging.getLogger("lacasa.agent")

PROPOSALS_MAX = 3
PROPOSED_WITHIN_S = 8.0
"""All tools together: the customer is waiting to hear that a person comes."""


class Lookup(msgspec.Struct, frozen=True):
    """What a tool that only reads told, or why it did not."""

    tool: str
    title: str
    told: Told | None
    trouble: str = ""


def scope_of(actor: Actor, turn: Turn) -> Scope | None:
    """None: nobody knows whose conversation it is."""
    contact_id = turn.conversation.contact_id
    if contact_id is None:
        return None
    return Scope(actor=actor, conversation_id=turn.conversation.id, contact_id=contact_id, language=turn.language)


async def look_up(actor: Actor, turn: Turn) -> Lookup | None:
    """What the first tool knows that is asked for and has anything to tell; None: none has."""
    scope = scope_of(actor, turn)
    if scope is None:
        return None
    for tool, arguments in _asked_for(turn.question, changes=False):
        try:
            async with asyncio.timeout(tool.timeout_s):
                told = await tool.run(scope, arguments)
        except TimeoutError:
            return Lookup(tool.name, tool.title, None, f"{tool.title} did not answer in time")
        except Exception:  # a module's code, or a shop's server: the customer hears of a person all the same
            log.exception("the tool %s failed", tool.name)
            return Lookup(tool.name, tool.title, None, f"{tool.title} failed")
        if told is not None and told.text.strip():
            return Lookup(tool.name, tool.title, bounded(told))
    return None


async def proposals(actor: Actor, turn: Turn) -> list[Proposal]:
    """What people could have done about this with one click. A tool that fails proposes nothing: the handoff goes on without it."""
    scope = scope_of(actor, turn)
    found: list[Proposal] = []
    if scope is None:
        return found
    with suppress(TimeoutError):
        async with asyncio.timeout(PROPOSED_WITHIN_S):
            for tool, arguments in _asked_for(turn.question, changes=True):
                preview = await _preview(tool, scope, arguments)
                if preview is not None and len(found) < PROPOSALS_MAX:
                    asked = msgspec.to_builtins(arguments)
                    found.append(Proposal(tool.name, tool.title, scope.contact_id, turn.language, asked, _facts(preview)))
    return found


async def _preview(tool: AgentTool, scope: Scope, arguments: Any) -> list[Fact] | None:
    try:
        async with asyncio.timeout(tool.timeout_s):
            return None if tool.preview is None else await tool.preview(scope, arguments)
    except Exception:  # also its timeout: whatever it is, people have the conversation in a moment
        log.exception("the tool %s could not say what it would do", tool.name)
        return None


def bounded(told: Told) -> Told:
    """As much of it as is kept, without what PostgreSQL cannot hold."""
    return Told(_kept(told.text, TOLD_MAX), _facts(told.facts))


def _facts(facts: Sequence[Fact]) -> list[Fact]:
    return [Fact(_kept(fact.label, FACT_MAX), _kept(fact.value, FACT_MAX)) for fact in facts[:FACTS_MAX]]


def _kept(text: str, most: int) -> str:
    return text.replace("\x00", "")[:most]


def _asked_for(text: str, *, changes: bool) -> Iterator[tuple[AgentTool, Any]]:
    for tool in registry.agent_tools().values():
        if tool.changes == changes and (arguments := tool.recognize(text)) is not None:
            yield tool, arguments
