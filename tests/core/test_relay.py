"""The relay: positions without gaps, order of commits, each handler's job once, and two relays at a time."""

import asyncio

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.embedded.servers import Urls
from core.events.relay import Floor, Relay
from tests.factories import a_message, an_inbox, an_organization, another_message


async def _drain(relay: Relay, url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        while await relay.step(connection):
            pass
    finally:
        await connection.close()


async def test_positions_have_no_gaps_and_follow_commits_with_several_relays_at_once(connected: Urls) -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))

    async def write() -> None:
        for number in range(15):
            await another_message(visitor, sent, f"Message {number}")

    writers = [asyncio.create_task(write()) for _ in range(4)]
    while not all(writer.done() for writer in writers):
        await asyncio.gather(*(_drain(Relay(connected.database), connected.database) for _ in range(3)))
    await asyncio.gather(*writers)
    await _drain(Relay(connected.database), connected.database)
    connection = await asyncpg.connect(connected.database)
    rows = await connection.fetch(
        "SELECT position, version, conversation_id FROM event_log WHERE organization_id = $1 ORDER BY position",
        admin.organization_id,
    )
    await connection.close()
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    versions = [row["version"] for row in rows if row["conversation_id"] == sent.conversation.id]
    assert versions == sorted(versions)
    assert len(rows) >= 60


async def test_each_handler_gets_one_job_per_event(connected: Urls) -> None:
    admin = await an_organization()
    await a_message(await an_inbox(admin))
    await _drain(Relay(connected.database), connected.database)
    connection = await asyncpg.connect(connected.database)
    keys = [row["key"] for row in await connection.fetch("SELECT key FROM jobs WHERE organization_id = $1", admin.organization_id)]
    await connection.close()
    assert len(keys) == len(set(keys))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["begin", "write", "commit", "step"]), st.integers(0, 2)), min_size=20, max_size=60))
def test_the_floor_never_passes_an_event_that_is_still_to_come(moves: list[tuple[str, int]]) -> None:
    """Writers begin, take ids and commit in any order; whatever lies at or below the floor must have been moved already."""
    floor, next_xid, next_id = Floor(), 10, 1
    running: dict[int, list[int]] = {}
    waiting: set[int] = set()
    moved: set[int] = set()
    for move, choice in moves:
        writers = sorted(running)
        if move == "begin":
            running[next_xid] = [next_id]
            next_xid, next_id = next_xid + 1, next_id + 1
        elif move == "write" and writers:
            running[writers[choice % len(writers)]].append(next_id)
            next_id += 1
        elif move == "commit" and writers:
            waiting |= set(running.pop(writers[choice % len(writers)]))
        elif move == "step" and (batch := {event for event in waiting if event > floor.id}):
            waiting -= batch
            moved |= batch
            floor.advance(max(batch), min(running, default=next_xid), next_xid, drained=True)
        assert set(range(1, floor.id + 1)) <= moved


@pytest.mark.parametrize("drained", [True, False])
def test_the_floor_moves_only_after_a_step_that_found_nothing_left(drained: bool) -> None:
    floor = Floor()
    floor.advance(10, 5, 20, drained=True)
    floor.advance(20, 25, 30, drained=True)
    assert floor.id == 0
    floor.advance(0, 35, 40, drained=drained)
    assert floor.id == (10 if drained else 0)
