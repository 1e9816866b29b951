"""A whole Lacasa on one machine, every process of which can be killed, stopped, frozen and started again."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import msgspec

from core.embedded.nats import Nats
from core.embedded.postgres import Postgres
from tests.chaos.broken import WAYS
from tests.stack import Stack, running_stack

LACASA = ("web", "relay", "worker")


class Server(Protocol):
    """PostgreSQL or a node of NATS."""

    @property
    def pid(self) -> int | None: ...
    @property
    def url(self) -> str: ...
    async def start(self) -> None: ...
    async def kill(self) -> None: ...
    async def stop(self) -> None: ...


class Installation:
    """`kills` counts by name. `accounts` are those of the demo organization, the first is an admin."""

    def __init__(self, folder: Path, nats: Mapping[str, Server] | None = None) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "data")
        self.nats: Mapping[str, Server] = nats or {"nats": Nats(folder / "data")}
        self.servers: dict[str, Server] = {"postgres": self.postgres, **self.nats}
        self.stack: Stack
        self.accounts: list[dict[str, str]] = []
        self.kills: dict[str, int] = {}

    async def start(self, name: str) -> None:
        if name in self.servers:
            await self.servers[name].start()
        else:
            await self.stack.start(name)

    async def fell(self, name: str) -> None:
        """`kill -9`."""
        self.kills[name] = self.kills.get(name, 0) + 1
        server = self.servers.get(name)
        if server is None:
            await self.stack.kill(name)
        else:
            if server.pid is not None:
                os.kill(server.pid, 9)
            await server.kill()

    async def kill(self, name: str, down_s: float = 0.0) -> None:
        """`kill -9`, and start it again after `down_s`."""
        await self.fell(name)
        await asyncio.sleep(down_s)
        await self.start(name)

    async def end(self, name: str) -> None:
        """The orderly end that a deploy brings."""
        if name in self.servers:
            await self.servers[name].stop()
        else:
            await self.stack.end(name)

    def ended(self) -> list[str]:
        """Processes of ours that are gone although nobody ended them."""
        return [name for name, process in self.stack.processes.items() if process.returncode is not None]

    def pid(self, name: str) -> int:
        return self.stack.processes[name].pid

    async def value(self, sql: str, *arguments: Any) -> Any:
        return (await self.rows(sql, *arguments))[0][0]

    async def rows(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        async with self._connection() as connection:
            found: list[asyncpg.Record] = await connection.fetch(sql, *arguments, timeout=120)
            return found

    async def execute(self, script: str) -> None:
        async with self._connection() as connection:
            await connection.execute(script)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(self.postgres.url, timeout=20)
        try:
            yield connection
        finally:
            await connection.close()

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith("LACASA_")} | {
            "LACASA_DATABASE_URL": self.postgres.url,
            "LACASA_NATS_URL": ",".join(server.url for server in self.nats.values()),
            "LACASA_SECRET": secrets.token_urlsafe(32),
            "LACASA_DATA": str(self.folder / "files"),
            "LACASA_LOG_LEVEL": "WARNING",
            **settings,
        }


@asynccontextmanager
async def installation(
    folder: Path,
    *,
    broken: str | None = None,
    ai: bool = False,
    names: Sequence[str] = LACASA,
    nats: Mapping[str, Server] | None = None,
    settings: Mapping[str, str] | None = None,
    stand_ins: Mapping[str, list[str]] | None = None,
    before: Callable[[Stack, Installation], Awaitable[None]] | None = None,
) -> AsyncIterator[Installation]:
    """Serving, with the demo organization in it. `broken`: one of `tests.chaos.broken.WAYS`; `ai`: its agent answers visitors."""
    place = Installation(folder, nats)

    async def prepare(stack: Stack) -> None:
        await stack.command("migrate")
        place.accounts = msgspec.json.decode(await stack.command("seed"))["accounts"]
        await place.rows("UPDATE inboxes SET ai_enabled = $1", ai)
        stack.stand_ins |= stand_ins or {}
        if broken is not None:
            for name in names:
                if name.partition("-")[0] == WAYS[broken].process:
                    stack.stand_ins[name] = ["-m", "tests.chaos.broken", broken]
        if before is not None:
            await before(stack, place)

    try:
        await asyncio.gather(*(server.start() for server in place.servers.values()))
        async with running_stack(names, place.environment(settings or {}), prepare) as stack:
            place.stack = stack
            yield place
    finally:
        for server in place.servers.values():
            await server.stop()
