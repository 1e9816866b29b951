"""Times before which nothing can be due any more, so that claims need not walk what was done long ago.

A dump or a forgotten transaction keeps dead index entries alive, and each claim would walk all of them. So once a
second a worker notes the time and takes a transaction id. When all older transactions have ended, whatever fell due before
that time is visible to everybody, and the oldest of it that is still there is the floor. Rows become due at times
taken just before they are written (never before the clock, see `ledger` and `timers`); one second allows for a
writer that stalled right in between, and twice a minute everything is looked at again.
"""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg

from core.jobs.lanes import BEGINNING, ERA

STALL = timedelta(seconds=1)
ALL_AGAIN = 30
"""Advances after which the floors are forgotten once."""
SAMPLE = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_xact_id()::text::bigint, clock_timestamp()"
FIRST_JOBS = f"""
SELECT c.class, (SELECT {ERA} FROM jobs WHERE class = c.class AND status = 0 AND {ERA} >= c.floor ORDER BY {ERA} LIMIT 1),
       date_bin('10 seconds', $3, '2000-01-01 00:00:00+00')
FROM unnest($1::text[], $2::timestamptz[]) AS c (class, floor)
"""
FIRST_TIMER = "SELECT min(due_at) FROM timers WHERE due_at > $1"


class Horizon:
    """`jobs`: per class, no queued job is due before; `timers`: none is due at or before."""

    def __init__(self, classes: Sequence[str]) -> None:
        self.jobs = dict.fromkeys(classes, BEGINNING)
        self.timers = BEGINNING
        self._samples: deque[tuple[int, datetime]] = deque()
        self._advances = 0

    def forget(self) -> None:
        """Look at everything again."""
        self.jobs = dict.fromkeys(self.jobs, BEGINNING)
        self.timers = BEGINNING
        self._samples.clear()

    async def advance(self, connections: asyncpg.Pool) -> None:
        xmin, xid, at = await connections.fetchrow(SAMPLE)
        self._advances += 1
        if self._advances % ALL_AGAIN == 0 or (self._samples and at < self._samples[-1][1]):
            self.forget()
        settled = self.settle(xmin, xid, at)
        if settled is not None:
            for job_class, first, era in await connections.fetch(FIRST_JOBS, list(self.jobs), list(self.jobs.values()), settled):
                self.jobs[job_class] = max(self.jobs[job_class], min(first or era, era))
            first_timer = await connections.fetchval(FIRST_TIMER, self.timers)
            before = timedelta(microseconds=1)
            self.timers = max(self.timers, min(settled, settled if first_timer is None else first_timer - before))

    def settle(self, xmin: int, xid: int, at: datetime) -> datetime | None:
        """The time before which all that will ever fall due is visible, if that is known better now than at the last call."""
        settled = None
        while self._samples and self._samples[0][0] <= xmin:
            settled = self._samples.popleft()[1] - STALL
        self._samples.append((xid, at))
        return settled
