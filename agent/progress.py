"""How far a run is, told to whoever has the conversation on screen: its stage, and with a language model what it writes, as it writes it.

Told five times a second at most, and again every few seconds while nothing changes; what is over before it was worth telling is not told.
Who takes over ends it: it is told under one `handler_epoch` of the conversation alone.
"""

import asyncio
import logging
import time
from contextlib import suppress
from types import TracebackType

import msgspec

from agent.llm.partial import written
from core.access import Actor
from core.conversations import queries as conversations
from core.conversations.change import audience
from core.conversations.structs import ConversationView
from core.errors import NotFound
from core.events import live
from core.events.live import DRAFT_MAX, Stage, Working

log = logging.getLogger("lacasa.agent")

FIRST_S = 0.25
EVERY_S = 0.2
AGAIN_S = 3.0
LOOK_S = 2.0
"""So often it is looked up who may hear of it, and whether it goes on."""
RAW_MAX = 12_000


class Progress:
    """Of one run; an asynchronous context manager around it. `held`: people have the conversation, so its customer sees nobody type."""

    def __init__(self, actor: Actor, conversation_id: int, *, held: bool = False) -> None:
        self._actor = actor
        self._conversation_id = conversation_id
        self._held = held
        self._stage: Stage = "searching"
        self._raw: list[str] = []
        self._length = 0
        self._task: asyncio.Task[None] | None = None
        self._token = ""
        self._last: Working | None = None
        self._again_at = 0.0

    def at(self, stage: Stage) -> None:
        self._stage = stage

    def hear(self, piece: str | None) -> None:
        """The language model wrote this; None: it begins anew."""
        if piece is None:
            self._raw, self._length = [], 0
        elif self._length < RAW_MAX:
            self._raw.append(piece)
            self._length += len(piece)

    async def __aenter__(self) -> "Progress":
        self._task = asyncio.create_task(self._tell())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._stop()

    async def _tell(self) -> None:
        try:
            await asyncio.sleep(FIRST_S)
            while (seen := await self._still_on()) is not None:
                until = time.monotonic() + LOOK_S
                while time.monotonic() < until:
                    await self._once(seen)
                    await asyncio.sleep(EVERY_S)
            await self._stop()
        except Exception:  # no answer depends on anybody looking on
            log.exception("how far the AI agent is could not be told")

    async def _still_on(self) -> ConversationView | None:
        """The conversation, while it is as it was when the run began."""
        try:
            seen = await conversations.get(self._actor, self._conversation_id)
        except NotFound:
            return None
        has_it = seen.handler == ("human" if self._held else "ai") and seen.status not in {"resolved", "closed"}
        return seen if has_it and (self._last is None or self._last.epoch == seen.handler_epoch) else None

    async def _once(self, seen: ConversationView) -> None:
        draft = written("".join(self._raw))[:DRAFT_MAX]
        is_due = time.monotonic() >= self._again_at
        if is_due:
            self._again_at = time.monotonic() + AGAIN_S
        elif self._last is not None and (self._last.stage, self._last.draft) == (self._stage, draft):
            return
        self._token = "" if self._held else seen.token
        self._last = Working(
            conversation_id=seen.id,
            epoch=seen.handler_epoch,
            audience=audience(seen),
            stage=self._stage,
            draft=draft,
            token=self._token if is_due else "",
        )
        await live.tell(self._actor.organization_id, self._last)

    async def _stop(self) -> None:
        """Told once, if anything was."""
        if self._last is not None and self._last.active:
            self._last = msgspec.structs.replace(self._last, active=False, draft="", token=self._token)
            await live.tell(self._actor.organization_id, self._last)
