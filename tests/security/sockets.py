"""A client of `/ws` that shows every frame it gets, for those who must get none."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from core.auth import tickets
from tests.security.world import World
from tests.stack import Stack

WAIT_S = 10


class Socket:
    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, op: str, **more: Any) -> None:
        await self.connection.send(json.dumps({"op": op} | more))

    async def hear(self) -> dict[str, Any]:
        return dict(json.loads(await asyncio.wait_for(self.connection.recv(), WAIT_S)))

    async def until(self, op: str) -> dict[str, Any]:
        """The next frame of this kind; those before it are dropped."""
        while True:
            frame = await self.hear()
            if frame["op"] == op:
                return frame

    async def events_until(self, kind: str) -> list[dict[str, Any]]:
        """All events up to and with the next one of this type."""
        found: list[dict[str, Any]] = []
        while not found or found[-1]["type"] != kind:
            found.append((await self.until("event"))["event"])
        return found

    async def before_quiet(self, quiet_s: float = 0.5) -> set[str]:
        """What comes until nothing does for so long. Where the log is by now (`cursor`), everybody is told from time to time."""
        ops = set[str]()
        with suppress(TimeoutError):
            while True:
                ops.add(json.loads(await asyncio.wait_for(self.connection.recv(), quiet_s))["op"])
        return ops

    async def closed(self) -> tuple[int | None, list[dict[str, Any]]]:
        """Wait for the end: its code, and what was still heard before it."""
        heard: list[dict[str, Any]] = []
        try:
            while True:
                heard.append(await self.hear())
        except ConnectionClosed:
            return self.connection.close_code, heard


@asynccontextmanager
async def opened(stack: Stack, origin: str | None = None) -> AsyncIterator[Socket]:
    """Connected, and greeted."""
    async with connect(stack.ws, origin=origin, ping_interval=None, max_size=None) as connection:
        socket = Socket(connection)
        assert (await socket.hear())["op"] == "hello"
        yield socket


@asynccontextmanager
async def live(stack: Stack, **credentials: Any) -> AsyncIterator[Socket]:
    """Authenticated and subscribed."""
    async with opened(stack) as socket:
        await socket.say("auth", **credentials)
        await socket.until("authenticated")
        await socket.say("subscribe")
        await socket.until("live")
        yield socket


async def ticket(world: World, who: str) -> dict[str, str]:
    return {"ticket": tickets.ticket_for(await world.session(who))}


def visitor(world: World) -> dict[str, str]:
    return {"token": world.token, "key": str(world.names["key"])}
