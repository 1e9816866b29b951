"""The load client as a process of its own: the C program where there is a compiler, else the same in Python."""

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.bench.measure import cores, pin

HERE = Path(__file__).parent
PATIENCE_S = 180


class LoadClient:
    """`fan` and `echo` as client.c describes them; `pid` to see what it costs."""

    def __init__(self, process: asyncio.subprocess.Process, name: str) -> None:
        self._process = process
        self.name = name
        self.pid = process.pid

    async def fan(self, window: int, seconds: float) -> dict[str, Any]:
        return await self._do(f"fan {window} {seconds}", seconds)

    async def echo(self, per_second: float, seconds: float) -> dict[str, Any]:
        return await self._do(f"echo {per_second} {seconds}", seconds)

    async def answer(self, patience_s: float = PATIENCE_S) -> dict[str, Any]:
        """Its next line.

        Raises:
            RuntimeError: it ended; what it said is in the message.
        """
        line = await asyncio.wait_for(self._process.stdout.readline(), patience_s)
        if not line:
            raise RuntimeError(f"{self.name}: {(await self._process.stderr.read()).decode().strip()}")
        found: dict[str, Any] = json.loads(line)
        return found

    async def _do(self, command: str, seconds: float) -> dict[str, Any]:
        self._process.stdin.write(f"{command}\n".encode())
        return await self.answer(seconds + 60)


@asynccontextmanager
async def load_client(
    name: str, *, script: list[str] | None = None, text: str = "", **options: object
) -> AsyncIterator[LoadClient]:
    """Connected and ready, on the second core. `script`: a line for each connection, repeated where they are fewer."""
    with tempfile.TemporaryDirectory(prefix="lacasa-load-") as folder:
        options |= _files(Path(folder), text, script)
        arguments = [f"{key}={value}" for key, value in options.items() if value is not None]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*program(), *arguments, stdin=pipe, stdout=pipe, stderr=pipe)
        try:
            pin(process.pid, cores()[1])
            client = LoadClient(process, name)
            await client.answer()
            yield client
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _files(folder: Path, text: str, script: list[str] | None) -> dict[str, Path]:
    said, lines = folder / "text", folder / "script"
    said.write_text(text)
    lines.write_text("\n".join(script or []))
    return {"text": said} | ({"script": lines} if script else {})


@lru_cache(maxsize=1)
def program() -> list[str]:
    """How the client is started; compiled once a run."""
    compiler = shutil.which("cc")
    if compiler is None:
        return [sys.executable, "-m", "tests.bench.load.client"]
    binary = Path(tempfile.mkdtemp(prefix="lacasa-load-")) / "client"
    subprocess.run([compiler, "-O2", "-o", binary, HERE / "client.c"], check=True)
    return [str(binary)]
