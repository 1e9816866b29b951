"""Passwords: argon2id, hashed off the event loop, and checked in the same time whether the account exists or not.

Hashing is dear on purpose, and anybody may ask for it. So few run at once, few more may wait, and who has signed in has slots of their own.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import TooManyRequests

BACK_S = 2


class Slots:
    """`at_once` run, `waiting` more may wait. argon2 takes 64 MB a piece: more would be a way to exhaust memory and patience."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._inside = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a slot.

        Raises:
            TooManyRequests: too many are waiting already.
        """
        if self._inside >= self._most:
            raise TooManyRequests("too many people are signing in at once; try again", retry_after_s=BACK_S, code="busy")
        self._inside += 1
        try:
            async with self._free:
                yield
        finally:
            self._inside -= 1


_hasher = PasswordHasher()
_for_anybody = Slots(3, 32)
_for_staff = Slots(1, 16)
_threads = ThreadPoolExecutor(4, thread_name_prefix="argon2")
"""As many as there are slots: hashing takes none from files and names."""


async def hash_password(password: str, *, signed_in: bool = False) -> str:
    """What to store in place of a password.

    Raises:
        TooManyRequests: too many are waiting already.
    """
    async with _slots(signed_in).one():
        return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def verify(password: str, hashed: str | None, *, signed_in: bool = False) -> bool:
    """Whether the password fits; without a hash it takes as long and says no.

    Raises:
        TooManyRequests: too many are waiting already.
    """
    async with _slots(signed_in).one():
        matches = await asyncio.get_running_loop().run_in_executor(_threads, _verify, password, hashed or _stand_in())
    return matches and hashed is not None


def _slots(signed_in: bool) -> Slots:
    return _for_staff if signed_in else _for_anybody


def _verify(password: str, hashed: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _stand_in() -> str:
    return _hasher.hash("no account has this password")
