"""What a supervisor keeps alive: the servers, and programs of our own."""

import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from core.embedded.parent import PARENT_FD, START_FD, parent_pipe
from core.embedded.processes import Child, how_it_ended
from core.errors import Unavailable


class Part(Protocol):
    name: str

    @property
    def pid(self) -> int | None: ...

    async def start(self) -> None: ...

    async def wait(self) -> int: ...

    async def stop(self) -> None: ...

    async def kill(self) -> None: ...


class Program:
    """One of our own processes, such as `python -m core.cli web`; it watches our pipe and ends with us."""

    def __init__(
        self, name: str, command: Sequence[str], *, log: Path, environment: Mapping[str, str], stop_within_s: float = 10
    ) -> None:
        self.name = name
        self._command = command
        self._environment = {**environment, PARENT_FD: str(parent_pipe()), "PYTHONUNBUFFERED": "1"}
        self._stop_within_s = stop_within_s
        self._child = Child(log)

    @property
    def pid(self) -> int | None:
        return self._child.pid

    async def start(self) -> None:
        await self._child.spawn(self._command, self._environment)

    async def start_behind(self, gate: int) -> None:
        """Start, but let it do no more than its imports until the other end of `gate` is closed."""
        await self._child.spawn(self._command, {**self._environment, START_FD: str(gate)}, [gate])

    async def wait(self) -> int:
        return await self._child.wait()

    async def stop(self) -> None:
        await self._child.stop((signal.SIGTERM, self._stop_within_s))

    async def kill(self) -> None:
        await self._child.stop()

    async def run(self, *, capture: bool = False) -> str:
        """Run it to its end and return what it printed, if that was to be kept out of the log.

        Raises:
            Unavailable: it failed; the message has the end of its log.
        """
        try:
            await self._child.spawn(self._command, self._environment, capture=capture)
            printed = await self._child.captured()
            if (code := await self._child.wait()) != 0:
                raise self.failure(code)
            return printed
        finally:
            await self._child.stop((signal.SIGTERM, 1.0))

    def failure(self, code: int) -> Unavailable:
        return Unavailable(f"{self.name} {how_it_ended(code)}; {self._child.log} ends:\n{self._child.last_lines()}")
