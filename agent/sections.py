"""Which passage of an article answers: the one whose heading or words say what the article's title does not say already."""

import re
from collections.abc import Sequence

import msgspec

from agent.rules import pattern
from agent.sentences import Piece
from agent.words import Concept, Stems
from core.knowledge.structs import Found

PIECES_MAX = 60
"""So many pieces of a passage are weighed by themselves; 1,500 characters of prose have 10 to 40."""
EXAMPLE_MAX = 40
"""Different stems of the longest passage that counts as an example of a question."""
KINDS = ("amount", "time", "number", "place", "steps")
"""What a question's first words promise to be in its answer: rules `asks_…` and `says_…`."""
IN_TITLE = 0.85
"""How much of a word's weight the title takes away: it stands over all passages of its article alike."""
BODY = 2.0
HEADING = 1.4
ONE_PIECE = 2.5
HEADING_SAID = 1.7
PROMISED = 1.4
PROMISED_THERE = 1.1
SAME_KIND = 1.5
BOTH_DENY = 1.6
ONLY_HEADING_DENIES = -1.3
LIST = 0.25
OPENING = 0.4
OPENING_TITLE = 1.4
"""What speaks for a passage among those of its article: what of the question it says at all, in its heading, in one piece;
how much of the heading the question says; whether what was asked for (an amount, a time …) is there, is in a piece that says the rest,
and is what the heading asks for; whether question and heading deny alike ("not covered"); a list; the article's opening, the more
the question is just the title. From a softmax regression over the fitting and the newcomer's questions that name their section, rounded."""


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
    led_by: Stems = frozenset()
    """Of the example question that leads to its article, where that is like what was asked."""

    @property
    def called(self) -> Stems:
        """What stands over it, for ranking: the question that leads there, else its article's title."""
        return self.led_by or self.title

    @property
    def found_by(self) -> Stems:
        """What it is found by. What it says are `all`: a question claims nothing."""
        return self.all | self.led_by

    @property
    def is_example(self) -> bool:
        """Whether it stands alone, without title or heading and about as long as a question: an example of one, not a section of an article."""
        return not self.title and not self.heading and len(self.all) <= EXAMPLE_MAX


def kinds(text: str) -> list[str]:
    """What the answer to this must contain: an amount, a time, a number, a place, steps."""
    return [kind for kind in KINDS if pattern(f"asks_{kind}").search(text)]


def promises(question: str) -> list[re.Pattern[str]]:
    """What such an answer looks like."""
    return [pattern(f"says_{kind}") for kind in kinds(question)]


def heard(found: Sequence[Concept], stems: Stems) -> list[Concept]:
    """What of the question stands in these words at all: a long question shares little with most passages."""
    result = []
    for concept in found:
        if terms := tuple(term for term in concept.terms if term[0] <= stems):
            result.append(msgspec.structs.replace(concept, terms=terms))
    return result


def said(shared: Sequence[Concept], stems: Stems) -> float:
    """Which share of these words the question says, in its own or other words."""
    own = frozenset().union(*(term for concept in shared for term, _ in concept.terms if term <= stems))
    return len(own) / len(stems) if stems else 0.0


def beside(found: Sequence[Concept], stems: Stems, left: float = 1 - IN_TITLE) -> list[Concept]:
    """The concepts, each with `left` of its weight where these words say it: what they say, they say everywhere below."""
    return [
        msgspec.structs.replace(concept, weight=concept.weight * left) if concept.in_words(stems) else concept for concept in found
    ]


def named(shared: Sequence[Concept], heading: Stems, title: Stems) -> float:
    """How much of a heading the question says: of what it adds to the title, if it adds anything.

    Another name for what the title says names no section: who asks for the guarantee does not ask what is covered.
    """
    wanted = heading - title or heading
    counts = dict.fromkeys(wanted, 0.0)
    for concept in shared:
        own = concept.terms[0][1] == 1.0
        by_title = concept.in_words(title) > 0
        for place, (term, worth) in enumerate(concept.terms):
            is_own = own and place == 0
            if term <= heading and (is_own or not by_title):
                counts |= {stem: max(counts[stem], worth) for stem in term & wanted}
    return sum(counts.values()) / len(wanted) if wanted else 0.0


class Asked(msgspec.Struct, frozen=True):
    """A question as passages of one article are held against it."""

    concepts: Sequence[Concept]
    kinds: Sequence[str]
    denies: bool
    weight: float
    weight_beside_title: float


def asked(question: str, found: Sequence[Concept], title: Stems) -> Asked:
    left = beside(found, title)
    return Asked(
        concepts=left,
        kinds=kinds(question),
        denies=pattern("denies").search(question) is not None,
        weight=sum(concept.weight for concept in found) or 1.0,
        weight_beside_title=sum(concept.weight for concept in left) or 1.0,
    )


def fit(question: Asked, one: Prepared) -> float:
    """How well a passage answers among the passages of its article."""
    shared = heard(question.concepts, one.all)

    def share(stems: Stems) -> float:
        return sum(concept.weight * concept.in_words(stems) for concept in shared) / question.weight_beside_title

    heading = named(shared, one.heading, one.called)
    each = [share(stems | one.heading) for stems in one.stems[:PIECES_MAX]]
    score = BODY * share(one.heading.union(*one.stems)) + HEADING * share(one.heading) + HEADING_SAID * heading
    score += ONE_PIECE * max(each, default=0.0) + LIST * any(piece.kind in {"bullet", "step"} for piece in one.pieces)
    return score + _promised(question, one, each) + _denied(question, one, heading) + _opening(question, one)


def _promised(question: Asked, one: Prepared, each: Sequence[float]) -> float:
    if not question.kinds:
        return 0.0
    answers = [pattern(f"says_{kind}") for kind in question.kinds]
    headed = any(kind in question.kinds for kind in kinds(one.passage.heading))
    if not any(answer.search(one.text) for answer in answers):
        return SAME_KIND * headed
    holding = (
        share for share, piece in zip(each, one.pieces, strict=False) if any(answer.search(piece.text) for answer in answers)
    )
    return PROMISED + SAME_KIND * headed + PROMISED_THERE * max(holding, default=0.0)


def _denied(question: Asked, one: Prepared, named: float) -> float:
    if pattern("denies").search(one.passage.heading) is None:
        return 0.0
    if question.denies:
        return BOTH_DENY * (named > 0)
    return ONLY_HEADING_DENIES


def _opening(question: Asked, one: Prepared) -> float:
    if one.passage.heading:
        return 0.0
    return OPENING + OPENING_TITLE * (1 - question.weight_beside_title / question.weight) / IN_TITLE
