"""A PDF is read in a process of its own, with bounds on its time and memory: what is built to hang a reader hangs nobody else."""

import asyncio
import os
import sys
from contextlib import suppress

import msgspec

from core.knowledge.reading.contract import Reading, Unreadable

TIME_S = 60
AT_ONCE = asyncio.Semaphore(2)
CODES = {
    "encrypted": "this PDF is protected by a password",
    "scanned": "this PDF has pictures of pages, but no text",
    "damaged": "this PDF is damaged",
    "too_long": "this PDF has too many pages",
    "too_slow": "this PDF takes too long to read",
}


class Told(msgspec.Struct):
    """What the other process says: `code` where it could not read."""

    title: str = ""
    body: str = ""
    code: str = ""


async def read_pdf(data: bytes) -> Reading:
    """Raises: Unreadable: encrypted, scanned, damaged, too_long, too_slow."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LACASA_", "PYTHON"))}
    async with AT_ONCE:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-m", "core.knowledge.reading.pdf", env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(TIME_S):
                output, _ = await process.communicate(data)
        except TimeoutError:
            raise _unreadable("too_slow") from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    try:
        told = msgspec.json.decode(output, type=Told)
    except msgspec.DecodeError:
        raise _unreadable("too_slow" if process.returncode and process.returncode < 0 else "damaged") from None
    if told.code:
        raise _unreadable(told.code)
    return Reading(title=told.title, body=told.body)


def _unreadable(code: str) -> Unreadable:
    return Unreadable(code, CODES.get(code, CODES["damaged"]))
