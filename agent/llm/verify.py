"""Whether a written answer says nothing but what its sources say. Decides by our own reading, never by the model's word.

A sentence must name sources that it was given, hold no number, address or name of a page that they do not hold, and say about what they say:
its words are theirs (weighed by rarity, synonyms counted), it means about what one of their sentences means, it denies nothing that they affirm
and drops no number that they hold to.
"""

import re
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from agent import queries, words
from agent.llm import facts
from agent.retrieve import Ranked
from agent.sections import Prepared
from agent.words import Concept, Stems
from core.access import Actor
from core.extend.knowledge import Meaning

SUPPORTED = 0.6
"""Support from which a sentence may be said."""
UNRELATED, SAME = 0.35, 0.75
"""Cosines of sentences that have nothing to do with each other, and that say the same: what lies between is read as 0 to 1."""
DENIAL = 0.5
"""What is left of the support where one of two sentences denies."""
BARE = 0.5
"""What is left of it where the nearest sentence of the sources holds to a number (a price, a limit) and this one drops it."""
SENTENCE_MAX, WORDS_MAX = 500, words.QUESTION_WORDS_MAX
"""A sentence of more characters or words is read by nobody, and its end by none of our means."""
PART = 0.5
"""The least that sources say of each part of a sentence: a lie is not carried by the truth before it."""
ACTIVE = re.compile(r"!\[|\]\s?[(\[]|<[a-z/!]|\[[^\]]{0,99}\]:|`|^\s*(?:#{1,6}\s|>|\|)|\[\d", re.IGNORECASE)
"""Markdown's images, links, code, headings, quotes and tables, marks of sources that it made itself, and HTML: an answer has none."""
CUT = re.compile(r"[.!?;:] |, | [-–—] | (?:and|but|while|whereas|or|plus|so|which) (?![€$£]?\d)", re.IGNORECASE)
"""Between the parts of a sentence, which is on one line."""
CONDITION = re.compile(r"\b(?:if|unless|only|except|provided|as long as|in case)\b([^,.;:]*)", re.IGNORECASE)
CONDITIONS = re.compile(
    r"\b(?:if|unless|only|except|provided|as long as|in case|when|whenever|once|after|until|as soon as)\b", re.IGNORECASE
)
NAME = re.compile(r"(?<=[^\W\d_] )[^\W\d_a-z][^\W_]+|(?<=, )[A-Z][^\W_]+", re.UNICODE)
LABEL = re.compile(r"^\W*([^:|]{1,60})[:|]")
PARALLEL = 0.5
"""Two sentences with numbers that share this much of the shorter one differ by what their numbers are about."""
SAID_OF_DENIAL = 0.75
"""A claim that says so much of what a source denies, and denies nothing, turns it round."""
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
PIECES_MAX = 40

Means = Callable[[str], Awaitable[Meaning | None]]


class Claim(msgspec.Struct, frozen=True):
    """A sentence of an answer: where it says to have it from, how far that holds (0 to 1), and what is wrong with it (empty: nothing)."""

    text: str
    cites: tuple[int, ...]
    support: float = 0.0
    trouble: str = ""

    @property
    def holds(self) -> bool:
        return not self.trouble and self.support >= SUPPORTED


def seen(text: str) -> str:
    """The text without characters that nobody sees, on one line."""
    return " ".join(UNSEEN.sub("", text).split())


async def check(
    actor: Actor, sentences: Sequence[tuple[str, Sequence[int]]], sources: Sequence[Ranked], means: Means
) -> list[Claim]:
    """Each sentence with what the sources say to it. `sentences`: text and the places (from 0) of the sources that it names."""
    told: dict[str, Meaning | None] = {}

    async def once(text: str) -> Meaning | None:
        if text not in told:
            told[text] = await means(text)
        return told[text]

    return [await _check(actor, seen(text), tuple(dict.fromkeys(cites)), sources, once) for text, cites in sentences]


async def _check(actor: Actor, text: str, cites: tuple[int, ...], sources: Sequence[Ranked], means: Means) -> Claim:
    cited = [sources[place] for place in cites if 0 <= place < len(sources)]
    if len(cited) < len(cites) or not cited:
        return Claim(text, cites, trouble="it names no source that there is")
    if len(text) > SENTENCE_MAX or len(words.WORD.findall(text)) > WORDS_MAX:
        return Claim(text[:SENTENCE_MAX], cites, trouble="it is no short sentence")
    held = [f"{one.prepared.passage.title}\n{one.prepared.passage.heading}\n{one.prepared.passage.text}" for one in cited]
    if ACTIVE.search(text):
        return Claim(text, cites, trouble="it holds a link or an image, or other marks of its own")
    if foreign := facts.addresses(text) - facts.addresses("\n".join(held)):
        return Claim(text, cites, trouble=f"no source has the address {min(foreign)}")
    if foreign := facts.numbers(text) - facts.numbers("\n".join(held)):
        return Claim(text, cites, trouble=f"no source has the number {min(foreign)}")
    said = await _said_by(actor, cited)
    parts = [part for part in CUT.split(text) if part.strip()]
    own, *each = await queries.stems(actor, [text, *parts])
    if wrong := _swapped(list(zip(parts, each, strict=True)), said):
        return Claim(text, cites, trouble=f"its sources count or bound {wrong} otherwise, or say it of something else")
    return Claim(text, cites, await _support(actor, text, own, each, cited, said, means))


class _Piece(msgspec.Struct, frozen=True):
    """A sentence of a source. `about`: its own stems, those above it, and the names of the sentence before where it has none."""

    text: str
    stems: Stems
    about: Stems
    holds: facts.Held


class _Said(msgspec.Struct, frozen=True):
    """What sources say, sentence by sentence. `heads`: titles and headings, each about its whole passage; `names`: stems that tell what a number
    is about."""

    pieces: list[_Piece]
    heads: list[_Piece]
    names: Stems


async def _said_by(actor: Actor, cited: Sequence[Ranked]) -> _Said:
    all_pieces = [
        (one.prepared, piece, stems)
        for one in cited
        for piece, stems in zip(one.prepared.pieces[:PIECES_MAX], one.prepared.stems, strict=False)
    ]
    called = [" ".join([*NAME.findall(piece.text), *LABEL.findall(piece.text)]) for _, piece, _ in all_pieces]
    named = await queries.stems(actor, called)
    counted = [facts.numbers(piece.text) for _, piece, _ in all_pieces]
    names = frozenset(
        stem
        for stem in frozenset[str]().union(*named, *_apart([stems for _, _, stems in all_pieces], counted))
        if not any(mark.isdigit() for mark in stem)
    )
    pieces: list[_Piece] = []
    before: tuple[int, Stems] = (0, frozenset())
    for prepared, piece, stems in all_pieces:
        own = stems & names
        carried = before[1] if not own and before[0] == prepared.passage.id else frozenset()
        before = (prepared.passage.id, own or carried)
        pieces.append(_Piece(piece.text, stems, stems | carried | prepared.heading | prepared.title, facts.held(piece.text)))
    return _Said(pieces, [_head(one.prepared) for one in cited], names)


def _head(prepared: Prepared) -> _Piece:
    text = f"{prepared.passage.title}\n{prepared.passage.heading}"
    return _Piece(text, prepared.title | prepared.heading, prepared.all, facts.held(text))


def _apart(stems: Sequence[Stems], counted: Sequence[frozenset[str]]) -> list[Stems]:
    """The words by which sentences with numbers differ that are alike otherwise ("small" and "large" lamps)."""
    with_numbers = [(own - numbers, numbers) for own, numbers in zip(stems, counted, strict=True) if numbers and own]
    return [
        one ^ other
        for place, (one, numbers) in enumerate(with_numbers)
        for other, others in with_numbers[:place]
        if numbers != others and len(one & other) >= PARALLEL * min(len(one), len(other)) > 0
    ]


def _swapped(parts: Sequence[tuple[str, Stems]], said: _Said) -> str:
    """The first number of a part that no source counts or bounds so, or says of the names that the part does; empty where all are as they say.

    A part without a name is about those of the part before.
    """
    about: Stems = frozenset()
    known = frozenset[str]().union(*(piece.about for piece in said.pieces))
    for text, stems in parts:
        about = (stems & said.names & known) or about
        for measure in facts.measures(text):
            if not any(about <= piece.about and piece.holds.holds(measure) for piece in [*said.pieces, *said.heads]):
                return measure.number
    return ""


async def _support(
    actor: Actor, text: str, own: Stems, parts: Sequence[Stems], cited: Sequence[Ranked], said: _Said, means: Means
) -> float:
    """0 to 1: by words, and by meaning where something tells what texts mean; nothing where a part of it has no source or is turned round."""
    found = await words.concepts(actor, facts.without_addresses(text))
    stems = frozenset().union(*(one.prepared.all for one in cited))
    by_words = _by_words(found, stems)
    least = min(
        (_by_words(within, stems) for part in parts if (within := [one for one in found if one.terms[0][0] <= part])), default=0.0
    )
    if least < PART:
        return min(least, by_words)
    nearest = max(said.pieces, key=lambda piece: len(own & piece.stems) / (len(own | piece.stems) or 1), default=None)
    closest = nearest.text if nearest else cited[0].prepared.text
    support = by_words
    meant = await means(text)
    if meant is not None:
        compared = [await means(closest), await means(cited[0].prepared.text)]
        cosine = max((_cosine(meant, other) for other in compared if other is not None), default=0.0)
        support = (by_words + min(max((cosine - UNRELATED) / (SAME - UNRELATED), 0.0), 1.0)) / 2
    denies = _denies(text)
    if denies != _denies(closest) or (not denies and any(_turned(own, piece) for piece in said.pieces)):
        support *= DENIAL
    if await _drops_condition(actor, text, own, closest):
        support *= BARE
    held = facts.numbers(closest)
    return support * (BARE if held and held.isdisjoint(facts.numbers(text)) else 1.0)


def _by_words(found: Sequence[Concept], stems: Stems) -> float:
    total = sum(concept.weight for concept in found)
    return sum(concept.weight * concept.in_words(stems) for concept in found) / total if total else 0.0


def _denies(text: str) -> bool:
    return facts.DENIES.search(facts.plain(text)) is not None


def _turned(own: Stems, piece: _Piece) -> bool:
    """Whether these words say nearly all of what a source denies."""
    return len(piece.stems) > 1 and len(own & piece.stems) >= SAID_OF_DENIAL * len(piece.stems) and _denies(piece.text)


async def _drops_condition(actor: Actor, text: str, own: Stems, nearest: str) -> bool:
    """Whether the source says "only if …", and the sentence nothing of that."""
    conditions = CONDITION.findall(nearest)
    if not conditions or CONDITIONS.search(text):
        return False
    return not all(not stems or own & stems for stems in await queries.stems(actor, conditions))


def _cosine(one: Meaning, other: Meaning) -> float:
    """Embeddings come with length 1, or nearly."""
    dot = sum(a * b for a, b in zip(one.vector, other.vector, strict=True))
    length = (sum(a * a for a in one.vector) * sum(b * b for b in other.vector)) ** 0.5
    return dot / length if length else 0.0
