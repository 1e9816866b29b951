"""How well unanswered questions are put into groups of one meaning: pairs of questions of the same intent, and of others.

Shapes of folders as in `intents.py`. Of each set 20 intents with six questions each, in an order of chance, as they would come in;
means of eight such draws.
"""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from agent.courtesy import bare
from agent.embedding.models import Model, model
from agent.learning import grouping
from agent.learning.grouping import Asked, packed

INTENTS, EACH, SEEDS = 20, 6, range(10, 18)
AT_ONCE = 8


def sets(corpora: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    with (corpora / "banking77" / "train.csv").open(newline="") as file:
        yield "banking77", [(row["text"], row["category"]) for row in csv.DictReader(file)]
    rows = json.loads((corpora / "clinc-oos" / "train_val.json").read_text())["val"]
    yield "clinc", [(text, intent) for text, intent in rows]


def drawn(rows: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    intents = chance.sample(sorted({intent for _, intent in rows}), INTENTS)
    found = [one for intent in intents for one in chance.sample([row for row in rows if row[1] == intent], EACH)]
    chance.shuffle(found)
    return found


def pairs(groups: list[int], intents: list[str]) -> tuple[float, float]:
    """Precision and recall of "the same group" for "the same intent"."""
    hit = false = missed = 0
    for one in range(len(groups)):
        for other in range(one):
            together, same = groups[one] == groups[other], intents[one] == intents[other]
            hit, false, missed = hit + (together and same), false + (together and not same), missed + (same and not together)
    return hit / max(hit + false, 1), hit / max(hit + missed, 1)


async def run(corpora: Path) -> None:
    by = await model()
    if by is None:
        raise SystemExit("there is no sentence model here")
    told: dict[str, object] = {"alike": grouping.ALIKE}
    for name, rows in sets(corpora):
        found = [await measured(by, drawn(rows, seed)) for seed in SEEDS]
        for what, values in zip(("groups", "precision", "recall"), zip(*found, strict=True), strict=True):
            told[f"{name}_{what}"] = round(fmean(values), 3)
    print(json.dumps(told))


async def measured(by: Model, asked: list[tuple[str, str]]) -> tuple[float, float, float]:
    """How many groups there are, and what `pairs` tells of them."""
    texts = [bare(text) for text, _ in asked]
    vectors = [vector for start in range(0, len(texts), AT_ONCE) for vector in await by.vectors(texts[start : start + AT_ONCE])]
    groups = grouping.grouped([], [Asked(frozenset(), by.name, packed(vector)) for vector in vectors])
    return len(set(groups)), *pairs(groups, [intent for _, intent in asked])
