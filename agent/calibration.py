"""Making a probability out of signals that means what it says, and telling how far it does. Pure: no rows, no clock, no chance.

Probabilities lie between 0 and 1, labels are 0 or 1 (or between, where a label is unsure), weights are positive. Only `fit` needs NumPy and
imports it then: web processes import this module and never fit.
"""

import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

import msgspec

BIAS = "bias"
LOGIT_MAX = 30.0
"""Nothing is ever quite certain: a confidence is below 1, so a threshold of 1 lets nothing through."""
SHRINK, SHRINK_BIAS, SCALE = 16.0, 1.0, 0.1
"""Precision of the prior of each weight and of the bias, and the standard deviation of a common factor on all weights.

What orders answers carries over from one help center to the next, how sure to be on the whole less: so the bias moves more easily, and all
weights together more easily than each by itself. With weights that move as easily as the bias, 25 to 400 reviews made answers from 0.7 on no more
right than before them (precision 0.896 to 0.900); held like this 0.900 to 0.903. The price: a bias that is off by one is
found nearly as fast, slopes that are off by half take about twice as many reviews."""
HEAVIEST = 10.0
"""No review counts more than so many: one seldom kind of answer must not outvote the rest."""
BINS = 10
FOLDS = 5
ONE_SIDED_95 = 1.6448536269514722
ENOUGH = 50
"""Reviews at or above a threshold from which on they may raise it."""
TARGET = 0.9
STEPS_MAX = 100
CLOSE = 1e-9

Signals = Mapping[str, float]
Why = Literal["too_few", "met", "raised", "unmet", "alone"]


class Example(msgspec.Struct, frozen=True):
    """Signals of an answer and whether it was right. `offset` is added to its logit; `weight`: how much it counts; `by`: who said so."""

    signals: Signals
    label: float
    weight: float = 1.0
    offset: float = 0.0
    by: int = 0


class Prior(msgspec.Struct, frozen=True):
    """Normal distribution of the weights around `means`. `shrink`, `shrink_bias`: precisions; `scale`: deviation of a factor common to all."""

    means: Signals
    shrink: float = SHRINK
    shrink_bias: float = SHRINK_BIAS
    scale: float = SCALE


class Bin(msgspec.Struct, frozen=True):
    """Answers whose confidence lies from `low` up to `high`: how many, what they said on average, and what share was right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


class Threshold(msgspec.Struct, frozen=True):
    """A threshold and why it is in force. `n` reviewed answers reach it (an effective number), `lower` bounds their precision from below."""

    value: float
    why: Why
    n: float
    precision: float | None
    lower: float | None


def logit(weights: Signals, signals: Signals) -> float:
    """A signal that is not there counts nothing."""
    return sum(weight * (1.0 if name == BIAS else signals.get(name, 0.0)) for name, weight in weights.items())


def predict(weights: Signals, signals: Signals, offset: float = 0.0) -> float:
    """Strictly between 0 and 1."""
    return 1 / (1 + math.exp(-min(max(logit(weights, signals) + offset, -LOGIT_MAX), LOGIT_MAX)))


def fit(examples: Sequence[Example], prior: Prior) -> dict[str, float]:
    """The most likely weights (MAP): logistic regression by Newton's method, from `prior`; without examples its means."""
    if not examples:
        return dict(prior.means)
    import numpy as np

    names = list(prior.means)
    centre = np.array([prior.means[name] for name in names])
    x = np.array([[1.0 if name == BIAS else one.signals.get(name, 0.0) for name in names] for one in examples])
    y = np.array([one.label for one in examples])
    counts = np.array([one.weight for one in examples])
    offset = np.array([one.offset for one in examples])
    slopes = np.array([0.0 if name == BIAS else value for name, value in prior.means.items()])
    spread = np.diag([1 / (prior.shrink_bias if name == BIAS else prior.shrink) for name in names])
    precision = np.linalg.inv(spread + prior.scale**2 * np.outer(slopes, slopes))

    def loss(at: np.ndarray) -> float:
        logits = x @ at + offset
        return float(np.sum(counts * (np.logaddexp(0.0, logits) - y * logits)) + (at - centre) @ precision @ (at - centre) / 2)

    weights, now = centre.copy(), loss(centre)
    for _ in range(STEPS_MAX):
        said = 1 / (1 + np.exp(-np.clip(x @ weights + offset, -LOGIT_MAX, LOGIT_MAX)))
        slope = x.T @ (counts * (y - said)) - precision @ (weights - centre)
        curve = (x * (counts * said * (1 - said))[:, None]).T @ x + precision
        step = np.linalg.solve(curve, slope)
        while (then := loss(weights + step)) > now and np.abs(step).max() > CLOSE:
            step = step / 2
        if then > now:
            break
        weights, now = weights + step, then
        if np.abs(step).max() <= CLOSE:
            break
    return {name: float(value) for name, value in zip(names, weights, strict=True)}


def learned(examples: Sequence[Example], prior: Prior) -> dict[str, float]:
    """What `fit` finds, surer than the prior of what was reviewed only as far as that is proven.

    The bias is lower by the error that the rise may have (one-sided, 95 %), down to no rise at all. What turns out to be worse lowers it at once.
    """
    weights = fit(examples, prior)
    told = [one.weight * said * (1 - said) for one in examples for said in (predict(weights, one.signals, one.offset),)]
    rises = [logit(weights, one.signals) - logit(prior.means, one.signals) for one in examples]
    rise = sum(map(operator.mul, told, rises)) / (sum(told) or 1.0)
    error = ONE_SIDED_95 / math.sqrt(sum(told) + prior.shrink_bias)
    return weights | {BIAS: weights[BIAS] - min(max(rise, 0.0), error)}


def cross_validated(examples: Sequence[Example], prior: Prior) -> list[float]:
    """What each example's confidence would be by weights that never saw it, in their order."""
    folds = min(FOLDS, len(examples))
    by_fold = [learned([one for place, one in enumerate(examples) if place % folds != fold], prior) for fold in range(folds)]
    return [predict(by_fold[place % folds], one.signals, one.offset) for place, one in enumerate(examples)]


def propensity_weights(propensities: Sequence[float]) -> list[float]:
    """What reviews count for that were asked for with these probabilities: 1/p, at most `HEAVIEST`.

    Scaled so that they sum up to the number of evenly counting reviews that would tell as much (Kish's effective size).
    """
    raw = [min(1 / max(propensity, 1 / HEAVIEST), HEAVIEST) for propensity in propensities]
    scale = sum(raw) / sum(weight * weight for weight in raw) if raw else 1.0
    return [weight * scale for weight in raw]


def shared_out(weights: Sequence[float], owners: Sequence[int]) -> list[float]:
    """The weights, so that none of several owners has more than half of all; an only one keeps what he has."""
    totals: dict[int, float] = {}
    for weight, owner in zip(weights, owners, strict=True):
        totals[owner] = totals.get(owner, 0.0) + weight
    heaviest = max(totals, key=lambda owner: (totals[owner], owner), default=0)
    others = sum(total for owner, total in totals.items() if owner != heaviest)
    factor = min(1.0, others / totals[heaviest]) if others else 1.0
    return [weight * factor if owner == heaviest else weight for weight, owner in zip(weights, owners, strict=True)]


def _evenly(weights: Sequence[float] | None, n: int) -> Sequence[float]:
    return [1.0] * n if weights is None else weights


def reliability(said: Sequence[float], labels: Sequence[float], weights: Sequence[float] | None = None) -> list[Bin]:
    """What was said against what was so, in bins of equal width; empty ones too, with the middle of the bin for both."""
    within: list[list[tuple[float, float, float]]] = [[] for _ in range(BINS)]
    for row in zip(said, labels, _evenly(weights, len(said)), strict=True):
        within[min(int(row[0] * BINS), BINS - 1)].append(row)
    return [_bin(place, rows) for place, rows in enumerate(within)]


def _bin(place: int, rows: Sequence[tuple[float, float, float]]) -> Bin:
    low, high = place / BINS, (place + 1) / BINS
    total = sum(weight for _, _, weight in rows)
    if not rows or not total:
        return Bin(low, high, 0, (low + high) / 2, (low + high) / 2)
    mean = sum(p * weight for p, _, weight in rows) / total
    return Bin(low, high, len(rows), mean, sum(label * weight for _, label, weight in rows) / total)


def ece(said: Sequence[float], labels: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Expected calibration error: by how much what is said misses what is so, bin by bin, 0 (never) to 1; 0 for none."""
    rows = list(zip(said, labels, _evenly(weights, len(said)), strict=True))
    total = sum(weight for _, _, weight in rows)
    off = [0.0] * BINS
    for p, label, weight in rows:
        off[min(int(p * BINS), BINS - 1)] += weight * (label - p)
    return sum(map(abs, off)) / total if total else 0.0


def brier(said: Sequence[float], labels: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """The mean squared error of what is said; 0 for none."""
    rows = list(zip(said, labels, _evenly(weights, len(said)), strict=True))
    total = sum(weight for _, _, weight in rows)
    return sum(weight * (p - label) ** 2 for p, label, weight in rows) / total if total else 0.0


def auroc(said: Sequence[float], labels: Sequence[float]) -> float:
    """How often a right answer is surer than a wrong one (ties half); 0.5 where there is but one kind. A label counts as right above 0.5."""
    won, wrong_below, right, wrong = 0.0, 0, 0, 0
    for _, tied in _by_confidence(said, labels):
        rights = sum(label > 0.5 for label in tied)
        wrongs = len(tied) - rights
        won += rights * (wrong_below + wrongs / 2)
        right, wrong, wrong_below = right + rights, wrong + wrongs, wrong_below + wrongs
    return won / (right * wrong) if right and wrong else 0.5


def aurc(said: Sequence[float], labels: Sequence[float]) -> float:
    """The share of wrong answers, averaged over all shares that may be answered, surest first (ties by lot); 0 for none."""
    risks, n, wrong = 0.0, 0, 0.0
    for _, tied in reversed(list(_by_confidence(said, labels))):
        each = sum(1 - label for label in tied) / len(tied)
        for _ in tied:
            n, wrong = n + 1, wrong + each
            risks += wrong / n
    return risks / n if n else 0.0


def _by_confidence(said: Sequence[float], labels: Sequence[float]) -> Iterator[tuple[float, list[float]]]:
    """Labels of equal confidence together, least sure first."""
    rows = sorted(zip(said, labels, strict=True))
    for confidence, tied in groupby(rows, key=lambda row: row[0]):
        yield confidence, [label for _, label in tied]


def wilson_lower(share: float, n: float, z: float = ONE_SIDED_95) -> float:
    """Below this the true share lies with a probability of 5 % only, if `share` of `n` were seen; 0 for none."""
    if n <= 0:
        return 0.0
    middle = share + z * z / (2 * n)
    around = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return min(max((middle - around) / (1 + z * z / n), 0.0), share)


def precisions(said: Sequence[float], labels: Sequence[float], weights: Sequence[float] | None = None) -> list[Threshold]:
    """What reviews say of all answers from each confidence on that occurs, surest first."""
    found: list[Threshold] = []
    total = squares = right = 0.0
    rows = sorted(zip(said, labels, _evenly(weights, len(said)), strict=True), reverse=True)
    for confidence, tied in groupby(rows, key=lambda row: row[0]):
        for _, label, weight in tied:
            total, squares, right = total + weight, squares + weight * weight, right + weight * label
        n, share = total * total / squares, min(right / total, 1.0)
        found.append(Threshold(confidence, "met", n, share, wilson_lower(share, n)))
    return found


def raised(
    said: Sequence[float],
    labels: Sequence[float],
    threshold: float,
    *,
    target: float = TARGET,
    enough: int = ENOUGH,
    weights: Sequence[float] | None = None,
) -> Threshold:
    """The lowest threshold from the given one on at which the lower 95 % bound of precision meets the target.

    `too_few`: fewer than `enough` reviewed answers reach the given one, which stays. `unmet`: none meets it, so nothing is to be answered (1).
    """
    above = [found for found in precisions(said, labels, weights) if found.value >= threshold]
    if not above:
        return Threshold(threshold, "too_few", 0.0, None, None)
    given = msgspec.structs.replace(above[-1], value=threshold)
    if sum(p >= threshold for p in said) < enough:
        return msgspec.structs.replace(given, why="too_few")
    if _meets(given, target):
        return given
    for found in reversed(above):
        if _meets(found, target):
            return msgspec.structs.replace(found, why="raised")
    return msgspec.structs.replace(given, value=1.0, why="unmet")


def _meets(found: Threshold, target: float) -> bool:
    return found.lower is not None and found.lower >= target
