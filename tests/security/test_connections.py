"""What a stranger can make a web process hold before there is any request: bytes, time and connections. Raw sockets, the real process."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest

from core.embedded.servers import Urls
from core.http import HEAD_MAX
from tests.factories import PASSWORD, an_address
from tests.stack import Stack, running_stack

MOST = 20
HEAD_S, SILENCE_S = 3, 4
HASTY = f"import core.http as h; h.HEAD_S, h.SILENCE_S = {HEAD_S}, {SILENCE_S}; from core.cli import main; main()"
"""The web process, less patient, so that tests need not wait as long as people may."""
PATIENCE_S = 60
GET = b"GET /health/live HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture(scope="module")
async def web(connected: Urls) -> AsyncIterator[Stack]:
    assert connected
    variables = {"LACASA_CONNECTIONS_PER_ADDRESS": str(MOST)}
    async with running_stack([], {**os.environ, **variables}, prepare) as stack:
        yield stack


async def prepare(stack: Stack) -> None:
    stack.stand_ins["web"] = ["-c", HASTY, "web"]
    await stack.start("web")


@asynccontextmanager
async def connection(web: Stack) -> AsyncIterator[Connection]:
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The status, and everything else until the connection ends."""
    told = await asyncio.wait_for(reader.read(), PATIENCE_S)
    return int(told[9:12] or 0), told


async def pour(writer: asyncio.StreamWriter, piece: bytes, most: int) -> int:
    """Send until somebody hangs up; how many bytes that was."""
    sent = 0
    try:
        while sent < most:
            writer.write(piece)
            await writer.drain()
            sent += len(piece)
            await asyncio.sleep(0)
    except OSError:
        pass
    return sent


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (GET, b"x-%d: %s\r\n" % (1, b"a" * 500)),
        (GET + b"x-endless: ", b"a" * 1024),
        (GET + b"x", b"a" * 1024),
        (b"GET /", b"a" * 1024),
        (b"GET /?", b"%41" * 300),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"x-trailer: %s\r\n" % (b"a" * 500)),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nx-trailer: ", b"a" * 1024),
    ],
    ids=["headers", "a value", "a name", "an address", "a query", "trailers", "a trailer"],
)
async def test_a_head_without_end_is_refused(begin: bytes, piece: bytes, web: Stack) -> None:
    async with connection(web) as (reader, writer):
        writer.write(begin)
        told = asyncio.create_task(answer(reader))
        sent = await pour(writer, piece, 200 * 1024 * 1024)
        assert sent < 200 * 1024 * 1024, "nobody hung up"
        try:
            status, text = await told
        except ConnectionError:
            return  # it went on pouring into what was closed already, and so lost the answer
        if b"trailer" not in begin:
            assert status == 431
            assert b"headers_too_large" in text


async def test_a_head_that_is_complete_but_too_large_never_becomes_a_request(web: Stack) -> None:
    async with connection(web) as (reader, writer):
        writer.write(GET + b"".join(b"x-%d: %s\r\n" % (number, b"a" * 1000) for number in range(HEAD_MAX // 1000 + 2)) + b"\r\n")
        status, text = await answer(reader)
        assert (status, text.count(b"HTTP/1.1")) == (431, 1)
        assert b"application/problem+json" in text
    async with connection(web) as (reader, writer):
        writer.write(GET + b"x-large: %s\r\nConnection: close\r\n\r\n" % (b"a" * (HEAD_MAX - 1000)))
        assert (await answer(reader))[0] == 200, "up to the limit it is one"


@pytest.mark.parametrize("begin", [b"", b"G", GET, GET + b"\r\n" + GET], ids=["nothing", "a letter", "a head", "a second head"])
async def test_a_head_that_does_not_come_is_not_waited_for(begin: bytes, web: Stack) -> None:
    async with connection(web) as (reader, writer):
        writer.write(begin)
        _, text = await answer(reader)
        assert text.count(b"HTTP/1.1 408") == (b"too_slow" in text)
        assert text.count(b"HTTP/1.1 200") == begin.count(b"\r\n\r\n")


async def test_a_head_in_drops_is_not_waited_for(web: Stack) -> None:
    async with connection(web) as (reader, writer):
        writer.write(GET + b"x-slow: ")
        told = asyncio.create_task(answer(reader))
        for _ in range(PATIENCE_S * 5):
            if told.done() or writer.is_closing():
                break
            writer.write(b"a")
            await asyncio.sleep(0.2)
        assert (await told)[0] == 408


async def test_a_body_may_take_its_time_but_not_fall_silent(web: Stack) -> None:
    async with connection(web) as (reader, writer), connection(web) as (silent, mute):
        for one in (writer, mute):
            one.write(POST + b"Origin: http://x\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{")
        quiet = asyncio.create_task(answer(silent))
        for letter in b'"a":"bcde"}':
            await asyncio.sleep(SILENCE_S / 5)
            writer.write(bytes([letter]))
        status, _ = await answer(reader)
        assert status == 400, "it was read to its end"
        status, text = await quiet
        assert (status, b"too_slow" in text) == (408, True)


async def test_one_address_has_so_many_connections_and_no_more(web: Stack) -> None:
    async with AsyncExitStack() as held:
        kept = [await held.enter_async_context(connection(web)) for _ in range(MOST)]
        for _, writer in kept:
            writer.write(GET)
        async with connection(web) as (reader, _):
            status, text = await answer(reader)
            assert (status, b"too_many_connections" in text, b"retry-after" in text) == (503, True, True)
        kept[0][1].write(b"Connection: close\r\n\r\n")
        assert (await answer(kept[0][0]))[0] == 200
        async with connection(web) as (reader, writer):
            writer.write(GET + b"Connection: close\r\n\r\n")
            assert (await answer(reader))[0] == 200
    async with httpx.AsyncClient(base_url=web.url) as client:
        assert (await client.get("/health/live")).status_code == 200


async def test_sockets_are_counted_by_the_hub_and_not_here(web: Stack) -> None:
    async with AsyncExitStack() as held:
        for _ in range(MOST + 5):
            reader, writer = await held.enter_async_context(connection(web))
            writer.write(
                b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n" % web.port
            )
            assert b" 101 " in await asyncio.wait_for(reader.readline(), PATIENCE_S)


async def _recorded_address(url: str) -> str:
    """Where a session is said to come from that was opened through somebody who says for whom he asks."""
    headers = {"Origin": url, "X-Forwarded-For": "203.0.113.7, 198.51.100.4"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE_S) as client:
        body = {"organization_name": "New", "name": "New", "email": an_address(), "password": PASSWORD}
        assert (await client.post("/api/auth/signup", json=body)).status_code == 201
        return str((await client.get("/api/auth/sessions")).json()[0]["address"])


async def test_nobody_is_believed_for_whom_he_asks(web: Stack) -> None:
    assert await _recorded_address(web.url) == "127.0.0.1"


async def test_proxies_that_the_settings_name_are_believed(connected: Urls) -> None:
    assert connected
    async with running_stack(["web"], {**os.environ, "LACASA_TRUSTED_PROXIES": "127.0.0.0/8, 198.51.100.4"}) as stack:
        assert await _recorded_address(stack.url) == "203.0.113.7"
