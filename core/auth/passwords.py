"""Passwords: argon2id, hashed off the event loop, and checked in the same time whether the account exists or not."""

import asyncio
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_slots = asyncio.Semaphore(4)
"""argon2 takes 64 MB a piece: more than a few at once would be a way to exhaust memory."""


async def hash_password(password: str) -> str:
    async with _slots:
        return await asyncio.to_thread(_hasher.hash, password)


async def verify(password: str, hashed: str | None) -> bool:
    """Whether the password fits; without a hash it takes as long and says no."""
    async with _slots:
        matches = await asyncio.to_thread(_verify, password, hashed or _stand_in())
    return matches and hashed is not None


def _verify(password: str, hashed: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _stand_in() -> str:
    return _hasher.hash("no account has this password")
