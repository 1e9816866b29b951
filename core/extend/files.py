"""The contract of a file store: where uploaded bytes live. Keys are made by the caller, unguessable and unique."""

from collections.abc import AsyncIterator
from typing import Protocol

from core.errors import TooLarge


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"this file may have at most {limit // 1024 // 1024} MB", limit_bytes=limit)


class FileStore(Protocol):
    async def write(self, key: str, chunks: AsyncIterator[bytes], *, limit: int) -> tuple[int, str]:
        """Store the chunks whole or not at all; returns size in bytes and SHA-256.

        Raises:
            TooLarge: there are more than `limit` bytes.
        """

    def read(self, key: str) -> AsyncIterator[bytes]:
        """The stored bytes in pieces.

        Raises:
            NotFound: nothing is stored under this key.
        """

    async def delete(self, key: str) -> None:
        """Remove; nothing happens where nothing is stored."""
