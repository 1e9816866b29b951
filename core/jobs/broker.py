"""taskiq over the job ledger: kick = insert, listening = bell + batch claim, saving the result = fenced finish.

taskiq gives the receiver (concurrency, timeouts, orderly shutdown) and its middleware; the ledger keeps the truth.
A message is handed to the receiver (`JobReceiver`) ready made: there is nothing to parse, validate or inject.
"""

import asyncio
import logging
import time
import traceback
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
from taskiq import AckableMessage, AsyncBroker, AsyncResultBackend, BrokerMessage, TaskiqMessage, TaskiqResult
from taskiq.abc.formatter import TaskiqFormatter

from core.database import AWAY
from core.errors import LacasaError
from core.events import wake
from core.extend import registry
from core.extend.module import Handler, Job, JobClass
from core.jobs import ledger
from core.jobs.attempts import Attempts
from core.jobs.finisher import Attempt, Finisher
from core.jobs.horizon import Horizon
from core.jobs.lanes import Lanes
from core.jobs.ledger import Claimed

log = logging.getLogger("lacasa.jobs")

POLL_S = 1.0
STRAYS_S = 5.0
GATHER_S = 0.003
"""How long a nearly full worker waits for more slots to become free, so that it claims several jobs at once."""
HANDLER_TIMEOUT_S = 30.0
SHARES: dict[JobClass, float] = {"interactive": 1.0, "ai": 0.5, "channel-io": 0.5, "bulk": 0.25}
"""The most of a worker's slots that one class may fill, in the order in which classes are served."""


class Outcomes(AsyncResultBackend[Any]):
    """Where taskiq saves a result, the ledger learns how the attempt ended."""

    def __init__(self, broker: "LedgerBroker") -> None:
        self._broker = broker

    async def set_result(self, task_id: str, result: TaskiqResult[Any]) -> None:
        await self._broker.settle(attempt_of(task_id), result.error if result.is_err else None)

    async def is_result_ready(self, task_id: str) -> bool:
        raise NotImplementedError("jobs return nothing")

    async def get_result(self, task_id: str, with_logs: bool = False) -> TaskiqResult[Any]:
        raise NotImplementedError("jobs return nothing")


class ReadyMade(TaskiqFormatter):
    """What is claimed becomes a message once; the bytes that taskiq passes around are only its name."""

    def __init__(self) -> None:
        self._messages: dict[bytes, TaskiqMessage] = {}

    def put(self, message: TaskiqMessage) -> bytes:
        name = message.task_id.encode()
        self._messages[name] = message
        return name

    def loads(self, message: bytes) -> TaskiqMessage:
        return self._messages.pop(message)

    def dumps(self, message: TaskiqMessage) -> BrokerMessage:
        content = msgspec.json.encode(message.kwargs)
        return BrokerMessage(task_id=message.task_id, task_name=message.task_name, message=content, labels=message.labels)


def attempt_of(task_id: str) -> Attempt:
    job_id, _, attempt = task_id.partition(".")
    return int(job_id), int(attempt)


class LedgerBroker(AsyncBroker):
    """`worker_id` must be set (and kept alive by the worker's heartbeat) before listening; `finisher.run` must go on.

    Everything is kept by (job, attempt): after a long pause two attempts of one job may be here at a time.
    """

    def __init__(self, concurrency: int) -> None:
        super().__init__()
        self.worker_id = 0
        self.finisher = Finisher()
        self.horizon = Horizon(list(SHARES))
        self.concurrency = concurrency
        self._lanes = {job_class: Lanes(job_class, max(1, int(concurrency * share))) for job_class, share in SHARES.items()}
        self._held: dict[Attempt, Claimed] = {}
        self.attempts = Attempts()
        self.leaving = False
        self.unfinished: list[int] = []
        """What was stopped because this worker ends."""
        self._bell = asyncio.Event()
        self._rung: set[JobClass] = set(SHARES)
        self._ready = ReadyMade()
        self.with_formatter(self._ready)
        self.with_result_backend(Outcomes(self))
        self.timeouts: dict[str, float] = {}
        self.runs: dict[str, Callable[[Claimed], Awaitable[None]]] = {}
        for job in registry.jobs().values():
            self._add(job.name, job.function, job.timeout_s)
            if job.on_dead is not None:
                self._add(ledger.dead_name(job.name), job.on_dead, job.timeout_s)
        for handler in registry.handlers().values():
            self._add(handler.name, _decoding(handler), HANDLER_TIMEOUT_S)

    def _add(self, name: str, function: Callable[..., Awaitable[None]], timeout_s: float) -> None:
        async def run(claimed: Claimed) -> None:
            token = ledger.running.set(claimed)
            try:
                await function(**claimed.arguments)
            finally:
                ledger.running.reset(token)

        self.timeouts[name] = timeout_s
        self.runs[name] = run
        self.register_task(run, task_name=name)

    async def kick(self, message: BrokerMessage) -> None:
        """taskiq's way to enqueue, for code that holds a task object; `ledger.enqueue` is ours."""
        job: Job = registry.jobs()[message.task_name]
        values = (None, job.job_class, job.name, msgspec.json.decode(message.message), None, None, job.max_attempts)
        await ledger.connections().execute(ledger.ENQUEUE, *values)
        await wake.jobs(job.job_class)

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Claimed jobs one by one, for a receiver of taskiq's own, which nobody stops when the lease is lost: only the fence holds then."""
        async for batch in self.batches(asyncio.Event()):
            for claimed in batch:
                yield self.message(claimed)

    async def batches(self, stopping: asyncio.Event) -> AsyncGenerator[list[Claimed], None]:
        """Claimed jobs, as many as there are free slots, until `stopping`."""
        stops = [await wake.subscribe(f"jobs.{job_class}", self._ringing(job_class)) for job_class in SHARES]
        waiter = asyncio.create_task(self._ring_at(stopping))
        strays_at = time.monotonic() + STRAYS_S
        all_at = time.monotonic()
        try:
            while not stopping.is_set():
                self._bell.clear()
                if time.monotonic() >= all_at:  # a job falls due without a bell, however often others ring
                    self._rung.update(SHARES)
                    all_at = time.monotonic() + POLL_S
                if batch := await self._claim():
                    yield batch
                if time.monotonic() > strays_at:
                    strays_at = time.monotonic() + STRAYS_S
                    await self._take_back_strays()
                if not stopping.is_set():
                    await self._pause()
        finally:
            waiter.cancel()
            for stop in stops:
                await stop()

    async def _ring_at(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self._bell.set()

    def _ringing(self, job_class: JobClass) -> Callable[[object], Awaitable[None]]:
        async def ring(_message: object) -> None:
            self._rung.add(job_class)
            self._bell.set()

        return ring

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._bell.wait(), POLL_S)
            if self.concurrency - len(self._held) < self.concurrency / 4:
                await asyncio.sleep(GATHER_S)

    async def _claim(self) -> list[Claimed]:
        names = list(self.timeouts)
        rung, self._rung = self._rung, set()
        claimed: list[Claimed] = []
        for job_class in (job_class for job_class in SHARES if job_class in rung):
            lanes = self._lanes[job_class]
            running = Counter(job.owner for job in self._held.values() if job.job_class == job_class)
            free = min(self.concurrency - len(self._held), lanes.slots - running.total())
            lanes.more = True
            if free > 0:
                try:
                    taken = await lanes.claim(free, self.worker_id, names, running, self.horizon.jobs[job_class])
                except (*AWAY, LacasaError, asyncpg.PostgresError) as error:
                    log.warning("nothing could be claimed (%s)", type(error).__name__)
                    break
                self._held |= {(job.id, job.attempt): job for job in taken}
                claimed += taken
        return claimed

    async def _take_back_strays(self) -> None:
        held = [job_id for job_id, _ in self._held]
        try:
            await ledger.take_back_strays(self.worker_id, held + self.finisher.held)
        except (*AWAY, LacasaError, asyncpg.PostgresError) as error:
            log.warning("strays could not be taken back (%s)", type(error).__name__)

    def message(self, claimed: Claimed) -> AckableMessage:
        """What taskiq and its middleware know of a job."""
        message = TaskiqMessage.model_construct(
            task_id=f"{claimed.id}.{claimed.attempt}",
            task_name=claimed.name,
            labels={"timeout": self.timeouts[claimed.name]},
            labels_types=None,
            args=[],
            kwargs={"claimed": claimed},
        )

        async def ack() -> None:
            self.let_go(claimed)

        return AckableMessage.model_construct(data=self._ready.put(message), ack=ack)

    def let_go(self, claimed: Claimed) -> None:
        """The attempt has ended and is being written down: its slot is free."""
        self._held.pop((claimed.id, claimed.attempt), None)
        more = [job_class for job_class, lanes in self._lanes.items() if lanes.more]
        if more:
            self._rung.update(more)
            self._bell.set()

    async def settle(self, attempt: Attempt, error: BaseException | None) -> None:
        """Write down how an attempt ended. Where its own transaction has done so already, this changes nothing.

        An end that PostgreSQL refuses is let go of: the job is a stray then, and is taken back within seconds.
        """
        claimed = self._held[attempt]
        if self.leaving and isinstance(error, asyncio.CancelledError):
            self.unfinished += [] if claimed.finished else [claimed.id]
            return
        if error is None:
            if not claimed.finished:
                await self.finisher.add(attempt)
            return
        if isinstance(error, ledger.LeaseLost):
            return
        about = {"job": claimed.name, "id": claimed.id, "attempt": claimed.attempt, "error": type(error).__name__}
        log.warning("job failed", extra=about | {"where": _where(error)})
        while True:
            try:
                await ledger.fail(*attempt, f"{type(error).__name__}: {error}")
                return
            except (*AWAY, LacasaError):
                await asyncio.sleep(0.5)
            except asyncpg.PostgresError as refused:
                log.error("the failure of a job was refused", extra={"id": claimed.id, "error": type(refused).__name__})  # noqa: TRY400 (PostgreSQL's own words may quote a row)
                return

    def cancel_all(self) -> None:
        """This worker was declared dead: stop everything it runs; the fence refuses what comes too late."""
        self.attempts.cancel_all()


def _where(error: BaseException) -> str:
    """The last steps to where it was raised; never its message, which may quote what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def _decoding(handler: Handler) -> Callable[..., Awaitable[None]]:
    async def handle(event: dict[str, Any]) -> None:
        await handler.function(msgspec.convert(event, handler.event))

    return handle
