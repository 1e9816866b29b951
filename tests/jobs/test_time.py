"""What time starts: timers, schedules, housekeeping."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.database import pool, transaction
from core.extend.module import Job, Schedule
from core.jobs import housekeeping, timers
from core.jobs.horizon import Horizon
from core.jobs.schedules import Planner, next_after
from tests.factories import an_organization
from tests.jobs.parts import NAME, a_worker, enqueued, forget_all, only, queue, row

pytestmark = pytest.mark.usefixtures("connected")


async def _nothing() -> None: ...


@pytest.fixture(autouse=True)
def a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Job(name=NAME, function=_nothing, job_class="bulk", timeout_s=5, max_attempts=2))


async def _timers(owner: int, count: int) -> None:
    await pool().execute(
        """INSERT INTO timers (organization_id, name, key, arguments, due_at)
           SELECT $1, $2, 'tests:' || n, jsonb_build_object('n', n), now() - interval '1 second' + n * interval '1 microsecond'
           FROM generate_series(1, $3) n""",
        owner, NAME, count,
    )  # fmt: skip


async def test_ten_thousand_timers_fire_once_each_with_several_workers_polling() -> None:
    await forget_all()
    owner = (await an_organization()).organization_id
    await _timers(owner, 10_000)
    await asyncio.gather(*(timers.Clock(Horizon(["bulk"])).fire_all() for _ in range(3)))
    fired = await pool().fetch("SELECT arguments, class, max_attempts FROM jobs WHERE organization_id = $1", owner)
    assert Counter(job["arguments"]["n"] for job in fired) == Counter(range(1, 10_001))
    assert {(job["class"], job["max_attempts"]) for job in fired} == {("bulk", 2)}
    assert await pool().fetchval("SELECT count(*) FROM timers WHERE organization_id = $1", owner) == 0


async def test_a_timer_that_is_set_into_the_past_fires_however_far_the_horizon_is() -> None:
    admin = await an_organization()
    horizon = Horizon(["bulk"])
    for _ in range(3):
        await horizon.advance(pool())
    async with transaction(admin):
        await timers.set_timer(admin, NAME, key="late", due_at=datetime.now(UTC) - timedelta(days=1))
    await timers.Clock(horizon).fire_all()
    assert await pool().fetchval("SELECT count(*) FROM jobs WHERE organization_id = $1", admin.organization_id) == 1


async def test_a_timer_set_again_makes_no_second_job_while_the_first_has_not_begun() -> None:
    admin = await an_organization()

    async def due(n: int = 1, key: str = "again") -> int:
        async with transaction(admin):
            await timers.set_timer(admin, NAME, key=key, due_at=datetime.now(UTC), n=n)
        await asyncio.sleep(0.01)
        assert await timers.fire() == 1
        return int(
            await pool().fetchval("SELECT count(*) FROM jobs WHERE organization_id = $1 AND status < 2", admin.organization_id)
        )

    async def changed(sets: str) -> None:
        await pool().execute(f"UPDATE jobs SET {sets} WHERE organization_id = $1 AND status < 2", admin.organization_id)

    assert [await due(), await due(), await due()] == [1, 1, 1]
    assert await due(key="another") == 2
    assert await due(n=2) == 3, "with other arguments it is something else"
    await changed("status = 2")
    assert await due() == 1, "it was done"
    await changed("status = 1, attempt = 1")
    assert await due() == 2, "it has begun, and may have looked before the timer was set again"
    await changed("status = 0, attempt = 1, run_at = now() + interval '5 minutes'")
    assert await due() == 3, "it failed, and comes again late"


async def test_a_timer_that_is_not_due_stays() -> None:
    admin = await an_organization()
    async with transaction(admin):
        await timers.set_timer(admin, NAME, key="later", due_at=datetime.now(UTC) + timedelta(hours=1))
    await timers.Clock(Horizon(["bulk"])).fire_all()
    assert await pool().fetchval("SELECT count(*) FROM timers WHERE organization_id = $1", admin.organization_id) == 1


async def _fired() -> int:
    """How many jobs schedules have queued, each done at once so that its key is free."""
    done = await pool().fetch(
        "UPDATE jobs SET status = 2 WHERE name = $1 AND organization_id IS NULL AND status = 0 RETURNING id", NAME
    )
    return len(done)


async def test_a_schedule_fires_once_for_all_workers_and_catches_up_once_after_a_pause() -> None:
    await _fired()
    schedules = [
        Schedule("tests hourly", NAME, every_s=3600),
        Schedule("tests nightly", NAME, cron="30 2 * * *", zone="Europe/Madrid"),
    ]
    await pool().execute("DELETE FROM schedules WHERE name LIKE 'tests %'")
    planners = [Planner(schedules) for _ in range(4)]
    await asyncio.gather(*(planner.fire() for planner in planners))
    assert await _fired() == 1
    for _ in range(2):
        await pool().execute("UPDATE schedules SET next_at = now() - interval '3 days' WHERE name LIKE 'tests %'")
        await asyncio.gather(*(planner.fire() for planner in planners))
        assert await _fired() == 2
    await asyncio.gather(*(planner.fire() for planner in planners))
    assert await _fired() == 0


async def test_a_schedule_does_not_queue_its_job_while_that_still_waits() -> None:
    await _fired()
    planner = Planner([Schedule("tests often", NAME, every_s=1)])
    await planner.fire()
    await pool().execute("UPDATE schedules SET next_at = now() WHERE name = 'tests often'")
    await planner.fire()
    assert await _fired() == 1


async def test_a_new_version_with_another_rule_does_not_wait_for_the_old_time() -> None:
    await Planner([Schedule("tests moved", NAME, cron="0 0 1 1 *")]).fire()
    await Planner([Schedule("tests moved", NAME, cron="*/5 * * * *")]).fire()
    due = await pool().fetchval("SELECT next_at - now() FROM schedules WHERE name = 'tests moved'")
    assert due <= timedelta(minutes=5)
    await _fired()


@pytest.mark.parametrize(
    ("cron", "zone", "now", "then"),
    [
        ("30 2 * * *", "Europe/Madrid", "2026-03-28T12:00:00+00:00", "2026-03-29T01:00:00+00:00"),
        ("30 2 * * *", "Europe/Madrid", "2026-10-24T12:00:00+00:00", "2026-10-25T00:30:00+00:00"),
        ("30 2 * * *", "UTC", "2026-03-28T12:00:00+00:00", "2026-03-29T02:30:00+00:00"),
        ("0 9 * * mon-fri", "Asia/Dubai", "2026-11-27T06:00:00+00:00", "2026-11-30T05:00:00+00:00"),
    ],
)
def test_cron_times_are_those_of_the_zone_also_when_clocks_change(cron: str, zone: str, now: str, then: str) -> None:
    schedule = Schedule("tests", NAME, cron=cron, zone=zone)
    assert next_after(schedule, datetime.fromisoformat(now)) == datetime.fromisoformat(then)


@settings(max_examples=100, deadline=None)
@given(
    hours=st.integers(0, 30_000),
    seconds=st.integers(0, 3599),
    minute=st.integers(0, 59),
    zone=st.sampled_from(["UTC", "Europe/Madrid", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_an_hourly_cron_fires_again_within_the_hour_and_later_than_now(hours: int, seconds: int, minute: int, zone: str) -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours, seconds=seconds)
    then = next_after(Schedule("tests", NAME, cron=f"{minute} * * * *", zone=zone), now)
    assert now < then <= now + timedelta(minutes=90)


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"every_s": 5, "cron": "* * * * *"},
        {"every_s": 0},
        {"cron": "61 * * * *"},
        {"cron": "0 0 30 2 *"},
        {"cron": "* * * *"},
        {"cron": "* * * * *", "zone": "Europe/Nowhere"},
        {"cron": "* * * * *", "zone": "../etc/passwd"},
    ],
)
def test_a_schedule_that_can_never_fire_is_refused_at_once(rule: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="schedule tests"):
        Schedule("tests", NAME, **rule)  # type: ignore[arg-type]


async def test_housekeeping_keeps_up_with_any_number_of_old_rows() -> None:
    await forget_all()
    owner = (await an_organization()).organization_id
    await queue(owner, 13_000)
    await pool().execute("UPDATE jobs SET status = 2, finished_at = now() - interval '2 days' WHERE organization_id = $1", owner)
    await pool().execute(
        """INSERT INTO workers (lease_until, host) SELECT now() - interval '2 hours', 'tests' FROM generate_series(1, 2500);
           INSERT INTO throttles (key, window_start) SELECT 'tests' || n, now() - interval '2 days' FROM generate_series(1, 4500) n"""
    )
    young = await enqueued(await an_organization())
    await housekeeping.tidy.function()
    assert await pool().fetchval("SELECT count(*) FROM jobs WHERE organization_id = $1", owner) == 0
    assert await pool().fetchval("SELECT count(*) FROM workers WHERE lease_until < now() - interval '1 hour'") == 0
    assert await pool().fetchval("SELECT count(*) FROM throttles WHERE key LIKE 'tests%'") == 0
    assert (await row(young))["status"] == 0


async def test_housekeeping_buries_what_no_worker_knows_any_more_and_leaves_a_dead_workers_row_while_it_runs_something() -> None:
    await forget_all()
    owner = (await an_organization()).organization_id
    await queue(owner, 3, ago_s=8 * 86400, name="gone.work")
    await queue(owner, 3, ago_s=8 * 86400)
    worker = await a_worker(-7200)
    known = "SELECT min(id) FROM jobs WHERE organization_id = $1 AND name = $3"
    await pool().execute(f"UPDATE jobs SET status = 1, worker_id = $2 WHERE id = ({known})", owner, worker, NAME)
    await housekeeping.tidy.function()
    found = await pool().fetch(
        "SELECT name, status, count(*) AS n FROM jobs WHERE organization_id = $1 GROUP BY 1, 2 ORDER BY 1, 2", owner
    )
    assert [tuple(each) for each in found] == [("gone.work", 3, 3), (NAME, 0, 2), (NAME, 1, 1)]
    assert await pool().fetchval("SELECT count(*) FROM workers WHERE id = $1", worker) == 1
    await forget_all()
