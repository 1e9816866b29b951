"""One round of taskiq-nats: no-op tasks queued first, then one worker process that runs them; it says how long and how much CPU."""

import asyncio
import json
import secrets
import sys
from pathlib import Path

from tests.bench.peers import PYTHON

SCRIPT = Path(__file__).with_name("taskiq_nats_worker.py")


async def round_of(nats: str, n: int, concurrency: int) -> tuple[float, float]:
    """Jobs per second and per CPU second of the worker."""
    arguments = [nats, f"bench_{secrets.token_hex(4)}", str(n), str(concurrency)]
    process = await asyncio.create_subprocess_exec(PYTHON, SCRIPT, *arguments, stdout=asyncio.subprocess.PIPE, stderr=sys.stderr)
    output, _ = await process.communicate()
    figures = json.loads(output.decode().strip().splitlines()[-1])
    return n / figures["wall_s"], n / figures["cpu_s"]
