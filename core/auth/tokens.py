"""Signed and sealed tokens. Every purpose has a key of its own, derived from the one secret of the installation."""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import Unauthenticated
from core.settings import settings

S = TypeVar("S", bound=msgspec.Struct)

NONCE_BYTES = 12
INVALID = "this token is not valid"
TOKEN_MAX = 1024
"""Characters of a token that somebody brings us."""
STORED_MAX = 8192
"""Of what we keep sealed ourselves: a private key (RSA, 2048 bits) has some 1,700, the longest refresh token some 6,000."""


def random_token() -> str:
    """128 random bits as 22 URL-safe characters: the name of a thing outside of its organization."""
    return secrets.token_urlsafe(16)


def digest(*parts: str) -> str:
    """A keyed hash for looking things up without storing them."""
    return hmac.new(_key("digest"), "\x00".join(parts).encode(), hashlib.sha256).hexdigest()


def digest_keys() -> tuple[bytes, bytes]:
    """The key of `digest` as HMAC-SHA256 uses it, outer and inner: so PostgreSQL computes it for many rows, sha256(outer || sha256(inner || …))."""
    key = _key("digest").ljust(64, b"\x00")
    return bytes(byte ^ 0x5C for byte in key), bytes(byte ^ 0x36 for byte in key)


@lru_cache(maxsize=32)
def _key(purpose: str) -> bytes:
    return hmac.new(settings().required_secret().encode(), f"lacasa {purpose}".encode(), hashlib.sha256).digest()


@lru_cache(maxsize=32)
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_key(purpose))


def seal(purpose: str, content: msgspec.Struct) -> str:
    """An opaque token that only this installation can open, for this `purpose` alone. What we keep ourselves: `sealing.seal`."""
    return seal_raw(purpose, msgspec.msgpack.encode(content))


def seal_raw(purpose: str, raw: bytes) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(purpose).encrypt(nonce, raw, purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()


def unseal(purpose: str, token: str, struct: type[S]) -> S:
    """What was sealed.

    Raises:
        Unauthenticated: the token is not ours, was altered, or is for another purpose.
    """
    if len(token) > TOKEN_MAX:
        raise Unauthenticated(INVALID)
    try:
        return msgspec.msgpack.decode(unseal_raw(purpose, token), type=struct)
    except msgspec.MsgspecError:
        raise Unauthenticated(INVALID) from None


def unseal_raw(purpose: str, token: str) -> bytes:
    """
    Raises:
        Unauthenticated: as `unseal`.
    """
    try:
        raw = base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        return _cipher(purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
    except (ValueError, InvalidTag):
        raise Unauthenticated(INVALID) from None


def session_key() -> bytes:
    """The key that signs session cookies (a JWT)."""
    return _key("session")


def mail_key() -> str:
    """The key by which mail servers sign what they hand over."""
    return _key("mail-in").hex()
