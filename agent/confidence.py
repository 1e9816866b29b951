"""How likely a reviewer would let the answer go out unchanged: a logistic head over what the retrieval shows.

The weights are a prior, the same for every organization, and come from `python -m tests.evals fit`: labelled questions
to the demo shop, each asked a second time with its article taken away (a missing article is the usual reason for
a wrong answer); and of banking77's to a help center of examples of questions, half of them missing. They know nothing of any word or
article: `tests/evals/README.md` says how far to trust them. Each organization's reviews move them (`reviews/`).
"""

import math
from collections.abc import Sequence

from agent.calibration import Signals, predict
from agent.draft import Draft
from agent.retrieve import Ranked
from agent.sections import promises
from agent.words import Concept, Stems

VERSION = "prior-5"
STRONG = 0.32
FITS_WELL = 7.0
AHEAD = 2.0
"""In the units of `sections.fit`: an answer that fits so well, and is so far ahead of its article's next one, is as clear as it gets."""
NEARER = 0.2
"""By so much cosine nearer than every other article is as near as counts."""
APART = 0.05
"""By so much cosine less, another article's middle counts a third."""
NEIGHBOURS, TOGETHER = 10, 3
"""So many nearest examples say how near it is around here; so many of an article's own stand for their middle where nothing tells of it."""
UNSUPPORTED = -6.0
"""What the least supported sentence of a language model's answer lacks costs so much. Set by hand, to err on the safe side: no model was here
to learn it from."""
CHOSEN = 3.0
"""What it adds that the customer himself chose the passage by its name. Set by hand."""
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
    "unsupported": UNSUPPORTED,
    "chosen": CHOSEN,
}
BY_MEANING = {
    "bias": -4.85,
    "meant": 1.97,
    "nearest": 0.08,
    "headed": 1.15,
    "fits": 0.53,
    "gap": 4.08,
    "margin": 2.16,
    "missing": -1.97,
    "absent": -0.88,
    "unknown": -2.19,
    "promised": 1.28,
    "matched": 0.98,
    "example": 0.04,
    "alike": 2.06,
    "alike_around": 0.94,
    "alike_middle": 1.4,
    "alike_ahead": 1.52,
    "alike_share": 1.78,
    "alike_each_other": -0.3,
    "alike_by_words": 1.49,
    "unsupported": UNSUPPORTED,
    "chosen": CHOSEN,
}
"""The head where passages were found by words alone, and where a model told what they mean too."""
BY_TOOL = {"bias": 0.0, "told": 2.2, "asked_more": -2.0}
"""The head where a tool told: it was asked for in plain words and knows this customer. 0.9 before any review, 0.55 where he asked more than
one thing; set by hand."""


TOOL = "tool"
TAUGHT = (f"{VERSION}/", f"{TOOL}/")
"""How the heads begin that this release still learns for."""


def signals(question: str, found: Sequence[Concept], ranked: Sequence[Ranked], draft: Draft) -> dict[str, float]:
    """What the confidence is computed from; all between 0 and 1, what compares meanings from -1.

    Empty: nothing was found. A passage that is itself an example of a question is judged by other signals than a section of an article,
    whose words say more than its meaning does.
    """
    if not ranked or not found:
        return {}
    best = ranked[0]
    if best.meant is not None and best.prepared.is_example:
        return _alike(ranked)
    article = best.prepared.passage.article_id
    meant = {} if best.meant is None else _meant(ranked, article)
    total = sum(concept.weight for concept in found)
    named = _quoted(ranked, draft) | best.prepared.called
    wanted = promises(question)
    return meant | {
        "headed": best.headed,
        "fits": min(max(best.own, 0.0) / FITS_WELL, 1.0),
        "gap": _gap(ranked),
        "margin": _margin(ranked, draft),
        "missing": _missing(found, best),
        "absent": float(not max(found, key=lambda concept: concept.weight).in_words(named)),
        "unknown": sum(concept.weight for concept in found if not concept.known) / total,
        "promised": 0.5 if not wanted else float(any(answer.search(draft.sources[0].quote) for answer in wanted)),
        "matched": _matched(found, named),
    }


def told(question: str) -> dict[str, float]:
    """What the confidence in a tool's answer is computed from: whether it answers all that was asked, nobody knows."""
    return {"told": 1.0} | ({"asked_more": 1.0} if question.count("?") > 1 else {})


def _gap(ranked: Sequence[Ranked]) -> float:
    """How far the best article is ahead of the next, as a share of its score."""
    article = ranked[0].prepared.passage.article_id
    other = next((one.score for one in ranked if one.prepared.passage.article_id != article), 0.0)
    return (ranked[0].score - other) / ranked[0].score


def _missing(found: Sequence[Concept], best: Ranked) -> float:
    """The share of the question that its weightiest word has which the best passage does not say."""
    absent = [concept.weight for concept in found if not concept.in_words(best.prepared.found_by)]
    return max(absent, default=0.0) / sum(concept.weight for concept in found)


def _matched(found: Sequence[Concept], words: Stems) -> float:
    """Up to three strong words that are said."""
    return min(sum(concept.weight >= STRONG and concept.in_words(words) > 0 for concept in found), 3) / 3


def _meant(ranked: Sequence[Ranked], article: int) -> dict[str, float]:
    """How near the article's nearest passage is to what the question means, and how far ahead of all other articles' it is."""
    own, others = _cosines(ranked, article)
    nearest = own[0] - max((cosines[0] for cosines in others), default=0.0)
    return {"meant": max(own[0], 0.0), "nearest": min(max(nearest / NEARER, -1.0), 1.0)}


def _cosines(ranked: Sequence[Ranked], article: int) -> tuple[list[float], list[list[float]]]:
    """Cosines of the article's passages and of each other one's, nearest first."""
    by_article: dict[int, list[float]] = {article: []}
    for one in ranked:
        by_article.setdefault(one.prepared.passage.article_id, []).append(one.meant or 0.0)
    nearest_first = {owner: sorted(cosines, reverse=True) for owner, cosines in by_article.items()}
    own = nearest_first.pop(article)
    return own, list(nearest_first.values())


def _alike(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Among examples of questions: how near the article's nearest, the middle of all its examples and the ten nearest of all are; how far ahead its
    middle is of every other article's, and what share of all middles around is its own; how alike its examples are to each other, which tells how
    near is near; whether the words point to it too."""
    best = ranked[0]
    article = best.prepared.passage.article_id
    near = sorted((one.meant or 0.0 for one in ranked), reverse=True)[:NEIGHBOURS]
    by_words = max(ranked, key=lambda one: (one.covered, one.meant or 0.0)).prepared.passage.article_id
    middle, others = _middles(ranked, article)
    return {
        "example": 1.0,
        "alike": max(_cosines(ranked, article)[0][0], 0.0),
        "alike_around": max(sum(near) / len(near), 0.0),
        "alike_middle": max(middle, 0.0),
        "alike_ahead": min(max((middle - max(others, default=0.0)) / NEARER, -1.0), 1.0),
        "alike_share": 1 / (1 + sum(math.exp((other - middle) / APART) for other in others)),
        "alike_each_other": 1.0 if best.near is None or best.near.alike is None else best.near.alike,
        "alike_by_words": float(by_words == article),
    }


def _middles(ranked: Sequence[Ranked], article: int) -> tuple[float, list[float]]:
    """How near the middle of the article's examples is, and that of each other article's. Where the index does not tell, the three nearest stand
    for it: with examples that are taken to be all alike, that errs on the safe side."""
    middles = {one.prepared.passage.article_id: one.near.middle for one in ranked if one.near and one.near.middle is not None}
    if article not in middles:
        own, others = _cosines(ranked, article)
        return _together(own), list(map(_together, others))
    return middles.pop(article), list(middles.values())


def _together(cosines: Sequence[float]) -> float:
    nearest = cosines[:TOGETHER]
    return sum(nearest) / len(nearest)


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


def is_by_meaning(found: Signals) -> bool:
    """Whether these signals know what texts mean."""
    return "meant" in found or "alike" in found


def prior(found: Signals) -> Signals:
    """The shipped weights for these signals."""
    if "told" in found:
        return BY_TOOL
    return BY_MEANING if is_by_meaning(found) else BY_WORDS


def head(found: Signals, model: str) -> str:
    """What the confidence stands on: version and model of the signals, or the tool that told. Reviews teach those of the same alone."""
    if "told" in found:
        return f"{TOOL}/{model}"
    return f"{VERSION}/{model if is_by_meaning(found) else 'words'}" if found else ""


def confidence(found: Signals, weights: Signals | None = None) -> float:
    """0 to 1 by these weights, else by the shipped ones; 0 where nothing was found."""
    return predict(weights or prior(found), found) if found else 0.0
