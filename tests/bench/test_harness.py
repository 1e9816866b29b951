"""The harness itself: figures can only be believed where what measures them was seen to count right."""

import asyncio
import os
import sys
from collections.abc import Callable

import pytest

from tests.bench import load
from tests.bench.__main__ import names
from tests.bench.contestants import echo_of, fan_of, text_of
from tests.bench.load import program
from tests.bench.measure import alternate, cores, cpu_seconds, family, listener, memory_kb, pin, ratio
from tests.bench.peers import peers

IN_PYTHON = [sys.executable, "-m", "tests.bench.load.client"]
BUSY = "import time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass\n"
PARENT = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])\nprint('done', flush=True)\nsys.stdin.read()"


@pytest.fixture(params=["c", "python"])
def _client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(load, "program", lambda: IN_PYTHON)
    elif program()[0] == sys.executable:
        pytest.skip("no C compiler here")


@pytest.mark.usefixtures("_client")
async def test_every_broadcast_is_counted_at_every_connection() -> None:
    async with fan_of(peers()["websockets"], 300, 20) as contestant:
        done = await contestant.client.fan(2, 0.3)
    assert done["missing"] == 0
    assert done["deliveries"] == 20 * done["broadcasts"] > 0


@pytest.mark.usefixtures("_client")
async def test_every_echo_is_counted_and_nobody_asks_faster_than_told() -> None:
    async with echo_of(peers()["websockets"], 20) as contestant:
        done = await contestant.client.echo(10, 0.5)
    assert done["missing"] == 0
    assert 0 < done["echoes"] <= 20 * 6


async def test_work_of_a_child_that_ended_is_its_parents() -> None:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdin=pipe, stdout=pipe)
    before = cpu_seconds(process.pid)
    await process.stdout.readline()
    assert cpu_seconds(process.pid) - before >= 0.25
    process.stdin.close()
    await process.wait()


async def test_a_pinned_process_stays_on_its_core_with_its_children() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import sys; sys.stdin.read()", stdin=asyncio.subprocess.PIPE
    )
    core = cores()[1]
    pin(process.pid, core)
    assert os.sched_getaffinity(process.pid) == {core}
    assert process.pid in family(os.getpid())
    assert memory_kb(process.pid) > 0
    process.stdin.close()
    await process.wait()


async def test_who_listens_on_a_port_is_found() -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    assert listener(server.sockets[0].getsockname()[1]) == os.getpid()
    server.close()


async def test_each_round_begins_with_another_contestant() -> None:
    order: list[str] = []

    def measured(name: str) -> Callable[[], object]:
        async def measure() -> int:
            order.append(name)
            return len(order)

        return measure

    given = await alternate(3, {name: measured(name) for name in "abc"})
    assert "".join(order) == "abcbcacab"
    assert given == {"a": [1, 6, 8], "b": [2, 4, 9], "c": [3, 5, 7]}


def test_a_ratio_is_taken_round_by_round() -> None:
    assert ratio([10, 2, 30], [5, 1, 20]) == 2


@pytest.mark.parametrize("size", [200, 1199])
def test_a_peer_sends_texts_of_the_size_that_ours_have(size: int) -> None:
    assert len(text_of(size)) == size


def test_benches_are_found_by_their_files() -> None:
    assert {"fanout", "echo", "idle-memory", "message-to-screen", "reconnect-storm"} <= set(names())
