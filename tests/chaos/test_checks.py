"""The checkers see what they must, and the same seed brings the same faults: without servers, so that it stays quick."""

import asyncio
import subprocess
import sys
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from tests.chaos import broken, checks, faults
from tests.chaos.__main__ import names, scenario
from tests.chaos.broken import WAYS
from tests.chaos.clients import AckLog, Ear, World
from tests.chaos.door import Answer, Door, NoAnswerError, NotReachedError
from tests.chaos.measure import percentile, within


@pytest.mark.parametrize("name", names())
def test_every_scenario_says_what_it_shows(name: str) -> None:
    found = scenario(name)
    assert found.__doc__
    assert found.DEADLINE_S > 0
    assert callable(found.run)
    assert set(found.BROKEN) <= {*WAYS, "unfenced"}
    assert found.BROKEN, "a checker that cannot be seen to fail proves nothing"


@pytest.mark.parametrize("way", sorted([*(way.apply.__name__ for way in WAYS.values()), broken.unfenced_worker.__name__]))
def test_what_is_broken_on_purpose_still_finds_what_it_breaks(way: str) -> None:
    """In a process of its own, as it changes modules."""
    subprocess.run([sys.executable, "-c", f"from tests.chaos import broken; broken.{way}()"], check=True)


def test_the_same_seed_brings_the_same_faults_and_another_brings_others() -> None:
    def first(seed: int) -> list[faults.Fault]:
        return list(islice(faults.schedule(seed, ("web", "nats"), pause=(1, 2), down_s=(0, 1)), 50))

    assert first(7) == first(7)
    assert first(7) != first(8)


def test_a_writer_whose_messages_changed_places_is_seen() -> None:
    kept = [(1, "v0001.0/000000"), (2, "s00.01/000000"), (3, "v0001.0/000001")]
    swapped = [(1, "v0001.0/000001"), (2, "s00.01/000000"), (3, "v0001.0/000000")]
    assert checks._misordered_writers(kept) == 0
    assert checks._misordered_writers(swapped) == 1


def test_a_message_heard_twice_is_seen_and_is_no_disorder() -> None:
    rows = [(1, "a"), (2, "b"), (2, "b")]
    assert checks._doubled(rows) == 1
    assert checks._rises([seq for seq, _ in rows])
    assert not checks._rises([2, 1])


def test_percentiles_of_few_values() -> None:
    assert percentile([], 0.5) is None
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile(range(100), 0.99) == 99


async def test_work_that_does_not_end_is_cancelled_at_its_deadline() -> None:
    assert await within(5, asyncio.sleep(0))
    assert not await within(0.05, asyncio.sleep(60))


async def test_a_door_tells_what_was_not_reached_from_what_is_unknown() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.transport.abort()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(NoAnswerError):
        await Door(port).ask("POST", "/", {})
    server.close()
    await server.wait_closed()
    with pytest.raises(NotReachedError):
        await Door(port).ask("POST", "/", {})


class Restarted(Ear):
    """An ear whose thread has messages 1 to 7, two on a page."""

    async def refetch(self, token: str, before_seq: int | None) -> Answer:
        last = 7 if before_seq is None else before_seq - 1
        page = [{"seq": seq, "content": f"v0001.0/{seq:06d}"} for seq in range(max(1, last - 1), last + 1)]
        return Answer(200, {}, msgspec.json.encode({"messages": page, "has_more": last > 2}))


async def test_after_a_resync_what_was_fetched_may_come_once_more_and_nothing_else(tmp_path: Path) -> None:
    acks = AckLog(tmp_path / "acked.log")
    ear = Restarted(World(0, "", acks, 1), "v0001")

    async def told(*seqs: int) -> None:
        for seq in seqs:
            message = {"seq": seq, "content": f"v0001.0/{seq:06d}"}
            event = {"type": "message.created", "conversation": {"token": "a"}, "message": message}
            await ear._hear({"op": "event", "event": event, "cursor": f"1.{seq}"})

    await told(1, 2, 3)
    await ear._hear({"op": "resync", "reason": "too_far", "cursor": "1.5"})
    assert ear.cursor == "1.5"
    await told(6, 7, 8)
    assert [seq for seq, _ in ear.heard["a"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    await told(7, 5)
    assert [seq for seq, _ in ear.heard["a"]] == [1, 2, 3, 4, 5, 6, 7, 8, 7, 5]
    acks.close()
