"""A TCP proxy that a test can ill-treat: cut, reset, half-open, hold, slow down, refuse; also a small balancer.

    async with Proxy([("127.0.0.1", 8600)]) as proxy:
        proxy.slow(latency_s=0.05, jitter_s=0.02)    # both ways, order kept
        proxy.swallow(DOWN)                          # the server works, its answers never arrive, nobody is told
        proxy.cut()                                  # every connection ends

Faults act on connections that are open and on those to come, until `heal()`; `cut` and `reset` only on open ones.
"""

import asyncio
import random
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Literal

Direction = Literal["up", "down"]
UP: Direction = "up"
"""From the client to the server."""
DOWN: Direction = "down"
"""From the server to the client."""
BOTH: tuple[Direction, ...] = (UP, DOWN)

CHUNK = 16_384
QUEUED_CHUNKS = 16
SLICES_PER_S = 20
RESET = struct.pack("ii", 1, 0)  # SO_LINGER of zero: close sends RST


class Lane:
    """How bytes travel in one direction, now. Read anew for every chunk, so a change acts at once."""

    def __init__(self) -> None:
        self.latency_s = 0.0
        self.jitter_s = 0.0
        self.bytes_per_s: float | None = None
        """Per connection."""
        self.swallows = False
        self.passing = asyncio.Event()
        self.clear()

    def clear(self) -> None:
        self.latency_s = self.jitter_s = 0.0
        self.bytes_per_s = None
        self.swallows = False
        self.passing.set()


class Proxy:
    """Listens on a port of 127.0.0.1 and forwards to `targets` in turn, passing over those that refuse.

    `buffer_bytes` shrinks the socket buffers on both sides, so that a slow client is felt by the server at once.
    `chance` draws the jitter: seed it, and the same jitter comes again.
    """

    def __init__(
        self,
        targets: Sequence[tuple[str, int]],
        *,
        port: int = 0,
        buffer_bytes: int | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self.targets = list(targets)
        self.port = port
        self.lanes: dict[Direction, Lane] = {UP: Lane(), DOWN: Lane()}
        self.accepted = 0
        self.refused = 0
        """Connections that no target took."""
        self.bytes: dict[Direction, int] = {UP: 0, DOWN: 0}
        self._buffer_bytes = buffer_bytes
        self._chance = chance or random.Random()
        self._turn = 0
        self._server: asyncio.Server | None = None
        self._open: set[_Connection] = set()

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._open)

    async def start(self) -> None:
        """Listen (again); the port stays the same from the first time on."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self._buffer_bytes is not None:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self._buffer_bytes)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._buffer_bytes)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._server = await asyncio.start_server(self._serve, sock=listener, limit=CHUNK, backlog=4096)

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        self.refuse()
        self.cut()
        await asyncio.gather(*(connection.ended.wait() for connection in list(self._open)))

    async def __aenter__(self) -> "Proxy":
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    def refuse(self) -> None:
        """New connections are refused until `start()`; open ones go on."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def cut(self, *directions: Direction) -> None:
        """End open connections in an orderly way (FIN). One direction: that receiver sees the end, the other way goes on."""
        for connection in list(self._open):
            connection.cut(directions or BOTH)

    def reset(self) -> None:
        """End open connections with RST on both sides."""
        for connection in list(self._open):
            connection.reset()

    def swallow(self, *directions: Direction) -> None:
        """Half-open: bytes vanish and nobody is told. A connection that lost bytes stays deaf after `heal`, as TCP has no holes."""
        for direction in directions or BOTH:
            self.lanes[direction].swallows = True

    def hold(self, *directions: Direction) -> None:
        """A stalled network: bytes wait, and go on in order after `heal`."""
        for direction in directions or BOTH:
            self.lanes[direction].passing.clear()

    def slow(self, *directions: Direction, latency_s: float = 0.0, jitter_s: float = 0.0, bytes_per_s: float | None = None) -> None:
        """Each chunk arrives after `latency_s` plus 0..`jitter_s`, never before an earlier one, at `bytes_per_s` at most."""
        for direction in directions or BOTH:
            lane = self.lanes[direction]
            lane.latency_s, lane.jitter_s, lane.bytes_per_s = latency_s, jitter_s, bytes_per_s

    def heal(self) -> None:
        """Every lane is as new; a refusing proxy stays so until `start()`."""
        for lane in self.lanes.values():
            lane.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        reached = await self._reach()
        if reached is None:
            self.refused += 1
            writer.transport.abort()
            return
        connection = _Connection(self, (reader, writer), reached)
        self._open.add(connection)
        try:
            await connection.run()
        finally:
            self._open.discard(connection)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self.targets:
            self._turn += 1
            host, port = self.targets[self._turn % len(self.targets)]
            with suppress(OSError):
                return await asyncio.open_connection(sock=await self._connect(host, port), limit=CHUNK)
        return None

    async def _connect(self, host: str, port: int) -> socket.socket:
        found = socket.socket()
        found.setblocking(False)
        if self._buffer_bytes is not None:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._buffer_bytes)
        try:
            await asyncio.get_running_loop().sock_connect(found, (host, port))
        except OSError:
            found.close()
            raise
        return found

    def delay_s(self, lane: Lane) -> float:
        return lane.latency_s + (self._chance.uniform(0, lane.jitter_s) if lane.jitter_s else 0.0)


class _Connection:
    """One client, one server, and two pumps between them."""

    def __init__(
        self,
        proxy: Proxy,
        client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._proxy = proxy
        self._reader = {UP: client[0], DOWN: server[0]}
        self._writer = {UP: server[1], DOWN: client[1]}
        self._deaf: set[Direction] = set()
        self._cut = {UP: asyncio.Event(), DOWN: asyncio.Event()}
        self.ended = asyncio.Event()

    async def run(self) -> None:
        try:
            await asyncio.gather(*(self._pump(direction) for direction in BOTH))
        finally:
            for writer in self._writer.values():
                writer.transport.abort()  # every byte that was to arrive has left: see the buffer limit in _write
            self.ended.set()

    def cut(self, directions: Sequence[Direction]) -> None:
        for direction in directions:
            self._cut[direction].set()

    def reset(self) -> None:
        for writer in self._writer.values():
            with suppress(OSError, AttributeError, RuntimeError):
                writer.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()
        self.cut(BOTH)

    async def _pump(self, direction: Direction) -> None:
        """Read, wait its time, write; until the sender ends or the lane is cut, and then tell the receiver."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(QUEUED_CHUNKS)
        work = asyncio.gather(self._read(direction, queue), self._write(direction, queue))
        cut = asyncio.create_task(self._cut[direction].wait())
        try:
            await asyncio.wait((work, cut), return_when=asyncio.FIRST_COMPLETED)
        finally:
            cut.cancel()
            work.cancel()
            with suppress(OSError, RuntimeError, asyncio.CancelledError):
                await work
        writer = self._writer[direction]
        with suppress(OSError, RuntimeError):
            if not writer.is_closing():
                writer.write_eof()

    async def _read(self, direction: Direction, queue: "asyncio.Queue[tuple[float, bytes]]") -> None:
        reader, lane, due = self._reader[direction], self._proxy.lanes[direction], 0.0
        clock = asyncio.get_running_loop().time
        while chunk := await reader.read(CHUNK):
            if lane.swallows:
                self._deaf.add(direction)
            if direction not in self._deaf:
                due = max(due, clock() + self._proxy.delay_s(lane))
                await queue.put((due, chunk))
        await queue.put((due, b""))

    async def _write(self, direction: Direction, queue: "asyncio.Queue[tuple[float, bytes]]") -> None:
        writer, lane = self._writer[direction], self._proxy.lanes[direction]
        clock = asyncio.get_running_loop().time
        with suppress(RuntimeError):  # closed already, which the first write tells
            writer.transport.set_write_buffer_limits(high=0)  # drain waits for the kernel
        while True:
            due, chunk = await queue.get()
            if not chunk:
                return
            if (wait_s := due - clock()) > 0:
                await asyncio.sleep(wait_s)
            while chunk:
                await lane.passing.wait()
                piece = chunk if lane.bytes_per_s is None else chunk[: max(1, int(lane.bytes_per_s / SLICES_PER_S))]
                chunk = chunk[len(piece) :]
                writer.write(piece)
                self._proxy.bytes[direction] += len(piece)
                await writer.drain()
                if lane.bytes_per_s is not None:
                    await asyncio.sleep(len(piece) / lane.bytes_per_s)
