"""`python -m tests.bench.noop_worker`: the worker process of Lacasa as it is, with jobs that do nothing, or sleep and say so."""

import asyncio
import os
from typing import Any

from core.database import pool
from core.extend import registry
from core.extend.module import Job
from core.jobs import worker
from core.settings import settings

NOTHING, SLEEP = "bench.nothing", "bench.sleep"
BEGUN = "INSERT INTO bench_begun (run, process) VALUES ($1, $2)"


async def nothing(**_arguments: Any) -> None: ...


async def sleep(run: str, seconds: float) -> None:
    await pool().execute(BEGUN, run, os.getpid())
    await asyncio.sleep(seconds)


def jobs() -> dict[str, Job]:
    return {
        NOTHING: Job(NOTHING, nothing, "interactive", 30, 5),
        SLEEP: Job(SLEEP, sleep, "interactive", 120, 5),
    }


if __name__ == "__main__":
    registry.jobs = jobs  # type: ignore[assignment]
    registry.handlers = registry.schedules = dict  # type: ignore[assignment]
    registry.modules = tuple  # type: ignore[assignment]
    worker.main(settings())
