"""From a question to ranked passages: the search finds what shares a word, this weighs what it shares."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence

import msgspec

from agent import queries, sections, words
from agent.index import chosen
from agent.replay.overlay import Overlay
from agent.sections import PIECES_MAX, Prepared, heard, promises, said
from agent.sentences import pieces, readable
from agent.words import Concept, Stems
from core.access import Actor
from core.extend.knowledge import Audience, Found, Meaning
from core.knowledge.questions import index

CANDIDATES = 60
CACHED_MAX = 5000
IN_HEADING = 0.5
IN_TITLE = 0.4
IN_ONE_PIECE = 0.4
TITLE_SAID = 0.5
HEADING_SAID = 0.3
PROMISED = 0.25
OPENING = 0.2
COMPANY = 0.15
MEANT = 1.5
MEANT_EXAMPLE = 12.0
"""What it adds to 1 for the share of the question that a passage says: how much of it stands in the heading, in the
title and in one piece; how much of the title and of the heading the question says; whether what was asked for (an amount,
a time …) is there at all; to open the article; what the article's next two passages score; and the cosine of what question
and passage mean, which says more where the passage is an example of a question. From a softmax regression over
`core/demo/questions.jsonl` and `tests/evals/fitting.jsonl`, rounded; `HEADING_SAID`, `COMPANY` and `MEANT` were set by hand on
the same questions, `MEANT_EXAMPLE` on banking77's. What it gains over the search's own rank, on those and on held-out
questions: `tests/evals/README.md`."""
ABOUT = 0.5
"""A passage is about a question when it says this share of it, or is as near to what it means."""
ALIKE = 0.6
"""An example question is like what was asked by its words when each says about so much of the other (the harmonic mean of both shares): one
word in common makes no question another one. Set by hand."""
LED_ARTICLES, LED_PASSAGES = 3, 12
"""So many articles that example questions lead to are looked at beside what else was found, and so many of their passages, the first ones."""
MIDDLE = 0.7
"""Of an example's nearness, so much is that of the middle of all examples of its article, the rest its own."""


class Near(msgspec.Struct, frozen=True):
    """How near what passage and question mean is: `Found.cosine`, `middle` and `alike`."""

    cosine: float
    middle: float | None = None
    alike: float | None = None


NOTHING: Mapping[int, Near] = {}


class Ranked(msgspec.Struct, frozen=True):
    """A passage with its article's score, and `own`: how well it answers among the article's passages (`sections.fit`).

    `near`: None where nothing tells what they mean. Shares of the question's weight: in the passage (`covered`), in one piece
    (`together`), in heading or title (`headed`); `titled` is the share of the title that the question says.
    """

    prepared: Prepared
    score: float
    own: float
    covered: float
    together: float
    headed: float
    titled: float
    near: Near | None = None

    @property
    def meant(self) -> float | None:
        """The cosine of what question and passage mean."""
        return None if self.near is None else self.near.cosine


_prepared: OrderedDict[int, Prepared] = OrderedDict()
"""By passage id: its text never changes, a saved article gets new ones. For whom it is may change, and its article's version with that."""


async def search(
    actor: Actor,
    question: str,
    found: Sequence[Concept],
    audiences: Sequence[Audience],
    meaning: Meaning | None = None,
    language: str = "",
    overlay: Overlay | None = None,
) -> list[Ranked]:
    """The passages of these audiences that say something of the question, or mean about the same, best first.

    With `overlay` those that there would be. Passages in `language` (and in none) come before all others: these are looked at only where none
    of those is about the question.
    """
    ranked = await _search(actor, question, found, audiences, meaning, language, overlay)
    if not language or any(max(one.covered, one.meant or 0.0) >= ABOUT for one in ranked):
        return ranked
    others = await queries.has_other_languages(actor, language) or (overlay is not None and overlay.language not in {"", language})
    return await _search(actor, question, found, audiences, meaning, "", overlay) if others else ranked


async def _search(
    actor: Actor,
    question: str,
    found: Sequence[Concept],
    audiences: Sequence[Audience],
    meaning: Meaning | None,
    language: str,
    overlay: Overlay | None,
) -> list[Ranked]:
    sentence = words.sentence(found)
    most = CANDIDATES + (overlay.gone if overlay else 0)
    hits = await chosen.search(actor, sentence, audiences, most, language=language, meaning=meaning)
    if overlay is not None:
        hits = overlay.hits(hits, sentence, audiences, meaning, language)
    near = {hit.id: Near(hit.cosine, hit.middle, hit.alike) for hit in hits if hit.cosine is not None}
    prepared = await _prepare(actor, hits)
    leading = leads(found, prepared, near)
    more = await _led_to(actor, hits, list(leading)[:LED_ARTICLES], audiences, overlay)
    return rank(question, found, *under(leading, [*prepared, *await _prepare(actor, more)], near))


class Lead(msgspec.Struct, frozen=True):
    """An example question that is like what was asked: its stems, if it is by its words, and how near it is."""

    stems: Stems
    cosine: float


def leads(found: Sequence[Concept], prepared: Sequence[Prepared], near: Mapping[int, Near]) -> dict[int, Lead]:
    """For each article the example question that is most like what was asked, the most alike first; none that has little in common with it."""
    total = sum(concept.weight for concept in found) or 1.0
    each = list[tuple[float, int, Lead]]()
    for one in prepared:
        if one.passage.is_question:
            shared = heard(found, one.all)
            both = sum(concept.weight * concept.in_words(one.all) for concept in shared) / total, said(shared, one.all)
            alike = 2 * both[0] * both[1] / (sum(both) or 1.0)
            cosine = near[one.passage.id].cosine if one.passage.id in near else 0.0
            if alike >= ALIKE or cosine >= ABOUT:
                each.append((alike + cosine, one.passage.article_id, Lead(one.all if alike >= ALIKE else frozenset(), cosine)))
    best: dict[int, Lead] = {}
    for _, article, lead in sorted(each, key=lambda one: (-one[0], one[1])):
        best.setdefault(article, lead)
    return best


def under(
    leading: Mapping[int, Lead], prepared: Sequence[Prepared], near: Mapping[int, Near]
) -> tuple[list[Prepared], dict[int, Near]]:
    """What can be quoted, under the question that leads there: it stands over an article's passages as the title does."""
    quotable, known = list[Prepared](), dict(near)
    for one in (one for one in prepared if not one.passage.is_question):
        lead = leading.get(one.passage.article_id)
        quotable.append(one if lead is None else msgspec.structs.replace(one, led_by=lead.stems))
        if lead is not None and lead.cosine > (known[one.passage.id].cosine if one.passage.id in known else 0.0):
            known[one.passage.id] = Near(lead.cosine)
    return quotable, known


async def _led_to(
    actor: Actor, hits: Sequence[Found], articles: Sequence[int], audiences: Sequence[Audience], overlay: Overlay | None
) -> list[Found]:
    """Of articles that example questions lead to, what was not found by itself."""
    if not articles:
        return []
    there = {hit.id for hit in hits}
    published = [one for one in articles if overlay is None or one != overlay.article_id]
    theirs = await index.led_to(actor, published, audiences, LED_PASSAGES)
    if overlay is not None and overlay.article_id in articles:
        theirs += [one for one in overlay.passages if not one.is_question and one.audience in audiences][:LED_PASSAGES]
    return [one for one in theirs if one.id not in there]


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
    prepared = [msgspec.structs.replace(_prepared[hit.id], passage=hit) for hit in hits]
    while len(_prepared) > CACHED_MAX:
        _prepared.popitem(last=False)
    return prepared


def rank(question: str, found: Sequence[Concept], prepared: Sequence[Prepared], near: Mapping[int, Near] = NOTHING) -> list[Ranked]:
    """Articles by their best passage, and by what the next two add; within the best article by how well each passage fits. `near`: by id."""
    wanted = promises(question)
    total = sum(concept.weight for concept in found)
    ranked = [_score(one, heard(found, one.found_by), total, wanted, near.get(one.passage.id)) for one in prepared]
    of_article: dict[int, list[float]] = {}
    for one in ranked:
        of_article.setdefault(one.prepared.passage.article_id, []).append(one.score)
    worth = {article: _worth(sorted(scores, reverse=True)) for article, scores in of_article.items()}
    best = max(worth, key=lambda article: (worth[article], -article), default=0)
    return sorted(
        (_placed(question, found, one, worth, best) for one in ranked),
        key=lambda one: (-one.score, one.prepared.passage.article_id, -one.own, one.prepared.passage.ordinal),
    )


def _worth(scores: Sequence[float]) -> float:
    return scores[0] + COMPANY * sum(scores[1:3])


def _placed(question: str, found: Sequence[Concept], one: Ranked, worth: Mapping[int, float], best: int) -> Ranked:
    """With its article's score; only in the best article, which is quoted, is it worth the time to ask which passage fits."""
    article = one.prepared.passage.article_id
    own = sections.fit(sections.asked(question, found, one.prepared.called), one.prepared) if article == best else one.score
    return msgspec.structs.replace(one, score=worth[article], own=own)


def _score(one: Prepared, shared: Sequence[Concept], total: float, wanted: Sequence[re.Pattern[str]], near: Near | None) -> Ranked:
    def share(stems: Stems) -> float:
        """How much of the question's weight these words say."""
        return sum(concept.weight * concept.in_words(stems) for concept in shared) / total if total else 0.0

    covered, heading, title = share(one.found_by), share(one.heading), share(one.called)
    together = max((share(stems | one.heading) for stems in one.stems[:PIECES_MAX]), default=0.0)
    titled = said(shared, one.called)
    score = covered + IN_HEADING * heading + IN_TITLE * title + IN_ONE_PIECE * together + TITLE_SAID * titled
    score += HEADING_SAID * said(shared, one.heading) + PROMISED * any(answer.search(one.text) for answer in wanted)
    score += OPENING * (one.passage.ordinal == 1 and not one.is_example)
    if near is not None:
        score += MEANT_EXAMPLE * _among(near) if one.is_example else MEANT * near.cosine
    return Ranked(one, score, 0.0, covered, together, share(one.heading | one.called), titled, near)


def _among(near: Near) -> float:
    """How near an example is, and what it and the others of its article have in common."""
    return near.cosine if near.middle is None else (1 - MIDDLE) * near.cosine + MIDDLE * near.middle
