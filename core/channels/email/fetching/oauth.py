"""Access tokens for XOAUTH2, from the token endpoint that an admin named; kept in this process until shortly before their end."""

import asyncio
import time
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
import msgspec

from core import egress
from core.channels.email.fetching.structs import Secrets
from core.channels.email.fetching.troubles import Trouble
from core.settings import settings

TIME_S = 20.0
ANSWER_MAX = 64 * 1024
EARLY_S = 120.0
KEPT_MAX = 10_000
LEAST_S = 300.0
"""For so long a token is taken to hold whose server says nothing of that."""


class Granted(msgspec.Struct, frozen=True):
    """`refresh_token`: the one to use from now on, where the server gave another; else empty."""

    access_token: str
    refresh_token: str = ""


class _Answer(msgspec.Struct):
    access_token: str = ""
    expires_in: float = LEAST_S
    refresh_token: str = ""
    error: str = ""
    error_description: str = ""


_kept: dict[tuple[str, str, str], tuple[float, str]] = {}


async def token(token_url: str, client_id: str, secrets: Secrets) -> Granted:
    """Raises:
    Trouble: `token`, `in_clear`.
    """
    key = (token_url, client_id, secrets.refresh_token)
    until, kept = _kept.get(key, (0.0, ""))
    if time.monotonic() < until:
        return Granted(kept)
    answer = await _ask(token_url, client_id, secrets)
    if len(_kept) >= KEPT_MAX:
        _kept.clear()
    _kept[key] = (time.monotonic() + answer.expires_in - EARLY_S, answer.access_token)
    another = answer.refresh_token if answer.refresh_token != secrets.refresh_token else ""
    if another:
        _kept[token_url, client_id, another] = _kept[key]
    return Granted(answer.access_token, another)


def forget(token_url: str, client_id: str, secrets: Secrets) -> None:
    """The token is no good any more, whatever was said of its time."""
    _kept.pop((token_url, client_id, secrets.refresh_token), None)


async def _ask(token_url: str, client_id: str, secrets: Secrets) -> _Answer:
    form = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": secrets.refresh_token}
    if secrets.client_secret:
        form["client_secret"] = secrets.client_secret
    try:
        await _not_in_the_clear(token_url)
        async with asyncio.timeout(TIME_S), egress.client(timeout_s=TIME_S, answer_max=ANSWER_MAX) as client:
            response = await client.post(token_url, data=form, headers={"accept": "application/json"})
        answer = msgspec.json.decode(response.content, type=_Answer, strict=False)
    except msgspec.MsgspecError as error:
        raise Trouble("token", f"it answers {response.status_code}, and no JSON of a token") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # the last: no address of any server
        raise Trouble("token", str(error)) from error
    except TimeoutError as error:
        raise Trouble("token", "it does not answer") from error
    if response.status_code != httpx.codes.OK or not answer.access_token:
        raise Trouble("token", f"{answer.error} {answer.error_description}".strip() or f"it answers {response.status_code}")
    return answer


async def _not_in_the_clear(token_url: str) -> None:
    parts = urlsplit(token_url)
    if parts.scheme != "https" and egress.is_public(
        ip_address(await egress.resolve(parts.hostname or "", parts.port or 80, settings().reachable_networks))
    ):
        raise Trouble("in_clear", token_url)
