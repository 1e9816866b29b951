"""Finding the tool that a customer's words ask for. Whom it serves, the server says: nothing that a customer writes changes that."""

import time
from contextlib import suppress

import msgspec

from agent.tools.calling import ToolFailed, asked_for, call, facts, readable
from agent.tools.structs import Proposal
from agent.turn import Turn
from core.access import Actor
from core.channels.email import senders
from core.errors import LacasaError
from core.extend.tools import Scope, Told

PROPOSALS_MAX = 3
WITHIN_S = 8.0
"""All tools together: the customer is waiting."""


class Lookup(msgspec.Struct, frozen=True):
    """What a tool that only reads told, or why it did not."""

    tool: str
    title: str
    told: Told | None
    trouble: str = ""


async def scope_of(actor: Actor, turn: Turn) -> Scope | None:
    """None: nobody knows whose conversation it is, or whether its customer wrote this."""
    contact_id = turn.conversation.contact_id
    if contact_id is None or await senders.is_doubted(actor, turn.conversation.id, turn.first_seq):
        return None
    return Scope(actor=actor, conversation_id=turn.conversation.id, contact_id=contact_id, language=turn.language)


async def look_up(actor: Actor, turn: Turn) -> Lookup | None:
    """What the first tool knows that is asked for and has anything to tell; None: none has."""
    scope, until = await scope_of(actor, turn), time.monotonic() + WITHIN_S
    if scope is None:
        return None
    for asked in asked_for(turn.text, changes=False):
        tool = asked.tool
        try:
            found = await call(tool, tool.run, scope, asked.arguments, min(tool.timeout_s, until - time.monotonic()))
        except (ToolFailed, LacasaError) as failed:
            return Lookup(tool.name, tool.title, None, str(failed))
        if found is not None:
            told = readable(found)
            return Lookup(tool.name, tool.title, told, "" if told else f"{tool.title} told nothing that can be read")
    return None


async def proposals(actor: Actor, turn: Turn) -> list[Proposal]:
    """What people could have done about this with one click. A tool that fails proposes nothing: the handoff goes on without it."""
    scope, until = await scope_of(actor, turn), time.monotonic() + WITHIN_S
    found: list[Proposal] = []
    if scope is None:
        return found
    for asked in asked_for(turn.text, changes=True):
        tool = asked.tool
        left = min(tool.timeout_s, until - time.monotonic())
        if tool.preview is None or left <= 0 or len(found) == PROPOSALS_MAX:
            break
        with suppress(ToolFailed, LacasaError):
            if (preview := await call(tool, tool.preview, scope, asked.arguments, left)) is not None:
                found.append(Proposal(tool.name, tool.title, scope.contact_id, turn.language, asked.stored, facts(preview)))
    return found
