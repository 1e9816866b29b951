"""`python -m tests.evals fit`: the weights of `agent/confidence.py`, from labelled questions. Prints them with their cross-validation.

Every answerable question is asked twice: as it is, and with its article taken away, which makes it one that must not be
answered. The second kind counts less (`MISSING`), because customers ask more of what the help center holds. Where banking77 is at hand
(`LACASA_CORPORA`), its training questions stand for help centers of examples, half of its intents missing (`intents.banking`).
"""

import json
import random
from pathlib import Path

from agent import calibration, confidence, retrieve, words
from agent.calibration import Example, Prior
from agent.courtesy import bare
from agent.draft import Draft, quote
from agent.embedding.models import model
from agent.triage import triage
from core import database
from core.access import Actor
from tests.evals.demo import holds
from tests.evals.intents import Center, banking
from tests.evals.shop import DEMO, FITTING, NEWCOMER, Question, a_shop, an_organization, questions

MISSING = 0.2
SHRINK, SHRINK_EXAMPLES, LOOSE = 0.1, 2.0, 1e-6
FOLDS = 5
THRESHOLD = 0.7
Row = tuple[dict[str, float], float, float]
"""Signals, whether the answer is right, and how much the row counts."""


async def run(corpora: Path) -> None:
    async with a_shop() as shop:
        asked = [question for question in questions(DEMO, FITTING, NEWCOMER) if triage(question.question) == triage("")]
        groups = [await _rows(shop.actor, question) for question in asked]
        groups += await _examples(corpora)
    random.Random(7).shuffle(groups)
    tested: list[tuple[float, float, float]] = []
    for fold in range(FOLDS):
        weights = fit([row for number, group in enumerate(groups) if number % FOLDS != fold for row in group])
        tested += [
            (calibration.predict(weights, row[0]), row[1], row[2])
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


async def _examples(corpora: Path) -> list[list[Row]]:
    if not (corpora / "banking77").is_dir():
        return []
    split = banking(corpora / "banking77")
    center = await Center.build(await an_organization("Examples", "examples"), split.knowledge)
    answered = [await center.answer(one) for one in split.fitting]
    return [[(dict(one.signals), one.right, 1.0 if one.asked.intent else MISSING)] for one in answered if one.signals]


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
        near = {one.prepared.passage.id: one.near for one in ranked if one.near is not None}
        rows.append(await _row(question, found, retrieve.rank(asked, found, without, near), MISSING))
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


def fit(rows: list[Row]) -> dict[str, float]:
    """A head for sections and one for examples, in one: `example` is by how much its bias differs. Logistic regressions, shrunken towards zero."""
    sections = _head([row for row in rows if "example" not in row[0]], SHRINK)
    examples = _head([row for row in rows if "example" in row[0]], SHRINK_EXAMPLES)
    if not examples:
        return sections
    apart = examples.pop(calibration.BIAS) + examples.pop("example") - sections[calibration.BIAS]
    return sections | {"example": apart} | examples


def _head(rows: list[Row], shrink: float) -> dict[str, float]:
    if not rows:
        return {}
    names = dict.fromkeys([calibration.BIAS, *(name for row in rows for name in row[0])], 0.0)
    prior = Prior(names, shrink=shrink, shrink_bias=LOOSE, scale=0.0)
    return calibration.fit([Example(signals, right, counts) for signals, right, counts in rows], prior)


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
