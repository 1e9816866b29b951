"""How likely a reviewer would let the answer go out unchanged: a logistic head over what the retrieval shows.

The weights are a prior, the same for every organization, and come from `python -m tests.evals fit`: labelled questions
to the demo shop, each asked a second time with its article taken away (a missing article is the usual reason for
a wrong answer). They know nothing of any word or article, but of one shop's questions only: `tests/evals/README.md`
says how far to trust them. Reviews will move them per organization later.
"""

from collections.abc import Sequence

from agent.calibration import Signals, predict
from agent.draft import Draft
from agent.retrieve import Ranked
from agent.sections import promises
from agent.words import Concept, Stems

VERSION = "prior-3"
STRONG = 0.32
FITS_WELL = 7.0
AHEAD = 2.0
"""In the units of `sections.fit`: an answer that fits so well, and is so far ahead of its article's next one, is as clear as it gets."""
NEARER = 0.2
"""By so much cosine nearer than every other article is as near as counts."""
NEIGHBOURS = 5
SHORT = 16
"""Different stems up to which a passage is as short as a question."""
BY_WORDS = {
    "bias": -5.1,
    "headed": 1.86,
    "fits": 0.85,
    "gap": 4.59,
    "margin": 2.03,
    "missing": -2.25,
    "absent": -0.62,
    "unknown": -2.46,
    "promised": 1.89,
    "matched": 1.15,
}
BY_MEANING = {
    "bias": -4.86,
    "meant": 1.98,
    "nearest": 0.08,
    "headed": 1.15,
    "fits": 0.52,
    "gap": 4.09,
    "margin": 2.18,
    "missing": -1.97,
    "absent": -0.88,
    "unknown": -2.2,
    "promised": 1.28,
    "matched": 0.98,
}
"""The head where passages were found by words alone, and where a model told what they mean too."""


def signals(question: str, found: Sequence[Concept], ranked: Sequence[Ranked], draft: Draft) -> dict[str, float]:
    """What the confidence is computed from; all between 0 and 1.

    Empty: nothing was found.
    """
    if not ranked or not found:
        return {}
    best = ranked[0]
    article = best.prepared.passage.article_id
    meant = {} if best.meant is None else _meant(ranked, article)
    total = sum(concept.weight for concept in found)
    named = _quoted(ranked, draft) | best.prepared.title
    missing = [concept.weight for concept in found if not concept.in_words(best.prepared.all)]
    other = next((one.score for one in ranked if one.prepared.passage.article_id != article), 0.0)
    wanted = promises(question)
    return meant | {
        "headed": best.headed,
        "fits": min(max(best.own, 0.0) / FITS_WELL, 1.0),
        "gap": (best.score - other) / best.score,
        "margin": _margin(ranked, draft),
        "missing": max(missing, default=0.0) / total,
        "absent": float(not max(found, key=lambda concept: concept.weight).in_words(named)),
        "unknown": sum(concept.weight for concept in found if not concept.known) / total,
        "promised": 0.5 if not wanted else float(any(answer.search(draft.sources[0].quote) for answer in wanted)),
        "matched": min(sum(concept.weight >= STRONG and concept.in_words(named) > 0 for concept in found), 3) / 3,
    }


def _meant(ranked: Sequence[Ranked], article: int) -> dict[str, float]:
    """What the meaning of question and passages says of the best article: how near it is, how far ahead of all others, and whether
    its nearest passages, and the words, point to it too. Beside an example that is short like a question, all of it counts by itself."""
    near = sorted(((one.meant or 0.0, one.prepared.passage.article_id) for one in ranked), reverse=True)
    own = max((cosine for cosine, owner in near if owner == article), default=0.0)
    others = max((cosine for cosine, owner in near if owner != article), default=0.0)
    by_words = max(ranked, key=lambda one: (one.covered, one.meant or 0.0)).prepared.passage.article_id
    found = {
        "meant": max(own, 0.0),
        "nearest": min(max((own - others) / NEARER, -1.0), 1.0),
        "agreed": sum(owner == article for _, owner in near[:NEIGHBOURS]) / NEIGHBOURS,
        "both": float(by_words == article == near[0][1]),
        "covered": ranked[0].covered,
    }
    short = is_short(ranked[0])
    return found | {"short": float(short)} | {f"short_{name}": value * short for name, value in found.items()}


def is_short(one: Ranked) -> bool:
    """Whether a passage is a single sentence under no heading: an example of a question, not a section of an article."""
    return not one.prepared.passage.heading and len(one.prepared.pieces) == 1 and len(one.prepared.all) <= SHORT


def _quoted(ranked: Sequence[Ranked], draft: Draft) -> Stems:
    """The stems of what is quoted, and of the headings above it."""
    stems = set[str]()
    for one in ranked:
        if one.prepared.passage.id in draft.passage_ids:
            quoted = zip(one.prepared.pieces, one.prepared.stems, strict=True)
            stems.update(one.prepared.heading, *(said for piece, said in quoted if piece.text in draft.sources[0].quote))
    return frozenset(stems)


def _margin(ranked: Sequence[Ranked], draft: Draft) -> float:
    """How far the best passage is ahead of the first of its article that is not quoted."""
    best = ranked[0]
    others = (one for one in ranked if one.prepared.passage.article_id == best.prepared.passage.article_id)
    left_out = next((one.own for one in others if one.prepared.passage.id not in draft.passage_ids), 0.0)
    return min(max(best.own - left_out, 0.0) / AHEAD, 1.0)


def prior(found: Signals) -> Signals:
    """The shipped weights for these signals."""
    return BY_MEANING if "meant" in found else BY_WORDS


def head(found: Signals, model: str) -> str:
    """What the confidence stands on: version and model of the signals. Reviews teach those of the same alone."""
    return f"{VERSION}/{model if 'meant' in found else 'words'}" if found else ""


def confidence(found: Signals, weights: Signals | None = None) -> float:
    """0 to 1 by these weights, else by the shipped ones; 0 where nothing was found."""
    return predict(weights or prior(found), found) if found else 0.0
