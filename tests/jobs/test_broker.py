"""The broker that feeds taskiq: attempts apart, ends written down together, nothing stuck whatever PostgreSQL refuses."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult

from core.access import system
from core.database import pool
from core.events import wake
from core.extend.module import Job, JobClass
from core.jobs import broker as brokers
from core.jobs import ledger
from core.jobs.broker import LedgerBroker
from core.jobs.receiver import JobReceiver
from tests.factories import an_organization
from tests.jobs.parts import NAME, a_worker, enqueued, forget_all, only, queue, row

pytestmark = pytest.mark.usefixtures("connected")


def a_job(
    function: Callable[..., Awaitable[None]], *, name: str = NAME, job_class: JobClass = "bulk", timeout_s: float = 20
) -> Job:
    return Job(name=name, function=function, job_class=job_class, timeout_s=timeout_s, max_attempts=3)


@asynccontextmanager
async def working(concurrency: int = 20, drain_s: float = 10) -> AsyncIterator[LedgerBroker]:
    """A worker of this process, without its heartbeat and timers."""
    broker = LedgerBroker(concurrency)
    broker.worker_id = await a_worker()
    receiver = JobReceiver(broker, drain_s=drain_s)
    stopping = asyncio.Event()
    tasks = [asyncio.create_task(receiver.listen(stopping)), asyncio.create_task(broker.finisher.run())]
    try:
        yield broker
    finally:
        stopping.set()
        await asyncio.wait_for(tasks[0], 20)
        await broker.finisher.drain()
        tasks[1].cancel()
        with suppress(asyncio.CancelledError):
            await tasks[1]


async def until(holds: Callable[[], Awaitable[bool]], patience_s: float = 30) -> None:
    for _ in range(int(patience_s / 0.05)):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen")


async def _is(job_id: int, status: int) -> bool:
    return bool((await row(job_id))["status"] == status)


async def test_jobs_run_and_end_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()
    ran: list[int] = []

    async def work() -> None:
        ran.append(1)

    only(monkeypatch, a_job(work))
    owner = (await an_organization()).organization_id
    await queue(owner, 200)
    async with working():
        await until(lambda: _all_done(owner, 200))
    assert len(ran) == 200
    attempts = await pool().fetchval("SELECT max(attempt) FROM jobs WHERE organization_id = $1", owner)
    assert attempts == 1


async def _all_done(owner: int, count: int) -> bool:
    return bool(await pool().fetchval("SELECT count(*) FROM jobs WHERE organization_id = $1 AND status = 2", owner) == count)


async def test_two_attempts_of_one_job_in_one_process_do_not_take_each_other_for_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The worker slept beyond its lease; its job was taken back and claimed again, by the same worker."""
    await forget_all()
    gates = [asyncio.Event(), asyncio.Event()]
    begun: list[ledger.Claimed | None] = []

    async def work() -> None:
        begun.append(ledger.running.get())
        await gates[len(begun) - 1].wait()

    only(monkeypatch, a_job(work))
    job_id = await enqueued(await an_organization())
    async with working() as broker:
        await until(lambda: _count(begun, 1))
        await pool().execute("UPDATE workers SET lease_until = now() - interval '1 second' WHERE id = $1", broker.worker_id)
        broker.worker_id = await a_worker()
        await ledger.sweep()
        await until(lambda: _count(begun, 2))
        assert [job.attempt for job in begun if job] == [1, 2]
        gates[0].set()
        await asyncio.sleep(0.3)
        assert await _is(job_id, 1)
        gates[1].set()
        await until(lambda: _is(job_id, 2))
    assert len(begun) == 2


async def _count(things: list[Any], wanted: int) -> bool:
    return len(things) >= wanted


REFUSE = """
CREATE OR REPLACE FUNCTION tests_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.arguments ->> 'refuse' = NEW.status::text AND NEW.error IS DISTINCT FROM 'how this attempt ended could not be written down' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER tests_refuse BEFORE UPDATE ON jobs FOR EACH ROW WHEN (OLD.arguments ? 'refuse') EXECUTE FUNCTION tests_refuse();
"""


@pytest.fixture
async def refusing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """PostgreSQL refuses the end (as `arguments.refuse` says: 2 done, 0 failed) of some jobs."""
    monkeypatch.setattr(brokers, "STRAYS_S", 0.2)
    await pool().execute(REFUSE)
    yield
    await pool().execute("DROP TRIGGER tests_refuse ON jobs; DROP FUNCTION tests_refuse()")


@pytest.mark.usefixtures("refusing")
@pytest.mark.parametrize("refused", ["0", "2"])
async def test_a_job_whose_end_is_refused_is_tried_again_and_dies_in_the_end(monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    await forget_all()

    async def work(refuse: str) -> None:
        if refuse == "0":
            raise ValueError("it rained\x00")

    only(monkeypatch, a_job(work))
    job_id = await enqueued(await an_organization(), refuse=refused)
    async with working():
        await until(lambda: _is(job_id, 3))
    assert (await row(job_id))["attempt"] == 3


@pytest.mark.usefixtures("refusing")
async def test_one_refused_end_does_not_keep_the_others_of_its_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()

    async def work(**_arguments: Any) -> None:
        await asyncio.sleep(0.01)

    only(monkeypatch, a_job(work))
    admin = await an_organization()
    healthy = [await enqueued(admin) for _ in range(2)]
    poison = await enqueued(admin, refuse="2")
    healthy += [await enqueued(admin) for _ in range(2)]
    async with working(concurrency=40):
        for job_id in healthy:
            await until(lambda job_id=job_id: _is(job_id, 2))
        await until(lambda: _is(poison, 3))
    assert {(await row(job_id))["attempt"] for job_id in healthy} == {1}


async def test_a_claim_whose_answer_was_lost_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()
    monkeypatch.setattr(brokers, "STRAYS_S", 0.2)
    ran: list[int] = []

    async def work() -> None:
        ran.append(1)

    only(monkeypatch, a_job(work))
    job_id = await enqueued(await an_organization())
    await pool().execute("UPDATE jobs SET run_at = now() + interval '1 hour' WHERE id = $1", job_id)  # not to be claimed before
    async with working() as broker:
        claim = "UPDATE jobs SET status = 1, attempt = 1, worker_id = $2, run_at = now() WHERE id = $1"
        await pool().execute(claim, job_id, broker.worker_id)
        await until(lambda: _is(job_id, 2))
    assert ran == [1]


async def test_an_effect_ends_its_job_once(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()
    admin = await an_organization()

    async def work() -> None:
        async with ledger.effect(system(admin.organization_id)) as db:
            await db.execute("UPDATE organizations SET name = name || '!' WHERE id = $1", admin.organization_id)

    only(monkeypatch, a_job(work))
    job_id = await enqueued(admin)
    added: list[Any] = []
    async with working() as broker:
        monkeypatch.setattr(broker.finisher, "add", added.append)
        await until(lambda: _is(job_id, 2))
    assert added == []
    assert await pool().fetchval("SELECT name FROM organizations WHERE id = $1", admin.organization_id) == "Harbour Lights!"


async def test_a_job_that_takes_too_long_is_stopped_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()

    async def work() -> None:
        await asyncio.sleep(60)

    only(monkeypatch, a_job(work, timeout_s=0.1))
    job_id = await enqueued(await an_organization())
    async with working():
        await until(lambda: _tried(job_id))
    assert (await row(job_id))["error"].startswith("TimeoutError")


async def _tried(job_id: int) -> bool:
    return (await row(job_id))["error"] is not None


async def test_one_organizations_slow_jobs_leave_slots_for_anothers(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()
    gate, ran = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        await gate.wait()

    async def quick() -> None:
        ran.set()

    only(monkeypatch, a_job(slow), a_job(quick, name="tests.quick"))
    many, one = await an_organization(), await an_organization()
    await queue(many.organization_id, 500)
    async with working():
        await asyncio.sleep(0.3)
        await enqueued(one, "tests.quick")
        await asyncio.wait_for(ran.wait(), 20)
        gate.set()
        await pool().execute("DELETE FROM jobs WHERE organization_id = $1 AND status = 0", many.organization_id)


class Witness(TaskiqMiddleware):
    """Writes down what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []

    def pre_execute(self, message: TaskiqMessage) -> TaskiqMessage:
        self.seen.append(("before", message.task_name))
        return message

    def on_error(self, message: TaskiqMessage, result: TaskiqResult[Any], exception: BaseException) -> None:
        self.seen.append(("error", str(exception)))

    def post_save(self, message: TaskiqMessage, result: TaskiqResult[Any]) -> None:
        self.seen.append(("after", message.task_name))


async def test_middleware_of_taskiq_sees_every_attempt_and_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()

    async def work(fails: bool = False) -> None:
        if fails:
            raise ValueError("it rained")

    only(monkeypatch, a_job(work))
    admin = await an_organization()
    witness = Witness()
    async with working() as broker:
        broker.add_middlewares(witness)
        fine = await enqueued(admin)
        await until(lambda: _is(fine, 2))
        failing = await enqueued(admin, fails=True)
        await until(lambda: _tried(failing))
    assert witness.seen == [("before", NAME), ("after", NAME), ("before", NAME), ("error", "it rained"), ("after", NAME)]


async def test_what_does_not_end_in_time_is_stopped_and_queued_as_if_it_had_never_been_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await forget_all()
    begun, ended = asyncio.Event(), []

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(1)

    only(monkeypatch, a_job(work))
    job_id = await enqueued(system((await an_organization()).organization_id))
    async with working(drain_s=0.2):
        await asyncio.wait_for(begun.wait(), 10)
    assert ended == [1]
    left = await row(job_id)
    assert (left["status"], left["attempt"], left["worker_id"], left["error"]) == (0, 0, None, None)
    await forget_all()


async def test_what_falls_due_without_a_bell_is_run_while_bells_of_another_class_ring_on(monkeypatch: pytest.MonkeyPatch) -> None:
    await forget_all()

    async def work() -> None: ...

    only(monkeypatch, a_job(work))
    job_id = await enqueued(await an_organization())
    await pool().execute("UPDATE jobs SET run_at = now() + interval '1.5 seconds' WHERE id = $1", job_id)

    async def ring_on() -> None:
        while True:
            await wake.jobs("interactive")
            await asyncio.sleep(0.2)

    ringing = asyncio.create_task(ring_on())
    try:
        async with working():
            await until(lambda: _is(job_id, 2), patience_s=6)
    finally:
        ringing.cancel()
