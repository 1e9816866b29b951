"""Writing an answer. Every drafter is given public passages only, and returns what it quotes beside what it says."""

import re
from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from agent import said
from agent.retrieve import Ranked
from agent.sections import Prepared, beside, promises
from agent.sentences import Piece
from agent.turn import Turn
from agent.words import Concept
from core.knowledge.structs import Found
from core.messages.structs import Source

SENTENCES_MAX = 3
LIST_MAX = 10
LIST_LENGTH_MAX = 900
"""Characters up to which a list is quoted whole, whichever of its points is asked for."""
WHOLE_MAX = 450
"""Characters up to which a passage is quoted whole: its sentences explain each other."""
QUOTE_MAX = 1500
BOTH_MAX = 800
"""Characters up to which two passages are quoted together."""
NEAR = 1.4
"""How far behind the best the next passage may be to be quoted with it, in the units of `sections.fit`."""
HEADED = 0.3
"""What a word counts in a piece of a passage whose title or heading says it already."""
HOW = re.compile(
    r"\bhow (?:do|does|can|to|should|could|would)\b|\bwhat (?:do|should|can|must) i\b|\bwhat now\b|\bsteps?\b", re.IGNORECASE
)
DISTINCT = 0.75
"""A point of a long list is quoted without the others when few come within this share of its score."""
PROMISE = 0.32
DANGLING = re.compile(r"\?$|^(?:See|Read|More) ")
"""No good last sentence: it asks something itself, or points elsewhere."""


class Draft(msgspec.Struct, frozen=True):
    """An answer with the articles it quotes, and the passages that the quotes are from.

    `support`: how far its least supported sentence is what the sources say, 0 to 1; what is quoted word for word has all of it.
    """

    content: str
    sources: list[Source]
    passage_ids: frozenset[int]
    support: float = 1.0


Mode = Literal["extractive", "written"]


class Drafter(Protocol):
    """Turns ranked passages into an answer, or None where it finds none. `model` names it in receipts; its own words are in `language`.

    `mode` and `prompt_version` tell, beside the model, which answers are alike: their confidence is calibrated together.
    """

    mode: Mode
    model: str
    prompt_version: str

    async def rewrite(self, turn: Turn) -> str:
        """The turn as a question that can be understood without the conversation; empty: as it stands."""

    async def draft(self, turn: Turn, found: Sequence[Concept], ranked: Sequence[Ranked]) -> Draft | None: ...


class Extractive:
    """Quotes the best passage word for word. Needs no language model and invents nothing."""

    mode: Mode = "extractive"
    model = "extractive"
    prompt_version = "quote-1"

    async def rewrite(self, turn: Turn) -> str:
        return ""

    async def draft(self, turn: Turn, found: Sequence[Concept], ranked: Sequence[Ranked]) -> Draft | None:
        return quote(turn.bare, found, ranked, turn.language)


def quote(question: str, found: Sequence[Concept], ranked: Sequence[Ranked], language: str = "") -> Draft | None:
    """The best public passage, and the one beside it where either may be meant; what stands before it is in `language`."""
    public = [one for one in ranked if one.prepared.passage.audience == "public"]
    if not public or not public[0].prepared.pieces:
        return None
    passage = public[0].prepared.passage
    quotes = [together(pick(question, found, public[0].prepared))]
    content, ids = quotes[0], {passage.id}
    if (other := _as_good(public)) is not None:
        more = together(pick(question, found, other))
        if len(quotes[0]) + len(more) <= BOTH_MAX:
            quotes.append(more)
            ids.add(other.passage.id)
            content += "\n\n" + (f"**{other.passage.heading}**\n\n" if other.passage.heading else "") + more
    slug = passage.slug if passage.kind == "article" else ""
    source = Source(number=1, title=passage.title, slug=slug, quote="\n\n".join(quotes), url=passage.url)
    return Draft(f"{_from(passage, language)}:\n\n{content} [1]", [source], frozenset(ids))


def _as_good(ranked: Sequence[Ranked]) -> Prepared | None:
    """The article's next passage, if it answers nearly as well as the best: which of the two was meant, the customer knows."""
    if len(ranked) < 2:
        return None
    best, other = ranked[:2]
    same = best.prepared.passage.article_id == other.prepared.passage.article_id
    return other.prepared if same and other.prepared.pieces and best.own - other.own <= NEAR else None


def _from(passage: Found, language: str) -> str:
    """Where it says so. A snippet has no page, so the customer is not told of one."""
    if passage.kind == "snippet":
        return said.said(language, "from_team")
    return f"{said.said(language, 'from_article')} (**{passage.title}**" + (f", {passage.heading})" if passage.heading else ")")


def pick(question: str, found: Sequence[Concept], one: Prepared) -> list[Piece]:
    """The pieces of a passage that answer best: all of a short one, a list with what leads into it, or up to three sentences."""
    pieces = one.pieces
    scores = _scores(question, found, one)
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    steps = [place for place, piece in enumerate(pieces) if piece.kind == "step"]
    if steps and (pieces[best].kind == "step" or HOW.search(question)):
        return _list(pieces, steps[0])
    whole = _undangled(pieces)
    if _length(whole) <= WHOLE_MAX:
        return whole
    if (place := _list_that_says_more(question, found, one, scores[best])) is not None:
        return _points(pieces, scores, place)
    if pieces[best].kind in {"bullet", "step", "lead"}:
        return _points(pieces, scores, best)
    return _window(question, pieces, scores, best)


def _scores(question: str, found: Sequence[Concept], one: Prepared) -> list[float]:
    """What of the question each piece says; title and heading have said their words already."""
    wanted = promises(question)
    left = beside(found, one.title | one.heading, HEADED)
    return [
        sum(concept.weight * concept.in_words(stems) for concept in left)
        + PROMISE * any(answer.search(piece.text) for answer in wanted)
        for piece, stems in zip(one.pieces, one.stems, strict=True)
    ]


def _list_that_says_more(question: str, found: Sequence[Concept], one: Prepared, best: float) -> int | None:
    """Where the list begins whose points together say more than any piece by itself, if one does."""
    wanted = promises(question)
    left = beside(found, one.title | one.heading, HEADED)
    blocks: dict[int, list[int]] = {}
    for place, piece in enumerate(one.pieces):
        if piece.kind != "sentence":
            blocks.setdefault(piece.block, []).append(place)
    worth = {}
    for places in blocks.values():
        stems = frozenset().union(*(one.stems[place] for place in places))
        promised = any(answer.search(one.pieces[place].text) for answer in wanted for place in places)
        worth[places[0]] = sum(concept.weight * concept.in_words(stems) for concept in left) + PROMISE * promised
    says_more = [place for place, said in worth.items() if said > best]
    return max(says_more, key=lambda place: (worth[place], -place), default=None)


def _undangled(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the sentences at the end that ask something, or point elsewhere."""
    stop = len(pieces)
    while stop > 1 and (pieces[stop - 1].kind == "lead" or DANGLING.search(pieces[stop - 1].text)):
        stop -= 1
    return list(pieces[:stop])


def _length(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _list(pieces: Sequence[Piece], place: int) -> list[Piece]:
    """The whole list that `place` belongs to."""
    block = pieces[place].block
    return [piece for piece in pieces if piece.block == block][: LIST_MAX + 1]


def _points(pieces: Sequence[Piece], scores: Sequence[float], best: int) -> list[Piece]:
    """The whole list, whose points are understood together; of a long one the points that say it, if few do."""
    whole = [piece for piece in pieces if piece.block == pieces[best].block]
    if (len(whole) <= LIST_MAX + 1 and _length(whole) <= LIST_LENGTH_MAX) or pieces[best].kind == "lead" or scores[best] <= 0:
        return whole[: LIST_MAX + 1]
    near = [
        place
        for place, piece in enumerate(pieces)
        if piece.kind == "bullet" and piece.block == pieces[best].block and scores[place] >= DISTINCT * scores[best]
    ]
    if len(near) > SENTENCES_MAX:
        return whole[: LIST_MAX + 1]
    lead = [place for place, piece in enumerate(pieces) if piece.kind == "lead" and piece.block == pieces[best].block]
    return [pieces[place] for place in lead + near]


def _window(question: str, pieces: Sequence[Piece], scores: Sequence[float], best: int) -> list[Piece]:
    """The run of up to three sentences around the best one that says most; the earlier one where it says the same."""
    plain = [piece.kind == "sentence" for piece in pieces]
    windows = []
    for start in range(max(0, best - SENTENCES_MAX + 1), best + 1):
        stop = min(start + SENTENCES_MAX, len(pieces))
        while stop > best + 1 and (not all(plain[start:stop]) or DANGLING.search(pieces[stop - 1].text)):
            stop -= 1
        if all(plain[start:stop]):
            windows.append((start, stop))
    start, stop = max(windows, key=lambda window: (sum(scores[window[0] : window[1]]), window[1] - window[0], window[0] == best))
    picked = list(pieces[start:stop])
    if HOW.search(question) and stop < len(pieces) and pieces[stop].kind == "lead":
        picked += _list(pieces, stop)
    return picked


def together(picked: Sequence[Piece]) -> str:
    """The picked pieces as Markdown, in order: sentences of a paragraph side by side, points and paragraphs apart."""
    text = ""
    for before, piece in zip([None, *picked[:-1]], picked, strict=True):
        if before is None:
            text = piece.text
        elif piece.kind == "sentence" and before.kind == "sentence" and piece.block == before.block:
            text += " " + piece.text
        elif piece.block == before.block and before.kind != "lead":
            text += "\n" + piece.text
        else:
            text += "\n\n" + piece.text
        if len(text) > QUOTE_MAX:
            break
    return text
