"""The lines to one inbox's server: several at once, each with one mail after the other, opened as they are needed."""

import asyncio
import time
from collections import deque
from collections.abc import Coroutine, Sequence
from typing import Any

from core.access import Actor
from core.channels.email.bulk import line, pace, rates
from core.channels.email.bulk.desk import Desk
from core.channels.email.bulk.fates import DIED
from core.channels.email.bulk.line import Line, Result
from core.channels.email.bulk.preparing import Halt, Ready, Sender
from core.channels.email.servers.reaching import Trouble
from core.channels.email.servers.structs import Code

LINES = 10
MARKED_MAX, MARKED_S = 100, 0.5
"""Mails that are marked ahead, so that no line waits for PostgreSQL: half a second's, and never more than ten for each line."""
SETTINGS: frozenset[Code] = frozenset({
    "address_refused", "plain_refused", "not_tls", "certificate_name", "certificate_invalid", "no_starttls", "no_auth", "password_refused", "sealed",
})  # fmt: skip
"""What waiting does not mend."""
DOMAIN_WAIT_S = 60.0


class Busy(Exception):
    """The server takes no mail of this inbox for now. `wants_less`: it said so, and did not only hang up."""

    def __init__(self, said: str, *, wants_less: bool) -> None:
        super().__init__(said)
        self.wants_less = wants_less


class Office:
    """`trouble`: why nothing goes any more; all that waited is put off by then."""

    def __init__(self, actor: Actor, desk: Desk, sender: Sender) -> None:
        self._actor = actor
        self.trouble = ""
        self.halt: Halt | None = None
        self._desk = desk
        self._sender = sender
        self._waiting: deque[Ready] = deque()
        self._marked: deque[Ready] = deque()
        """Those that may be handed over; what a line that died did not say is among them again."""
        self._marking: asyncio.Task[None] | None = None
        self._more = asyncio.Event()
        self._is_closing = False
        self._open = 0
        self._mail_s = 0.0
        self._error: BaseException | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        return len(self._waiting) + len(self._marked)

    @property
    def is_stopped(self) -> bool:
        return bool(self.trouble) or self.halt is not None or self._error is not None

    @property
    def per_s(self) -> float:
        """Mails that all lines take in a second, as it was lately; 0: not known yet."""
        return max(1, self._open) / self._mail_s if self._mail_s else 0.0

    def put(self, mails: Sequence[Ready]) -> None:
        """Have these go out. What comes after everything stopped is put off."""
        self._waiting.extend(mails)
        if self.is_stopped:
            self._put_all_off()
            return
        while len(self._lines) < min(LINES, self.waiting):
            task = self._begin(self._work())
            self._lines.add(task)
            task.add_done_callback(self._lines.discard)
        self._mark_more()

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._error = self._error or task.exception()
        self._more.set()

    async def close(self) -> None:
        """Wait until all that was put has gone; what none of the lines took is put off.

        Raises:
            Exception: whatever ended one of them; the others have ended their mail.
        """
        self._is_closing = True
        self._more.set()
        while self._tasks:
            await asyncio.wait(self._tasks)
        self._put_all_off()
        if self._error is not None:
            raise self._error

    async def abandon(self) -> None:
        """End all lines at once, wherever they are; nothing where they have ended. Of what a server was being told nobody knows."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._put_all_off()

    def _mark_more(self) -> None:
        if self._waiting and len(self._marked) <= self._ahead // 2 and (self._marking is None or self._marking.done()):
            self._marking = self._begin(self._mark())

    @property
    def _ahead(self) -> int:
        return max(LINES, min(MARKED_MAX, int(self.per_s * MARKED_S)))

    async def _mark(self) -> None:
        """Mark those that come next, some at a time, until enough are."""
        while self._waiting and len(self._marked) < self._ahead and not self.is_stopped:
            chunk = [self._waiting.popleft() for _ in range(min(self._ahead - len(self._marked), len(self._waiting)))]
            try:
                going = await self._desk.mark([ready.mail for ready in chunk])
            except BaseException:  # also when we are cancelled: nobody has marked them, so they still wait
                self._waiting.extendleft(reversed(chunk))
                raise
            for ready in chunk:
                if ready.mail.id in going:
                    self._marked.append(ready)
                else:  # paused, or somebody else's by now
                    self._desk.put_off(ready, "", 0.0)
            self._more.set()
        if self.is_stopped:
            self._put_all_off()

    async def _work(self) -> None:
        """One line after the other, as long as there is something to send."""
        while await self._has_more():
            try:
                async with line.opened(self._sender.server) as connection:
                    self._open += 1
                    try:
                        await self._send_on(connection)
                    finally:
                        self._open -= 1
            except Halt as halt:
                self._stop(halt=halt)
            except (Trouble, Busy) as error:
                if self._open:  # others are served: it wants no more lines than those
                    self._more.set()
                    return
                await self._give_up(error)

    async def _has_more(self) -> bool:
        """Wait until a mail is marked; false: none will be."""
        while not self._marked and not self.is_stopped:
            self._mark_more()
            if self._is_closing and not self._waiting and (self._marking is None or self._marking.done()):
                return False
            self._more.clear()
            await self._more.wait()
        return not self.is_stopped

    async def _send_on(self, connection: Line) -> None:
        is_fresh = True
        while connection.is_open and await self._has_more():
            ready = self._marked.popleft()
            self._mark_more()
            if (self._sender.inbox_id, ready.domain) in self._desk.slow:
                self._desk.put_off(ready, "slow_down", DOMAIN_WAIT_S)
            elif await self._send(connection, ready):
                is_fresh = False
            elif is_fresh:  # it may be about this mail: the others have their turn before it comes again, and not for ever
                self._desk.note(ready, Result(DIED))
                raise Busy("hung_up", wants_less=False)
            else:
                self._marked.appendleft(ready)  # the server never heard of it

    async def _send(self, connection: Line, ready: Ready) -> bool:
        """Hand one mail over; false: the line died before.

        Raises:
            Busy, Halt: the server takes none of this inbox.
        """
        began = time.monotonic()
        result = await connection.deliver(self._sender.address, ready.mail.address, ready.stuffed)
        took = time.monotonic() - began
        self._mail_s = took if not self._mail_s else 0.9 * self._mail_s + 0.1 * took
        if result.fate.how != "not_tried":
            self._desk.note(ready, result)
            if self._desk.is_full:
                await self._desk.flush()
            return True
        if result.fate.blamed:
            self._marked.appendleft(ready)
            raise Halt(result.fate.reason, result.said) if result.fate.blamed == "sender" else Busy(result.said, wants_less=True)
        return False

    async def _give_up(self, error: Trouble | Busy) -> None:
        if isinstance(error, Trouble) and error.code in SETTINGS:
            self._stop(halt=Halt(error.code, error.said))
            return
        said = error.reason if isinstance(error, Trouble) else str(error)
        self._stop(trouble=said)
        wants_less = isinstance(error, Busy) and error.wants_less
        await rates.hold(self._actor, self._sender.inbox_id, said, (self.per_s or pace.START_PER_S) if wants_less else None)

    def _stop(self, *, halt: Halt | None = None, trouble: str = "") -> None:
        self.halt = self.halt or halt
        self.trouble = self.trouble or trouble
        self._put_all_off()
        self._more.set()

    def _put_all_off(self) -> None:
        for waiting in (self._marked, self._waiting):
            while waiting:
                self._desk.put_off(waiting.popleft(), "server", 1.0)
