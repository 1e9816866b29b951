"""Times as counts in fixed buckets that grow by a tenth: they add up, so a percentile of any days, teams or agents together is right. Pure.

What is read from them is off by at most `ERROR`, whatever was added in which order.
"""

import math
from collections.abc import Mapping

GROWTH = 1.1
LAST = 200
"""More than four years."""
ERROR = math.sqrt(GROWTH) - 1
"""At most so far from the truth, as a share of it; times below a second are given as half a second."""
_LOG = math.log(GROWTH)


def bucket_of(seconds: float) -> int:
    """Where a time belongs; what is not a second long is in bucket 0."""
    return 0 if seconds < 1 else min(LAST, 1 + math.floor(math.log(seconds) / _LOG + 1e-9))


def seconds_of(bucket: int) -> float:
    """The middle of a bucket, by its ratio to both ends."""
    return 0.5 if bucket == 0 else GROWTH ** (bucket - 0.5)


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """The time in seconds that `share` (0 to 1) of what was counted did not exceed; None of nothing."""
    whole = sum(counts.values())
    if whole <= 0:
        return None
    rank, seen = max(1, math.ceil(share * whole)), 0
    for bucket in sorted(counts):
        seen += counts[bucket]
        if seen >= rank:
            return seconds_of(bucket)
    return None
