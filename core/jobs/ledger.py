"""The job ledger: the only place where background work is written down, claimed, finished, retried or buried.

A job is claimed by a worker process (whose lease covers all it claimed) and carries an `attempt`, its fencing
token: whoever comes back from the dead with an older attempt can neither finish nor commit anything.
"""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from core.access import Actor
from core.database import Unit, current, pool, read, transaction
from core.errors import LacasaError
from core.events import wake
from core.extend import registry
from core.extend.module import Job, JobClass
from core.pool import new_pool

ERROR_MAX = 2000
BACKOFF_CAP_S = 300.0

ENQUEUE = """
INSERT INTO jobs (organization_id, class, name, arguments, key, run_at, max_attempts)
VALUES ($1, $2, $3, $4, $5, greatest($6, clock_timestamp()), $7)
ON CONFLICT (organization_id, key) WHERE status < 2 AND key IS NOT NULL DO NOTHING
RETURNING id
"""
HELD = "SELECT EXISTS (SELECT FROM jobs WHERE organization_id = $1 AND key = $2 AND status < 2)"
FINISH = "UPDATE jobs SET status = 2, finished_at = now(), error = NULL WHERE id = $1 AND attempt = $2 AND status = 1 RETURNING id"
FINISH_ALL = """
UPDATE jobs j SET status = 2, finished_at = now(), error = NULL FROM unnest($1::bigint[], $2::int[]) AS f (id, attempt)
WHERE j.id = f.id AND j.attempt = f.attempt AND j.status = 1
"""
FAIL = """
UPDATE jobs SET status = CASE WHEN attempt >= max_attempts THEN 3 ELSE 0 END, error = $3, worker_id = NULL,
       run_at = clock_timestamp() + make_interval(secs => $4), finished_at = CASE WHEN attempt >= max_attempts THEN now() END
WHERE id = $1 AND attempt = $2 AND status = 1
RETURNING id, organization_id, class, name, arguments, status
"""
RELEASE = """
UPDATE jobs SET status = 0, attempt = attempt - 1, worker_id = NULL, run_at = clock_timestamp()
WHERE id = ANY ($1::bigint[]) AND status = 1 AND worker_id = $2
"""
TAKE_BACK = """
UPDATE jobs SET status = CASE WHEN attempt >= max_attempts THEN 3 ELSE 0 END, run_at = clock_timestamp(), worker_id = NULL,
       error = '{why}', finished_at = CASE WHEN attempt >= max_attempts THEN now() END
WHERE id = ANY (ARRAY({which}))
RETURNING id, organization_id, class, name, arguments, status
"""
SWEEP = TAKE_BACK.format(
    why="the worker process died",
    which="""
    SELECT j.id FROM jobs j JOIN workers w ON w.id = j.worker_id
    WHERE j.status = 1 AND w.lease_until < now() LIMIT 500 FOR UPDATE OF j SKIP LOCKED""",
)
STRAYS = TAKE_BACK.format(
    why="how this attempt ended could not be written down",
    which="SELECT id FROM jobs WHERE status = 1 AND worker_id = $1 AND id <> ALL ($2::bigint[]) LIMIT 500 FOR UPDATE SKIP LOCKED",
)


class Claimed(msgspec.Struct):
    """A job in the hands of this worker. `attempt` is the fencing token; `finished`: its effect and its end are committed."""

    id: int
    organization_id: int | None
    job_class: JobClass
    name: str
    arguments: dict[str, Any]
    attempt: int
    max_attempts: int
    finished: bool = False

    @property
    def owner(self) -> int:
        """The organization; 0: the whole installation."""
        return self.organization_id or 0


class Stopped(msgspec.Struct, frozen=True):
    """A job that failed or lost its worker: queued again (`status` 0) or dead (3)."""

    id: int
    organization_id: int | None
    job_class: JobClass
    name: str
    arguments: dict[str, Any]
    status: int


class LeaseLost(LacasaError):
    """Another worker has this job by now: whatever was about to be committed is rolled back."""

    code, title = "lease_lost", "This job belongs to another worker now"


_own: asyncpg.Pool | None = None


@asynccontextmanager
async def own_connections(url: str) -> AsyncIterator[None]:
    """A few connections for the ledger alone, so that jobs which use up the pool cannot keep this worker from its lease.

    Their plans never scan the whole ledger: one that was cached while the table was small would go on doing so.
    """
    global _own
    _own = await new_pool(url, size=3, enable_seqscan="off", enable_bitmapscan="off")
    try:
        yield
    finally:
        closing, _own = _own, None
        await closing.close()


def connections() -> asyncpg.Pool:
    """The ledger's own connections in a worker, the process's pool elsewhere."""
    return _own or pool()


running: ContextVar[Claimed | None] = ContextVar("running_job", default=None)


async def enqueue(actor: Actor, name: str, *, key: str | None = None, run_at: datetime | None = None, **arguments: Any) -> bool:
    """Queue job `name` in the open unit of work; the bell rings after COMMIT.

    False: a job with this `key` of the organization is queued or running already, and nothing was added.
    """
    unit = current()
    if unit is None:
        raise RuntimeError("jobs are enqueued inside a unit of work")
    job = registry.jobs()[name]
    added = await _insert(unit, actor.organization_id, job, arguments, key=key, run_at=run_at)
    if added:
        unit.after_commit[f"jobs.{job.job_class}"] = lambda: wake.jobs(job.job_class)
    return added


async def is_held(actor: Actor, key: str) -> bool:
    """Whether a job with this key of the organization is queued or running: not done, not dead, not dropped."""
    async with read(actor) as db:
        return bool(await db.fetch_value(HELD, actor.organization_id, key))


async def _insert(
    unit: Unit, organization_id: int | None, job: Job, arguments: dict[str, Any], *, key: str | None, run_at: datetime | None
) -> bool:
    values = (organization_id, job.job_class, job.name, arguments, key, run_at, job.max_attempts)
    return await unit.fetch_value(ENQUEUE, *values) is not None


async def finish(job_id: int, attempt: int) -> bool:
    """Mark done. False: the lease was lost; somebody else does or did it."""
    return await connections().fetchval(FINISH, job_id, attempt) is not None


async def finish_all(attempts: Sequence[tuple[int, int]]) -> None:
    """Mark done whichever of these (job, attempt) still run: for what did not finish in its own transaction."""
    ids, tokens = zip(*attempts, strict=True)
    await connections().execute(FINISH_ALL, ids, tokens)


async def release(job_ids: list[int], worker_id: int) -> None:
    """Give back what was claimed and is not finished, as if it had never been claimed."""
    await connections().execute(RELEASE, job_ids, worker_id)


async def fail(job_id: int, attempt: int, error: str) -> None:
    """Queue again after a growing pause, or bury after the last attempt (and start what stands ready for that)."""
    async with connections().acquire() as connection, connection.transaction():
        row = await connection.fetchrow(FAIL, job_id, attempt, _storable(error), backoff_s(attempt))
        if row is not None:
            await _bury(connection, [Stopped(*row)])


def _storable(error: str) -> str:
    """The error's text without what PostgreSQL cannot keep."""
    return error[:ERROR_MAX].replace("\x00", "").encode(errors="replace").decode()


def backoff_s(attempt: int) -> float:
    """1, 2, 4 … 300 seconds with full upper half of jitter."""
    return float(min(BACKOFF_CAP_S, 2.0 ** (attempt - 1)) * random.uniform(0.5, 1.0))  # noqa: S311 (jitter, no secret)


async def sweep() -> list[Stopped]:
    """Take back the jobs of dead workers; returns them."""
    return await _take_back(SWEEP)


async def take_back_strays(worker_id: int, held: Sequence[int]) -> list[Stopped]:
    """Take back what is this worker's by the ledger, but not by its own books: a claim whose answer was lost, an end that was refused."""
    return await _take_back(STRAYS, worker_id, held)


async def _take_back(sql: str, *arguments: Any) -> list[Stopped]:
    async with connections().acquire() as connection, connection.transaction():
        stopped = [Stopped(*row) for row in await connection.fetch(sql, *arguments)]
        await _bury(connection, stopped)
    for job_class in {job.job_class for job in stopped}:
        await wake.jobs(job_class)
    return stopped


def known_names() -> list[str]:
    """The names of all jobs that the modules of this process can run."""
    jobs = registry.jobs().values()
    return [*(job.name for job in jobs), *(dead_name(job.name) for job in jobs if job.on_dead), *registry.handlers()]


def dead_name(name: str) -> str:
    """The name of the job that follows the death of job `name`."""
    return f"{name}:dead"


async def _bury(connection: Any, stopped: list[Stopped]) -> None:
    known = registry.jobs()
    for job in stopped:
        if job.status == 3 and job.name in known and known[job.name].on_dead is not None:
            after = (job.organization_id, "interactive", dead_name(job.name), job.arguments, f"dead:{job.id}", None, 50)
            await connection.execute(ENQUEUE, *after)


@asynccontextmanager
async def effect(actor: Actor) -> AsyncIterator[Unit]:
    """`transaction(actor)` that also finishes the running job: its effect and its end commit together, or neither.

    Outside of a job it is a plain transaction, so actions need not know who calls them.

    Raises:
        LeaseLost: another attempt of the job took over; nothing is committed.
    """
    job = running.get()
    async with transaction(actor) as unit:
        if job is not None and await unit.fetch_value(FINISH, job.id, job.attempt) is None:
            raise LeaseLost
        yield unit
    if job is not None:
        job.finished = True
