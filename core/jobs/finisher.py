"""Ends of attempts, written down together: one COMMIT for all that ended while the last one was under way.

Only for jobs whose effect may repeat. Those that must not repeat finish in the transaction of their effect
(`ledger.effect`) and never come here. A process that dies before the COMMIT repeats what it had done.
"""

import asyncio
import logging

import asyncpg

from core.database import AWAY
from core.errors import LacasaError
from core.jobs import ledger

log = logging.getLogger("lacasa.jobs")

WAITING_MAX = 1000
AGAIN_S = 0.5
Attempt = tuple[int, int]
"""A job's id and its fencing token."""


class Finisher:
    def __init__(self) -> None:
        self._waiting: list[Attempt] = []
        self._writing: list[Attempt] = []
        self._wanted = asyncio.Event()
        self._written = asyncio.Event()

    @property
    def held(self) -> list[int]:
        """Jobs that have ended here and are still running in the ledger."""
        return [job_id for job_id, _ in (*self._waiting, *self._writing)]

    async def add(self, attempt: Attempt) -> None:
        """Have it written down soon. Waits only while very many are waiting, i.e. while PostgreSQL is away."""
        self._waiting.append(attempt)
        self._wanted.set()
        while len(self._waiting) > WAITING_MAX:
            self._written.clear()
            await self._written.wait()

    async def run(self) -> None:
        """Write for ever."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._writing, self._waiting = self._waiting, []
            await self._write()
            self._writing = []
            self._written.set()

    async def drain(self) -> None:
        """Wait until everything is written, `run` going on meanwhile."""
        while self._waiting or self._writing:
            self._written.clear()
            await self._written.wait()

    async def _write(self) -> None:
        while True:
            try:
                await ledger.finish_all(self._writing)
            except (*AWAY, LacasaError):
                await asyncio.sleep(AGAIN_S)
            except asyncpg.PostgresError:
                await self._one_by_one()
                return
            else:
                return

    async def _one_by_one(self) -> None:
        """One of them was refused. Whichever it is, it is let go, and comes back as a stray (see `LedgerBroker`)."""
        for attempt in self._writing:
            try:
                await ledger.finish_all([attempt])
            except (*AWAY, LacasaError, asyncpg.PostgresError) as error:
                log.error("the end of a job was refused", extra={"id": attempt[0], "error": type(error).__name__})  # noqa: TRY400 (PostgreSQL's own words may quote a row)
