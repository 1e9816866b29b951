"""How likely a reviewer would let the answer go out unchanged: a logistic head over what the retrieval shows.

The weights are a prior, the same for every organization, and come from `python -m tests.evals fit`: labelled questions
to the demo shop, each asked a second time with its article taken away (a missing article is the usual reason for
a wrong answer); and of banking77's to a help center of examples of questions, half of them missing. They know nothing of any word or
article: `tests/evals/README.md` says how far to trust them. Each organization's reviews move them (`reviews/`).
"""

from collections.abc import Sequence

from agent.calibration import Signals, predict
from agent.draft import Draft
from agent.retrieve import Ranked
from agent.sections import promises
from agent.words import Concept, Stems

VERSION = "prior-4"
STRONG = 0.32
FITS_WELL = 7.0
AHEAD = 2.0
"""In the units of `sections.fit`: an answer that fits so well, and is so far ahead of its article's next one, is as clear as it gets."""
NEARER = 0.2
"""By so much cosine nearer than every other article is as near as counts."""
NEIGHBOURS, TOGETHER = 10, 3
"""So many nearest examples are asked whose they are; so many of an article's own say how near it is."""
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
    "example": -1.61,
    "alike": 4.53,
    "alike_together": 0.91,
    "alike_around": 0.78,
    "alike_ahead": 2.39,
    "alike_agreed": 0.63,
    "alike_by_words": 1.02,
    "alike_gap": 0.34,
    "alike_covered": 0.52,
    "alike_missing": 0.02,
    "alike_matched": 1.23,
    "alike_unknown": 0.37,
    "unsupported": UNSUPPORTED,
    "chosen": CHOSEN,
}
"""The head where passages were found by words alone, and where a model told what they mean too."""


def signals(question: str, found: Sequence[Concept], ranked: Sequence[Ranked], draft: Draft) -> dict[str, float]:
    """What the confidence is computed from; all between 0 and 1, what compares meanings from -1.

    Empty: nothing was found. A passage that is itself an example of a question is judged by other signals than a section of an article,
    whose words say more than its meaning does.
    """
    if not ranked or not found:
        return {}
    best = ranked[0]
    if best.meant is not None and best.prepared.is_example:
        return _alike(found, ranked)
    article = best.prepared.passage.article_id
    meant = {} if best.meant is None else _meant(ranked, article)
    total = sum(concept.weight for concept in found)
    named = _quoted(ranked, draft) | best.prepared.title
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


def _gap(ranked: Sequence[Ranked]) -> float:
    """How far the best article is ahead of the next, as a share of its score."""
    article = ranked[0].prepared.passage.article_id
    other = next((one.score for one in ranked if one.prepared.passage.article_id != article), 0.0)
    return (ranked[0].score - other) / ranked[0].score


def _missing(found: Sequence[Concept], best: Ranked) -> float:
    """The share of the question that its weightiest word has which the best passage does not say."""
    absent = [concept.weight for concept in found if not concept.in_words(best.prepared.all)]
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


def _alike(found: Sequence[Concept], ranked: Sequence[Ranked]) -> dict[str, float]:
    """Among examples of questions: how alike the article's nearest, its three nearest and the ten nearest of all are, how far ahead its three
    are of any other article's, how many of the ten are its own, whether the words point to it too, and what of the question is said."""
    best = ranked[0]
    article = best.prepared.passage.article_id
    own, others = _cosines(ranked, article)
    near = sorted(((one.meant or 0.0, one.prepared.passage.article_id) for one in ranked), reverse=True)[:NEIGHBOURS]
    by_words = max(ranked, key=lambda one: (one.covered, one.meant or 0.0)).prepared.passage.article_id
    ahead = _together(own) - max(map(_together, others), default=0.0)
    return {
        "example": 1.0,
        "alike": max(own[0], 0.0),
        "alike_together": max(_together(own), 0.0),
        "alike_around": max(sum(cosine for cosine, _ in near) / len(near), 0.0),
        "alike_ahead": min(max(ahead / NEARER, -1.0), 1.0),
        "alike_agreed": sum(owner == article for _, owner in near) / len(near),
        "alike_by_words": float(by_words == article),
        "alike_gap": min(_gap(ranked), 1.0),
        "alike_covered": best.covered,
        "alike_missing": _missing(found, best),
        "alike_matched": _matched(found, best.prepared.all),
        "alike_unknown": sum(concept.weight for concept in found if not concept.known) / sum(concept.weight for concept in found),
    }


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
    return BY_MEANING if is_by_meaning(found) else BY_WORDS


def head(found: Signals, model: str) -> str:
    """What the confidence stands on: version and model of the signals. Reviews teach those of the same alone."""
    return f"{VERSION}/{model if is_by_meaning(found) else 'words'}" if found else ""


def confidence(found: Signals, weights: Signals | None = None) -> float:
    """0 to 1 by these weights, else by the shipped ones; 0 where nothing was found."""
    return predict(weights or prior(found), found) if found else 0.0
