"""Writing an answer. Every drafter is given public passages only, and returns what it quotes beside what it says."""

import re
from collections.abc import Sequence
from typing import Protocol

import msgspec

from agent.retrieve import Prepared, Ranked, promises
from agent.sentences import Piece
from agent.words import Concept
from core.knowledge.structs import Found
from core.messages.structs import Source

SENTENCES_MAX = 3
LIST_MAX = 10
QUOTE_MAX = 1500
HOW = re.compile(
    r"\bhow (?:do|does|can|to|should|could|would)\b|\bwhat (?:do|should|can|must) i\b|\bwhat now\b|\bsteps?\b", re.IGNORECASE
)
DISTINCT = 0.75
"""A point of a list is quoted without the others when few come within this share of its score."""
PROMISE = 0.32
DANGLING = re.compile(r"\?$|^(?:See|Read|More) ")
"""No good last sentence: it asks something itself, or points elsewhere."""


class Draft(msgspec.Struct, frozen=True):
    """An answer with the articles it quotes, and the passages that the quotes are from."""

    content: str
    sources: list[Source]
    passage_ids: frozenset[int]


class Drafter(Protocol):
    """Turns ranked passages into an answer, or None where it finds none. `model` names it in receipts."""

    model: str

    async def draft(self, question: str, found: Sequence[Concept], ranked: Sequence[Ranked]) -> Draft | None: ...


class Extractive:
    """Quotes the best passage word for word. Needs no language model and invents nothing."""

    model = "extractive"

    async def draft(self, question: str, found: Sequence[Concept], ranked: Sequence[Ranked]) -> Draft | None:
        best = next((one.prepared for one in ranked if one.prepared.passage.audience == "public"), None)
        if best is None or not best.pieces:
            return None
        passage = best.passage
        quote = together(pick(question, found, best))
        source = Source(number=1, title=passage.title, slug=passage.slug if passage.kind == "article" else "", quote=quote)
        return Draft(f"{_from(passage)}:\n\n{quote} [1]", [source], frozenset({passage.id}))


def _from(passage: Found) -> str:
    """Where it says so. A snippet has no page, so the customer is not told of one."""
    if passage.kind == "snippet":
        return "From our team"
    return f"From our help center (**{passage.title}**" + (f", {passage.heading})" if passage.heading else ")")


def pick(question: str, found: Sequence[Concept], one: Prepared) -> list[Piece]:
    """The pieces of a passage that answer best: up to three sentences, or a list with what leads into it."""
    scores = _scores(question, found, one)
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    steps = [place for place, piece in enumerate(one.pieces) if piece.kind == "step"]
    if steps and (one.pieces[best].kind == "step" or HOW.search(question)):
        return _list(one.pieces, steps[0])
    if one.pieces[best].kind in {"bullet", "step", "lead"}:
        return _points(one.pieces, scores, best)
    return _window(question, one.pieces, scores, best)


def _scores(question: str, found: Sequence[Concept], one: Prepared) -> list[float]:
    wanted = promises(question)
    scores = []
    for piece, stems in zip(one.pieces, one.stems, strict=True):
        score = sum(concept.weight * concept.in_words(stems) for concept in found)
        if any(answer.search(piece.text) for answer in wanted):
            score += PROMISE
        scores.append(score)
    return scores


def _list(pieces: Sequence[Piece], place: int) -> list[Piece]:
    """The whole list that `place` belongs to."""
    block = pieces[place].block
    return [piece for piece in pieces if piece.block == block][: LIST_MAX + 1]


def _points(pieces: Sequence[Piece], scores: Sequence[float], best: int) -> list[Piece]:
    """The points that say it, if few do; else the list as a whole."""
    if pieces[best].kind == "lead":
        return _list(pieces, best)
    near = [
        place
        for place, piece in enumerate(pieces)
        if piece.kind == "bullet" and piece.block == pieces[best].block and scores[place] >= DISTINCT * scores[best]
    ]
    if len(near) > SENTENCES_MAX or scores[best] <= 0:
        return _list(pieces, best)
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
