"""What tests of jobs share: a job of a class that no other process of the tests serves, and workers that only have a row."""

from typing import Any

import asyncpg
import pytest

from core.access import Actor
from core.database import pool, transaction
from core.extend import registry
from core.extend.module import Job
from core.jobs import ledger

NAME = "tests.work"


def only(monkeypatch: pytest.MonkeyPatch, *jobs: Job) -> None:
    """Let these be all the jobs there are, and no event have a handler."""
    monkeypatch.setattr(registry, "jobs", lambda: {job.name: job for job in jobs})
    monkeypatch.setattr(registry, "handlers", dict)


async def a_worker(lease_s: float = 60) -> int:
    sql = "INSERT INTO workers (lease_until, host) VALUES (now() + make_interval(secs => $1), 'tests') RETURNING id"
    return int(await pool().fetchval(sql, lease_s))


async def enqueued(actor: Actor, name: str = NAME, **arguments: Any) -> int:
    """The id of a new job."""
    async with transaction(actor) as db:
        await ledger.enqueue(actor, name, **arguments)
        return int(await db.fetch_value("SELECT max(id) FROM jobs WHERE organization_id = $1", actor.organization_id))


async def queue(owner: int, count: int, *, ago_s: float = 1, job_class: str = "bulk", name: str = NAME) -> None:
    """Many jobs at once, due since `ago_s` seconds."""
    await pool().execute(
        """INSERT INTO jobs (organization_id, class, name, run_at)
           SELECT $1, $2, $3, clock_timestamp() - make_interval(secs => $5) FROM generate_series(1, $4)""",
        owner, job_class, name, count, ago_s,
    )  # fmt: skip


async def row(job_id: int) -> asyncpg.Record:
    return await pool().fetchrow("SELECT * FROM jobs WHERE id = $1", job_id)


async def forget_all(job_class: str = "bulk") -> None:
    """Take away what other tests left queued in the class."""
    await pool().execute("DELETE FROM jobs WHERE class = $1", job_class)
