"""How fast mail may go: a bucket of tokens for a server or a domain, that learns from what servers say. Pure.

Who is told to come later halves its rate and waits, twice as long each time in a row; whoever is taken gets a little more rate again.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec

BURST_S = 10.0
"""So many seconds' mails may go at once after a while in which none went."""
START_PER_S, LEAST_PER_S, FREE_PER_S, MORE_PER_S = 2.0, 1 / 60, 50.0, 0.5
"""What is halved first, where nothing was known; what is never gone below; from where on nothing holds back; what is added to."""
STEP = timedelta(seconds=30)
"""So often a rate grows."""
SAME = timedelta(seconds=10)
"""Refusals within are one: many connections hear the same."""
HOLD_S, HOLD_MAX_S = 60.0, 3600.0
BOOK_MAX = timedelta(minutes=30)
WARM_FIRST, WARM_DAYS = 100, 12
"""Mails of the first day of warming up; each day twice as many; after so many days all."""
HOUR_S = 3600.0


class Rate(msgspec.Struct, frozen=True):
    """A row of `mail_rates`: see there."""

    domain: str
    per_s: float | None
    tokens: float
    filled_at: datetime
    held_until: datetime | None
    holds: int
    said: str
    changed_at: datetime
    booked_until: datetime | None
    counted: int
    counted_on: date

    @property
    def is_watched(self) -> bool:
        """Whether it matters what becomes of a mail."""
        return self.per_s is not None or self.holds > 0


class Granted(NamedTuple):
    """So many may go now; of the others the first one may after `wait_s`, because of `why`. `is_watched`: it matters what becomes of them."""

    mails: int
    wait_s: float = 0.0
    why: str = ""
    is_watched: bool = False


def lowest(*rates: float | None) -> float | None:
    """In mails a second; None: without limit."""
    known = [rate for rate in rates if rate is not None]
    return min(known) if known else None


def hourly(per_hour: int | None) -> float | None:
    return None if per_hour is None else per_hour / HOUR_S


def cap_of(warming_on: date | None, today: date) -> int | None:
    """How many mails an inbox that warms up may send today; None: as many as there are."""
    if warming_on is None:
        return None
    days = max(0, (today - warming_on).days)
    return None if days >= WARM_DAYS else WARM_FIRST * 2**days


def take(rate: Rate, now: datetime, wanted: int, *, limit: float | None, cap: int | None = None) -> tuple[Rate, Granted]:
    """As many of `wanted` mails as may go, at `limit` a second or what was learned, and `cap` a day."""
    if rate.held_until is not None and rate.held_until > now:
        return rate, Granted(0, (rate.held_until - now).total_seconds(), "held")
    counted = rate.counted if rate.counted_on == now.date() else 0
    left = wanted if cap is None else max(0, min(wanted, cap - counted))
    if wanted and not left:
        tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
        return rate, Granted(0, (tomorrow - now).total_seconds(), "warming_up")
    per_s = lowest(rate.per_s, limit)
    tokens = _filled(rate, now, per_s)
    count = left if per_s is None else min(left, int(tokens))
    after = msgspec.structs.replace(
        rate, tokens=tokens - count if per_s is not None else 0.0, filled_at=now, counted=counted + count, counted_on=now.date()
    )
    if count or per_s is None:
        return after, Granted(count)
    return after, Granted(0, (1 - tokens) / per_s, "rate")


def give_back(rate: Rate, count: int) -> Rate:
    """Mails that did not go after all."""
    return msgspec.structs.replace(rate, tokens=rate.tokens + count, counted=max(0, rate.counted - count))


def book(rate: Rate, now: datetime, count: int, *, limit: float | None) -> tuple[Rate, list[float]]:
    """When `count` mails that have to wait are looked at again, in seconds: one after the other, as fast as they may go, half an hour at most."""
    per_s = lowest(rate.per_s, limit) or START_PER_S
    begins = max(now, rate.held_until or now, rate.booked_until or now)
    last = max(now + BOOK_MAX, rate.held_until or now)
    times = [min(last, begins + timedelta(seconds=number / per_s)) for number in range(1, count + 1)]
    waits = [(time - now).total_seconds() for time in times]
    return msgspec.structs.replace(rate, booked_until=times[-1] if times else rate.booked_until), waits


def refused(rate: Rate, now: datetime, said: str, *, per_s: float | None = START_PER_S) -> Rate:
    """A server wants less, and `said` so. `per_s`: what it got, where no rate was learned; None: it was not there, which says nothing of rates."""
    if rate.held_until is not None and rate.held_until > now and now - rate.changed_at < SAME:
        return rate
    per_s = rate.per_s if per_s is None else max(LEAST_PER_S, min(FREE_PER_S, rate.per_s or per_s) / 2)
    hold = min(HOLD_MAX_S, HOLD_S * 2.0 ** min(rate.holds, 10))
    return msgspec.structs.replace(
        rate, per_s=per_s, tokens=0.0, filled_at=now, held_until=now + timedelta(seconds=hold), holds=rate.holds + 1, said=said,
        changed_at=now,
    )  # fmt: skip


def accepted(rate: Rate, now: datetime) -> Rate:
    """A server has taken mail."""
    if rate.held_until is not None and rate.held_until > now:
        return rate  # it was on its way already
    if rate.per_s is None:
        return msgspec.structs.replace(rate, holds=0, said="") if rate.holds else rate
    if now - rate.changed_at < STEP:
        return rate
    more = rate.per_s + MORE_PER_S
    return msgspec.structs.replace(rate, per_s=None if more >= FREE_PER_S else more, holds=0, said="", changed_at=now)


def _filled(rate: Rate, now: datetime, per_s: float | None) -> float:
    """Tokens by now: never more than one burst."""
    if per_s is None:
        return 0.0
    burst = max(1.0, per_s * BURST_S)
    passed = max(0.0, (now - rate.filled_at).total_seconds())
    return min(burst, max(0.0, rate.tokens) + passed * per_s)
