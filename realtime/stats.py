"""What this process counted since it started. Totals alone: nothing here tells anything of one organization."""

from collections import Counter
from typing import Any

import msgspec


class Counters(msgspec.Struct):
    """Counts since the start, except for what `realtime/routes.py` adds of the moment."""

    accepted: int = 0
    authenticated: int = 0
    events: int = 0
    """Events that passed through rooms here."""
    deliveries: int = 0
    resumed: int = 0
    """Subscriptions with a cursor that were replayed from it (if only nothing had happened)."""
    resumed_from_memory: int = 0
    replayed: int = 0
    """Events sent in replays."""
    refetched: int = 0
    """Subscriptions with a cursor that had to start over: `resync`."""
    pages_read: int = 0
    """Queries for pages of the log: one for all who wait for the same page."""
    heads_read: int = 0
    rights_read: int = 0
    heals: int = 0
    """Queries for events that did not come by themselves."""
    healed: int = 0
    """Events that those brought."""
    cut_slow: int = 0
    coalesced: int = 0
    hints_dropped: int = 0
    closed: Counter[int] = msgspec.field(default_factory=Counter)
    """Connections that the server ended, by close code."""


counters = Counters()


def as_document(queries: int, **moment: Any) -> dict[str, Any]:
    return {**moment, "queries": queries, **msgspec.to_builtins(counters, str_keys=True)}
