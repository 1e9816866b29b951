"""How well unanswered questions are put into groups of one meaning: pairs of questions of the same intent, and of others.

Shapes of folders as in `intents.py`. Of each set 40 intents with six questions each, in an order of chance, as they would come in.
"""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

from agent.courtesy import bare
from agent.embedding.models import model
from agent.learning import grouping
from agent.learning.grouping import Asked, packed

INTENTS, EACH, SEED = 40, 6, 3
AT_ONCE = 8


def sets(corpora: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    with (corpora / "banking77" / "train.csv").open(newline="") as file:
        yield "banking77", [(row["text"], row["category"]) for row in csv.DictReader(file)]
    rows = json.loads((corpora / "clinc-oos" / "train_val.json").read_text())["val"]
    yield "clinc", [(text, intent) for text, intent in rows]


def drawn(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    chance = random.Random(SEED)
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
        asked = drawn(rows)
        texts = [bare(text) for text, _ in asked]
        vectors = [vector for start in range(0, len(texts), AT_ONCE) for vector in await by.vectors(texts[start : start + AT_ONCE])]
        groups = grouping.grouped([], [Asked(frozenset(), by.name, packed(vector)) for vector in vectors])
        precision, recall = pairs(groups, [intent for _, intent in asked])
        told |= {f"{name}_groups": len(set(groups)), f"{name}_precision": round(precision, 3), f"{name}_recall": round(recall, 3)}
    print(json.dumps(told))
