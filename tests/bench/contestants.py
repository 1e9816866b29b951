"""One server and its load client, ready to be measured: peers as they come, in the same manner as ours."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from tests.bench.load import LoadClient, load_client
from tests.bench.measure import cores, pin, watching
from tests.bench.peers import LIVE, Peer
from tests.ports import free_port

EVENT = '"op":"event"'


class Contestant(msgspec.Struct, frozen=True, kw_only=True):
    """`pids`: `gateway` is the process under test; what else is named is printed beside it."""

    client: LoadClient
    pids: Mapping[str, int]

    async def fan(self, window: int, seconds: float) -> dict[str, Any]:
        """Deliveries per CPU second of the gateway in one window, and what all used meanwhile."""
        with watching(client=self.client.pid, **self.pids) as window_:
            done = await self.client.fan(window, seconds)
        return _figures(done, "deliveries", window_.cpu_s, window_.wall_s)

    async def echo(self, per_second: float, seconds: float) -> dict[str, Any]:
        with watching(client=self.client.pid, **self.pids) as window:
            done = await self.client.echo(per_second, seconds)
        return _figures(done, "echoes", window.cpu_s, window.wall_s)


def _figures(done: dict[str, Any], what: str, cpu_s: dict[str, float], wall_s: float) -> dict[str, Any]:
    if done["missing"]:
        raise RuntimeError(f"{done['missing']} {what} did not arrive")
    shares = {f"{name}_share": spent / wall_s for name, spent in cpu_s.items()}
    return {"per_cpu_s": done[what] / cpu_s["gateway"], "per_s": done[what] / done["wall_s"], **shares}


@asynccontextmanager
async def peer_server(peer: Peer) -> AsyncIterator[tuple[int, int]]:
    """The peer's server on the first core; its port and pid."""
    async with redis(peer.needs_redis) as url:
        port = free_port()
        process = await asyncio.create_subprocess_exec(*peer.command, str(port), env=os.environ | {"REDIS_URL": url})
        pin(process.pid, cores()[0])
        try:
            await listening(port, process)
            pin(process.pid, cores()[0])  # threads that it started before the first time
            yield port, process.pid
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def listening(port: int, process: asyncio.subprocess.Process) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if process.returncode is not None:
                raise RuntimeError(f"a peer ended with {process.returncode}") from None
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError(f"nothing listens on port {port}")


@asynccontextmanager
async def redis(needed: bool) -> AsyncIterator[str]:
    """A redis-server of our own, without a disk; an empty URL where none is needed."""
    if not needed:
        yield ""
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="lacasa-redis-") as folder:
        arguments = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        quiet = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(shutil.which("redis-server") or "", *arguments, stdout=quiet)
        try:
            await listening(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.kill()
            await process.wait()


@asynccontextmanager
async def fan_of(peer: Peer, size: int, n: int) -> AsyncIterator[Contestant]:
    """A peer with `n` listeners, to whom texts of `size` bytes are broadcast."""
    async with (
        peer_server(peer) as (port, pid),
        load_client(
            peer.name, port=port, path=peer.fan, n=n, sources=8, ready=LIVE, count=EVENT, say=f"ws:{peer.say}",
            script=[peer.joins] if peer.joins else None, text=peer.wraps % text_of(size),
        ) as client,
    ):  # fmt: skip
        yield Contestant(client=client, pids={"gateway": pid})


@asynccontextmanager
async def echo_of(peer: Peer, n: int) -> AsyncIterator[Contestant]:
    """A peer with `n` connections that echo our ping."""
    async with (
        peer_server(peer) as (port, pid),
        load_client(peer.name, port=port, path=peer.echo, n=n, sources=8, ready=LIVE, count='"op":"ping"', text=PING) as client,
    ):
        yield Contestant(client=client, pids={"gateway": pid})


PING = '{"op":"ping","n":7}'


def text_of(size: int) -> str:
    """A text like an event frame, of so many bytes."""
    frame = '{"op":"event","cursor":"1.1","event":{"content":"%s"}}'
    return frame % ("x" * max(0, size - len(frame) + 2))


def skipped(peers: Sequence[Peer]) -> dict[str, str]:
    return {peer.name: peer.missing for peer in peers if peer.missing}
