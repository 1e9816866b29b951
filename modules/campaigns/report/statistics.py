"""What shares of few people tell, and what they do not: intervals, and whether two differ at all.

Nothing here is approximate where there are few: intervals are Wilson's, comparisons Fisher's exact test, and where one mail is compared with
several, Holm's correction keeps the chance that any difference is shown where there is none at `ALPHA` or below.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

ALPHA = 0.05
"""How often a difference is shown at most where there is none."""
Z = 1.959963984540054
"""Of an interval that holds the true share in 95 of 100 cases."""
EXACT_MAX = 20_000
"""Tables that are weighed one by one; with more, the normal distribution is close enough."""
TIE = 1e-7
Verdict = Literal["difference", "no_difference", "too_few"]


class Interval(NamedTuple):
    low: float
    high: float


class Group(NamedTuple):
    """`hits` of so many `people`."""

    hits: int
    people: int


class Judgement(NamedTuple):
    """`p_value`: how likely at least such a difference is where there is none, corrected for the number of comparisons.

    `too_few`: with so few people, not even all against none would be shown to differ.
    """

    p_value: float
    verdict: Verdict


def wilson(group: Group, z: float = Z) -> Interval:
    """Where the true share is likely to be; everywhere, of nobody."""
    hits, people = group
    if people == 0:
        return Interval(0.0, 1.0)
    share, square = hits / people, z * z / people
    middle = (share + square / 2) / (1 + square)
    reach = z / (1 + square) * math.sqrt(share * (1 - share) / people + square / (4 * people))
    return Interval(max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def fisher(one: Group, other: Group) -> float:
    """How likely a table is that is no more likely than this one, where both groups are alike: two-sided, from 0 to 1."""
    hits, everybody = one.hits + other.hits, one.people + other.people
    least, most = max(0, hits - other.people), min(hits, one.people)
    if most - least > EXACT_MAX:
        return _normal(one, other)
    whole = _choose(everybody, hits)
    weights = [_choose(one.people, k) + _choose(other.people, hits - k) - whole for k in range(least, most + 1)]
    seen = weights[one.hits - least] + TIE
    return min(1.0, math.fsum(math.exp(weight) for weight in weights if weight <= seen))


def against_first(groups: Sequence[Group], alpha: float = ALPHA) -> list[Judgement]:
    """Each group but the first, compared with it."""
    first, *others = groups
    raw = [fisher(first, other) for other in others]
    corrected = _holm(raw)
    return [
        Judgement(value, _verdict(value, _best(first.people, other.people) * len(others), alpha))
        for value, other in zip(corrected, others, strict=True)
    ]


def _verdict(p_value: float, best: float, alpha: float) -> Verdict:
    if best > alpha:
        return "too_few"
    return "difference" if p_value <= alpha else "no_difference"


def _best(one: int, other: int) -> float:
    return fisher(Group(0, one), Group(other, other))


def _holm(values: Sequence[float]) -> list[float]:
    """Each as large as it must be so that all together err no more often than one would; in the given order."""
    corrected, highest = [0.0] * len(values), 0.0
    for rank, index in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        highest = max(highest, min(1.0, (len(values) - rank) * values[index]))
        corrected[index] = highest
    return corrected


def _choose(count: int, hits: int) -> float:
    """The logarithm of the number of ways."""
    return math.lgamma(count + 1) - math.lgamma(hits + 1) - math.lgamma(count - hits + 1)


def _normal(one: Group, other: Group) -> float:
    """With Yates's correction, so that it errs to the careful side as the exact one does."""
    share = (one.hits + other.hits) / (one.people + other.people)
    spread = math.sqrt(share * (1 - share) * (1 / one.people + 1 / other.people))
    apart = abs(one.hits / one.people - other.hits / other.people) - (1 / one.people + 1 / other.people) / 2
    return math.erfc(max(0.0, apart) / spread / math.sqrt(2)) if spread else 1.0
