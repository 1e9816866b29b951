"""The one way out: public addresses alone, looked at once and then connected to; bounded answers, no redirects."""

import asyncio
import socket
from collections.abc import AsyncIterator
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import egress
from core.settings import Settings

INSIDE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1", "255.255.255.255",
    "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:0:0:0:0:80ff:fffe",
]  # fmt: skip
OUTSIDE = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_stays_inside(address: str) -> None:
    assert not egress.is_public(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_outside_may_be_asked(address: str) -> None:
    assert egress.is_public(ip_address(address))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_is_as_public_as_what_it_wraps(address: IPv4Address) -> None:
    number = int(address)
    wrapped = [
        0xFFFF << 32 | number,
        0x0064FF9B << 96 | number,
        0x2002 << 112 | number << 80,
        0x20010000 << 96 | ~number & 0xFFFFFFFF,
    ]
    public = address.is_global and not address.is_multicast
    assert [egress.is_public(IPv6Address(one)) for one in wrapped] == [public] * 4


class Server:
    def __init__(self) -> None:
        self.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
        self.heard: list[bytes] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    found = Server()
    async with await asyncio.start_server(found.serve, "127.0.0.1", 0) as listening:
        found.port = listening.sockets[0].getsockname()[1]
        yield found


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))


async def test_the_network_inside_is_not_reached(server: Server) -> None:
    async with egress.client(timeout_s=2) as client:
        for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"):
            with pytest.raises(httpx.HTTPError):
                await client.get(f"http://{host}:{server.port}/")
    assert server.heard == []


@pytest.mark.usefixtures("allowed")
async def test_the_name_is_kept_and_the_address_is_the_one_that_was_looked_at(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "10.9.9.9"])

    async def changing(*arguments: object, **options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", changing, raising=False)
    async with egress.client(timeout_s=2) as client:
        assert (await client.get(f"http://shop.example:{server.port}/path")).text == "ok"
    assert f"host: shop.example:{server.port}".encode() in server.heard[0].lower()
    assert next(answers) == "10.9.9.9"


async def test_one_inner_address_among_outer_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    async def both(*arguments: object, **options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both, raising=False)
    with pytest.raises(egress.Refused, match="not on the public internet"):
        await egress.resolve("shop.example", 80)


@pytest.mark.usefixtures("allowed")
async def test_redirects_are_not_followed(server: Server) -> None:
    server.answer = b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n"
    async with egress.client(timeout_s=2) as client:
        assert (await client.get(f"http://127.0.0.1:{server.port}/")).status_code == 302


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n" + b"x" * 5000, "larger than"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000, "larger than"),
        (b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\nok", "compressed"),
    ],
)
async def test_answers_are_bounded(server: Server, answer: bytes, sentence: str) -> None:
    server.answer = answer
    async with egress.client(timeout_s=2, answer_max=1000) as client:
        with pytest.raises(egress.Refused, match=sentence):
            await client.get(f"http://127.0.0.1:{server.port}/")


async def test_a_name_without_an_address_is_said_to_have_none() -> None:
    with pytest.raises(egress.Refused, match="has no address"):
        await egress.resolve("nobody.invalid", 80)


async def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*arguments: object, **options: object) -> None:
        await asyncio.sleep(30)

    monkeypatch.setattr(egress, "CONNECT_S", 0.1)
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", silent, raising=False)
    with pytest.raises(egress.Refused, match="has no address"):
        await asyncio.wait_for(egress.resolve("shop.example", 80), 5)
