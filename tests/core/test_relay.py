"""The relay: positions without gaps, order of commits, each handler's job once, and two relays at a time."""

import asyncio

import asyncpg
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nats.aio.client import Client
from nats.aio.msg import Msg

from core.embedded.servers import Urls
from core.events import wake
from core.events.contract import Logged, type_of
from core.events.moving import HEAD, Floor, of_a_row
from core.events.relay import Relay
from core.extend import registry
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


POISON = '{"type":"message.created","content":"\\u0000"}'
OUTBOX = """
INSERT INTO outbox (organization_id, type, version, contact_ids, inbox_ids, team_ids, assignee_ids, staff_only, body)
VALUES ($1, $2, 0, '{}', '{}', '{}', '{}', true, $3) RETURNING id
"""


def _handled_type() -> str:
    return type_of(next(iter(registry.handlers().values())).event)


@pytest.mark.parametrize("poisoned", [{0}, {299}, {7, 8, 150}, set(range(60, 90))])
async def test_a_row_that_postgresql_refuses_is_buried_and_stops_nobody(connected: Urls, poisoned: set[int]) -> None:
    owners = [(await an_organization()).organization_id for _ in range(3)]
    heard: list[tuple[int, int, int]] = []

    async def hear(message: Msg) -> None:
        heard.extend(
            (event.organization_id, event.position, event.id) for event in msgspec.json.decode(message.data, type=list[Logged])
        )

    stops = [await wake.subscribe(f"events.{owner}", hear) for owner in owners]
    connection = await asyncpg.connect(connected.database)
    await _drain(Relay(connected.database), connected.database)
    rows = []
    for number in range(300):
        kind, body = (_handled_type(), POISON) if number in poisoned else ("tests.happened", "{}")
        rows.append((owners[number % 3], await connection.fetchval(OUTBOX, owners[number % 3], kind, body)))
    await _drain(Relay(connected.database), connected.database)
    for owner in owners:
        healthy = [event for number, (whose, event) in enumerate(rows) if whose == owner and number not in poisoned]
        logged = await connection.fetch(
            "SELECT position, id FROM event_log WHERE organization_id = $1 AND type = 'tests.happened' ORDER BY position", owner
        )
        assert [row["id"] for row in logged] == healthy
        positions = [row["position"] for row in logged]
        assert positions == list(range(positions[0], positions[0] + len(positions)))
        dead = await connection.fetch(
            "SELECT id, error, body FROM event_dead_letters WHERE organization_id = $1 ORDER BY id", owner
        )
        assert [row["id"] for row in dead] == [
            event for number, (whose, event) in enumerate(rows) if whose == owner and number in poisoned
        ]
        assert all(row["body"] == POISON and row["error"].startswith("UntranslatableCharacterError: ") for row in dead)
        for _ in range(1000):
            if len([event for whose, _, event in heard if whose == owner and event in healthy]) >= len(healthy):
                break
            await asyncio.sleep(0.01)
        assert [event for whose, _, event in heard if whose == owner and event in healthy] == healthy
    await connection.close()
    for stop in stops:
        await stop()


async def test_events_of_an_organization_that_is_gone_are_dropped(connected: Urls) -> None:
    alive = await an_organization()
    connection = await asyncpg.connect(connected.database)
    gone = await connection.fetchval("INSERT INTO organizations (name, slug) VALUES ('Gone', 'gone') RETURNING id")
    for owner in (gone, alive.organization_id, gone):
        await connection.execute(OUTBOX, owner, _handled_type(), '{"organization_id": 1}')
    await connection.execute("DELETE FROM organizations WHERE id = $1", gone)
    await _drain(Relay(connected.database), connected.database)
    for table in ("outbox", "event_log", "event_clock", "event_dead_letters", "jobs"):
        assert await connection.fetchval(f"SELECT count(*) FROM {table} WHERE organization_id = $1", gone) == 0, table
    types = await connection.fetch("SELECT type FROM event_log WHERE organization_id = $1", alive.organization_id)
    assert _handled_type() in [row["type"] for row in types]
    await connection.close()


async def test_a_missing_day_of_the_log_is_no_fault_of_a_row(connected: Urls) -> None:
    connection = await asyncpg.connect(connected.database)
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await connection.execute(
            """INSERT INTO event_log (organization_id, position, epoch, id, type, version, contact_ids, inbox_ids, team_ids,
                                      assignee_ids, staff_only, body, created_at)
               VALUES (1, 1, 1, 1, 't.t', 0, '{}', '{}', '{}', '{}', true, '{}', '1990-01-01')"""
        )
    assert not of_a_row(caught.value)
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await connection.execute("UPDATE jobs SET status = 9 WHERE id = (SELECT min(id) FROM jobs)")
    assert of_a_row(caught.value)
    await connection.close()


async def test_under_an_old_snapshot_a_step_does_not_walk_what_was_moved_long_ago(connected: Urls) -> None:
    """A dump that runs keeps dead index entries alive; the floor steps over them."""
    admin = await an_organization()
    await _drain(Relay(connected.database), connected.database)
    dump, writer, relaying = [await asyncpg.connect(connected.database) for _ in range(3)]
    dumping = dump.transaction(isolation="repeatable_read", readonly=True)
    await dumping.start()
    await dump.fetchval("SELECT count(*) FROM outbox")
    await relaying.execute("SET enable_seqscan = off")  # as the relay's own session has it
    relay = Relay(connected.database)
    for _ in range(12):
        await writer.executemany(OUTBOX, [(admin.organization_id, "tests.happened", "{}")] * 400)
        while await relay.step(relaying):
            pass
    assert relay._mover._floor.id > 0
    with_floor = await _buffers(relaying, relay._mover._floor.id)
    without = await _buffers(relaying, 0)
    await dumping.rollback()
    assert with_floor < without / 3
    for connection in (dump, writer, relaying):
        await connection.close()


async def _buffers(connection: asyncpg.Connection, floor: int) -> int:
    """Pages that looking for the next events touches."""
    plan = await connection.fetchval(
        f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {HEAD.replace('$1', '500').replace('$2', str(floor))}"
    )
    top = msgspec.json.decode(plan)[0]["Plan"]
    return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])


async def test_the_floor_waits_for_a_writer_that_began_last_and_took_its_id_before_the_newest_event(connected: Urls) -> None:
    """Such a writer is younger than every transaction that has ended, which a snapshot's xmax would not show."""
    owner = (await an_organization()).organization_id
    await _drain(Relay(connected.database), connected.database)
    early, late, relaying = [await asyncpg.connect(connected.database) for _ in range(3)]
    relay = Relay(connected.database)
    first, second = early.transaction(), late.transaction()
    await first.start()
    await early.fetchval("SELECT pg_current_xact_id()")
    await second.start()
    await late.fetchval(OUTBOX, owner, "tests.happened", "{}")
    await early.fetchval(OUTBOX, owner, "tests.happened", "{}")
    await first.commit()
    for _ in range(4):
        await relay.step(relaying)
        await early.execute(OUTBOX, owner, "tests.happened", "{}")
    await second.commit()
    await relay.step(relaying)
    assert await early.fetchval("SELECT count(*) FROM outbox WHERE organization_id = $1", owner) == 0
    for connection in (early, late, relaying):
        await connection.close()


async def test_who_writes_in_the_moment_when_nats_goes_away_is_not_disturbed(
    connected: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, sent = await a_message(await an_inbox(await an_organization()))

    async def publish(*_: object) -> None:
        raise RuntimeError("unable to perform operation on <TCPTransport closed=True>; the handler is closed")

    monkeypatch.setattr(Client, "publish", publish)
    assert (await another_message(visitor, sent, "Are you there?")).message.content == "Are you there?"
