"""Asking a shop's API: within time and size, never in the clear over the internet, and no faster than the shop allows."""

import asyncio
import math
import random
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import msgspec

from core import egress
from core.settings import settings
from modules.commerce.platforms.contract import decoded
from modules.commerce.platforms.reading import MalformedError

TIME_S = 30.0
ANSWER_MAX = 16 * 1024 * 1024
ATTEMPTS = 4
WAIT_MAX_S = 10.0
"""A shop that wants us to wait for longer is asked by another job, later."""
BUSY_MAX_S = 3600.0
WAIT_S = 1.0
WORDS_MAX = 200
SAFE = frozenset({"GET"})
DENIED = frozenset({401, 403})


class ShopError(Exception):
    """The shop did not do what was asked; the words are for whoever connected it."""


class RefusedError(ShopError):
    """It does not do this: `status` is its answer."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status


class DeniedError(RefusedError):
    """It takes our key no more (401), or not for this (403)."""


class BusyError(ShopError):
    """It wants to be left alone for `retry_after_s`."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"the shop asks us to come back in {retry_after_s:.0f} s")
        self.retry_after_s = retry_after_s


class Answered(msgspec.Struct, frozen=True):
    """Names of `headers` are in small letters. `following`: the address of the next page, where it names one."""

    headers: dict[str, str]
    body: Any
    following: str


class Asking:
    """One shop, for as long as it is open. `pause(headers)`: seconds to wait before the next request, so that none is refused."""

    def __init__(
        self,
        base: str,
        *,
        headers: Mapping[str, str] | None = None,
        login: tuple[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        pause: Callable[[Mapping[str, str]], float] = lambda headers: 0.0,
    ) -> None:
        self._base = base.rstrip("/")
        self._headers = {"accept": "application/json", "user-agent": "Lacasa"} | dict(headers or {})
        self._login = login
        self._params = dict(params or {})
        self._pause = pause
        self._wait_s = 0.0
        self._client = egress.client(timeout_s=TIME_S, answer_max=ANSWER_MAX)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._client.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **body: Any,
    ) -> Answered:
        """`body`: `json` or `data` (a form). What only reads is tried again where it did not come through; all else at most once.

        Raises:
            ShopError: one of them.
        """
        for attempt in range(ATTEMPTS):
            await asyncio.sleep(self._wait_s)
            response = await self._once(method, path, params, headers, body, is_last=attempt + 1 == ATTEMPTS)
            if response is None:
                self._wait_s = WAIT_S * 2**attempt * random.uniform(0.5, 1.0)  # noqa: S311 (jitter, no secret)
                continue
            told = {name.lower(): value for name, value in response.headers.items()}
            self._wait_s = min(WAIT_MAX_S, self._pause(told))
            if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
                self._wait_s = _wait_s(told, attempt)
                if attempt + 1 < ATTEMPTS:
                    continue
                raise BusyError(self._wait_s)
            return _understood(response, told)
        raise ShopError("the shop did not answer")

    async def _once(
        self, method: str, path: str, params: Any, headers: Any, body: dict[str, Any], *, is_last: bool
    ) -> httpx.Response | None:
        """None: it did not come through, and may be tried again."""
        url = path if path.startswith("http") else self._base + path
        try:
            async with asyncio.timeout(TIME_S):
                await _not_in_the_clear(url)
                response = await self._client.request(
                    method,
                    url,
                    params=self._params | dict(params or {}) or None,
                    headers=self._headers | dict(headers or {}),
                    auth=self._login,
                    **body,
                )
        except egress.Refused as refused:
            raise ShopError(str(refused)) from refused
        except (httpx.HTTPError, TimeoutError) as error:
            if method in SAFE and not is_last:
                return None
            raise ShopError(
                "the shop cannot be reached" if isinstance(error, httpx.ConnectError) else "the shop does not answer"
            ) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise ShopError("this is no address of a shop") from error
        return None if response.status_code >= 500 and method in SAFE and not is_last else response


def _wait_s(headers: Mapping[str, str], attempt: int) -> float:
    """How long to wait after being told that this is too much.

    Raises:
        BusyError: longer than a job waits.
    """
    try:
        named = float(headers.get("retry-after", ""))
    except ValueError:
        named = math.nan
    if not math.isfinite(named):
        return float(WAIT_S * 2**attempt)
    if named > WAIT_MAX_S:
        raise BusyError(min(named, BUSY_MAX_S))
    return max(named, 0.0)


def _understood(response: httpx.Response, headers: dict[str, str]) -> Answered:
    status = response.status_code
    if status in DENIED:
        raise DeniedError(f"the shop does not take our key for this ({status})", status)
    if not 200 <= status < 300:
        raise RefusedError(f"the shop answers {status}: {_words(response)}"[:WORDS_MAX], status)
    try:
        body = decoded(response.content) if response.content else None
    except MalformedError as error:
        raise ShopError(f"what answers there is no shop of this kind: {error}") from error
    return Answered(headers, body, str(response.links.get("next", {}).get("url", "")))


def _words(response: httpx.Response) -> str:
    """On one line, and only what can be shown."""
    text = response.content[: 4 * WORDS_MAX].decode("utf-8", "replace")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


async def _not_in_the_clear(url: str) -> None:
    """Keys go over the internet by https alone; in a network of one's own, the operator knows.

    Raises:
        ShopError: this address is neither.
        httpx.InvalidURL, ValueError: it is no address at all.
    """
    parts = urlsplit(url)
    if parts.scheme == "https":
        return
    if parts.scheme != "http" or not parts.hostname:
        raise ShopError("a shop's address begins with https://")
    if egress.is_public(ip_address(await egress.resolve(parts.hostname, parts.port or 80, settings().reachable_networks))):
        raise ShopError("a shop is asked by https alone")
