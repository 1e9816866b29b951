"""What an inbox may send now, by its own limits, by its plan, and by what servers said: in PostgreSQL, so that all workers agree.

`take` is for the inbox as a whole, before mails are claimed; `admit` for the domains that they go to; `learn` afterwards.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from core.access import Actor
from core.channels.email.bulk import pace
from core.channels.email.bulk.pace import Granted, Rate
from core.database import Unit, columns, read, transaction

SERVER = ""
"""As a domain: the server that sends an inbox's mail on."""
RATE = columns(Rate, "r")
MAKE = """
INSERT INTO mail_rates (organization_id, inbox_id, domain, tokens) SELECT $1, $2, d, 1 FROM unnest($3::text[]) d ORDER BY d
ON CONFLICT (organization_id, inbox_id, domain) DO NOTHING
"""
LOCK = f"""
SELECT {RATE} FROM mail_rates r WHERE r.organization_id = $1 AND r.inbox_id = $2 AND r.domain = ANY ($3::text[])
ORDER BY r.domain FOR NO KEY UPDATE
"""
SAVE = """
UPDATE mail_rates SET per_s = $4, tokens = $5, filled_at = $6, held_until = $7, holds = $8, said = $9, changed_at = $10, booked_until = $11,
       counted = $12, counted_on = $13
WHERE organization_id = $1 AND inbox_id = $2 AND domain = $3
"""
LIMITS = "SELECT per_hour, domain_per_hour, warming_on FROM mail_senders WHERE organization_id = $1 AND inbox_id = $2"
NOW = "SELECT clock_timestamp()"
PLAN = """
SELECT o.id, w.used, CASE WHEN o.emails_limit < 0 THEN $2::int ELSE greatest(0, least($2::int, o.emails_limit - w.used)) END AS n
FROM organizations o, LATERAL (SELECT CASE WHEN o.emails_since < date_trunc('month', now())::date THEN 0 ELSE o.emails_used END AS used) w
WHERE o.id = $1
"""
"""A month's count ends with it, by the clock of UTC."""
LEFT = f"SELECT n FROM ({PLAN}) p"
USE = f"""
WITH p AS MATERIALIZED ({PLAN} FOR NO KEY UPDATE OF o)
UPDATE organizations o SET emails_used = p.used + p.n, emails_since = greatest(o.emails_since, date_trunc('month', now())::date)
FROM p WHERE o.id = p.id RETURNING p.n
"""
UNUSED = "UPDATE organizations SET emails_used = greatest(0, emails_used - $2) WHERE id = $1"
PLAN_LIMIT = "plan_limit"


class Limits(msgspec.Struct, frozen=True):
    """Of an inbox: mails an hour in all and to one domain, and the day on which it began to warm up; null: none."""

    per_hour: int | None = None
    domain_per_hour: int | None = None
    warming_on: date | None = None


async def limits(actor: Actor, inbox_id: int) -> Limits:
    async with read(actor) as db:
        return await db.fetch_one(Limits, LIMITS, actor.organization_id, inbox_id) or Limits()


async def take(actor: Actor, inbox_id: int, wanted: int) -> Granted:
    """As many of `wanted` mails as may go from this inbox now; who does not send them gives them back. `plan_limit`: the month's are used up."""
    async with transaction(actor) as db:
        own = await limits(actor, inbox_id)
        [rate] = await _locked(db, actor, inbox_id, [SERVER], make=True)
        now = await db.fetch_value(NOW)
        cap = pace.cap_of(own.warming_on, now.date())
        after, granted = pace.take(rate, now, wanted, limit=pace.hourly(own.per_hour), cap=cap)
        if granted.mails:
            allowed = int(await db.fetch_value(LEFT, actor.organization_id, granted.mails))
            after = pace.give_back(after, granted.mails - allowed) if allowed < granted.mails else after
            granted = Granted(allowed, is_watched=rate.is_watched) if allowed else Granted(0, 0.0, PLAN_LIMIT)
        await _save(db, actor, inbox_id, [after])
    return granted


async def give_back(actor: Actor, inbox_id: int, count: int) -> None:
    """Mails that were granted and did not go."""
    if count <= 0:
        return
    async with transaction(actor) as db:
        [rate] = await _locked(db, actor, inbox_id, [SERVER], make=True)
        await _save(db, actor, inbox_id, [pace.give_back(rate, count)])


async def use(db: Unit, actor: Actor, count: int) -> int:
    """Count so many mails against the plan, with the mark that a server is about to get them; returns how many of them it has left."""
    return int(await db.fetch_value(USE, actor.organization_id, count))


async def unuse(db: Unit, actor: Actor, count: int) -> None:
    """No server took these after all."""
    if count:
        await db.execute(UNUSED, actor.organization_id, count)


class Admitted(msgspec.Struct, frozen=True):
    """`waits`: of each domain, for how many seconds each of those that may not go has to wait. `watched`: domains of which it matters what becomes
    of their mail."""

    waits: Mapping[str, list[float]]
    watched: frozenset[str]


async def admit(actor: Actor, inbox_id: int, wanted: Mapping[str, int]) -> Admitted:
    """Which of these mails, by domain, may go now. Most domains never refused anything, and have no row."""
    async with transaction(actor) as db:
        own = await limits(actor, inbox_id)
        limit = pace.hourly(own.domain_per_hour)
        rates = await _locked(db, actor, inbox_id, wanted, make=limit is not None)
        now: datetime = await db.fetch_value(NOW)
        waits: dict[str, list[float]] = {}
        saved = []
        for rate in rates:
            after, granted = pace.take(rate, now, wanted[rate.domain], limit=limit)
            if left := wanted[rate.domain] - granted.mails:
                after, waits[rate.domain] = pace.book(after, now, left, limit=limit)
            saved.append(after)
        await _save(db, actor, inbox_id, saved)
    return Admitted(waits, frozenset(rate.domain for rate in rates if rate.is_watched))


async def hold(actor: Actor, inbox_id: int, said: str, per_s: float | None) -> None:
    """The server that sends an inbox's mail on cannot be had for now, or wants less than `per_s` mails a second."""
    async with transaction(actor) as db:
        [rate] = await _locked(db, actor, inbox_id, [SERVER], make=True)
        now: datetime = await db.fetch_value(NOW)
        await _save(db, actor, inbox_id, [pace.refused(rate, now, said.replace("\x00", "")[:300], per_s=per_s)])


async def learn(actor: Actor, inbox_id: int, refused: Mapping[str, str], accepted: Iterable[str]) -> None:
    """Domains that want less, with what they said; and those of the watched ones (or `SERVER`) that took something."""
    named = {*refused, *accepted}
    if not named:
        return
    async with transaction(actor) as db:
        rates = await _locked(db, actor, inbox_id, named, make=bool(refused))
        now: datetime = await db.fetch_value(NOW)
        after = [
            pace.refused(rate, now, refused[rate.domain].replace("\x00", "")[:300])
            if rate.domain in refused
            else pace.accepted(rate, now)
            for rate in rates
        ]
        await _save(db, actor, inbox_id, after)


async def _locked(db: Unit, actor: Actor, inbox_id: int, domains: Iterable[str], *, make: bool) -> list[Rate]:
    """In one order for all who want several."""
    wanted = sorted(domains)
    found = await db.fetch(Rate, LOCK, actor.organization_id, inbox_id, wanted)
    if make and len(found) < len(wanted):
        await db.execute(MAKE, actor.organization_id, inbox_id, wanted)
        found = await db.fetch(Rate, LOCK, actor.organization_id, inbox_id, wanted)
    return found


async def _save(db: Unit, actor: Actor, inbox_id: int, rates: Iterable[Rate]) -> None:
    for rate in rates:
        await db.execute(SAVE, actor.organization_id, inbox_id, *msgspec.structs.astuple(rate))
