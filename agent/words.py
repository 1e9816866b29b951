"""What a question is about: its words as concepts, each with what help centers may call it, and how much it weighs.

Stems come from PostgreSQL, so that a question and the search mean the same by "the same word". The thesaurus and the
stems of its terms are read once per process.
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

import msgspec

from agent import queries, spelling
from agent.replay.overlay import Overlay
from core.access import Actor
from core.knowledge import search as knowledge
from core.knowledge.search import Weight

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
SHORTENED = re.compile(r"(?<!n)'(?:re|ve|ll|d|m|s)$")
DENIED = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|would|could|should|might|must|need)n'?t$")
CANNOT = frozenset({"can't", "cant", "couldnt"})
WILL_NOT = frozenset({"won't", "wont"})
GAP = 3
QUESTION_WORDS_MAX = 80
OTHER_WORD = 0.8
"""How much a word of the thesaurus counts where the customer's own would count 1."""
TALK = 0.25
"""How much a word of talk, or a number, counts of what its rarity says."""
CONTEXT = 0.4
"""What a word of the question before counts."""
UNKNOWN = 0.76
"""What a word weighs that no passage holds; the rarest word that one does hold weighs 1. Customers tell details that no article repeats."""
PASSAGES_MIN = 150
"""A small help center says little about which words are rare: it counts as one of this size."""
WEIGHTS_BATCH = 50

Stems = frozenset[str]


class Concept(msgspec.Struct, frozen=True):
    """One thing that a question asks about. `terms`: the stems of each way to say it, with what that way counts."""

    said: str
    terms: tuple[tuple[Stems, float], ...]
    weight: float = 1.0
    known: bool = True
    """Whether any passage of the organization holds one of the terms."""

    def in_words(self, words: Stems) -> float:
        """How well `words` say this: 0 not at all, 1 in the customer's own words."""
        return max((counts for stems, counts in self.terms if stems <= words), default=0.0)


class Term(msgspec.Struct, frozen=True):
    """A term of the thesaurus: `keys` as they are looked for in a question, `stems` as they stand in passages."""

    keys: tuple[str, ...]
    stems: Stems


class Thesaurus(msgspec.Struct, frozen=True):
    """`phrases`: by their first key, the terms of several or one word with what they may also be called."""

    phrases: dict[str, list[tuple[Term, tuple[Term, ...]]]]
    talk: Stems
    words: frozenset[str]
    stems: Stems
    """All words in it, and their stems."""


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, ...], ...]:
    """The file: `("~", …)` for talk, else `(said…, ">", meant…)`."""
    text = resources.files(__package__).joinpath("thesaurus.txt").read_text("utf-8")
    found = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        said, arrow, meant = line.removeprefix("~").partition(">")
        terms = [term.strip() for term in said.split(",")]
        if line.startswith("~"):
            found.append(("~", *terms))
        else:
            found.append((*terms, ">", *(term.strip() for term in (meant if arrow else said).split(","))))
    return tuple(found)


_thesaurus: list[Thesaurus] = []


async def thesaurus(actor: Actor) -> Thesaurus:
    """The thesaurus with the stems of its words; made once per process."""
    if not _thesaurus:
        terms = sorted({term for line in _lines() for term in line if term not in {"~", ">"}})
        words = sorted({word for term in terms for word in term.split()})
        stems = dict(zip(words, await queries.stems(actor, words), strict=True))
        _thesaurus[:] = [_build({term: _term(term.split(), stems) for term in terms}, stems)]
    return _thesaurus[0]


def _term(words: Sequence[str], stems: dict[str, Stems]) -> Term:
    keys = tuple(_key(word, stems[word]) for word in words)
    return Term(keys, frozenset().union(*(stems[word] for word in words)))


def _key(word: str, stems: Stems) -> str:
    """A stop word is its own key, so that "call off" is not "call"."""
    return min(stems, default=word)


def _build(terms: dict[str, Term], stems: dict[str, Stems]) -> Thesaurus:
    phrases: dict[str, list[tuple[Term, tuple[Term, ...]]]] = {}
    talk: set[str] = set()
    for line in _lines():
        if line[0] == "~":
            talk.update(*(terms[term].stems for term in line[1:]))
            continue
        arrow = line.index(">")
        meant = tuple(terms[term] for term in line[arrow + 1 :])
        for term in line[:arrow]:
            phrases.setdefault(terms[term].keys[0], []).append((terms[term], meant))
    return Thesaurus(phrases, frozenset(talk), frozenset(stems), frozenset().union(*stems.values()))


async def concepts(actor: Actor, question: str, context: str = "", overlay: Overlay | None = None) -> list[Concept]:
    """The concepts of a question, weighed by how rare their words are in the organization's passages, or would be with `overlay`.

    `context` is an earlier question that this one leans on; its concepts weigh less, so that what is said now decides.
    """
    book = await thesaurus(actor)
    now, before = await _said(actor, book, question, overlay), await _said(actor, book, context, overlay)
    found = _distinct([*now, *before])
    frequency, total = await _frequencies(actor, found, overlay)
    own = {concept.said for concept in now}
    weighed = [_weighed(concept, frequency, total, book.talk) for concept in found]
    return [one if one.said in own else msgspec.structs.replace(one, weight=one.weight * CONTEXT) for one in weighed]


async def _said(actor: Actor, book: Thesaurus, text: str, overlay: Overlay | None) -> list[Concept]:
    tokens = _tokens(text)
    stems = await queries.stems(actor, tokens)
    if (spelled := await _spelled(actor, book, tokens, stems, overlay)) != tokens:
        tokens, stems = spelled, await queries.stems(actor, spelled)
    return list(_read(book, tokens, stems))


def _tokens(text: str) -> list[str]:
    """The words of a question as articles write them: "doesn't" and "doesnt" are "does not"."""
    tokens: list[str] = []
    for word in WORD.findall(text)[:QUESTION_WORDS_MAX]:
        token = SHORTENED.sub("", word.replace("’", "'").lower())
        if DENIED.match(token):
            tokens += [token.rstrip("t").rstrip("'").removesuffix("n"), "not"]
        elif token in WILL_NOT:
            tokens += ["will", "not"]
        else:
            tokens.append("cannot" if token in CANNOT else token)
    return tokens[:QUESTION_WORDS_MAX]


async def _spelled(
    actor: Actor, book: Thesaurus, tokens: Sequence[str], stems: Sequence[Stems], overlay: Overlay | None
) -> list[str]:
    """The tokens, those that stand nowhere as the word that they nearly are."""
    foreign = {stem for own in stems for stem in own - book.stems}
    if not foreign:
        return list(tokens)
    held = {word.word for word in await _weights(actor, sorted(foreign), overlay) if word.passages}
    unknown = [token for token, own in zip(tokens, stems, strict=True) if own & foreign and not own & held]
    if not any(len(token) >= spelling.SHORT for token in unknown):
        return list(tokens)
    headlines = [*await knowledge.headlines(actor), *(overlay.headlines() if overlay else ())]
    named = WORD.findall("\n".join(headlines).lower())
    known = spelling.by_first_letter({*named, *book.words})
    guessed = {token: spelling.meant(token, known) or token for token in unknown[: spelling.GUESSED_MAX]}
    return [guessed.get(token, token) for token in tokens]


def _read(book: Thesaurus, tokens: Sequence[str], stems: Sequence[Stems]) -> Iterable[Concept]:
    """Longest phrases first; every word that bears meaning belongs to one concept."""
    keys = [_key(token, found) for token, found in zip(tokens, stems, strict=True)]
    taken: set[int] = set()
    phrases = sorted(
        ((places, term, meant) for start, key in enumerate(keys) for term, meant in book.phrases.get(key, ())
         if (places := _places(term.keys, keys, start)) is not None),
        key=lambda found: -len(found[0]),
    )  # fmt: skip
    for places, term, _ in phrases:
        if len(places) < 2 or taken.intersection(places):
            continue
        taken.update(places)
        others = [meant for where, same, meant in phrases if where == places and same.keys == term.keys]
        yield _concept(" ".join(term.keys), term.stems, [other for group in others for other in group])
    for place, (key, own) in enumerate(zip(keys, stems, strict=True)):
        if own and place not in taken:
            others = [meant for where, _, meant in phrases if where == (place,)]
            yield _concept(tokens[place], own, [other for group in others for other in group if other.keys != (key,)])


def _places(wanted: Sequence[str], keys: Sequence[str], start: int) -> tuple[int, ...] | None:
    """Where the words of a phrase stand from `start` on, in order and close together."""
    places = [start]
    for key in wanted[1:]:
        following = range(places[-1] + 1, min(places[-1] + 1 + GAP, len(keys)))
        place = next((place for place in following if keys[place] == key), None)
        if place is None:
            return None
        places.append(place)
    return tuple(places)


def _concept(said: str, own: Stems, others: Iterable[Term]) -> Concept:
    terms = {own: 1.0} if own else {}
    for other in others:
        if other.stems:
            terms.setdefault(other.stems, OTHER_WORD)
    return Concept(said, tuple(terms.items()))


def _distinct(found: Iterable[Concept]) -> list[Concept]:
    kept: dict[Stems, Concept] = {}
    for concept in found:
        if concept.terms:
            kept.setdefault(concept.terms[0][0], concept)
    return list(kept.values())


async def _weights(actor: Actor, words: Sequence[str], overlay: Overlay | None) -> list[Weight]:
    found = await knowledge.weights(actor, " ".join(words))
    return overlay.weights(found) if overlay else found


async def _frequencies(actor: Actor, found: Sequence[Concept], overlay: Overlay | None) -> tuple[dict[str, int], int]:
    """In how many passages each stem stands, and how many passages there are."""
    words = sorted({stem for concept in found for stems, _ in concept.terms for stem in stems})
    frequency: dict[str, int] = {}
    total = 0
    for start in range(0, len(words), WEIGHTS_BATCH):
        for weight in await _weights(actor, words[start : start + WEIGHTS_BATCH], overlay):
            frequency[weight.word], total = weight.passages, weight.total
    return frequency, total


def _weighed(concept: Concept, frequency: dict[str, int], total: int, talk: Stems) -> Concept:
    """A concept weighs what its own word weighs; where no passage holds that, what its rarest other name weighs.

    A common other name ("repair" for "refurbished") counts less than a rare one.
    """
    idf = {stems: _idf(min(frequency.get(stem, 0) for stem in stems), total) for stems, _ in concept.terms}
    known = [stems for stems, _ in concept.terms if idf[stems]]
    own = concept.terms[0][0]
    weight = (idf[own] or max(idf[stems] for stems in known)) if known else UNKNOWN
    terms = tuple((stems, counts * min(1.0, (idf[stems] or weight) / weight)) for stems, counts in concept.terms)
    return msgspec.structs.replace(
        concept, terms=terms, weight=weight * (TALK if own <= talk or concept.said.isdigit() else 1.0), known=bool(known)
    )


def _idf(passages: int, total: int) -> float:
    """How rare a word is, 1 for one that stands in a single passage; 0 where none holds it."""
    total = max(total, PASSAGES_MIN)
    return _rarity(passages, total) / _rarity(1, total) if passages else 0.0


def _rarity(passages: int, total: int) -> float:
    return math.log(1 + (total - passages + 0.5) / (passages + 0.5))


def sentence(found: Iterable[Concept]) -> str:
    """All ways to say the concepts, as words for the search."""
    return " ".join(sorted({stem for concept in found for stems, _ in concept.terms for stem in stems}))
