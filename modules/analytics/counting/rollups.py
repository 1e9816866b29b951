"""Adding facts up. Every fact waits in `analytics_pending` until the transaction that counts it takes it out, so none counts twice or not at all.

Of each conversation with new facts, what it added before is taken back and what it adds now is put in its place (`life.py`): in one
transaction, one at a time for an organization, which a lock on its row of `analytics_states` sees to.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from core.access import Actor
from core.database import Unit, transaction
from modules.analytics.counting import life, plain
from modules.analytics.counting.cells import Cell, Fact, Tally

RULES = 1
"""Counts changes of what facts add up to: rollups of older rules are made anew."""
BATCH = 2000
CONVERSATIONS = 2000

STATE = """
INSERT INTO analytics_states (organization_id) VALUES ($1) ON CONFLICT (organization_id) DO UPDATE SET zone = analytics_states.zone
RETURNING zone, rules, keep_days
"""
"""Also takes the lock."""
TAKE = """
DELETE FROM analytics_pending WHERE organization_id = $1 AND id IN (
    SELECT p.id FROM analytics_pending p WHERE p.organization_id = $1 ORDER BY p.id LIMIT $2)
RETURNING fact_id, entity, entity_id
"""
TAKE_ALL = "DELETE FROM analytics_pending WHERE organization_id = $1"
COLUMNS = "f.entity, coalesce(f.entity_id, 0), f.id, f.kind, f.at, f.user_id, f.metadata"
WAITS = "SELECT p.fact_id FROM analytics_pending p WHERE p.organization_id = $1 AND p.fact_id = ANY ($2::bigint[])"
"""Asked after the facts themselves: of what was written down in between there is no fact yet, and nobody else takes anything out. In one statement
PostgreSQL, which knows nothing of a table that empties so fast, may walk through all that waits for each fact."""
OF_CONVERSATIONS = f"""
SELECT {COLUMNS} FROM analytics_events f
WHERE f.organization_id = $1 AND f.entity = 'conversation' AND f.entity_id = ANY ($2::bigint[]) ORDER BY f.entity_id
"""
THESE = f"SELECT {COLUMNS} FROM analytics_events f WHERE f.organization_id = $1 AND f.id = ANY ($2::bigint[])"
NEXT = """
SELECT DISTINCT f.entity_id FROM analytics_events f
WHERE f.organization_id = $1 AND f.entity = 'conversation' AND f.entity_id > $2 ORDER BY 1 LIMIT $3
"""
OTHERS = f"""
SELECT {COLUMNS} FROM analytics_events f
WHERE f.organization_id = $1 AND f.entity <> 'conversation' AND f.id > $2 ORDER BY f.id LIMIT $3
"""
ADD = """
INSERT INTO analytics_rollups AS r (organization_id, metric, dimension, key, day, hour, bucket, value)
SELECT $1, c.* FROM unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::smallint[], $7::smallint[], $8::bigint[]) c
ON CONFLICT (organization_id, metric, dimension, hour, key, day, bucket) DO UPDATE SET value = r.value + excluded.value
"""
EMPTY = "DELETE FROM analytics_rollups WHERE organization_id = $1 AND metric NOT LIKE 'mail\\_%'"
"""What is read from the ledger of mailings stands beside facts: it is read anew anyhow."""
COUNTED = "UPDATE analytics_states SET counted_at = now(), rules = $2 WHERE organization_id = $1"
REBUILT = "UPDATE analytics_states SET rebuilt_at = now() WHERE organization_id = $1"


class State(msgspec.Struct):
    zone: str
    rules: int
    keep_days: int | None


async def count(actor: Actor) -> int:
    """Add up the next facts that wait; how many they were. The first time, and where the rules changed: all of them. Safe to repeat."""
    async with transaction(actor) as db:
        state = await locked(db, actor)
        if state.rules != RULES:
            return await _rebuild(db, actor, state)
        taken = await db.fetch_rows(TAKE, actor.organization_id, BATCH)
        fresh = {row["fact_id"] for row in taken}
        zone = ZoneInfo(state.zone)
        change: Counter[Cell] = Counter()
        conversations = sorted({row["entity_id"] for row in taken if row["entity"] == "conversation"})
        if conversations:
            facts = await _countable(db, actor, await db.fetch(Fact, OF_CONVERSATIONS, actor.organization_id, conversations))
            _put_in_place(facts, fresh, zone, change)
        others = [row["fact_id"] for row in taken if row["entity"] != "conversation"]
        if others:
            change.update(_plain(await db.fetch(Fact, THESE, actor.organization_id, others), zone))
        await add(db, actor, change)
        await db.execute(COUNTED, actor.organization_id, RULES)
    return len(taken)


async def locked(db: Unit, actor: Actor) -> State:
    """How the organization counts; nobody else counts for it until the transaction ends."""
    return (await db.fetch(State, STATE, actor.organization_id))[0]


async def _countable(db: Unit, actor: Actor, facts: Sequence[Fact]) -> list[Fact]:
    """Without those that wait."""
    waiting = {row[0] for row in await db.fetch_rows(WAITS, actor.organization_id, [fact.id for fact in facts])}
    return [fact for fact in facts if fact.id not in waiting]


def _put_in_place(facts: Sequence[Fact], fresh: set[int], zone: ZoneInfo, change: Counter[Cell]) -> None:
    for _, its in groupby(facts, key=lambda fact: fact.entity_id):
        now = list(its)
        change.update(life.tally(now, zone).cells)
        change.subtract(life.tally([fact for fact in now if fact.id not in fresh], zone).cells)


def _plain(facts: Iterable[Fact], zone: ZoneInfo) -> Counter[Cell]:
    counted = Tally(zone)
    for fact in facts:
        plain.add(fact, counted)
    return counted.cells


async def add(db: Unit, actor: Actor, change: Counter[Cell]) -> None:
    """Add to the rollups; in one order, as all do."""
    cells = sorted((cell, value) for cell, value in change.items() if value)
    if not cells:
        return
    columns: list[list[Any]] = [list(column) for column in zip(*(cell for cell, _ in cells), strict=True)]
    await db.execute(ADD, actor.organization_id, *columns, [value for _, value in cells])


async def rebuild(actor: Actor) -> int:
    """Make all rollups of the organization anew from its facts; how many facts there are. Readers see the old ones until the end."""
    async with transaction(actor) as db:
        return await _rebuild(db, actor, await locked(db, actor))


async def _rebuild(db: Unit, actor: Actor, state: State) -> int:
    """In parts, so that memory has a bound. Whatever is written down meanwhile waits, and is counted afterwards."""
    zone, seen = ZoneInfo(state.zone), 0
    await db.execute(TAKE_ALL, actor.organization_id)
    await db.execute(EMPTY, actor.organization_id)
    last = 0
    while found := await db.fetch_rows(NEXT, actor.organization_id, last, CONVERSATIONS):
        numbers = [row[0] for row in found]
        facts = await _countable(db, actor, await db.fetch(Fact, OF_CONVERSATIONS, actor.organization_id, numbers))
        change: Counter[Cell] = Counter()
        _put_in_place(facts, {fact.id for fact in facts}, zone, change)
        await add(db, actor, change)
        last, seen = numbers[-1], seen + len(facts)
    last = 0
    while others := await db.fetch(Fact, OTHERS, actor.organization_id, last, BATCH):
        counted = await _countable(db, actor, others)
        await add(db, actor, _plain(counted, zone))
        last, seen = others[-1].id, seen + len(counted)
    if state.keep_days is not None:
        await forget_before(db, actor, datetime.now(zone).date() - timedelta(days=state.keep_days))
    await db.execute(COUNTED, actor.organization_id, RULES)
    await db.execute(REBUILT, actor.organization_id)
    return seen


FOLD = """
INSERT INTO analytics_rollups AS r (organization_id, metric, dimension, key, day, hour, bucket, value)
SELECT $1, o.metric, o.dimension, o.key, $2, o.hour, 0, sum(o.value)::bigint FROM analytics_rollups o
WHERE o.organization_id = $1 AND o.metric = 'backlog' AND o.day < $2 GROUP BY 2, 3, 4, 6
ON CONFLICT (organization_id, metric, dimension, hour, key, day, bucket) DO UPDATE SET value = r.value + excluded.value
"""
OLD_ROLLUPS = "DELETE FROM analytics_rollups o WHERE o.organization_id = $1 AND o.day < $2"


async def forget_before(db: Unit, actor: Actor, day: date) -> int:
    """Take away the rollups of earlier days; what was open on them is carried over to `day`."""
    await db.execute(FOLD, actor.organization_id, day)
    return await db.execute(OLD_ROLLUPS, actor.organization_id, day)
