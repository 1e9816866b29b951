"""The default `FileStore`: a folder on local disk. A file appears under its name only when it is complete."""

import asyncio
import errno
import hashlib
import logging
import os
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import NotFound, Unavailable
from core.extend.files import too_large

log = logging.getLogger("lacasa.files")

PIECE = 256 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT)
KEY = re.compile(r"^[A-Za-z0-9_-]{16,64}\Z")


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
        size, digest = 0, hashlib.sha256()
        file: BinaryIO | None = None
        try:
            file = await asyncio.to_thread(self._opened, partial)
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise too_large(limit)
                digest.update(chunk)
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(_sync, file.fileno(), file.flush)
            file.close()
            await asyncio.to_thread(os.replace, partial, path)
        except OSError as error:
            if error.errno in FULL:
                raise Unavailable("there is no room to keep this file", code="storage_full") from error
            log.exception("a file cannot be kept")
            raise Unavailable("files cannot be kept at the moment", code="storage_unavailable") from error
        finally:
            with suppress(OSError):  # what could not be written is tried once more, and given up
                if file is not None:
                    file.close()
            with suppress(OSError):
                partial.unlink()
        return size, digest.hexdigest()

    def _opened(self, path: Path) -> BinaryIO:
        """A new file that this account alone can read, in folders like it."""
        for folder in (self._folder, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

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
        path = self._path(key)
        for leftover in (path, path.with_suffix(".part")):
            with suppress(FileNotFoundError):
                await asyncio.to_thread(leftover.unlink)


def _sync(descriptor: int, flush: object) -> None:
    if callable(flush):
        flush()
    os.fsync(descriptor)
