"""The supervisor as people meet it: a process that is started, signalled and killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest

from core.embedded import folder
from core.embedded.servers import embedded_servers
from core.errors import Conflict
from tests.embedded.processes_of import left_after, processes_of
from tests.embedded.test_nats import rings
from tests.embedded.test_postgres import ask
from tests.ports import free_port


class Running:
    """`lacasa up` with stand-ins for our own processes, over one data folder."""

    def __init__(self, data: Path, *command: str, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        words = command or ("tests.embedded.stand_in", "up")
        outside = {name: value for name, value in os.environ.items() if not name.startswith("LACASA_")}
        given = {"LACASA_DATA": str(data), "LACASA_PORT": str(self.port), "PYTHONUNBUFFERED": "1", **environment}
        self.process = subprocess.Popen(
            [sys.executable, "-m", *words],
            env=outside | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = ""

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line
            if words in line:
                return self.output
        pytest.fail(f"it ended with {self.process.wait()} before it said {words!r}:\n{self.output}")

    def until_ready(self) -> str:
        return self.read_until("Ctrl-C stops everything")

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.ended()

    def ended(self, within_s: float = 15) -> int:
        self.output += self.process.communicate(timeout=within_s)[0]
        return self.process.returncode

    def pid_of(self, role: str) -> int:
        return int((self.data / f"{role}.pid").read_text())

    def is_healthy(self) -> bool:
        with urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Running]]:
    with ExitStack() as cleanup:

        def start(*command: str, **environment: str) -> Running:
            running = Running(data, *command, **environment)
            cleanup.enter_context(running.process)
            cleanup.callback(running.process.kill)
            return running

        yield start
    assert left_after(3, data) == {}


Start = Callable[..., Running]


def test_the_first_start_shows_accounts_and_addresses_and_the_second_only_addresses(start: Start, data: Path) -> None:
    first = start()
    shown = first.until_ready()
    assert first.is_healthy()
    assert "ada@example.com  only-shown-once" in shown
    for place in ("/demo", "/app", "/schema"):
        assert f"http://127.0.0.1:{first.port}{place}\n" in shown
    assert first.end() == 0
    assert processes_of(data) == {}

    began = time.monotonic()
    second = start()
    assert "only-shown-once" not in second.until_ready()
    assert time.monotonic() - began < 5
    assert second.end(signal.SIGTERM) == 0


def test_a_killed_supervisor_leaves_nothing_behind_and_the_next_start_works(start: Start, data: Path) -> None:
    for _ in range(2):
        running = start()
        running.until_ready()
        assert len(processes_of(data)) > 5
        running.process.kill()
        assert left_after(3, data) == {}
    survivor = start()
    survivor.until_ready()
    assert survivor.is_healthy()
    assert survivor.end() == 0


@pytest.mark.parametrize("moment", ["making a new", "PostgreSQL answers", "migrated"])
def test_a_supervisor_killed_while_it_starts_leaves_nothing_behind_either(start: Start, data: Path, moment: str) -> None:
    running = start()
    running.read_until(moment)
    running.process.kill()
    assert left_after(3, data) == {}
    again = start()
    again.until_ready()
    assert again.end() == 0


def test_a_second_supervisor_is_refused_and_told_by_whom(start: Start) -> None:
    first = start()
    first.until_ready()
    second = start()
    assert second.ended() == 2
    assert f"is in use by process {first.process.pid}" in second.output
    assert first.end() == 0


def test_what_dies_is_started_again(start: Start, data: Path) -> None:
    running = start()
    running.until_ready()
    postgres = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
    nats = next(pid for pid, words in processes_of(data).items() if "nats-server" in words)
    for pid, name in ((running.pid_of("web"), "web"), (postgres, "PostgreSQL"), (nats, "NATS")):
        os.kill(pid, signal.SIGKILL)
        running.read_until(f"{name} was killed by SIGKILL; starting it again in 0.2 s")
        running.read_until(f"{name} is started again")
    assert running.end() == 0


def test_a_second_signal_ends_a_stop_that_hangs(start: Start, data: Path) -> None:
    running = start(STAND_IN_STUBBORN="relay")
    running.until_ready()
    running.process.send_signal(signal.SIGINT)
    running.read_until("stopping")
    with pytest.raises(subprocess.TimeoutExpired):
        running.process.wait(0.5)
    began = time.monotonic()
    assert running.end() == 130
    assert time.monotonic() - began < 3
    assert processes_of(data) == {}


def test_a_signal_during_the_start_stops_it(start: Start, data: Path) -> None:
    running = start()
    running.read_until("making a new")
    assert running.end() == 0
    assert processes_of(data) == {}


def test_a_failing_migration_stops_everything_and_says_why(start: Start, data: Path) -> None:
    running = start(STAND_IN_BROKEN="1")
    assert running.ended() == 2
    assert "migrate ended with code 1" in running.output
    assert "column is missing" in running.output
    assert processes_of(data) == {}


def test_a_port_in_use_is_named_before_anything_is_started(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        running = start(LACASA_PORT=str(taken.getsockname()[1]))
        assert running.ended() == 2
    assert "set LACASA_PORT to another" in running.output
    assert "answers" not in running.output


def test_the_bundled_servers_leave_our_own_port_to_us_even_if_it_was_theirs(start: Start, data: Path) -> None:
    port = free_port()
    for server in ("postgres", "nats"):
        folder.remember_port(folder.create(data), server, port)
    running = start(LACASA_PORT=str(port))
    assert f"http://127.0.0.1:{port}/app" in running.until_ready()
    assert running.end() == 0


def test_outside_servers_are_used_when_they_are_named(start: Start, data: Path) -> None:
    running = start(LACASA_DATABASE_URL="postgresql://elsewhere/lacasa", LACASA_NATS_URL="nats://elsewhere")
    running.until_ready()
    assert not any("postgres" in words or "nats-server" in words for words in processes_of(data).values())
    assert running.end() == 0


def test_the_servers_alone_say_how_to_reach_them_and_die_with_their_starter(start: Start, data: Path) -> None:
    running = start("core.cli", "servers")
    shown = running.read_until("export LACASA_NATS_URL=nats://lacasa:")
    assert "export LACASA_DATABASE_URL=postgresql://lacasa:" in shown
    running.process.kill()
    assert left_after(3, data) == {}


async def test_tests_may_borrow_both_servers(data: Path) -> None:
    async with embedded_servers(data, durable=False) as urls:
        assert await ask(urls.database, "SELECT 1") == 1
        assert await rings(urls.nats)
        with pytest.raises(Conflict, match=f"in use by process {os.getpid()}"):
            async with embedded_servers(data):
                pass
    assert processes_of(data) == {}
