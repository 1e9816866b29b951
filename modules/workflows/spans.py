"""Spans of time in a definition, and local times of day."""

from datetime import datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

MOST = timedelta(days=366)
Amount = Annotated[float, msgspec.Meta(ge=0, le=366 * 24 * 3600)]
Unit = Literal["second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = ("seconds", "minutes", "hours", "days", "weeks")


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """`seconds` to `weeks` are added up; `duration` with its `unit` is another way to say one of them."""

    seconds: Amount = 0
    minutes: Amount = 0
    hours: Amount = 0
    days: Amount = 0
    weeks: Amount = 0
    duration: Amount = 0
    unit: Unit = "seconds"

    @property
    def total(self) -> timedelta:
        """Up to a little more than `MOST`, however much was written."""
        parts = {name: getattr(self, name) for name in UNITS}
        parts[self.unit.removesuffix("s") + "s"] += self.duration
        seconds = sum(value * timedelta(**{name: 1}).total_seconds() for name, value in parts.items())
        return timedelta(seconds=min(seconds, MOST.total_seconds() + 1))


def clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


def next_at(now: datetime, zone: ZoneInfo, at: time | None, weekdays: tuple[Weekday, ...]) -> datetime:
    """The first moment from `now` on at which it is `at` there (None: whatever time it is), on one of these days (none: any)."""
    local = now.astimezone(zone)
    for days in range(9):
        day = local.date() + timedelta(days=days)
        moment = local if days == 0 and at is None else datetime.combine(day, at or time.min, zone)
        if moment.astimezone(now.tzinfo) >= now and (not weekdays or WEEKDAYS[day.weekday()] in weekdays):
            return moment.astimezone(now.tzinfo)
    return now


def quiet_until(now: datetime, zone: ZoneInfo, start: time, end: time) -> datetime | None:
    """When the quiet that it is in ends; None: it is in none. Equal ends are no quiet at all; `end` before `start` is on the next day."""
    local = now.astimezone(zone)
    moment = local.time().replace(tzinfo=None)
    inside = start <= moment < end if start <= end else moment >= start or moment < end
    if not inside:
        return None
    day = local.date() if moment < end else local.date() + timedelta(days=1)
    return max(datetime.combine(day, end, zone).astimezone(now.tzinfo), now + timedelta(minutes=1))
