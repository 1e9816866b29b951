"""A whole Lacasa on one machine, every process of which can be killed, stopped, frozen and started again."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from core.embedded.nats import Nats
from core.embedded.postgres import Postgres
from tests.chaos.broken import WAYS
from tests.stack import Stack, running_stack

SERVERS = ("nats", "postgres")
LACASA = ("web", "relay", "worker")


class Installation:
    """`kills` counts by name. `accounts` are those of the demo organization, the first is an admin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "data")
        self.nats = Nats(folder / "data")
        self.stack: Stack
        self.accounts: list[dict[str, str]] = []
        self.kills: dict[str, int] = {}

    async def start(self, name: str) -> None:
        if name == "postgres":
            await self.postgres.start()
        elif name == "nats":
            await self.nats.start()
        else:
            await self.stack.start(name)

    async def kill(self, name: str, down_s: float = 0.0) -> None:
        """`kill -9`, and start it again after `down_s`."""
        self.kills[name] = self.kills.get(name, 0) + 1
        if name in SERVERS:
            server = self.postgres if name == "postgres" else self.nats
            if server.pid is not None:
                os.kill(server.pid, 9)
            await server.kill()
        else:
            await self.stack.kill(name)
        await asyncio.sleep(down_s)
        await self.start(name)

    async def value(self, sql: str, *arguments: Any) -> Any:
        return (await self.rows(sql, *arguments))[0][0]

    async def rows(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.postgres.url, timeout=20)
        try:
            found: list[asyncpg.Record] = await connection.fetch(sql, *arguments, timeout=120)
            return found
        finally:
            await connection.close()

    def pid(self, name: str) -> int:
        return self.stack.processes[name].pid


def _environment(place: Installation, settings: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("LACASA_")} | {
        "LACASA_DATABASE_URL": place.postgres.url,
        "LACASA_NATS_URL": place.nats.url,
        "LACASA_SECRET": secrets.token_urlsafe(32),
        "LACASA_DATA": str(place.folder / "files"),
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
    settings: Mapping[str, str] | None = None,
    stand_ins: Mapping[str, list[str]] | None = None,
) -> AsyncIterator[Installation]:
    """Serving, with the demo organization in it. `broken`: one of `tests.chaos.broken.WAYS`; `ai`: its agent answers visitors."""
    place = Installation(folder)
    place.postgres, place.nats = Postgres(folder / "data"), Nats(folder / "data")
    try:
        await asyncio.gather(place.postgres.start(), place.nats.start())

        async def prepare(stack: Stack) -> None:
            await stack.command("migrate")
            place.accounts = msgspec.json.decode(await stack.command("seed"))["accounts"]
            await place.rows("UPDATE inboxes SET ai_enabled = $1", ai)
            stack.stand_ins |= stand_ins or {}
            if broken is not None:
                for name in names:
                    if name.partition("-")[0] == WAYS[broken].process:
                        stack.stand_ins[name] = ["-m", "tests.chaos.broken", broken]

        async with running_stack(names, _environment(place, settings or {}), prepare) as stack:
            place.stack = stack
            yield place
    finally:
        await place.nats.stop()
        await place.postgres.stop()
