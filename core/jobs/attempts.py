"""The attempts that run in a worker: ended when their time is up, with one timer for all of them."""

import asyncio
from collections.abc import Awaitable
from typing import Any


class Attempts:
    """`outcome` runs an attempt in the task that calls it."""

    def __init__(self) -> None:
        self._due: dict[asyncio.Task[Any], float] = {}
        self._late: set[asyncio.Task[Any]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._looks_at = 0.0

    async def outcome(self, attempt: Awaitable[None], timeout_s: float) -> BaseException | None:
        """How an attempt ended; None: well. Also when it took too long (`TimeoutError`), or was cancelled because this worker lost its lease."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        if task is None:
            raise RuntimeError("an attempt runs in a task")
        due = self._due[task] = loop.time() + timeout_s
        if self._timer is None or due < self._looks_at:
            self._look_at(loop, due)
        try:
            await attempt
        except asyncio.CancelledError as error:
            if task in self._late:
                return TimeoutError(f"it took longer than {timeout_s:g} s").with_traceback(error.__traceback__)
            return error
        except Exception as error:
            return error
        finally:
            del self._due[task]
            if task in self._late:
                self._late.remove(task)
                task.uncancel()
        return None

    def cancel_all(self) -> None:
        for task in list(self._due):
            task.cancel()

    def _look_at(self, loop: asyncio.AbstractEventLoop, when: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._looks_at = when
        self._timer = loop.call_at(when, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Cancel what is over its time; look again when the next one may be. A job that ignores that is cancelled once."""
        self._timer = None
        now = loop.time()
        for task, due in self._due.items():
            if due <= now and task not in self._late:
                self._late.add(task)
                task.cancel()
        waiting = [due for task, due in self._due.items() if task not in self._late]
        if waiting:
            self._look_at(loop, min(waiting))
