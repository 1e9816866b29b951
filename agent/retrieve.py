"""From a question to ranked passages: the search finds what shares a word, this weighs what it shares."""

import re
from collections import OrderedDict
from collections.abc import Sequence

import msgspec

from agent import queries, words
from agent.rules import pattern
from agent.sentences import Piece, pieces, readable
from agent.words import Concept, Stems
from core.access import Actor
from core.knowledge import queries as knowledge
from core.knowledge.structs import Audience, Found

CANDIDATES = 60
CACHED_MAX = 5000
PIECES_MAX = 60
"""So many pieces of a passage are weighed by themselves; 1,500 characters of prose have 10 to 40."""
IN_HEADING = 0.5
IN_TITLE = 0.4
IN_ONE_PIECE = 0.4
TITLE_SAID = 0.5
HEADING_SAID = 0.3
PROMISED = 0.25
OPENING = 0.2
COMPANY = 0.15
"""What it adds to 1 for the share of the question that a passage says: how much of it stands in the heading, in the
title and in one piece; how much of the title and of the heading the question says; whether what was asked for (an amount,
a time …) is there at all; to open the article; and what the article's next two passages score. From a softmax regression over
`core/demo/questions.jsonl` and `tests/evals/fitting.jsonl`, rounded; `HEADING_SAID` and `COMPANY` were set by hand on the same
questions. What it gains over the search's own rank, on those and on held-out questions: `tests/evals/README.md`."""

KINDS = ("amount", "time", "number", "place", "steps")
"""What a question's first words promise to be in its answer: rules `asks_…` and `says_…`."""


class Prepared(msgspec.Struct, frozen=True):
    """A passage with the stems of its parts."""

    passage: Found
    text: str
    pieces: list[Piece]
    stems: list[Stems]
    """Of each piece."""
    heading: Stems
    title: Stems
    all: Stems


class Ranked(msgspec.Struct, frozen=True):
    """A passage with its score as its article's witness, and `own`: how well it answers among the article's passages.

    Shares of the question's weight: in the passage (`covered`), in one piece (`together`), in heading or title
    (`headed`); `titled` is the share of the title that the question says.
    """

    prepared: Prepared
    score: float
    own: float
    covered: float
    together: float
    headed: float
    titled: float


_prepared: OrderedDict[int, Prepared] = OrderedDict()
"""By passage id: a passage never changes, a saved article gets new ones."""


async def search(actor: Actor, question: str, found: Sequence[Concept], audiences: Sequence[Audience]) -> list[Ranked]:
    """The passages of these audiences that say something of the question, best first."""
    hits = await knowledge.search(actor, words.sentence(found), audiences, CANDIDATES)
    return rank(question, found, await _prepare(actor, hits))


async def _prepare(actor: Actor, hits: Sequence[Found]) -> list[Prepared]:
    missing = [hit for hit in hits if hit.id not in _prepared]
    texts = [readable(hit.text) for hit in missing]
    cut = [pieces(text) for text in texts]
    flat = [
        part for hit, parts in zip(missing, cut, strict=True) for part in (hit.title, hit.heading, *(piece.text for piece in parts))
    ]
    stems = iter(await queries.stems(actor, flat))
    for hit, text, parts in zip(missing, texts, cut, strict=True):
        title, heading = next(stems), next(stems)
        each = [next(stems) for _ in parts]
        _prepared[hit.id] = Prepared(hit, text, parts, each, heading, title, title.union(heading, *each))
    prepared = [_prepared[hit.id] for hit in hits]
    while len(_prepared) > CACHED_MAX:
        _prepared.popitem(last=False)
    return prepared


def promises(question: str) -> list[re.Pattern[str]]:
    """What the answer to this question must contain: an amount, a time, a number, a place, steps."""
    return [pattern(f"says_{kind}") for kind in KINDS if pattern(f"asks_{kind}").search(question)]


def rank(question: str, found: Sequence[Concept], prepared: Sequence[Prepared]) -> list[Ranked]:
    """Articles by their best passage, and by what the next two add; within an article by what the passage itself says."""
    wanted = promises(question)
    total = sum(concept.weight for concept in found)
    ranked = [_score(one, _heard(found, one.all), total, wanted) for one in prepared]
    of_article: dict[int, list[float]] = {}
    for one in ranked:
        of_article.setdefault(one.prepared.passage.article_id, []).append(one.score)
    worth = {article: _worth(sorted(scores, reverse=True)) for article, scores in of_article.items()}
    ranked = [msgspec.structs.replace(one, score=worth[one.prepared.passage.article_id]) for one in ranked]
    return sorted(ranked, key=lambda one: (-one.score, one.prepared.passage.article_id, -one.own, one.prepared.passage.ordinal))


def _worth(scores: Sequence[float]) -> float:
    return scores[0] + COMPANY * sum(scores[1:3])


def _heard(found: Sequence[Concept], stems: Stems) -> list[Concept]:
    """What of the question stands in these words at all: a long question shares little with most passages."""
    heard = []
    for concept in found:
        if terms := tuple(term for term in concept.terms if term[0] <= stems):
            heard.append(msgspec.structs.replace(concept, terms=terms))
    return heard


def _score(one: Prepared, heard: Sequence[Concept], total: float, wanted: Sequence[re.Pattern[str]]) -> Ranked:
    def share(stems: Stems) -> float:
        """How much of the question's weight these words say."""
        return sum(concept.weight * concept.in_words(stems) for concept in heard) / total if total else 0.0

    covered, heading, title = share(one.all), share(one.heading), share(one.title)
    together = max((share(stems | one.heading) for stems in one.stems[:PIECES_MAX]), default=0.0)
    titled, said = _said(heard, one.title), HEADING_SAID * _said(heard, one.heading)
    promised = PROMISED * any(answer.search(one.text) for answer in wanted)
    score = covered + IN_HEADING * heading + IN_TITLE * title + IN_ONE_PIECE * together + TITLE_SAID * titled
    score += said + promised + OPENING * (one.passage.ordinal == 1)
    own = share(one.heading.union(*one.stems)) + IN_HEADING * heading + IN_ONE_PIECE * together + said + promised
    return Ranked(one, score, own, covered, together, share(one.heading | one.title), titled)


def _said(heard: Sequence[Concept], stems: Stems) -> float:
    """Which share of these words the question says, in its own or other words."""
    said = frozenset().union(*(term for concept in heard for term, _ in concept.terms if term <= stems))
    return len(said) / len(stems) if stems else 0.0
