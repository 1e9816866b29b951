"""`python -m tests.evals calibration | answerable --dir <folder>`: is the confidence the probability that it claims to be, and does it
tell what can be answered from what cannot?

The folder's shape, and what a right answer is: `intents.clinc`. Reviews are drawn from what is there for fitting in the mix of what is
scored, as an organization reviews the traffic that it has; where questions that nothing answers run out, those drawn weigh more. `as_given`:
all that is there for fitting, in its own mix.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from agent import calibration, confidence
from agent.calibration import Example, Prior, Signals
from tests.evals.intents import Answered, Center, Split, clinc
from tests.evals.shop import an_organization, opened

AFTER = (0, 25, 50, 100, 400)
DRAWS = 10
"""Few reviews are a matter of luck: figures are means over so many draws."""
THRESHOLD = 0.7
SHRINK, LOOSE = 0.3, 1e-6
Said = tuple[list[float], list[float]]
"""Confidences and labels."""


async def answered(folder: Path, trained: Path) -> tuple[Split, list[Answered], list[Answered]]:
    """The split, and what the product makes of the questions for fitting and of those that are scored."""
    split = clinc(folder, trained)
    async with opened():
        center = await Center.build(await an_organization("Evaluation", "evaluation"), split.knowledge)
        return split, [await center.answer(one) for one in split.fitting], [await center.answer(one) for one in split.scored]


async def calibrated(folder: Path, trained: Path) -> None:
    split, fitting, scored = await answered(folder, trained)
    prior = Prior(prior_of(fitting))
    outside = sum(one.asked.intent is None for one in scored) / len(scored)
    after: dict[str, Any] = {}
    for n in AFTER:
        reviews = [draw(fitting, n, outside, seed) for seed in range(DRAWS if n else 1)]
        figures = [after_reviews(scored, reviewed, prior) for reviewed in reviews]
        after[str(n)] = {name: _mean([one[name] for one in figures]) for name in figures[0]}
    whole = calibration.learned([Example(one.signals, one.right) for one in fitting], prior)
    final = after[str(AFTER[-1])]
    plain = {name: plainly(scored, name, final["precision_at_07"]) for name in ("cosine", "minilm", "lexical")}
    print(
        json.dumps(
            {
                "passages": len(split.knowledge),
                "scored": len(scored),
                "outside": round(outside, 3),
                **final,
                "after": after,
                "as_given": {"n": len(fitting)} | measured(said(scored, whole), THRESHOLD),
                **{f"baseline_{name}_{figure}": value for name, own in plain.items() for figure, value in own.items()},
                "head": confidence.VERSION,
            }
        )
    )


async def answerable(folder: Path, trained: Path) -> None:
    """Does anything answer this (`auroc`), by the signals of the confidence with weights fitted to just that; and how many answers go wrong as
    more are given (`aurc`), by the confidence itself after the most reviews. `confidence_auroc`: the first question, by the second.
    """
    split, fitting, scored = await answered(folder, trained)
    prior = prior_of(fitting)
    outside = sum(one.asked.intent is None for one in scored) / len(scored)
    loose = Prior(dict.fromkeys(prior, 0.0), shrink=SHRINK, shrink_bias=LOOSE, scale=0.0)
    telling = calibration.fit([Example(one.signals, float(one.asked.intent is not None)) for one in fitting], loose)
    sure = calibration.learned(draw(fitting, AFTER[-1], outside, 0), Prior(prior))
    told, confidences = said(scored, telling), said(scored, sure)
    by_confidence = told_apart(scored, *confidences)
    figures: dict[str, Any] = {"passages": len(split.knowledge), "scored": len(scored)}
    figures |= {
        "auroc": told_apart(scored, *told)["auroc"],
        "aurc": by_confidence["aurc"],
        "confidence_auroc": by_confidence["auroc"],
    }
    for name in ("cosine", "minilm", "lexical"):
        plain = [getattr(one, name) for one in scored]
        own = told_apart(scored, [score for score, _ in plain], [right for _, right in plain])
        figures |= {f"baseline_{name}_{figure}": value for figure, value in own.items()}
    print(json.dumps(figures | {"head": confidence.VERSION}))


def prior_of(answered: Sequence[Answered]) -> Signals:
    """The shipped weights for what was found by meaning, or by words alone where there is no model."""
    return confidence.prior(next((one.signals for one in answered if one.signals), {}))


def after_reviews(scored: Sequence[Answered], reviews: Sequence[Example], prior: Prior) -> dict[str, float | None]:
    """At 0.7, and at the threshold that these reviews leave in force (`agent.reviews.actions.calibrated` does the same)."""
    told = said(scored, calibration.learned(reviews, prior))
    labels, weights = [one.label for one in reviews], [one.weight for one in reviews]
    threshold = (
        calibration.raised(calibration.cross_validated(reviews, prior), labels, THRESHOLD, weights=weights) if reviews else None
    )
    value = threshold.value if threshold else THRESHOLD
    in_force = measured(told, value)
    return measured(told, THRESHOLD) | {
        "threshold": round(value, 3),
        "coverage_in_force": in_force["coverage_at_07"],
        "precision_in_force": in_force["precision_at_07"],
    }


def draw(pool: Sequence[Answered], n: int, outside: float, seed: int) -> list[Example]:
    """`n` reviews, of which the share `outside` is of questions that nothing answers."""
    chance = random.Random(seed)
    groups = [[one for one in pool if (one.asked.intent is None) == is_outside] for is_outside in (False, True)]
    wanted = [n - round(n * outside), round(n * outside)]
    taken = [chance.sample(group, min(most, len(group))) for group, most in zip(groups, wanted, strict=True)]
    return [
        Example(one.signals, one.right, most / len(group))
        for group, most in zip(taken, wanted, strict=True)
        for one in group
    ]  # fmt: skip


def said(scored: Sequence[Answered], weights: Signals) -> Said:
    return [calibration.predict(weights, one.signals) if one.signals else 0.0 for one in scored], [one.right for one in scored]


def measured(told: Said, threshold: float) -> dict[str, float | None]:
    """Calibration, and what would be answered at a threshold: which share of all, and which share of it is right."""
    confidences, labels = told
    above = [label for confidence, label in zip(confidences, labels, strict=True) if confidence >= threshold]
    return {
        "ece": round(calibration.ece(confidences, labels), 4),
        "brier": round(calibration.brier(confidences, labels), 4),
        "coverage_at_07": round(len(above) / len(labels), 4),
        "precision_at_07": round(sum(above) / len(above), 4) if above else None,
        "auroc": round(calibration.auroc(confidences, labels), 4),
    }


def plainly(scored: Sequence[Answered], name: str, precision: float | None) -> dict[str, float | None]:
    """A plain score taken for a probability; BM25 is none, so only its order is measured.

    `coverage_at_equal_precision`: what it could answer at a threshold of its own at which it is as precise as the confidence is at 0.7.
    """
    scores, labels = [getattr(one, name)[0] for one in scored], [getattr(one, name)[1] for one in scored]
    own = measured((scores, labels), THRESHOLD) if name != "lexical" else {"auroc": round(calibration.auroc(scores, labels), 4)}
    most, right = 0, 0.0
    for n, (_, label) in enumerate(sorted(zip(scores, labels, strict=True), reverse=True), 1):
        right += label
        if precision is not None and right / n >= precision:
            most = n
    return own | {"top1": round(mean(labels), 4), "coverage_at_equal_precision": round(most / len(labels), 4)}


def told_apart(scored: Sequence[Answered], scores: Sequence[float], labels: Sequence[float]) -> dict[str, float]:
    return {
        "auroc": round(calibration.auroc(scores, [float(one.asked.intent is not None) for one in scored]), 4),
        "aurc": round(calibration.aurc(scores, labels), 4),
    }


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(mean(known), 4) if known else None
