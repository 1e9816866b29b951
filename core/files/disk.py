"""The default `FileStore`: a folder on local disk. A file appears under its name only when it is complete."""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from core.errors import NotFound, TooLarge

PIECE = 256 * 1024
KEY = re.compile(r"^[A-Za-z0-9_-]{16,64}$")


class DiskStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, key: str) -> Path:
        if not KEY.match(key):
            raise NotFound("this file does not exist")
        return self._folder / key[:2] / key

    async def write(self, key: str, chunks: AsyncIterator[bytes], *, limit: int) -> tuple[int, str]:
        path = self._path(key)
        partial = path.with_suffix(".part")
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        size, digest = 0, hashlib.sha256()
        file = await asyncio.to_thread(partial.open, "wb")
        try:
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge(f"a file may have at most {limit // 1024 // 1024} MB", limit_bytes=limit)
                digest.update(chunk)
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(_sync, file.fileno(), file.flush)
            file.close()
            await asyncio.to_thread(os.replace, partial, path)
        finally:
            file.close()
            with suppress(FileNotFoundError):
                partial.unlink()
        return size, digest.hexdigest()

    async def read(self, key: str) -> AsyncIterator[bytes]:
        try:
            file = await asyncio.to_thread(self._path(key).open, "rb")
        except FileNotFoundError:
            raise NotFound("this file is gone") from None
        try:
            while piece := await asyncio.to_thread(file.read, PIECE):
                yield piece
        finally:
            file.close()

    async def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            await asyncio.to_thread(self._path(key).unlink)


def _sync(descriptor: int, flush: object) -> None:
    if callable(flush):
        flush()
    os.fsync(descriptor)
