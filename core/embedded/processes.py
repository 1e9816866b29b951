"""Child processes: start, watch, stop within a bounded time."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from core.embedded import guard
from core.embedded.parent import parent_pipe

Step = tuple[signal.Signals, float]
"""A signal, and the seconds that it gets to work."""


class Child:
    """One child process at a time, in a session of its own; its output is appended to a log file."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._process: Process | None = None
        self._log_start = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def spawn(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        descriptors: Sequence[int] = (),
        *,
        capture: bool = False,
    ) -> None:
        """Start the process; with `capture` its standard output is kept from the log, for `captured`."""
        # A session of its own: Ctrl-C in the terminal is for the supervisor, which stops the parts in order.
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._log_start = os.fstat(descriptor).st_size
            self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=DEVNULL,
                stdout=PIPE if capture else descriptor,
                stderr=descriptor,
                env=dict(environment),
                start_new_session=True,
                pass_fds=(parent_pipe(), *descriptors),
            )
        finally:
            os.close(descriptor)

    async def wait(self) -> int:
        """The exit code, negative for a signal; 0 if nothing was ever started."""
        return await self._process.wait() if self._process is not None else 0

    async def captured(self) -> str:
        """All that the process prints until it ends; nothing if that goes to the log."""
        if self._process is None or self._process.stdout is None:
            return ""
        return (await self._process.stdout.read()).decode(errors="replace")

    async def ended_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), seconds)
        return not self.running

    async def stop(self, *steps: Step) -> None:
        """Send each signal in turn until the process has ended; SIGKILL is the last one in any case."""
        for number, seconds in steps:
            self.send(number)
            if await self.ended_within(seconds):
                return
        self.send(signal.SIGKILL)
        await self.wait()

    def send(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)

    def output(self) -> str:
        """What the current process has written so far."""
        with open(self.log, "rb") as file:
            file.seek(self._log_start)
            return file.read().decode(errors="replace")

    def last_lines(self, count: int = 12) -> str:
        """The end of the output, to be shown with an error."""
        lines = self.output().strip().splitlines()[-count:]
        return "\n".join(f"    {line}" for line in lines) or "    (no output)"


def guarded(command: Sequence[str], *, death: signal.Signals, identity: str = "same", folder: Path = Path("/")) -> list[str]:
    """The command, tied to our life: `death` is what it is sent when this process is gone."""
    # Isolated and without site: nothing around may change what it imports, and it starts in milliseconds.
    interpreter = [sys.executable, "-I", "-S", guard.__file__]
    ties = [str(os.getpid()), str(int(death)), identity, str(folder), str(parent_pipe())]
    return [*interpreter, *ties, *command]


def how_it_ended(code: int) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def foreign_environment() -> dict[str, str]:
    """For servers that are not ours: nothing that would steer them, and no secrets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LACASA_"))}
    # Their messages are read here, so they must be in English.
    return kept | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C", "TZ": "UTC"}
