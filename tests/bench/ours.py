"""Lacasa as a contestant: the gateway is the web process, which serves nothing but sockets meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import asyncpg
import msgspec

from core.embedded.servers import Urls
from core.messages import actions as messages
from core.settings import settings
from tests.bench import ground
from tests.bench.contestants import EVENT, PING, Contestant
from tests.bench.load import load_client
from tests.bench.measure import cores, pin
from tests.bench.peers import LIVE
from tests.bench.people import Scene, a_scene
from tests.factories import a_message, client_id
from tests.ports import free_port
from tests.stack import Stack

KEEP = '{"op":"ping","n":1}'
WRITERS = 8
AROUND = '{"op":"event","cursor":"1.12345","event":}'
FRAME_SIZE = "SELECT octet_length(body) FROM event_log WHERE organization_id = $1 AND type = 'message.created' ORDER BY position DESC LIMIT 1"
CONTENT = "The lamp that you sent us last week has a scratch on its shade, and the switch does not hold. Can you send another one, please? "


class Lacasa(msgspec.Struct, frozen=True):
    """`size`: bytes of the frames that its sockets receive."""

    contestant: Contestant
    size: int


def shared_secret() -> dict[str, str]:
    """For processes that shall know the tickets that this one makes, and hear the same bells."""
    return {"LACASA_SECRET": settings().required_secret()}


def pids_of(urls: Urls, stack: Stack) -> dict[str, int]:
    """The processes to watch, each put on its core: the gateway on the first, all else on the second."""
    found = {name: process.pid for name, process in stack.processes.items() if name != "web"} | ground.server_pids(urls)
    for pid in found.values():
        pin(pid, cores()[1])
    gateway = stack.processes["web"].pid
    pin(gateway, cores()[0])
    return {"gateway": gateway, **found}


@asynccontextmanager
async def full_path(urls: Urls, n: int) -> AsyncIterator[Lacasa]:
    """Messages are committed by this process, one for each that is asked for; relay, NATS and hub bring them to `n` sockets of one organization."""
    scene = await a_scene(n)
    async with ground.stack(urls, ("web", "relay"), environment=shared_secret(), seed=False) as stack, writer(scene) as port:
        pids = pids_of(urls, stack)
        async with load_client(
            "lacasa", port=stack.port, path="/ws", n=n, sources=8, ready=LIVE, count=EVENT, say=f"tcp:{port}",
            script=scene.logins(), keep=KEEP,
        ) as client:  # fmt: skip
            contestant = Contestant(client=client, pids=pids)
            await contestant.fan(1, 1)
            yield Lacasa(contestant, await _frame_size(urls, scene))


async def _frame_size(urls: Urls, scene: Scene) -> int:
    connection = await asyncpg.connect(urls.database)
    try:
        return len(AROUND) + int(await connection.fetchval(FRAME_SIZE, scene.admin.organization_id))
    finally:
        await connection.close()


@asynccontextmanager
async def writer(scene: Scene) -> AsyncIterator[int]:
    """A port on which each byte makes this process commit one message of a visitor."""
    people = [await a_message(scene.inbox) for _ in range(WRITERS)]
    turn = count()

    async def write() -> None:
        visitor, sent = people[next(turn) % WRITERS]
        await messages.receive(visitor, token=sent.conversation.token, client_id=client_id(), content=CONTENT, file_tokens=[])

    async def listen(reader: asyncio.StreamReader, writer_: asyncio.StreamWriter) -> None:
        async with asyncio.TaskGroup() as group:
            while asked := await reader.read(64):
                for _ in asked:
                    group.create_task(write())
        writer_.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def hub_alone(urls: Urls, n: int, size: int) -> AsyncIterator[Contestant]:
    """The same sockets, but each event is put into the hub where it would have come out of NATS."""
    scene = await a_scene(n)
    port = free_port()
    told = {
        "BENCH_PORT": port,
        "BENCH_ORGANIZATION": scene.admin.organization_id,
        "BENCH_INBOX": scene.inbox.id,
        "BENCH_SIZE": size,
    }
    environment = shared_secret() | {name: str(value) for name, value in told.items()}
    stand_ins = {"web": ["-m", "tests.bench.injector"]}
    async with ground.stack(urls, ("web",), environment=environment, seed=False, stand_ins=stand_ins) as stack:
        pin(stack.processes["web"].pid, cores()[0])
        async with load_client(
            "hub alone", port=stack.port, path="/ws", n=n, sources=8, ready=LIVE, count=EVENT, say=f"tcp:{port}",
            script=scene.logins(), keep=KEEP,
        ) as client:  # fmt: skip
            yield Contestant(client=client, pids={"gateway": stack.processes["web"].pid})


@asynccontextmanager
async def echo(urls: Urls, n: int) -> AsyncIterator[Contestant]:
    """`n` authenticated staff sockets whose pings the gateway answers."""
    scene = await a_scene(n)
    async with ground.stack(urls, ("web",), environment=shared_secret(), seed=False) as stack:
        pin(stack.processes["web"].pid, cores()[0])
        async with load_client(
            "lacasa",
            port=stack.port,
            path="/ws",
            n=n,
            sources=8,
            ready=LIVE,
            count='"n":7',
            script=scene.logins(),
            text=PING,
            keep=KEEP,
        ) as client:
            yield Contestant(client=client, pids={"gateway": stack.processes["web"].pid})
