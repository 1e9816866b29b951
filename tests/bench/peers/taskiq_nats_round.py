"""taskiq-nats by itself: a NATS with JetStream, no-op tasks queued first, then one worker process; it says how long it took and how much CPU."""

import asyncio
import json
import secrets
import sys
import sysconfig
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bench.peers import PYTHON
from tests.ports import free_port

SCRIPT = Path(__file__).with_name("taskiq_nats_worker.py")
SERVER = Path(sysconfig.get_path("scripts")) / "nats-server"


@asynccontextmanager
async def jetstream() -> AsyncIterator[str]:
    """A NATS of its own that keeps streams in files."""
    with tempfile.TemporaryDirectory(prefix="lacasa-bench-") as folder:
        port = free_port()
        process = await asyncio.create_subprocess_exec(
            SERVER, "-js", "-sd", folder, "-a", "127.0.0.1", "-p", str(port), stderr=asyncio.subprocess.DEVNULL
        )
        for _ in range(200):
            await asyncio.sleep(0.05)
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            writer.close()
            break
        try:
            yield f"nats://127.0.0.1:{port}"
        finally:
            process.terminate()
            await process.wait()


async def round_of(nats: str, n: int, concurrency: int) -> tuple[float, float]:
    """Jobs per second and per CPU second of the worker."""
    arguments = [nats, f"bench_{secrets.token_hex(4)}", str(n), str(concurrency)]
    process = await asyncio.create_subprocess_exec(PYTHON, SCRIPT, *arguments, stdout=asyncio.subprocess.PIPE, stderr=sys.stderr)
    output, _ = await process.communicate()
    figures = json.loads(output.decode().strip().splitlines()[-1])
    return n / figures["wall_s"], n / figures["cpu_s"]
