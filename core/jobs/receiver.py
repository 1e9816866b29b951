"""taskiq's receiver for messages that are ready to run.

The broker never claims more than may run at once, so there is no queue between claiming and running; jobs take what
the ledger holds for them, so there is nothing to parse, validate or inject. Where there is middleware, it sees
taskiq's messages and results as ever; where there is none, none are made.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult
from taskiq.acks import AckController
from taskiq.receiver import Receiver
from taskiq.utils import maybe_awaitable

from core.jobs import ledger
from core.jobs.broker import LedgerBroker
from core.jobs.ledger import Claimed

STOP_S = 2.0


class JobReceiver(Receiver):
    def __init__(self, broker: LedgerBroker, *, drain_s: float) -> None:
        super().__init__(broker, validate_params=False, max_async_tasks=broker.concurrency, wait_tasks_timeout=drain_s)
        self._jobs = broker

    async def listen(self, finish_event: asyncio.Event) -> None:
        """Run what the broker claims until `finish_event`; then wait for what runs, up to `drain_s`."""
        await self.broker.startup()
        running: set[asyncio.Task[None]] = set()
        async for batch in self._jobs.batches(finish_event):
            for claimed in batch:
                task = asyncio.create_task(self._attempt(claimed))
                running.add(task)
                task.add_done_callback(running.discard)
        if running:
            await asyncio.wait(running, timeout=self.wait_tasks_timeout)
        if running:
            await self._give_back(running)

    async def _give_back(self, running: set[asyncio.Task[None]]) -> None:
        """Stop what did not end in time, and queue it again as if it had never been claimed. What cannot be stopped is swept."""
        self._jobs.leaving = True
        self._jobs.attempts.cancel_all()
        await asyncio.wait(running, timeout=STOP_S)
        await ledger.release(self._jobs.unfinished, self._jobs.worker_id)

    async def _attempt(self, claimed: Claimed) -> None:
        if self.broker.middlewares:
            await self.callback(self._jobs.message(claimed))
            return
        error = await self._jobs.attempts.outcome(self._jobs.runs[claimed.name](claimed), self._jobs.timeouts[claimed.name])
        try:
            await self._jobs.settle((claimed.id, claimed.attempt), error)
        finally:
            self._jobs.let_go(claimed)

    async def run_task(
        self, target: Callable[..., Awaitable[None]], message: TaskiqMessage, ack_controller: AckController | None = None
    ) -> TaskiqResult[Any]:
        began = time.monotonic()
        error = await self._jobs.attempts.outcome(target(**message.kwargs), message.labels["timeout"])
        result: TaskiqResult[Any] = TaskiqResult.model_construct(
            is_err=error is not None,
            return_value=None,
            execution_time=round(time.monotonic() - began, 2),
            error=error,
            labels=message.labels,
        )
        if error is not None:
            for middleware in reversed(self.broker.middlewares):
                if type(middleware).on_error is not TaskiqMiddleware.on_error:
                    await maybe_awaitable(middleware.on_error(message, result, error))
        return result
