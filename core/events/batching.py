"""Look-ups that many ask for at the same moment become one query. Nothing is kept: every answer was read after it was asked for."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import Context
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

PACE_S = 0.02
MOST = 500


class Loader(Generic[K, V]):
    """Asks `fetch` for all keys that came together. A lone look-up goes out at once; while many come, one batch starts per `pace_s`.

    What `fetch` raises, everybody hears who asked in that batch. `queries` and `asked` count what was sent, and for how many.
    """

    def __init__(self, fetch: Callable[[list[K]], Awaitable[Mapping[K, V]]], *, pace_s: float = PACE_S, most: int = MOST) -> None:
        self._fetch = fetch
        self._pace_s = pace_s
        self._most = most
        self._waiting: dict[K, asyncio.Future[V | None]] = {}
        self._next_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._running: set[asyncio.Task[None]] = set()
        self.queries = 0
        self.asked = 0

    async def load(self, key: K) -> V | None:
        """The value of this key; None where there is none."""
        self.asked += 1
        loop = asyncio.get_running_loop()
        found = self._waiting.get(key)
        if found is None:
            found = self._waiting[key] = loop.create_future()
            if len(self._waiting) >= self._most:
                self._send()
            elif self._timer is None:
                self._timer = loop.call_at(max(loop.time(), self._next_at), self._send)
        return await asyncio.shield(found)

    def _send(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        loop = asyncio.get_running_loop()
        self._next_at = loop.time() + self._pace_s
        batch, self._waiting = self._waiting, {}
        # An empty context: the batch is nobody's, least of all of the unit of work of whoever asked first.
        task = loop.create_task(self._answer(batch), context=Context())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, batch: dict[K, asyncio.Future[V | None]]) -> None:
        self.queries += 1
        try:
            found = await self._fetch(list(batch))
        except BaseException as error:  # whatever it is, all who wait are told
            for future in batch.values():
                if not future.done():
                    future.set_exception(error)
                    future.exception()  # whoever asked may be gone: then nobody else minds
            if not isinstance(error, Exception):
                raise
        else:
            for key, future in batch.items():
                if not future.done():
                    future.set_result(found.get(key))
