"""Fair claims: within a class every organization with due jobs has its turn, however many another has queued.

A lane is what one organization has due in one era of ten seconds. The index of due jobs is ordered by class, era and
organization, so a claim hops from lane to lane (a loose index scan: one probe each, however long the lanes are),
takes from each organization's oldest lane an equal part of the free slots, whoever was served longest ago first,
and goes on next time where it stopped. No organization fills all slots of a class: the rest stay ready for others.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Any

import asyncpg

from core.jobs.ledger import Claimed, connections

LANES = 100
"""Lanes that one look visits at most."""
LOOKS = 10
REMEMBERED = 100
MOST = 0.75
"""The part of a class's slots that one organization may fill in one worker process."""
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
ERA = "date_bin('10 seconds', run_at, '2000-01-01 00:00:00+00')"
OWNER = "coalesce(organization_id, 0)"
NEXT = f"""
    SELECT {ERA} AS era, {OWNER} AS owner FROM jobs
    WHERE class = $1 AND status = 0 AND run_at <= now() AND {ERA} <= now() AND ({ERA}, {OWNER}) > ({{after}})
    ORDER BY {ERA}, {OWNER} LIMIT 1
"""
CLAIM = f"""
WITH RECURSIVE lane (era, owner, nth) AS (
    SELECT era, owner, 1 FROM ({NEXT.format(after="$5::timestamptz, $6::bigint")}) first
    UNION ALL
    SELECT next.era, next.owner, lane.nth + 1
    FROM lane CROSS JOIN LATERAL ({NEXT.format(after="lane.era, lane.owner")}) next
    WHERE lane.nth < {LANES}
), turn AS (
    SELECT o.owner, o.era, coalesce(s.room, $9) AS room, count(*) OVER () AS n, s.nth
    FROM (SELECT DISTINCT ON (owner) owner, era FROM lane ORDER BY owner, era) o
    LEFT JOIN unnest($7::bigint[], $8::int[]) WITH ORDINALITY AS s (owner, room, nth) USING (owner)
    WHERE coalesce(s.room, $9) > 0 AND EXISTS (SELECT FROM workers WHERE id = $3 AND lease_until > now())
    ORDER BY s.nth NULLS FIRST, o.era, o.owner
), picked AS (
    SELECT j.id FROM turn CROSS JOIN LATERAL (
        SELECT id FROM jobs
        WHERE class = $1 AND status = 0 AND {ERA} = turn.era AND {OWNER} = turn.owner AND run_at <= now() AND name = ANY ($4::text[])
        ORDER BY run_at, id LIMIT least(turn.room, ($2 + turn.n - 1) / turn.n) FOR UPDATE SKIP LOCKED) j
    LIMIT $2
), taken AS (
    UPDATE jobs SET status = 1, attempt = attempt + 1, worker_id = $3
    WHERE id = ANY (ARRAY(SELECT id FROM picked))
    RETURNING id, organization_id, class, name, arguments, attempt, max_attempts
)
SELECT taken.*, look.lanes, look.owners, look.era, look.owner
FROM (SELECT count(*) AS lanes, count(DISTINCT owner) AS owners, max(era) AS era,
             (SELECT owner FROM lane ORDER BY nth DESC LIMIT 1) AS owner FROM lane) look LEFT JOIN taken ON true
ORDER BY taken.id
"""


class Lanes:
    """One class in one worker process: whom it served last, and where its last look ended."""

    def __init__(self, job_class: str, slots: int) -> None:
        self.job_class = job_class
        self.slots = slots
        self.most = max(1, ceil(slots * MOST))
        self._served: OrderedDict[int, None] = OrderedDict()
        self._stopped: tuple[datetime, int] | None = None
        self.more = True
        """Whether the last claim may have left something due."""

    async def claim(
        self, free: int, worker_id: int, names: list[str], running: Mapping[int, int], floor: datetime = BEGINNING
    ) -> list[Claimed]:
        """Take up to `free` due jobs whose names this worker knows.

        `running` counts what each organization (0: none) has running here; nothing is due before `floor`.
        """
        claimed: list[Claimed] = []
        held = Counter(running)
        for _ in range(LOOKS):
            after, whole, wanted = self._stopped or (floor, -1), self._stopped is None, free - len(claimed)
            rows = await self._look(wanted, worker_id, names, held, after)
            taken = [Claimed(*row[:7]) for row in rows if row[0] is not None]
            lanes, owners, *last = rows[0][7:]
            self._stopped = (last[0], last[1]) if lanes == LANES else None
            for job in taken:
                held[job.owner] += 1
                self._served[job.owner] = None
                self._served.move_to_end(job.owner)
            claimed += taken
            if len(claimed) >= free or (whole and lanes < LANES and not self._may_have_more(taken, wanted, lanes, owners)):
                break
        self.more = len(claimed) >= free or max(held.values(), default=0) >= self.most
        while len(self._served) > REMEMBERED:
            self._served.popitem(last=False)
        return claimed

    async def _look(
        self, slots: int, worker_id: int, names: list[str], held: Counter[int], after: tuple[datetime, int]
    ) -> list[asyncpg.Record]:
        known = [*(owner for owner in held if owner not in self._served), *self._served]
        rooms = [self.most - held[owner] for owner in known]
        found: list[Any] = await connections().fetch(
            CLAIM, self.job_class, slots, worker_id, names, *after, known, rooms, self.most
        )
        return found

    def _may_have_more(self, taken: list[Claimed], wanted: int, lanes: int, owners: int) -> bool:
        """Whether some organization took its whole part, or has younger lanes."""
        if not taken:
            return False
        part = ceil(wanted / owners)
        return lanes > owners or max(Counter(job.owner for job in taken).values()) >= min(part, self.most)
