"""How likely a reviewer would let the answer go out unchanged: a logistic head over what the retrieval shows.

The weights are a prior, the same for every organization, and come from `python -m tests.evals fit`: labelled questions
to the demo shop, each asked a second time with its article taken away (a missing article is the usual reason for
a wrong answer). They know nothing of any word or article, but of one shop's questions only: `tests/evals/README.md`
says how far to trust them. Reviews will move them per organization later.
"""

import math
from collections.abc import Sequence

from agent.retrieve import Ranked, promises
from agent.words import Concept

VERSION = "prior-1"
TOP = 5
STRONG = 0.32
MUCH = 2.1
BIAS = -7.55
WEIGHTS = {
    "covered": 1.35,
    "together": 2.08,
    "headed": 2.5,
    "titled": 0.98,
    "gap": 3.52,
    "agreement": 1.96,
    "missing": -1.61,
    "unknown": -1.01,
    "promised": 1.45,
    "weight": 1.51,
    "matched": 0.94,
}


def signals(question: str, found: Sequence[Concept], ranked: Sequence[Ranked], quote: str) -> dict[str, float]:
    """What the confidence is computed from; all between 0 and 1.

    Empty: nothing was found.
    """
    if not ranked or not found:
        return {}
    best = ranked[0]
    article = best.prepared.passage.article_id
    total = sum(concept.weight for concept in found)
    missing = [concept.weight for concept in found if not concept.in_words(best.prepared.all)]
    other = next((one.score for one in ranked if one.prepared.passage.article_id != article), 0.0)
    wanted = promises(question)
    return {
        "covered": best.covered,
        "together": best.together,
        "headed": best.headed,
        "titled": best.titled,
        "gap": (best.score - other) / best.score,
        "agreement": sum(one.prepared.passage.article_id == article for one in ranked[:TOP]) / TOP,
        "missing": max(missing, default=0.0) / total,
        "unknown": sum(concept.weight for concept in found if not concept.known) / total,
        "promised": 0.5 if not wanted else float(any(answer.search(quote) for answer in wanted)),
        "weight": min(total / MUCH, 1.0),
        "matched": min(sum(concept.weight >= STRONG and concept.in_words(best.prepared.all) > 0 for concept in found), 3) / 3,
    }


def confidence(found: dict[str, float]) -> float:
    """0 to 1; 0 where nothing was found."""
    if not found:
        return 0.0
    return 1 / (1 + math.exp(-(BIAS + sum(weight * found[name] for name, weight in WEIGHTS.items()))))
