"""The one way out: whatever address somebody else chose is asked through a client made here.

A name is resolved once per request, every address that it stands for must be public (or in `LACASA_EGRESS_NETWORKS`), and the
connection goes to the very address that was looked at. Redirects are not followed unseen (`get` looks
at each), proxies of the environment not used, answers bounded.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urljoin

import httpx
import msgspec

from core.networks import Network, is_within
from core.settings import settings

ANSWER_MAX = 8 * 1024 * 1024
CONNECT_S = 5.0
MOVED = frozenset({301, 302, 303, 307, 308})
SIX_TO_FOUR, NAT64, TEREDO = 0x2002, 0x0064FF9B, 0x20010000


class Refused(httpx.RequestError):
    """The request was not made, or its answer not taken: the sentence says why."""


class Unknown(Refused):
    """A name that stands for no address."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether this is an address of the open internet, also once what it wraps is looked at (IPv4 in IPv6 in its several forms)."""
    if isinstance(address, IPv6Address) and (wrapped := _wrapped(address)) is not None:
        return is_public(wrapped)
    return address.is_global and not address.is_multicast


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to this one may end at."""
    bits = int(address)
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if bits >> 112 == SIX_TO_FOUR:
        return IPv4Address(bits >> 80 & 0xFFFFFFFF)
    if bits >> 96 == TEREDO:
        return IPv4Address(~bits & 0xFFFFFFFF)
    is_translated = bits >> 32 == NAT64 << 64 or bits >> 32 == 0
    return IPv4Address(bits & 0xFFFFFFFF) if is_translated else None


async def resolve(host: str, port: int, also: Sequence[Network] = ()) -> str:
    """The address to connect to.

    Raises:
        Unknown: the name stands for nothing.
        Refused: it stands (also) for an address that is neither public nor in `also`.
    """
    addresses = await _addresses(host, port)
    for address in addresses:
        if not is_public(ip_address(address)) and not is_within(address, also):
            raise Refused(f"{host} is not on the public internet, and outgoing requests to it are not allowed here")
    return addresses[0]


async def _addresses(host: str, port: int) -> list[str]:
    with suppress(ValueError):
        return [str(ip_address(host)).partition("%")[0]]  # asks nobody, and waits for no thread
    try:
        async with asyncio.timeout(CONNECT_S):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError):
        raise Unknown(f"{host} has no address") from None
    return [str(entry[4][0]).partition("%")[0] for entry in found]


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > self._most:
                raise Refused(f"the answer is larger than {self._most} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Guarded(httpx.AsyncBaseTransport):
    """No connection outlives its answer: each request goes where its name stands for at that moment, and two names share nothing."""

    def __init__(self, also: Sequence[Network], most: int) -> None:
        self._also = also
        self._most = most
        self._transport = httpx.AsyncHTTPTransport(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address = await resolve(host, request.url.port or (443 if request.url.scheme == "https" else 80), self._also)
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        response = await self._transport.handle_async_request(pinned)
        if response.headers.get("content-encoding", "identity") != "identity" or not isinstance(
            response.stream, httpx.AsyncByteStream
        ):
            await response.aclose()
            raise Refused("the answer is compressed, which was not asked for")
        response.stream = _Bounded(response.stream, self._most)
        return response

    async def aclose(self) -> None:
        await self._transport.aclose()


def client(*, timeout_s: float, answer_max: int = ANSWER_MAX, also: Sequence[Network] | None = None) -> httpx.AsyncClient:
    """A client for addresses that others chose. `timeout_s` bounds each wait for bytes, `answer_max` (bytes) each answer.

    `also`: networks that may be reached beside the public internet; None: those that the operator allows. Where a stranger chose the
    address, and no admin, there are none.

    A server that sends a byte now and then is bounded by neither: whoever asks sets a time for the whole.

    Its requests raise `Refused` where the guard says no, else what httpx raises.
    """
    return httpx.AsyncClient(
        transport=_Guarded(settings().reachable_networks if also is None else also, answer_max),
        timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s)),
        headers={"accept-encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
    )


class Answer(msgspec.Struct, frozen=True):
    """`address`: where it came from in the end. Names of headers are in small letters."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes


async def get(
    address: str,
    *,
    may: Callable[[str], bool],
    headers: Mapping[str, str],
    time_s: float,
    answer_max: int,
    redirects: int = 5,
    also: Sequence[Network] | None = None,
) -> Answer:
    """Fetch an address that others chose, within `time_s` for all of it; a redirect is followed to where `may` allows, and looked at like the first.

    `also`: as `client`.

    Raises:
        httpx.HTTPError: as `client`'s requests do; also `Refused` for a redirect that is not allowed, and for too many.
        TimeoutError: it took longer.
    """
    async with asyncio.timeout(time_s), client(timeout_s=time_s, answer_max=answer_max, also=also) as asking:
        for _ in range(redirects + 1):
            try:
                answer = await asking.get(address, headers=dict(headers))
            except (httpx.InvalidURL, UnicodeError) as error:
                raise Refused(f"{address} is no address") from error
            if answer.status_code not in MOVED or "location" not in answer.headers:
                return Answer(
                    address, answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, answer.content
                )
            try:
                address = urljoin(address, answer.headers["location"])
            except ValueError as error:
                raise Refused("it leads to what is no address") from error
            if not may(address):
                raise Refused("it leads to another website")
    raise Refused("it leads from one address to the next without an end")
