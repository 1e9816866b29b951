"""taskiq's receiver for messages that are ready to run.

The broker never claims more than may run at once, so there is no queue between claiming and running; jobs take what
the ledger holds for them, so there is nothing to parse, validate or inject. Middleware, acknowledgement and results
are taskiq's own.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult
from taskiq.acks import AckController
from taskiq.receiver import Receiver
from taskiq.utils import maybe_awaitable

from core.jobs.broker import LedgerBroker


class JobReceiver(Receiver):
    def __init__(self, broker: LedgerBroker, *, drain_s: float) -> None:
        super().__init__(broker, validate_params=False, max_async_tasks=broker.concurrency, wait_tasks_timeout=drain_s)
        self._jobs = broker

    async def listen(self, finish_event: asyncio.Event) -> None:
        """Run what the broker claims until `finish_event`; then wait for what runs, up to `drain_s`."""
        await self.broker.startup()
        running: set[asyncio.Task[None]] = set()
        async for batch in self._jobs.batches(finish_event):
            for message in batch:
                task = asyncio.create_task(self.callback(message))
                running.add(task)
                task.add_done_callback(running.discard)
        if running:
            await asyncio.wait(running, timeout=self.wait_tasks_timeout)

    async def run_task(
        self, target: Callable[..., Awaitable[None]], message: TaskiqMessage, ack_controller: AckController | None = None
    ) -> TaskiqResult[Any]:
        began, error = time.monotonic(), None
        try:
            async with asyncio.timeout(message.labels["timeout"]):
                await target(**message.kwargs)
        except (Exception, asyncio.CancelledError) as raised:
            error = raised
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
