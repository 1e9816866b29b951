"""`python -m tests.evals fit`: the weights of `agent/confidence.py`, from labelled questions. Prints them with their cross-validation.

Every answerable question is asked twice: as it is, and with its article taken away, which makes it one that must not be
answered. The second kind counts less (`MISSING`), because customers ask more of what the help center holds.
"""

import json
import math
import random

from agent import confidence, retrieve, words
from agent.courtesy import bare
from agent.draft import Draft, quote
from agent.embedding.models import model
from agent.triage import triage
from core import database
from core.access import Actor
from tests.evals.demo import holds
from tests.evals.shop import DEMO, FITTING, NEWCOMER, Question, a_shop, questions

MISSING = 0.2
SHRINK = 0.1
FOLDS = 5
THRESHOLD = 0.7
Row = tuple[dict[str, float], float, float]
"""Signals, whether the answer is right, and how much the row counts."""


async def run() -> None:
    async with a_shop() as shop:
        asked = [question for question in questions(DEMO, FITTING, NEWCOMER) if triage(question.question) == triage("")]
        groups = [await _rows(shop.actor, question) for question in asked]
    random.Random(7).shuffle(groups)
    tested: list[tuple[float, float, float]] = []
    for fold in range(FOLDS):
        weights = fit([row for number, group in enumerate(groups) if number % FOLDS != fold for row in group])
        tested += [
            (predict(weights, row[0]), row[1], row[2])
            for number, group in enumerate(groups)
            if number % FOLDS == fold
            for row in group
        ]
    weights = fit([row for group in groups for row in group])
    print(json.dumps({name: round(value, 2) for name, value in weights.items()}))
    print(
        json.dumps(
            {
                "rows": len(tested),
                "whole": measure([row for row in tested if row[2] == 1.0]),
                "missing": measure([row for row in tested if row[2] < 1.0]),
            }
        )
    )


async def _rows(actor: Actor, question: Question) -> list[Row]:
    asked = bare(question.question)
    by = await model()
    meaning = await by.meaning(asked) if by else None
    async with database.read(actor):
        found = await words.concepts(actor, asked)
        ranked = await retrieve.search(actor, asked, found, ["public"], meaning)
    rows = [await _row(question, found, ranked, 1.0)]
    if question.slug is not None:
        without = [one.prepared for one in ranked if not question.answered_by(one.prepared.passage.slug)]
        meant = {one.prepared.passage.id: one.meant for one in ranked if one.meant is not None}
        rows.append(await _row(question, found, retrieve.rank(asked, found, without, meant), MISSING))
    return [row for row in rows if row[0]]


async def _row(question: Question, found: list[words.Concept], ranked: list[retrieve.Ranked], counts: float) -> Row:
    asked = bare(question.question)
    draft = quote(asked, found, ranked)
    if draft is None:
        return {}, 0.0, counts
    signals = confidence.signals(asked, found, ranked, draft)
    return signals, float(_is_right(question, draft, ranked)), counts


def _is_right(question: Question, draft: Draft, ranked: list[retrieve.Ranked]) -> bool:
    """The right article, and what the question's label says of the section and the words, if it says anything."""
    if not question.answered_by(draft.sources[0].slug):
        return False
    quoted = {one.prepared.passage.heading for one in ranked if one.prepared.passage.id in draft.passage_ids}
    if question.sections and quoted.isdisjoint(question.sections):
        return False
    return all(holds(draft.content, words) for words in (question.says, *question.says_all))


def predict(weights: dict[str, float], signals: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weight * signals.get(name, 1.0) for name, weight in weights.items())))


def fit(rows: list[Row]) -> dict[str, float]:
    """Logistic regression by gradient ascent, shrunken towards zero."""
    weights = dict.fromkeys(["bias", *rows[0][0]], 0.0)
    for _ in range(6000):
        slope = {name: (0.0 if name == "bias" else -SHRINK * weight) for name, weight in weights.items()}
        for signals, right, counts in rows:
            error = counts * (right - predict(weights, signals))
            for name in weights:
                slope[name] += error * signals.get(name, 1.0)
        weights = {name: weight + 0.008 * slope[name] for name, weight in weights.items()}
    return weights


def measure(tested: list[tuple[float, float, float]]) -> dict[str, float]:
    """Precision and coverage at the threshold, and how well the confidence orders right before wrong (AUROC)."""
    right = [p for p, label, _ in tested if label]
    wrong = [p for p, label, _ in tested if not label]
    answered = [(p, label) for p, label, _ in tested if p >= THRESHOLD]
    wins = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return {
        "right": len(right),
        "wrong": len(wrong),
        "auroc": round(wins / max(len(right) * len(wrong), 1), 3),
        "precision": round(sum(label for _, label in answered) / max(len(answered), 1), 3),
        "coverage_of_right": round(sum(p >= THRESHOLD for p in right) / max(len(right), 1), 3),
        "wrong_answered": sum(p >= THRESHOLD for p in wrong),
    }
