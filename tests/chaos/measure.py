"""Percentiles, deadlines, and what a process uses."""

import asyncio
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import Any

PAGE_KB = 4


def percentile(values: Iterable[float], share: float) -> float | None:
    """The smallest value that `share` (0..1) of all values do not exceed; None of nothing."""
    ordered = sorted(values)
    return None if not ordered else ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)


def spread_ms(values: list[float]) -> dict[str, float | None]:
    """p50, p99 and the worst, in milliseconds."""
    return {"p50_ms": ms(percentile(values, 0.5)), "p99_ms": ms(percentile(values, 0.99)), "max_ms": ms(max(values, default=None))}


async def within(seconds: float, work: Coroutine[Any, Any, Any]) -> bool:
    """Whether the work came to its end in time; if not, it is cancelled, and whatever it has counted stands."""
    try:
        async with asyncio.timeout(seconds) as clock:
            await work
    except TimeoutError:
        if not clock.expired():
            raise  # of the work itself
        return False
    return True


def rss_mb(pid: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return round(pages * PAGE_KB / 1024, 1)
