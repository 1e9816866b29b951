import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import nats
import pytest

from core.embedded.nats import Nats


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Nats]:
    server = Nats(tmp_path / "data")
    await server.start()
    yield server
    await server.stop()


async def rings(url: str) -> bool:
    client = await nats.connect(url, allow_reconnect=False)
    try:
        heard = await client.subscribe("bell")
        await client.publish("bell", b"ring")
        return (await heard.next_msg(2)).data == b"ring"
    finally:
        await client.close()


async def test_a_bell_rings_for_who_has_the_password(server: Nats) -> None:
    assert await rings(server.url)
    assert server.port < 32_768


async def test_nobody_enters_without_the_password(server: Nats) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    await reader.readline()
    writer.write(b'CONNECT {"user": "lacasa", "pass": "guess"}\r\nPING\r\n')
    assert b"Authorization Violation" in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_second_start_keeps_the_address(server: Nats, tmp_path: Path) -> None:
    await server.stop()
    again = Nats(tmp_path / "data")
    await again.start()
    assert again.url == server.url
    await again.stop()


async def test_a_killed_server_comes_back_on_its_port(server: Nats) -> None:
    url, pid = server.url, server.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert await server.wait() == -signal.SIGKILL
    await server.start()
    assert server.url == url
    assert await rings(url)


async def test_another_port_is_taken_when_the_remembered_one_is_in_use(server: Nats, tmp_path: Path) -> None:
    await server.stop()
    with socket.create_server(("127.0.0.1", server.port)):
        again = Nats(tmp_path / "data")
        await again.start()
        assert again.port != server.port
        assert await rings(again.url)
        await again.stop()


async def test_the_file_with_the_password_is_for_us_alone(server: Nats, tmp_path: Path) -> None:
    configuration = tmp_path / "data" / "secrets" / "nats.conf"
    assert configuration.stat().st_mode & 0o777 == 0o600
