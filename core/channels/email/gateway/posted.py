"""Mail by HTTP, from the pipe or from programs: signed before a byte of it is read, so that strangers have nothing held for them."""

import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Mapping
from typing import Literal
from urllib.parse import unquote

import msgspec

from core.auth.tokens import mail_key
from core.channels.email.gateway.accept import Accepted, accept
from core.channels.email.gateway.pipe import statement
from core.channels.email.gateway.room import Share
from core.errors import Invalid, Unauthenticated, UnsupportedType

TOLERANCE_S = 300
"""How old a signature may be. The same mail again within that time adds nothing, so there is nothing to replay."""
TYPE = "message/rfc822"


class Told(msgspec.Struct, frozen=True):
    """What the headers say, once the signature over it was found to be right."""

    way: Literal["pipe", "http"]
    mail_from: str
    recipient: str
    length: int
    digest: str


def verified(headers: Mapping[str, str], length: int | None) -> Told:
    """What is announced.

    Raises:
        Unauthenticated: `bad_signature`, or `stale_signature` where clocks differ.
        Invalid: `length_required`.
        UnsupportedType: it is no `message/rfc822`.
    """
    if length is None:
        raise Invalid("the length of a mail must be announced", code="length_required")
    when, way, mail_from, recipient, digest, signature = (
        headers.get(f"x-lacasa-{name}", "") for name in ("time", "way", "mail-from", "recipient", "digest", "signature")
    )
    right = hmac.digest(mail_key().encode(), statement(when, way or "http", mail_from, recipient, length, digest), "sha256")
    if not hmac.compare_digest(right.hex().encode(), signature.encode()):
        raise Unauthenticated("the signature is not right", code="bad_signature")
    if not (when.isascii() and when.isdigit() and abs(time.time() - int(when[:12])) <= TOLERANCE_S):
        raise Unauthenticated("the signature is too old, or from the future", code="stale_signature")
    if headers.get("content-type", "").partition(";")[0].strip().lower() != TYPE:
        raise UnsupportedType(f"a mail is sent as {TYPE}")
    return Told("pipe" if way == "pipe" else "http", _plain(mail_from), _plain(recipient), length, digest)


def _plain(quoted: str) -> str:
    return unquote(quoted, errors="replace")


async def take(headers: Mapping[str, str], length: int | None, chunks: AsyncIterator[bytes]) -> Accepted:
    """Read, compare with what was signed, and accept.

    Raises:
        Invalid, Unauthenticated, UnsupportedType: as `verified`.
        NotFound, TooLarge, Unavailable: as `accept`.
    """
    told = verified(headers, length)
    with Share(told.length):
        raw, digest = bytearray(), hashlib.sha256()
        async for chunk in chunks:
            digest.update(chunk)
            raw += chunk
            if len(raw) > told.length:
                raise Invalid("there are more bytes than announced", code="length_mismatch")
        if not hmac.compare_digest(digest.hexdigest().encode(), told.digest.encode()):
            raise Unauthenticated("these are not the bytes that were signed", code="bad_signature")
        return await accept(told.way, told.mail_from, told.recipient, bytes(raw))
