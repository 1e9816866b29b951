"""`python -m tests.evals retrieval --dir <folder>`: how well passages are found, by words, by meaning, and by both.

`reference.jsonl`: tasks of conversations (`input`: turns with `speaker` and `text`) with the passages that answer them (`contexts`). The pool
is all passages of all tasks; what is asked is the last two turns of the user. A task without passages asks for nothing.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from agent.embedding.models import model
from core.access import Actor
from core.extend.knowledge import Meaning
from core.knowledge.passages import cut
from core.knowledge.search import search
from tests.evals.intents import write
from tests.evals.shop import an_organization, opened

TURNS = 2
FOUND = 60
RECALL_AT, MRR_AT = 5, 10


class Passage(msgspec.Struct, frozen=True):
    document_id: str
    text: str


class Turn(msgspec.Struct, frozen=True):
    speaker: str
    text: str


class Task(msgspec.Struct, frozen=True):
    contexts: list[Passage]
    input: list[Turn]

    @property
    def asked(self) -> str:
        return "\n".join([turn.text for turn in self.input if turn.speaker == "user"][-TURNS:])


async def run(folder: Path) -> None:
    tasks = [
        msgspec.json.decode(line, type=Task) for line in (folder / "reference.jsonl").read_bytes().splitlines() if line.strip()
    ]
    pool = {passage.document_id: passage.text for task in tasks for passage in task.contexts}
    asking = [task for task in tasks if task.contexts]
    async with opened():
        actor = await an_organization("Evaluation", "evaluation")
        sections = [
            (slug, ordinal, part.heading, part.text) for slug, text in pool.items() for ordinal, part in enumerate(cut(text), 1)
        ]
        await write(actor, sections)
        by = await model()
        took: list[float] = []
        ranks: dict[str, list[list[str]]] = {"words": [], "meaning": [], "fused": []}
        for task in asking:
            meaning = await by.meaning(task.asked) if by else None
            ranks["words"].append(await _found(actor, task.asked, None))
            if meaning is not None:
                ranks["meaning"].append(await _found(actor, "", meaning))
            began = time.perf_counter()
            ranks["fused"].append(await _found(actor, task.asked, meaning))
            took.append((time.perf_counter() - began) * 1000)
    legs = {leg: _measured(asking, found) for leg, found in ranks.items() if found}
    fused = legs.pop("fused")
    print(
        json.dumps(
            {
                "passages": len(pool),
                "questions": len(asking),
                **fused,
                "legs": legs,
                "baseline_recall_at_5": legs["words"]["recall_at_5"],
                "baseline_cosine_recall_at_5": legs.get("meaning", {}).get("recall_at_5"),
                "search_p50_ms": round(median(took), 2),
                "model": by.name if by else None,
            }
        )
    )


async def _found(actor: Actor, sentence: str, meaning: Meaning | None) -> list[str]:
    """Documents, best first, each once."""
    hits = await search(actor, sentence, ["public"], FOUND, meaning=meaning)
    return list(dict.fromkeys(hit.slug for hit in hits))


def _measured(tasks: Sequence[Task], found: Sequence[list[str]]) -> dict[str, Any]:
    recalls, ranks = [], []
    for task, documents in zip(tasks, found, strict=True):
        wanted = {passage.document_id for passage in task.contexts}
        recalls.append(len(wanted.intersection(documents[:RECALL_AT])) / min(RECALL_AT, len(wanted)))
        ranks.append(next((1 / place for place, document in enumerate(documents[:MRR_AT], 1) if document in wanted), 0.0))
    return {"recall_at_5": round(sum(recalls) / len(recalls), 3), "mrr_at_10": round(sum(ranks) / len(ranks), 3)}
