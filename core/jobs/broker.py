"""taskiq over the job ledger: kick = insert, listen = bell + batch claim, saving the result = fenced finish.

taskiq gives the receiver (concurrency, timeouts, orderly shutdown) and its middleware; the ledger keeps the truth.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from typing import Any

import msgspec
from taskiq import AckableMessage, AsyncBroker, AsyncResultBackend, BrokerMessage, TaskiqMessage, TaskiqResult

from core.database import AWAY, pool
from core.errors import LacasaError
from core.events import wake
from core.extend import registry
from core.extend.module import Handler, Job, JobClass
from core.jobs import ledger
from core.jobs.ledger import Claimed

log = logging.getLogger("lacasa.jobs")

POLL_S = 1.0
HANDLER_TIMEOUT_S = 30.0
SHARES: dict[JobClass, float] = {"interactive": 1.0, "ai": 0.5, "channel-io": 0.5, "bulk": 0.25}
"""The most of a worker's slots that one class may fill, in the order in which classes are served."""


class Outcomes(AsyncResultBackend[Any]):
    """Where taskiq saves a result, the ledger learns how the attempt ended."""

    def __init__(self, broker: "LedgerBroker") -> None:
        self._broker = broker

    async def set_result(self, task_id: str, result: TaskiqResult[Any]) -> None:
        await self._broker.settle(int(task_id), result.error if result.is_err else None)

    async def is_result_ready(self, task_id: str) -> bool:
        raise NotImplementedError("jobs return nothing")

    async def get_result(self, task_id: str, with_logs: bool = False) -> TaskiqResult[Any]:
        raise NotImplementedError("jobs return nothing")


class LedgerBroker(AsyncBroker):
    """`worker_id` must be set (and kept alive by the worker's heartbeat) before listening."""

    def __init__(self, concurrency: int) -> None:
        super().__init__()
        self.worker_id = 0
        self._concurrency = concurrency
        self._held: dict[int, Claimed] = {}
        self._tasks: dict[int, asyncio.Task[Any]] = {}
        self._bell = asyncio.Event()
        self.with_result_backend(Outcomes(self))
        self._timeouts: dict[str, float] = {}
        for job in registry.jobs().values():
            self._add(job.name, job.function, job.timeout_s)
            if job.on_dead is not None:
                self._add(ledger.dead_name(job.name), job.on_dead, job.timeout_s)
        for handler in registry.handlers().values():
            self._add(handler.name, _decoding(handler), HANDLER_TIMEOUT_S)

    def _add(self, name: str, function: Any, timeout_s: float) -> None:
        async def run(job_id: int) -> None:
            claimed = self._held[job_id]
            task = asyncio.current_task()
            if task is not None:
                self._tasks[job_id] = task
            token = ledger.running.set(claimed)
            try:
                await function(**claimed.arguments)
            finally:
                ledger.running.reset(token)
                self._tasks.pop(job_id, None)

        self._timeouts[name] = timeout_s
        self.register_task(run, task_name=name)

    async def kick(self, message: BrokerMessage) -> None:
        """taskiq's way to enqueue, for code that holds a task object; `ledger.enqueue` is ours."""
        decoded = self.formatter.loads(message.message)
        job: Job = registry.jobs()[decoded.task_name]
        values = (None, job.job_class, job.name, decoded.kwargs, None, None, job.max_attempts)
        await pool().execute(ledger.ENQUEUE, *values)
        await wake.jobs(job.job_class)

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Claimed jobs, as many as there are free slots; whatever is claimed but not taken goes back."""
        stops = [await wake.subscribe(f"jobs.{job_class}", self._ring) for job_class in SHARES]
        batch: list[Claimed] = []
        try:
            while True:
                self._bell.clear()
                batch = await self._claim()
                while batch:
                    claimed = batch.pop(0)
                    yield self._message(claimed)
                if not self._bell.is_set():
                    await self._pause()
        finally:
            if batch:
                await ledger.release([claimed.id for claimed in batch], self.worker_id)
            for stop in stops:
                await stop()

    async def _ring(self, _message: object) -> None:
        self._bell.set()

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._bell.wait(), POLL_S)
        except TimeoutError:
            return

    async def _claim(self) -> list[Claimed]:
        names = list(self._timeouts)
        claimed: list[Claimed] = []
        for job_class, share in SHARES.items():
            held = sum(1 for job in self._held.values() if job.job_class == job_class)
            slots = min(self._concurrency - len(self._held), max(1, int(self._concurrency * share)) - held)
            if slots > 0:
                try:
                    taken = await ledger.claim(job_class, slots, self.worker_id, names)
                except (*AWAY, LacasaError):
                    break
                self._held |= {job.id: job for job in taken}
                claimed += taken
        return claimed

    def _message(self, claimed: Claimed) -> AckableMessage:
        message = TaskiqMessage(
            task_id=str(claimed.id),
            task_name=claimed.name,
            labels={"timeout": self._timeouts[claimed.name]},
            args=[],
            kwargs={"job_id": claimed.id},
        )

        async def ack() -> None:
            self._held.pop(claimed.id, None)
            self._bell.set()

        return AckableMessage(data=self.formatter.dumps(message).message, ack=ack)

    async def settle(self, job_id: int, error: BaseException | None) -> None:
        """Write down how an attempt ended. Where its own transaction has done so already, this changes nothing."""
        claimed = self._held[job_id]
        while True:
            try:
                if error is None:
                    await ledger.finish(job_id, claimed.attempt)
                elif not isinstance(error, ledger.LeaseLost):
                    log.warning("job failed", extra={"job": claimed.name, "id": job_id, "attempt": claimed.attempt})
                    await ledger.fail(job_id, claimed.attempt, f"{type(error).__name__}: {error}")
                return
            except (*AWAY, LacasaError):
                await asyncio.sleep(0.5)

    def cancel_all(self) -> None:
        """This worker was declared dead: stop everything it runs; the fence refuses what comes too late."""
        for task in list(self._tasks.values()):
            task.cancel()


def _decoding(handler: Handler) -> Any:
    decoder = msgspec.convert

    async def handle(event: dict[str, Any]) -> None:
        await handler.function(decoder(event, handler.event))

    return handle
