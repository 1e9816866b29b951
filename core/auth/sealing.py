"""Secrets of others that we keep: sealed (AES-256-GCM) by the newest of the installation's keys, opened by any that it still names.

What is sealed begins with the id of its key and a dot. Without one it was sealed by the key that follows from `LACASA_SECRET`, as all is where
`LACASA_SEALING_KEYS` names none. Tokens that leave us are none of this: they last as long as that secret (`tokens`).
"""

import base64
import hashlib
import hmac
import re
import secrets
from functools import lru_cache
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.auth import tokens
from core.errors import Misconfigured, Unauthenticated
from core.settings import settings

S = TypeVar("S", bound=msgspec.Struct)

KEY_ID = re.compile(r"[a-z0-9]{1,16}\Z")
SECRET_MIN = 32
NONCE_BYTES = 12
INVALID = "this cannot be opened"


def keys() -> dict[str, str]:
    """The secrets of the sealing keys by id, newest first.

    Raises:
        Misconfigured: an id or a secret that cannot be, or an id twice.
    """
    found: dict[str, str] = {}
    for entry in settings().sealing_keys:
        key_id, colon, secret = entry.partition(":")
        if not colon or not KEY_ID.match(key_id) or len(secret) < SECRET_MIN or key_id in found:
            raise Misconfigured(
                f"LACASA_SEALING_KEYS: id:secret, ids of small letters and digits, once each, secrets of {SECRET_MIN} or more"
            )
        found[key_id] = secret
    return found


def newest() -> str:
    """The id of the key that seals; empty: the one that follows from `LACASA_SECRET`."""
    return next(iter(keys()), "")


def key_of(sealed: str) -> str:
    """The id of the key that sealed it."""
    return sealed.partition(".")[0] if "." in sealed else ""


@lru_cache(maxsize=256)
def _cipher(secret: str, purpose: str) -> AESGCM:
    return AESGCM(hmac.new(secret.encode(), f"lacasa sealing {purpose}".encode(), hashlib.sha256).digest())


def seal(purpose: str, content: msgspec.Struct) -> str:
    """What only this installation can open, for this `purpose` alone."""
    return _sealed(purpose, msgspec.msgpack.encode(content))


def _sealed(purpose: str, raw: bytes) -> str:
    for key_id, secret in keys().items():
        nonce = secrets.token_bytes(NONCE_BYTES)
        text = base64.urlsafe_b64encode(nonce + _cipher(secret, purpose).encrypt(nonce, raw, f"{key_id} {purpose}".encode()))
        return f"{key_id}.{text.rstrip(b'=').decode()}"
    return tokens.seal_raw(purpose, raw)


def unseal(purpose: str, sealed: str, struct: type[S]) -> S:
    """What was sealed.

    Raises:
        Unauthenticated: it was not sealed here, by a key that is not named any more, or for another purpose.
    """
    try:
        return msgspec.msgpack.decode(_opened(purpose, sealed), type=struct)
    except msgspec.MsgspecError:
        raise Unauthenticated(INVALID) from None


def _opened(purpose: str, sealed: str) -> bytes:
    if len(sealed) > tokens.STORED_MAX:
        raise Unauthenticated(INVALID)
    key_id, dot, text = sealed.partition(".")
    if not dot:
        return tokens.unseal_raw(purpose, sealed)
    secret = keys().get(key_id)
    if secret is None:
        raise Unauthenticated(INVALID)
    try:
        raw = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        return _cipher(secret, purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{key_id} {purpose}".encode())
    except (ValueError, InvalidTag):
        raise Unauthenticated(INVALID) from None


def resealed(purpose: str, sealed: str) -> str:
    """The same, sealed by the newest key.

    Raises:
        Unauthenticated: as `unseal`.
    """
    return _sealed(purpose, _opened(purpose, sealed))
