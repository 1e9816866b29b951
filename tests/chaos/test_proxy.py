"""The proxy does to a connection what it says, and nothing else: chaos runs stand on it."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.chaos.proxy import DOWN, UP, Proxy

SOON_S = 0.15
LONG_S = 10.0


class Echo:
    """A server that sends back what it hears, and remembers it."""

    def __init__(self) -> None:
        self.heard = b""
        self.ends = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65_536):
                self.heard += chunk
                writer.write(chunk)
                await writer.drain()
        self.ends += 1
        writer.close()


@asynccontextmanager
async def an_echo() -> AsyncIterator[Echo]:
    echo = Echo()
    server = await asyncio.start_server(echo.serve, "127.0.0.1", 0)
    echo.port = server.sockets[0].getsockname()[1]
    try:
        yield echo
    finally:
        server.close()


@asynccontextmanager
async def a_connection(proxy: Proxy) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)


async def _said(writer: asyncio.StreamWriter, words: bytes) -> None:
    writer.write(words)
    await writer.drain()


async def _answer(reader: asyncio.StreamReader, length: int) -> bytes:
    return await asyncio.wait_for(reader.readexactly(length), LONG_S)


async def _silence(reader: asyncio.StreamReader) -> bool:
    """Whether nothing, not even an end, arrives for a moment."""
    try:
        await asyncio.wait_for(reader.read(1), SOON_S)
    except TimeoutError:
        return True
    return False


async def _until(true: Callable[[], bool], what: str) -> None:
    for _ in range(int(LONG_S / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(what)


async def test_everything_passes_unchanged_both_ways() -> None:
    words = random.Random(1).randbytes(3_000_000)
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy, a_connection(proxy) as (reader, writer):
        saying = asyncio.create_task(_said(writer, words))
        assert await _answer(reader, len(words)) == words
        await saying
        assert proxy.bytes == {UP: len(words), DOWN: len(words)}


async def test_the_end_of_a_side_reaches_the_other_after_the_last_byte() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy, a_connection(proxy) as (reader, writer):
        proxy.slow(latency_s=0.05)
        writer.write(b"goodbye")
        writer.write_eof()
        assert await asyncio.wait_for(reader.read(), LONG_S) == b"goodbye"
        await _until(lambda: proxy.connections == 0, "the connection should be gone")


async def test_a_cut_ends_both_sides_and_the_next_connection_works() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy:
        async with a_connection(proxy) as (reader, writer):
            await _said(writer, b"one")
            assert await _answer(reader, 3) == b"one"
            proxy.cut()
            assert await asyncio.wait_for(reader.read(), LONG_S) == b""
            await _until(lambda: echo.ends == 1, "the server should see the end")
        async with a_connection(proxy) as (reader, writer):
            await _said(writer, b"two")
            assert await _answer(reader, 3) == b"two"


async def test_a_one_way_cut_is_seen_by_one_side_only() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy, a_connection(proxy) as (reader, writer):
        await _said(writer, b"before")
        assert await _answer(reader, 6) == b"before"
        proxy.cut(DOWN)
        assert await asyncio.wait_for(reader.read(), LONG_S) == b""
        await _said(writer, b" after")
        await _until(lambda: echo.heard == b"before after", "the way up should still be open")
        assert echo.ends == 0


async def test_a_reset_is_an_error_and_not_an_end() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy, a_connection(proxy) as (reader, writer):
        await _said(writer, b"one")
        await _answer(reader, 3)
        proxy.reset()
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(reader.read(), LONG_S)
        await _until(lambda: echo.ends == 1, "the server should see it too")


async def test_a_swallowed_answer_was_worked_on_and_nobody_is_told() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy, a_connection(proxy) as (reader, writer):
        proxy.swallow(DOWN)
        await _said(writer, b"order")
        await _until(lambda: echo.heard == b"order", "the server should hear it")
        assert await _silence(reader)
        proxy.heal()
        await _said(writer, b" again")
        await _until(lambda: echo.heard == b"order again", "the way up should be open")
        assert await _silence(reader), "a connection that lost bytes must not go on as if it had not"


async def test_what_is_held_arrives_in_order_after_healing() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy, a_connection(proxy) as (reader, writer):
        proxy.hold(UP)
        for word in (b"one ", b"two ", b"three"):
            await _said(writer, word)
        assert await _silence(reader)
        assert echo.heard == b""
        proxy.heal()
        assert await _answer(reader, 13) == b"one two three"


async def test_latency_delays_each_way() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy, a_connection(proxy) as (reader, writer):
        proxy.slow(latency_s=0.1)
        began = time.monotonic()
        await _said(writer, b"x")
        await _answer(reader, 1)
        assert time.monotonic() - began >= 0.2


@settings(max_examples=10, deadline=None)
@given(pieces=st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=20), seed=st.integers())
def test_jitter_never_reorders(pieces: list[bytes], seed: int) -> None:
    async def play() -> None:
        async with (
            an_echo() as echo,
            Proxy([("127.0.0.1", echo.port)], chance=random.Random(seed)) as proxy,
            a_connection(proxy) as (reader, writer),
        ):
            proxy.slow(jitter_s=0.003)
            for piece in pieces:
                await _said(writer, piece)
                await asyncio.sleep(0)
            assert await _answer(reader, sum(map(len, pieces))) == b"".join(pieces)

    asyncio.run(play())


async def test_a_throttled_reader_is_felt_by_the_sender() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)], buffer_bytes=4096) as proxy, a_connection(proxy) as (_, writer):
        proxy.slow(DOWN, bytes_per_s=1)
        saying = asyncio.create_task(_said(writer, b"x" * 20_000_000))
        await asyncio.sleep(3 * SOON_S)
        assert not saying.done(), "memory between the two must be bounded"
        assert proxy.bytes[DOWN] <= 3
        saying.cancel()
        with suppress(asyncio.CancelledError):
            await saying


async def test_a_refusing_proxy_refuses_and_comes_back_on_the_same_port() -> None:
    async with an_echo() as echo, Proxy([("127.0.0.1", echo.port)]) as proxy:
        port = proxy.port
        proxy.refuse()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)
        await proxy.start()
        async with a_connection(proxy) as (reader, writer):
            await _said(writer, b"back")
            assert await _answer(reader, 4) == b"back"


async def test_a_balancer_takes_turns_and_passes_over_who_is_away() -> None:
    async with (
        an_echo() as one,
        an_echo() as other,
        Proxy([("127.0.0.1", one.port), ("127.0.0.1", 1), ("127.0.0.1", other.port)]) as proxy,
    ):
        for _ in range(6):
            async with a_connection(proxy) as (reader, writer):
                await _said(writer, b"x")
                assert await _answer(reader, 1) == b"x"
        assert one.heard
        assert other.heard
        assert len(one.heard + other.heard) == 6


async def test_with_no_target_the_client_is_dropped() -> None:
    async with Proxy([("127.0.0.1", 1)]) as proxy:
        async with a_connection(proxy) as (reader, _):
            with suppress(ConnectionResetError):
                assert await asyncio.wait_for(reader.read(), LONG_S) == b""
        assert proxy.refused == 1
