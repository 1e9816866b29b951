"""`python -m tests.evals triage`: the weights of `agent/intent.py`, from labelled turns. Prints how they do cross-validated, and writes them.

Turns are those of `escalation/cases.jsonl` that are not held out, of which only the last one wants anything, and the questions of the demo
shop, `fitting.jsonl` and `newcomer.jsonl`. A softmax regression, shrunken towards zero; the two cases of a pair stay in one fold.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np

from agent import intent
from agent.embedding.models import Model, named
from agent.intent import Weights
from agent.settings import BUNDLED
from agent.triage import Rule, Verdict, triage
from tests.evals.escalate import Case, read
from tests.evals.shop import DEMO, FITTING, NEWCOMER, questions

VERSION = 1
WANTED: list[Rule] = ["asks_human", "account_access", "refund", "abuse", "hazard"]
SMALL = (
    "how what when where which who why do does did is are can could would will may must should if before please i my me we our us you your it"
    " not no never still want need like get give back just now the a and or already someone somebody person to for ? !"
)
FIRST = "how what when where which who why do is are can could would will if i my please you"
MARKS = [*SMALL.split(), *(f"^{word}" for word in FIRST.split())]
MARK_COUNTS = 0.25
"""What a mark weighs beside an embedding, whose length is 1."""
LOOSE = 10.0
"""The less shrunken, the larger."""
STEPS = 300
FOLDS = 10
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)
PRECISION = 0.96
"""Of all that is handed over, by rules or weights: the lowest threshold that reaches it is taken."""
DIGITS = 2
ASKED_FOR: dict[str, Rule] = {"refund_action": "refund", "asks_human": "asks_human", "account_access": "account_access"}
"""What questions of the shop call what they want of a person; whatever else they are handed over for, they want nothing."""
Table = np.ndarray[Any, Any]


class Turn(msgspec.Struct, frozen=True):
    """A message of a case. `wanted`: its row of the table, 0 for nothing, None where it is not learned from. `group` stays in one fold."""

    case: int
    text: str
    wanted: int | None
    group: str
    rules: Verdict


async def run(folder: Path) -> None:
    cases = [*_cases(folder), *_questions()]
    turns = [turn for number, case in enumerate(cases) for turn in _turns(number, case)]
    by = await named(BUNDLED)
    if by is None:
        raise SystemExit("the bundled model is not installed")
    rows = [await _features(by, intent.pieces(turn.text)) for turn in turns]
    chances = _cross_validated(turns, rows)
    print(json.dumps({"rules alone": _measured(cases, turns, chances, 2.0)}))
    figures = {threshold: _measured(cases, turns, chances, threshold) for threshold in THRESHOLDS}
    for threshold, measured in figures.items():
        print(json.dumps({"threshold": threshold, **measured}))
    chosen = next(threshold for threshold, measured in figures.items() if measured["precision"] >= PRECISION)
    table = [[round(float(number), DIGITS) for number in row] for row in _fit(turns, rows, range(len(turns)))]
    fitted = Weights(version=VERSION, model=BUNDLED, threshold=chosen, wanted=WANTED, marks=MARKS, table=table)
    intent.FILE.write_bytes(msgspec.json.encode(fitted).replace(b"],[", b"],\n[") + b"\n")
    print(json.dumps({"chosen": chosen, "bytes": intent.FILE.stat().st_size, "cases": len(cases), "turns": len(turns)}))


def _cases(folder: Path) -> list[Case]:
    return [case for case in read(folder) if case.half == "development"]


def _questions() -> list[Case]:
    asked = questions(DEMO, FITTING, NEWCOMER)
    return [
        Case([one.question], "handoff", ASKED_FOR[one.why])
        if one.why in ASKED_FOR
        else Case([one.question], "answer", "of_the_shop")
        for one in asked
    ]


def _turns(number: int, case: Case) -> list[Turn]:
    found = []
    for place, text in enumerate(case.turns):
        last = case.must and place == len(case.turns) - 1
        wanted = 0 if not last else WANTED.index(cast("Rule", case.rule)) + 1 if case.rule in WANTED else None
        found.append(Turn(number, text, wanted, case.pair or str(number), triage(text, answered_before=place > 0)))
    return found


async def _features(by: Model, pieces: Sequence[str]) -> Table:
    return intent.features(MARKS, pieces, await by.vectors(pieces))


def _cross_validated(turns: Sequence[Turn], rows: Sequence[Table]) -> list[Table]:
    """Of each turn, the chances of its piece that most surely wants something, by weights that saw nothing of its group."""
    groups = sorted({turn.group for turn in turns})
    random.Random(7).shuffle(groups)
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    chances: list[Table] = [np.zeros(0)] * len(turns)
    for out in range(FOLDS):
        table = _fit(turns, rows, [place for place, turn in enumerate(turns) if fold[turn.group] != out])
        for place, turn in enumerate(turns):
            if fold[turn.group] == out:
                chances[place] = min(intent.probabilities(table, rows[place]), key=lambda own: float(own[0]))
    return chances


def _fit(turns: Sequence[Turn], rows: Sequence[Table], places: Sequence[int]) -> Table:
    """A row of weights for nothing and for each of `WANTED`, by Nesterov's accelerated descent. Of a long turn that wants something its
    first piece is learned from, of one that wants nothing all."""
    learned = [
        (row, wanted)
        for place in places
        if (wanted := turns[place].wanted) is not None
        for row in rows[place][: 1 if wanted else None]
    ]
    scale = np.array([1.0] * (len(learned[0][0]) - len(MARKS) - 1) + [MARK_COUNTS] * len(MARKS) + [1.0])
    seen = np.array([row for row, _ in learned]) * scale
    told = np.eye(len(WANTED) + 1)[[wanted for _, wanted in learned]]
    shrink = np.array([1 / LOOSE] * (len(scale) - 1) + [0.0])
    step = len(seen) / (0.5 * np.linalg.norm(seen, 2) ** 2 + 1 / LOOSE)
    table = ahead = np.zeros((told.shape[1], len(scale)))
    pace = 1.0
    for _ in range(STEPS):
        slope = ((intent.probabilities(ahead, seen) - told).T @ seen + ahead * shrink) / len(seen)
        before, table = table, ahead - step * slope
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead, pace = table + (pace - 1) / faster * (table - before), faster
    return np.asarray(table * scale)


def _measured(cases: Sequence[Case], turns: Sequence[Turn], chances: Sequence[Table], threshold: float) -> dict[str, Any]:
    """What rules and weights hand over together. `added` by the weights alone: rightly, needlessly; `rules`: recall of each."""
    by_rules, added = set[int](), dict[int, str]()
    for turn, own in zip(turns, chances, strict=True):
        if turn.rules.rule is not None:
            by_rules.add(turn.case)
        elif turn.rules.small_talk is None and 1 - own[0] >= threshold:
            added[turn.case] = WANTED[int(own[1:].argmax())]
    must = {number for number, case in enumerate(cases) if case.must}
    handed_over, only = by_rules | added.keys(), added.keys() - by_rules
    pairs: dict[str, list[bool]] = {}
    for number, case in enumerate(cases):
        if case.pair:
            pairs.setdefault(case.pair, []).append((number in handed_over) == case.must)
    return {
        "precision": round(len(handed_over & must) / len(handed_over), 4),
        "recall": round(len(handed_over & must) / len(must), 4),
        "pairs": len(pairs),
        "pairs_right": sum(all(right) for right in pairs.values()),
        "added": [len(only & must), len(only - must)],
        "rules": {rule: _of_rule(cases, rule, handed_over, added, only) for rule in WANTED},
    }


def _of_rule(
    cases: Sequence[Case], rule: Rule, handed_over: set[int], added: dict[int, str], only: set[int]
) -> dict[str, float | None]:
    """`recall`: handed over, for whatever; `precision`: of what the weights alone handed over for this."""
    must = {number for number, case in enumerate(cases) if case.must and case.rule == rule}
    own = {number for number in only if added[number] == rule}
    return {
        "recall": round(len(must & handed_over) / len(must), 3),
        "precision": round(sum(cases[number].must for number in own) / len(own), 3) if own else None,
    }
