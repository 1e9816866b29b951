"""Lacasa's processes as children of a test: web, relay and worker over the servers that the environment names."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import httpx

from core.embedded.parent import PARENT_FD, parent_pipe
from tests.ports import free_port

READY_S = 180
GONE_S = 40
"""A web process takes up to 20 s to send its clients away."""
UNHURRIED = {"LACASA_VISITOR_WRITES_PER_MIN": "1000000"}
"""Tests ask from one address, faster than any visitor; those of the limits say otherwise."""


class Stack:
    """`url` is where the web process answers; `processes` by name, to be killed by those who test that.

    `stand_ins`: other Python arguments for a name, e.g. a program that is broken on purpose.
    `variables`: what one name's environment has besides. All of them end when this process does, however it ends.
    """

    def __init__(self, port: int, logs: Path, environment: Mapping[str, str]) -> None:
        self.port = port
        self.environment = {**UNHURRIED, **environment, "LACASA_PORT": str(port)}
        self.url = f"http://127.0.0.1:{port}"
        self.ws = f"ws://127.0.0.1:{port}/ws"
        self.processes: dict[str, asyncio.subprocess.Process] = {}
        self.stand_ins: dict[str, list[str]] = {}
        self.variables: dict[str, dict[str, str]] = {}
        self._logs = logs
        self._files: list[IO[bytes]] = []

    async def start(self, name: str) -> None:
        """Start (again) `web`, `relay`, `worker` or `realtime`; several of a kind are `web-1`, `web-2` …"""
        log = (self._logs / f"{name}.log").open("ab")
        self._files.append(log)
        command = self.stand_ins.get(name, ["-m", "core.cli", name.partition("-")[0]])
        environment = {**self.environment, PARENT_FD: str(parent_pipe()), **self.variables.get(name, {})}
        self.processes[name] = await asyncio.create_subprocess_exec(
            sys.executable, *command, env=environment, stdout=log, stderr=log, pass_fds=(parent_pipe(),)
        )

    async def command(self, *words: str) -> str:
        """Run a `lacasa` command to its end; returns what it printed."""
        return await self.python("-m", "core.cli", *words)

    async def python(self, *words: str) -> str:
        """Run any Python program to its end in the environment of all; returns what it printed."""
        process = await asyncio.create_subprocess_exec(sys.executable, *words, env=self.environment, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        assert process.returncode == 0, f"python {' '.join(words)} failed"
        return output.decode()

    async def kill(self, name: str) -> None:
        """`kill -9`, and wait until it is gone."""
        process = self.processes[name]
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def end(self, name: str) -> None:
        """SIGTERM, as a deploy does it; after 40 s `kill -9`."""
        process = self.processes[name]
        if process.returncode is None:
            process.terminate()
        await _gone(process)

    async def ready(self) -> None:
        """Wait until the web process serves."""
        async with httpx.AsyncClient(base_url=self.url, timeout=2) as client:
            for _ in range(READY_S * 20):
                try:
                    if (await client.get("/health/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        raise AssertionError(f"the web process did not get ready:\n{self.log('web')[-3000:]}")

    def log(self, name: str) -> str:
        return (self._logs / f"{name}.log").read_text(errors="replace")

    async def stop(self) -> None:
        for process in self.processes.values():
            if process.returncode is None:
                process.terminate()
        await asyncio.gather(*(_gone(process) for process in self.processes.values()))
        for log in self._files:
            log.close()


async def _gone(process: asyncio.subprocess.Process) -> None:
    try:
        await asyncio.wait_for(process.wait(), GONE_S)
    except TimeoutError:
        process.kill()
        await process.wait()


@asynccontextmanager
async def running_stack(
    names: Sequence[str] = ("web", "relay", "worker"),
    environment: Mapping[str, str] = os.environ,
    before: Callable[[Stack], Awaitable[object]] | None = None,
    logs: Path | None = None,
) -> AsyncIterator[Stack]:
    """The processes, ready to serve, after `before` has prepared the database; stopped at the end."""
    logs = logs or Path(environment["LACASA_DATA"]) / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    stack = Stack(free_port(), logs, environment)
    try:
        if before is not None:
            await before(stack)
        for name in names:
            await stack.start(name)
        await stack.ready()
        yield stack
    finally:
        await stack.stop()
