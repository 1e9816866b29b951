"""How often visitors may ask: buckets of tokens that fill with time, in this process's memory, bounded in number.

A visitor needs no account, and a new token costs nothing: so what a network address may do is bounded as well. Every web process
counts for itself; behind n of them a visitor may do n times as much. Signing in is counted in PostgreSQL instead (`throttle`).
"""

import time
from collections import OrderedDict
from functools import lru_cache

from core.errors import TooManyRequests
from core.settings import settings

KEPT_MAX = 50_000
BURST_S = 30.0
"""How long somebody may save up: what is allowed in this time can be used at once."""
ADDRESS_WRITES = 5
ADDRESS_READS = 20
"""A network address (an office, a mobile network) may do as much as so many visitors who write without a pause."""


class Buckets:
    """One bucket per key; `per_min` tokens a minute, at most what comes in `BURST_S`. The longest unused are forgotten first."""

    def __init__(self, per_min: float) -> None:
        self._per_s = per_min / 60
        self._most = max(1.0, self._per_s * BURST_S)
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now: float | None = None) -> None:
        """Take a token.

        Raises:
            TooManyRequests: the bucket is empty; it says when there is a token again.
        """
        now = time.monotonic() if now is None else now
        tokens, at = self._kept.pop(key, (self._most, now))
        tokens = min(self._most, tokens + (now - at) * self._per_s)
        self._kept[key] = (tokens - 1 if tokens >= 1 else tokens, now)
        if len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)
        if tokens < 1:
            raise TooManyRequests("too many requests; wait a little", retry_after_s=max(1, round((1 - tokens) / self._per_s)))


class VisitorLimits:
    """What the widget's routes ask before they do anything."""

    def __init__(self, per_min: int) -> None:
        self._writes = Buckets(per_min)
        self._address_writes = Buckets(per_min * ADDRESS_WRITES)
        self._address_reads = Buckets(per_min * ADDRESS_READS)

    def read(self, address: str) -> None:
        self._address_reads.take(address)

    def write(self, nonce: str, address: str) -> None:
        self._address_writes.take(address)
        self._writes.take(nonce)


@lru_cache(maxsize=1)
def of_visitors() -> VisitorLimits:
    """The limits of this process."""
    return VisitorLimits(settings().visitor_writes_per_min)
