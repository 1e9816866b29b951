"""What a rollup is made of: numbers by metric, dimension and day (for some also by hour), on the organization's own clock. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from modules.analytics.counting.histograms import bucket_of

WHOLE_DAY = -1
HOURLY = frozenset({"opened", "received", "sent", "resolved", "reopened", "ai_answered", "orders"})
"""What is also kept by the hour: when a team is busy."""
KEY_MAX = 100

Cell = tuple[str, str, str, date, int, int]
"""Metric, dimension, key, day, hour (`WHOLE_DAY`: all of it), bucket (0 for what is no time)."""
Dimensions = tuple[tuple[str, str], ...]
EVERYTHING: Dimensions = (("all", ""),)


class Fact(msgspec.Struct, frozen=True):
    """Something that happened to `entity`, as it was written down."""

    entity: str
    entity_id: int
    id: int
    kind: str
    at: datetime
    user_id: int | None
    metadata: dict[str, Any]


class Tally:
    """Adds up cells. `zone`: whose days and hours they are."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.cells: Counter[Cell] = Counter()
        self._zone = zone

    def add(self, metric: str, at: datetime, where: Iterable[tuple[str, str]], amount: int = 1, bucket: int = 0) -> None:
        local = at.astimezone(self._zone)
        day = local.date()
        for dimension, key in where:
            self.cells[metric, dimension, key[:KEY_MAX], day, WHOLE_DAY, bucket] += amount
            if metric in HOURLY:
                self.cells[metric, dimension, key[:KEY_MAX], day, local.hour, bucket] += amount

    def took(self, metric: str, since: datetime, at: datetime, where: Iterable[tuple[str, str]]) -> None:
        """A time that ended at `at`, counted on that day."""
        self.add(metric, at, where, bucket=bucket_of(max(0.0, (at - since).total_seconds())))
