"""Whoever queues much waits for himself alone."""

import random
from collections import Counter
from datetime import timedelta

import asyncpg
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.database import pool
from core.embedded.servers import Urls
from core.jobs.horizon import Horizon
from core.jobs.lanes import BEGINNING, CLAIM, Lanes
from core.jobs.ledger import Claimed
from tests.factories import an_organization
from tests.jobs.parts import NAME, a_worker, forget_all, queue

pytestmark = pytest.mark.usefixtures("connected")


async def _claim(lanes: Lanes, free: int, worker: int, running: Counter[int] | None = None) -> list[Claimed]:
    return await lanes.claim(free, worker, [NAME], running or Counter())


async def test_one_job_behind_ten_thousand_of_another_starts_within_a_few_claims() -> None:
    await forget_all()
    many, one = (await an_organization()).organization_id, (await an_organization()).organization_id
    await queue(many, 10_000, ago_s=60)
    lanes, worker = Lanes("bulk", 4), await a_worker()
    first = await _claim(lanes, 4, worker)
    assert {job.owner for job in first} == {many}
    await queue(one, 1)
    claims = 1
    while one not in {job.owner for job in await _claim(lanes, 1, worker)}:
        claims += 1
    assert claims <= 2


async def test_it_starts_even_where_the_ten_thousand_were_queued_over_half_an_hour() -> None:
    await forget_all()
    many, one = (await an_organization()).organization_id, (await an_organization()).organization_id
    for minutes in range(30):
        for part in range(6):
            await queue(many, 50, ago_s=minutes * 60 + part * 10 + 15)
    await queue(one, 1)
    lanes, worker = Lanes("bulk", 4), await a_worker()
    owners = [job.owner for _ in range(4) for job in await _claim(lanes, 2, worker)]
    assert one in owners


async def test_an_organization_never_fills_all_slots() -> None:
    await forget_all()
    many, one = (await an_organization()).organization_id, (await an_organization()).organization_id
    await queue(many, 100)
    lanes, worker = Lanes("bulk", 8), await a_worker()
    held = await _claim(lanes, 8, worker)
    assert len(held) == lanes.most == 6
    running = Counter(job.owner for job in held)
    assert await _claim(lanes, 2, worker, running) == []
    await queue(one, 5)
    assert [job.owner for job in await _claim(lanes, 2, worker, running)] == [one, one]


async def test_a_class_of_one_slot_serves_organizations_in_turn() -> None:
    await forget_all()
    owners = [(await an_organization()).organization_id for _ in range(3)]
    for owner in owners:
        await queue(owner, 5)
    lanes, worker = Lanes("bulk", 1), await a_worker()
    served = [job.owner for _ in range(6) for job in await _claim(lanes, 1, worker)]
    assert sorted(served[:3]) == sorted(served[3:]) == sorted(owners)


async def test_an_organization_alone_gets_whatever_it_may_hold_in_one_claim_oldest_first() -> None:
    await forget_all()
    owner = (await an_organization()).organization_id
    for ago_s in (100, 50, 5):
        await queue(owner, 3, ago_s=ago_s)
    claimed = await _claim(Lanes("bulk", 8), 8, await a_worker())
    oldest = await pool().fetch("SELECT id FROM jobs WHERE class = 'bulk' ORDER BY run_at, id LIMIT 6")
    assert [job.id for job in claimed] == [row["id"] for row in oldest]


@pytest.mark.parametrize("seed", range(10))
async def test_all_is_claimed_once_and_nobody_waits_longer_than_one_round(seed: int, owners: list[int]) -> None:
    await forget_all()
    chance = random.Random(seed)
    queued: Counter[int] = Counter()
    for owner in owners:
        for _ in range(chance.randrange(4)):
            count = chance.randint(1, 12)
            await queue(owner, count, ago_s=chance.randint(1, 40))
            queued[owner] += count
    lanes, worker = Lanes("bulk", chance.randint(1, 9)), await a_worker()
    seen: set[int] = set()
    waited: Counter[int] = Counter()
    while queued.total():
        claimed = await _claim(lanes, chance.randint(1, lanes.slots), worker)
        assert claimed
        assert not seen & {job.id for job in claimed}
        seen |= {job.id for job in claimed}
        served = Counter(job.owner for job in claimed)
        assert max(served.values()) <= lanes.most
        queued -= served
        for owner in owners:
            waited[owner] = 0 if owner in served or not queued[owner] else waited[owner] + 1
            assert waited[owner] < len(owners)


@pytest.fixture(scope="module")
async def owners(connected: Urls) -> list[int]:
    return [(await an_organization()).organization_id for _ in range(4)]


async def test_under_an_old_snapshot_a_claim_does_not_walk_what_was_done_long_ago(connected: Urls) -> None:
    await forget_all()
    owner = (await an_organization()).organization_id
    dump = await asyncpg.connect(connected.database)
    dumping = dump.transaction(isolation="repeatable_read", readonly=True)
    await dumping.start()
    await dump.fetchval("SELECT count(*) FROM jobs")
    horizon = Horizon(["bulk"])
    await horizon.advance(pool())
    for ago_s in (300, 200, 100):
        await queue(owner, 4000, ago_s=ago_s)
    await pool().execute("UPDATE jobs SET status = 2, finished_at = now() WHERE class = 'bulk'")
    await queue(owner, 10, ago_s=0)
    await horizon.advance(pool())
    assert horizon.jobs["bulk"] > BEGINNING
    worker = await a_worker()
    with_floor, without = await _buffers(worker, horizon.jobs["bulk"]), await _buffers(worker, BEGINNING)
    await dumping.rollback()
    await dump.close()
    assert with_floor < without / 4


async def _buffers(worker: int, floor: object) -> int:
    """Pages that a claim touches; it is rolled back."""
    async with pool().acquire() as connection:
        await connection.execute("BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        arguments = ("bulk", 1, worker, [NAME], floor, -1, [], [], 4)
        plan = await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {CLAIM}", *arguments)
        await connection.execute("ROLLBACK")
    top = (msgspec.json.decode(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])


async def test_the_horizon_stops_before_a_job_that_is_still_queued_or_not_yet_committed(connected: Urls) -> None:
    await forget_all()
    owner = (await an_organization()).organization_id
    writer = await asyncpg.connect(connected.database)
    writing = writer.transaction()
    await writing.start()
    await writer.execute("INSERT INTO jobs (organization_id, class, name) VALUES ($1, 'bulk', $2)", owner, NAME)
    horizon = Horizon(["bulk"])
    for _ in range(3):
        await horizon.advance(pool())
    assert horizon.jobs["bulk"] == BEGINNING
    await writing.commit()
    await writer.close()
    for _ in range(3):
        await horizon.advance(pool())
    due = await pool().fetchval("SELECT min(run_at) FROM jobs WHERE class = 'bulk' AND status = 0")
    assert BEGINNING < horizon.jobs["bulk"] <= due
    assert len(await Lanes("bulk", 4).claim(4, await a_worker(), [NAME], Counter(), horizon.jobs["bulk"])) == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["begin", "write", "commit", "sample"]), st.integers(0, 2)), min_size=10, max_size=60))
def test_whatever_is_written_before_the_settled_time_is_visible(moves: list[tuple[str, int]]) -> None:
    """Writers take their ids, then times, and commit in any order."""
    horizon, now, next_xid = Horizon(["bulk"]), BEGINNING + timedelta(days=1), 10
    running: dict[int, list[object]] = {}
    for move, choice in moves:
        now += timedelta(seconds=1)
        writers = sorted(running)
        if move == "begin":
            running[next_xid] = []
            next_xid += 1
        elif move == "write" and writers:
            running[writers[choice % len(writers)]].append(now)
        elif move == "commit" and writers:
            running.pop(writers[choice % len(writers)])
        elif move == "sample":
            settled = horizon.settle(min(running, default=next_xid), next_xid, now)
            unseen = [time for times in running.values() for time in times]
            assert settled is None or all(time > settled for time in unseen)
