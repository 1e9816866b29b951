"""Whether a written answer says nothing but what its sources say. Decides by our own reading, never by the model's word.

A sentence must name sources that it was given, hold no number, address or name of a page that they do not hold, and say about what they say:
its words are theirs (weighed by rarity, synonyms counted), it means about what one of their sentences means, it denies nothing that they affirm
and drops no number that they hold to.
"""

import re
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from agent import queries, words
from agent.retrieve import Ranked
from agent.words import Stems
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
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?:\D|$))")
COUNTED = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
COUNTING = re.compile(rf"\b(?:{'|'.join(list(COUNTED)[2:])})\b", re.IGNORECASE)
HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|net|org|io|co|de|uk|eu|app|dev|info|biz|shop|example)"
MAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
ADDRESS = re.compile(rf"(?:https?://|www\.)[^\s)>\]]+|{MAIL}|\b{HOST}\b[^\s)>\]]*", re.IGNORECASE)
DENIES = re.compile(r"\b(?:not|no|never|none|nobody|nothing|without|cannot|neither|nor|unable|\w+n't)\b", re.IGNORECASE)
ACTIVE = re.compile(r"!\[|\]\(|<[a-z/!]|\[[^\]\n]{0,200}\]:", re.IGNORECASE)
"""Markdown's images and links, and HTML: an answer has none."""
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


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text as one writes them in figures: "three" is 3, "1,000" is 1000, "9,90" is 9.90."""
    spelled = COUNTING.sub(lambda found: COUNTED[found.group().lower()], text)
    return frozenset(found.replace(",", ".") for found in NUMBER.findall(GROUPED.sub("", spelled)))


def addresses(text: str) -> frozenset[str]:
    return frozenset(found.rstrip(".,;:!?").lower() for found in ADDRESS.findall(text))


async def check(
    actor: Actor, sentences: Sequence[tuple[str, Sequence[int]]], sources: Sequence[Ranked], means: Means
) -> list[Claim]:
    """Each sentence with what the sources say to it. `sentences`: text and the places (from 0) of the sources that it names."""
    return [await _check(actor, seen(text), tuple(dict.fromkeys(cites)), sources, means) for text, cites in sentences]


async def _check(actor: Actor, text: str, cites: tuple[int, ...], sources: Sequence[Ranked], means: Means) -> Claim:
    cited = [sources[place] for place in cites if 0 <= place < len(sources)]
    if len(cited) < len(cites) or not cited:
        return Claim(text, cites, trouble="it names no source that there is")
    held = "\n".join(f"{one.prepared.passage.title}\n{one.prepared.passage.heading}\n{one.prepared.passage.text}" for one in cited)
    if ACTIVE.search(text):
        return Claim(text, cites, trouble="it holds a link or an image")
    if foreign := addresses(text) - addresses(held):
        return Claim(text, cites, trouble=f"no source has the address {min(foreign)}")
    if foreign := numbers(text) - numbers(held):
        return Claim(text, cites, trouble=f"no source has the number {min(foreign)}")
    return Claim(text, cites, await _support(actor, text, cited, means))


async def _support(actor: Actor, text: str, cited: Sequence[Ranked], means: Means) -> float:
    """0 to 1: by words, and by meaning where something tells what texts mean."""
    found = await words.concepts(actor, text)
    stems = frozenset().union(*(one.prepared.all for one in cited))
    total = sum(concept.weight for concept in found)
    by_words = sum(concept.weight * concept.in_words(stems) for concept in found) / total if total else 0.0
    own = (await queries.stems(actor, [text]))[0]
    nearest = _nearest(own, cited)
    support = by_words
    meant = await means(text)
    if meant is not None:
        compared = [await means(nearest), await means(cited[0].prepared.text)]
        cosine = max((_cosine(meant, other) for other in compared if other is not None), default=0.0)
        support = (by_words + min(max((cosine - UNRELATED) / (SAME - UNRELATED), 0.0), 1.0)) / 2
    if bool(DENIES.search(text)) != bool(DENIES.search(nearest)):
        support *= DENIAL
    held = numbers(nearest)
    return support * (BARE if held and held.isdisjoint(numbers(text)) else 1.0)


def _nearest(own: Stems, cited: Sequence[Ranked]) -> str:
    """The sentence of the sources that shares most words."""
    pieces = [
        (len(own & stems) / (len(own | stems) or 1), piece.text)
        for one in cited
        for piece, stems in zip(one.prepared.pieces[:PIECES_MAX], one.prepared.stems, strict=False)
    ]
    return max(pieces, default=(0.0, cited[0].prepared.text))[1]


def _cosine(one: Meaning, other: Meaning) -> float:
    """Embeddings come with length 1, or nearly."""
    dot = sum(a * b for a, b in zip(one.vector, other.vector, strict=True))
    length = (sum(a * a for a in one.vector) * sum(b * b for b in other.vector)) ** 0.5
    return dot / length if length else 0.0
