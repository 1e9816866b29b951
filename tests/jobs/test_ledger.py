"""The job ledger: claimed once, fenced, retried with a pause, buried with honours."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from core.access import Actor, system
from core.database import pool, transaction
from core.extend import registry
from core.extend.module import Job
from core.jobs import ledger
from core.jobs.lanes import Lanes
from tests.factories import an_organization

pytestmark = pytest.mark.usefixtures("connected")
RAN: list[dict[str, Any]] = []


async def _work(**arguments: Any) -> None:
    RAN.append(arguments)


@pytest.fixture(autouse=True)
def a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job of a class that no other process of the tests serves."""
    job = Job(name="tests.work", function=_work, job_class="bulk", timeout_s=5, max_attempts=2, on_dead=_work)
    monkeypatch.setattr(registry, "jobs", lambda: {job.name: job})


async def _worker(lease_s: float = 30) -> int:
    sql = "INSERT INTO workers (lease_until, host) VALUES (now() + make_interval(secs => $1), 'tests') RETURNING id"
    return int(await pool().fetchval(sql, lease_s))


async def _enqueue(actor: Actor, key: str | None = None, **arguments: Any) -> bool:
    async with transaction(actor):
        return await ledger.enqueue(actor, "tests.work", key=key, **arguments)


async def _claim(worker: int, actor: Actor) -> list[ledger.Claimed]:
    claimed = await Lanes("bulk", 700).claim(500, worker, ["tests.work"], {})
    return [job for job in claimed if job.organization_id == actor.organization_id]


async def _claim_all(worker: int, actor: Actor) -> list[ledger.Claimed]:
    """Also where many organizations have work, and each claim has room for some of its own."""
    found: list[ledger.Claimed] = []
    while claimed := await Lanes("bulk", 700).claim(500, worker, ["tests.work"], {}):
        found += [job for job in claimed if job.organization_id == actor.organization_id]
    return found


async def _status(job_id: int) -> tuple[int, int]:
    row = await pool().fetchrow("SELECT status, attempt FROM jobs WHERE id = $1", job_id)
    return row["status"], row["attempt"]


async def test_a_job_is_there_only_if_its_transaction_commits() -> None:
    admin = await an_organization()
    with suppress(ZeroDivisionError):
        async with transaction(admin):
            await ledger.enqueue(admin, "tests.work")
            raise ZeroDivisionError
    assert await _claim(await _worker(), admin) == []


async def test_a_key_is_queued_once_until_it_is_done() -> None:
    admin = await an_organization()
    assert await _enqueue(admin, "daily")
    assert not await _enqueue(admin, "daily")
    (job,) = await _claim(await _worker(), admin)
    assert not await _enqueue(admin, "daily")
    assert await ledger.finish(job.id, job.attempt)
    assert await _enqueue(admin, "daily")


async def test_two_workers_never_claim_the_same_job() -> None:
    admin = await an_organization()
    for number in range(30):
        await _enqueue(admin, number=number)
    one, other = await asyncio.gather(_claim_all(await _worker(), admin), _claim_all(await _worker(), admin))
    assert len({job.id for job in one + other}) == len(one) + len(other) == 30


async def test_a_worker_that_comes_back_from_the_dead_can_neither_finish_nor_commit() -> None:
    admin = await an_organization()
    await _enqueue(admin)
    dying = await _worker()
    (late,) = await _claim(dying, admin)
    await pool().execute("UPDATE workers SET lease_until = now() - interval '1 second' WHERE id = $1", dying)
    assert await _claim(dying, admin) == []
    await ledger.sweep()
    (fresh,) = await _claim(await _worker(), admin)
    assert (fresh.id, fresh.attempt) == (late.id, late.attempt + 1)
    assert not await ledger.finish(late.id, late.attempt)
    token = ledger.running.set(late)
    try:
        with pytest.raises(ledger.LeaseLost):
            async with ledger.effect(system(admin.organization_id)) as db:
                await db.execute("UPDATE organizations SET name = 'twice' WHERE id = $1", admin.organization_id)
    finally:
        ledger.running.reset(token)
    assert await pool().fetchval("SELECT name FROM organizations WHERE id = $1", admin.organization_id) == "Harbour Lights"
    assert await ledger.finish(fresh.id, fresh.attempt)


async def test_an_effect_and_its_job_end_together() -> None:
    admin = await an_organization()
    await _enqueue(admin)
    (job,) = await _claim(await _worker(), admin)
    token = ledger.running.set(job)
    try:
        async with ledger.effect(system(admin.organization_id)) as db:
            await db.execute("UPDATE organizations SET name = 'once' WHERE id = $1", admin.organization_id)
    finally:
        ledger.running.reset(token)
    assert await _status(job.id) == (2, 1)


async def test_a_failing_job_waits_and_is_tried_again_then_buried_and_its_follower_queued() -> None:
    admin = await an_organization()
    await _enqueue(admin, number=7)
    (job,) = await _claim(await _worker(), admin)
    await ledger.fail(job.id, job.attempt, "it rained")
    assert await _status(job.id) == (0, 1)
    assert await _claim(await _worker(), admin) == []
    await pool().execute("UPDATE jobs SET run_at = now() WHERE id = $1", job.id)
    (again,) = await _claim(await _worker(), admin)
    await ledger.fail(again.id, again.attempt, "it rained again")
    assert await _status(job.id) == (3, 2)
    follower = await pool().fetchrow("SELECT name, arguments, class FROM jobs WHERE key = $1", f"dead:{job.id}")
    assert (follower["name"], follower["arguments"], follower["class"]) == ("tests.work:dead", {"number": 7}, "interactive")


async def test_what_was_claimed_but_not_begun_goes_back_unharmed() -> None:
    admin = await an_organization()
    await _enqueue(admin)
    worker = await _worker()
    (job,) = await _claim(worker, admin)
    await ledger.release([job.id], worker)
    assert await _status(job.id) == (0, 0)


def test_the_pause_between_attempts_grows_to_five_minutes() -> None:
    for attempt in range(1, 40):
        pause = ledger.backoff_s(attempt)
        assert 0.5 * min(300, 2 ** (attempt - 1)) <= pause <= min(300, 2 ** (attempt - 1))
