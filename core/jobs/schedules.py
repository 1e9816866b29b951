"""Schedules: each fires once per period for all workers together, and catches up once after a pause."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from core.extend import registry
from core.extend.module import Schedule
from core.jobs.ledger import ENQUEUE, connections

KNOWN = """
INSERT INTO schedules (name, next_at, rule) SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[])
ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at, rule = excluded.rule WHERE schedules.rule <> excluded.rule
"""
DUE = "SELECT name, now() FROM schedules WHERE next_at <= now() AND name = ANY ($1::text[])"
TAKE = "UPDATE schedules SET next_at = $2 WHERE name = $1 AND next_at <= now() RETURNING id"


def next_after(schedule: Schedule, now: datetime) -> datetime:
    """When it fires next. Cron times are those of its zone: what falls into the hour that a clock change skips fires right after it,
    and what stands in a repeated hour fires once if it names the hour, and in both if it runs every hour."""
    if schedule.every_s is not None:
        return now + timedelta(seconds=schedule.every_s)
    return next(CronSim(schedule.cron or "", now.astimezone(ZoneInfo(schedule.zone)))).astimezone(UTC)


class Planner:
    """A worker's view of all schedules; the rows in PostgreSQL decide who fires."""

    def __init__(self, schedules: Iterable[Schedule] | None = None) -> None:
        self._schedules = {each.name: each for each in schedules or registry.schedules().values()}
        self._announced = False

    async def fire(self) -> None:
        """Queue the job of each schedule that is due; not again while it is still queued or runs."""
        if not self._announced:
            await self._announce()
        for name, now in await connections().fetch(DUE, list(self._schedules)):
            schedule = self._schedules[name]
            job = registry.jobs()[schedule.job]
            async with connections().acquire() as connection, connection.transaction():
                if await connection.fetchval(TAKE, name, next_after(schedule, now)) is not None:
                    await connection.execute(ENQUEUE, None, job.job_class, job.name, {}, f"schedule:{name}", None, job.max_attempts)

    async def _announce(self) -> None:
        """Write down new schedules and those whose rule was changed by a new version."""
        now = await connections().fetchval("SELECT now()")
        schedules = list(self._schedules.values())
        times = [now if each.every_s is not None else next_after(each, now) for each in schedules]
        await connections().execute(KNOWN, list(self._schedules), times, [each.rule for each in schedules])
        self._announced = True
