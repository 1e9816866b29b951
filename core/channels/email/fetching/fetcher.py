"""Runs in every worker: takes mailboxes that are due, one task for each, so that a slow server keeps nobody else waiting.

A worker that dies leaves its mailboxes to the others as soon as its leases run out. Nothing that a dead or slow one still does can be written.
"""

import asyncio
import logging
import random
import time
from contextlib import suppress
from functools import partial

from core.auth.tokens import random_token
from core.channels.email.fetching import leases, reading, session
from core.channels.email.fetching.leases import Held, LeaseLost
from core.channels.email.fetching.troubles import Trouble
from core.database import AWAY
from core.errors import LacasaError

log = logging.getLogger("lacasa.mail")

LOOK_S = 1.0
MAILBOXES = 200
"""That one worker reads at a time."""
SESSION_S = 600.0
"""After that others have their turn, and the worker that had the least to do may take it."""
IDLE_S = 60.0
"""Then the server is asked, in case that it does not tell."""
SOON_S = 5.0


class Fetcher:
    def __init__(self) -> None:
        self._reader = random_token()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._renewed_at = 0.0

    async def run(self) -> None:
        """Until it is cancelled; then mailboxes go back at once."""
        try:
            while True:
                await self._turn()
                await asyncio.sleep(LOOK_S)
        finally:
            await self._leave()

    async def _turn(self) -> None:
        try:
            await self._renew()
            await self._claim()
        except (*AWAY, LacasaError):  # PostgreSQL is away: leases run out meanwhile, and what is theirs is refused
            return
        except Exception:  # a defect of ours must not end all fetching
            log.exception("mailboxes could not be looked after")

    async def _renew(self) -> None:
        if not self._tasks or time.monotonic() - self._renewed_at < leases.LEASE_S / 3:
            return
        ours = await leases.renew(self._reader, list(self._tasks))
        self._renewed_at = time.monotonic()
        for mailbox_id, task in self._tasks.items():
            if mailbox_id not in ours:
                task.cancel()

    async def _claim(self) -> None:
        space = MAILBOXES - len(self._tasks)
        if space <= 0:
            return
        for held in await leases.claim(self._reader, space, list(self._tasks)):
            task = self._tasks[held.id] = asyncio.create_task(self._attend(held))
            task.add_done_callback(partial(self._ended, held.id))

    def _ended(self, mailbox_id: int, _: asyncio.Task[None]) -> None:
        del self._tasks[mailbox_id]

    async def _attend(self, held: Held) -> None:
        try:
            pause_s = await self._session(held)
            await leases.release(held, pause_s)
        except Trouble as trouble:
            with suppress(LacasaError, *AWAY):  # then its lease runs out
                await leases.failed(held, trouble.code, trouble.words)
        except LeaseLost:
            return
        except (LacasaError, *AWAY):  # PostgreSQL is away, or there is no room: no fault of the mailbox
            with suppress(LacasaError, *AWAY):
                await leases.release(held, SOON_S)
        except Exception:  # a defect of ours, in this mailbox: others go on
            log.exception("a mailbox could not be read", extra={"inbox_id": held.inbox_id})
            with suppress(LacasaError, *AWAY):
                await leases.failed(held, "defect", "")

    async def _session(self, held: Held) -> float:
        """Read a mailbox for a while; returns the seconds until it is due again."""
        until = time.monotonic() + SESSION_S
        async with session.entered(held.door()) as inside:
            if inside.granted is not None and inside.granted.refresh_token:
                await leases.renew_secret(held, inside.granted.refresh_token)
            await reading.open_folder(inside, held)
            while True:
                wrong, is_behind = await reading.look(inside, held)
                await leases.looked(held, wrong)
                if time.monotonic() > until:
                    return 0.0
                if is_behind:
                    continue
                if not inside.can_idle or len(self._tasks) >= MAILBOXES:
                    return leases.PAUSE_S * random.uniform(0.9, 1.1)  # noqa: S311 (jitter, no secret)
                await inside.idle(IDLE_S)

    async def _leave(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(LacasaError, *AWAY):  # then the leases run out
            await leases.leave(self._reader)


_running: asyncio.Task[None] | None = None


async def begin() -> None:
    """In each worker, at its start."""
    global _running
    _running = asyncio.create_task(Fetcher().run())


async def end() -> None:
    """At its end."""
    global _running
    if _running is not None:
        ending, _running = _running, None
        ending.cancel()
        with suppress(asyncio.CancelledError):
            await ending
