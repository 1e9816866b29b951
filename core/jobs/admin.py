"""Jobs for people: what waits, runs and died; retry and drop. For the admins' API and for `lacasa jobs`."""

import argparse
import asyncio
from datetime import datetime
from typing import Any, Literal

import asyncpg
import msgspec

from core import database
from core.access import ADMINS, Actor
from core.audit import log as audit
from core.database import pool, read, transaction
from core.errors import Conflict, NotFound
from core.events import wake
from core.settings import Settings

StatusName = Literal["queued", "running", "done", "dead"]
STATUSES: tuple[StatusName, ...] = ("queued", "running", "done", "dead")
COLUMNS = "j.id, j.class, j.name, j.status, j.run_at, j.attempt, j.max_attempts, j.error, j.created_at, j.finished_at"
LOOKED_AT = 20_000
"""Jobs of a status among which a name is looked for: the newest. Keeps the search bounded however many there are."""
PAGE = f"""
SELECT {COLUMNS} FROM (
    SELECT * FROM jobs j WHERE j.organization_id = $1 AND j.status = $2 AND ($3::bigint IS NULL OR j.id < $3)
    ORDER BY j.id DESC LIMIT CASE WHEN $5 = '' THEN $4 ELSE {LOOKED_AT} END
) j WHERE position(lower($5) IN lower(j.name)) > 0 ORDER BY j.id DESC LIMIT $4
"""
COUNTED = 1000
COUNTS = f"""
SELECT {", ".join(f"(SELECT count(*) FROM (SELECT FROM jobs WHERE organization_id = $1 AND status = {n} LIMIT {COUNTED}) s)" for n in range(4))},
       (SELECT count(*) FROM (SELECT FROM event_dead_letters WHERE organization_id = $1 LIMIT {COUNTED}) s)
"""
RETRY = """
UPDATE jobs SET status = 0, attempt = 0, run_at = clock_timestamp(), finished_at = NULL WHERE id = $1 AND status = 3
RETURNING class
"""
DROP = "UPDATE jobs SET status = 2, finished_at = now() WHERE id = $1 AND status IN (0, 3) RETURNING class"


class JobView(msgspec.Struct):
    id: int
    job_class: str
    name: str
    status: StatusName
    run_at: datetime
    attempt: int
    max_attempts: int
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class JobCounts(msgspec.Struct):
    """How many the organization has, each counted no further than 1,000."""

    queued: int
    running: int
    done: int
    dead: int
    dead_events: int


def _view(row: Any) -> JobView:
    values = list(row)
    values[3] = STATUSES[values[3]]
    return JobView(*values)


async def page(actor: Actor, status: StatusName, name: str, before: int | None, limit: int) -> list[JobView]:
    """The organization's jobs of a status, newest first; of those whose name contains `name`, in any case. Admins only."""
    actor.require(*ADMINS)
    values = (actor.organization_id, STATUSES.index(status), before, limit, name)
    async with read(actor) as db:
        return [_view(row) for row in await db.fetch_rows(PAGE, *values)]


async def counts(actor: Actor) -> JobCounts:
    """Jobs by status, and events that PostgreSQL refused. Admins only."""
    actor.require(*ADMINS)
    async with read(actor) as db:
        return (await db.fetch(JobCounts, COUNTS, actor.organization_id))[0]


async def retry(actor: Actor, job_id: int) -> None:
    """Queue a dead job again, with all its attempts. Admins only.

    Raises:
        NotFound: no job of the organization with this id is dead.
        Conflict: another job with its key is queued or running, which does the same.
    """
    await _change(actor, job_id, RETRY, "job.retried")


async def drop(actor: Actor, job_id: int) -> None:
    """Give up a queued or dead job for good. Admins only.

    Raises:
        NotFound: no job of the organization with this id is queued or dead.
    """
    await _change(actor, job_id, DROP, "job.dropped")


async def _change(actor: Actor, job_id: int, sql: str, what: str) -> None:
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        try:
            job_class = await db.fetch_value(sql.replace("WHERE", "WHERE organization_id = $2 AND"), job_id, actor.organization_id)
        except asyncpg.UniqueViolationError as error:
            raise Conflict("a job with the same key is queued or running already") from error
        if job_class is None:
            raise NotFound("there is no such job that could be changed")
        await audit.note(actor, what, subject=str(job_id))
        db.after_commit[f"jobs.{job_class}"] = lambda: wake.jobs(job_class)


def main(settings: Settings, arguments: list[str]) -> int:
    """`lacasa jobs list|retry|drop`: jobs of all organizations, for the operator."""
    parser = argparse.ArgumentParser(prog="lacasa jobs", description="What waits, runs and died in the job ledger.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", help="show jobs, newest first")
    listing.add_argument("--status", choices=STATUSES, default="dead")
    listing.add_argument("--limit", type=int, default=50)
    for verb, words in (("retry", "queue a dead job again"), ("drop", "give up a queued or dead job")):
        verbs.add_parser(verb, help=words).add_argument("id", type=int)
    return asyncio.run(_command(settings, parser.parse_args(arguments)))


async def _command(settings: Settings, wanted: argparse.Namespace) -> int:
    await database.open_pool(settings.required_database_url(), size=2)
    try:
        if wanted.verb == "list":
            sql = f"SELECT {COLUMNS} FROM jobs j WHERE j.status = $1 ORDER BY j.id DESC LIMIT $2"
            for job in map(_view, await pool().fetch(sql, STATUSES.index(wanted.status), wanted.limit)):
                print(f"{job.id:>8}  {job.status:<8} {job.attempt}/{job.max_attempts}  {job.name}  {job.error or ''}")  # noqa: T201 (a command's answer)
            return 0
        changed = await pool().execute(RETRY if wanted.verb == "retry" else DROP, wanted.id)
    except asyncpg.UniqueViolationError as error:
        raise Conflict("a job with the same key is queued or running already") from error
    finally:
        await database.close_pool()
    if changed.endswith(" 0"):
        raise NotFound(f"there is no job {wanted.id} that could be changed")
    return 0
