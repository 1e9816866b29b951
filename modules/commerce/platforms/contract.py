"""What a platform has to say of itself: how its deliveries are signed and told apart, and what they mean."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from core.edge import too_deep
from modules.commerce.facts import Fact
from modules.commerce.platforms.reading import MalformedError

Name = Literal["shopify", "woocommerce", "stripe", "custom"]


class ForgedError(Exception):
    """The signature is not the shop's, or too old."""


class Announced(msgspec.Struct, frozen=True):
    """What a delivery is, by its headers and body, once its signature is right.

    `key`: the same for the same delivery; `twin`: the same for another delivery of the same happening, empty where nobody can tell.
    """

    topic: str
    key: str
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """`verify(headers, raw, secrets, now)` raises `ForgedError`; names of headers in small letters; `secrets`: the present one and the last.

    `announce(headers, raw)`: what it is; raises `MalformedError`. `is_ping(headers, raw)`: an unsigned question whether anybody is there.
    `topics`: those that mean something here, each with what reads facts out of its object.
    """

    name: Name
    verify: Callable[[Mapping[str, str], bytes, Sequence[str], float], None]
    announce: Callable[[Mapping[str, str], bytes], Announced]
    topics: Mapping[str, Callable[[Mapping[str, Any]], list[Fact]]]
    is_ping: Callable[[Mapping[str, str], bytes], bool] = lambda headers, raw: False


def is_signed(raw: bytes, given: str, secrets: Sequence[str]) -> bool:
    """Whether `given` is the base64 of HMAC-SHA256 over the bytes by one of the secrets. All are tried, whichever fits."""
    right = False
    for secret in secrets:
        made = base64.b64encode(hmac.digest(secret.encode(), raw, "sha256"))
        right |= hmac.compare_digest(made, given.encode("utf-8", "replace"))
    return right


def fingerprint(*parts: bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def decoded(raw: bytes) -> Any:
    """
    Raises:
        MalformedError: it is no JSON, or nests deeper than any order.
    """
    if too_deep(raw):
        raise MalformedError("it nests too deep")
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise MalformedError("this is no JSON") from error
