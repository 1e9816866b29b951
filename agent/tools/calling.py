"""Calling the code of modules: whatever it does, it answers, refuses, or has failed. It ends no job and no process of ours."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from core.errors import LacasaError
from core.extend import registry
from core.extend.panels import Fact
from core.extend.tools import FACT_MAX, FACTS_MAX, TOLD_MAX, AgentTool, Scope, Told
from core.jobs import ledger

log = logging.getLogger("lacasa.agent")

T = TypeVar("T")


class ToolFailed(Exception):
    """A tool was silent, or stumbled; says so as a sentence."""


class Asked(msgspec.Struct, frozen=True):
    """A tool that a customer's words ask for; `stored` are its arguments as JSON has them."""

    tool: AgentTool
    arguments: Any
    stored: Any


def asked_for(text: str, *, changes: bool) -> Iterator[Asked]:
    """The tools of one kind that these words ask for; one that stumbles over them is passed over."""
    for tool in registry.agent_tools().values():
        if tool.changes == changes and (found := _recognized(tool, text)) is not None:
            yield found


def _recognized(tool: AgentTool, text: str) -> Asked | None:
    try:
        arguments = tool.recognize(text)
        if arguments is None:
            return None
        encoded = msgspec.json.encode(msgspec.to_builtins(arguments, str_keys=True))
        if b"\\u0000" in encoded:
            return None
        stored = msgspec.json.decode(encoded)
        return Asked(tool, tool.given(stored), stored)
    except (Exception, SystemExit):  # a module's code: a customer's question is answered without it
        log.exception("the tool %s could not read a message", tool.name)
        return None


async def call(tool: AgentTool, function: Callable[[Scope, Any], Awaitable[T]], scope: Scope, arguments: Any, within_s: float) -> T:
    """What `function` of the tool answers. What it does in the database is its own affair: it cannot end the job that asks it.

    Raises:
        ToolFailed: it was silent for so long, or stumbled.
        LacasaError: it refuses, and says why.
    """
    job = ledger.running.set(None)
    try:
        async with asyncio.timeout(within_s):
            return await function(scope, arguments)
    except LacasaError:
        raise
    except TimeoutError:
        raise ToolFailed(f"{tool.title} did not answer in time") from None
    except asyncio.CancelledError:
        if (task := asyncio.current_task()) is not None and task.cancelling():
            raise
        raise ToolFailed(f"{tool.title} failed") from None
    except (Exception, SystemExit) as error:  # a module's code, or somebody else's server behind it
        log.exception("the tool %s failed", tool.name)
        raise ToolFailed(f"{tool.title} failed") from error
    finally:
        ledger.running.reset(job)


def readable(found: object) -> Told | None:
    """What a tool told, as much of it as is kept and PostgreSQL can hold; None: it told nothing that can be read."""
    if not isinstance(found, Told) or not isinstance(found.text, str) or not found.text.strip():
        return None
    return Told(kept(found.text, TOLD_MAX), facts(found.facts))


def facts(found: object) -> list[Fact]:
    if not isinstance(found, Sequence):
        return []
    return [Fact(kept(each.label, FACT_MAX), kept(each.value, FACT_MAX)) for each in found[:FACTS_MAX] if isinstance(each, Fact)]


def kept(text: object, most: int) -> str:
    return str(text).encode("utf-8", "replace").decode()[:most].replace("\x00", "")
