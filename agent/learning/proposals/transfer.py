"""Carrying over to an article what somebody changed in an answer that quotes it. Pure.

An answer holds the article's words among its own, and perhaps those of another section. Each change is made where the words around it, or those
that it takes the place of, stand in the article. All of them are carried over or none: half a correction would be published as a whole one.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from agent import marks
from core.knowledge.passages import HEADING

WORD = re.compile(r"\S+")
MARKS = str.maketrans("", "", "*_`")
RUN = 3
"""So many words in a row are the article's and no chance; fewer count only where the whole text has no more."""
WORDS_MAX = 1500
"""Of longer texts nothing is carried over: comparing takes time in proportion to the product of their lengths."""


class Word(NamedTuple):
    start: int
    end: int
    key: str


class Change(NamedTuple):
    """Characters from `start` up to `end` of the article are to be `text`."""

    start: int
    end: int
    text: str


def section(body: str, heading: str) -> tuple[int, int]:
    """From where to where the text under this heading stands; what is before the first heading for none, all of it if there is no such heading."""
    start, place = (0 if not heading else None), 0
    for line in body.splitlines(keepends=True):
        found = HEADING.match(line.rstrip("\r\n"))
        if found and start is not None:
            return start, place
        place += len(line)
        if found and start is None and found.group(1).rstrip().rstrip("#").rstrip() == heading:
            start = place
    return (0, len(body)) if start is None else (start, len(body))


@lru_cache(maxsize=200)
def transferred(draft: str, edited: str, text: str) -> str:
    """The article's text with all the changes that made `edited` of `draft`; unchanged where one of them cannot be carried over.

    So it is where less than half of the article's words was left: that is another text, and a person puts it in its place. Up to a second of
    work where texts repeat themselves: not for an event loop.
    """
    draft, edited = marks.without(draft), marks.without(edited)
    old, new, own = _words(draft), _words(edited), _words(text)
    if max(len(old), len(new), len(own)) > WORDS_MAX:
        return text
    places = _places(old, own)
    steps = SequenceMatcher(None, _keys(old), _keys(new), autojunk=False).get_opcodes()
    left = sum(place in places for tag, first, last, _, _ in steps if tag == "equal" for place in range(first, last))
    changes = [
        _change(own, places, first, last, _between(new, edited, start, stop))
        for tag, first, last, start, stop in steps
        if tag != "equal" and not _is_around(places, first, last)
    ]
    if 2 * left < len(places) or None in changes:
        return text
    for start, end, put in sorted(filter(None, changes), reverse=True):
        text = text[:start] + put + text[end:]
    return text


def _words(text: str) -> list[Word]:
    return [Word(found.start(), found.end(), found[0].translate(MARKS)) for found in WORD.finditer(text)]


def _keys(words: Sequence[Word]) -> list[str]:
    return [word.key for word in words]


def _places(old: Sequence[Word], own: Sequence[Word]) -> dict[int, int]:
    """Where each of the draft's words stands in the article, if it comes from there."""
    blocks = SequenceMatcher(None, _keys(old), _keys(own), autojunk=False).get_matching_blocks()
    run = min(RUN, max((size for _, _, size in blocks), default=0))
    return {a + step: b + step for a, b, size in blocks if size >= run for step in range(size)}


def _is_around(places: dict[int, int], first: int, last: int) -> bool:
    """Whether these words of the draft come before all that is the article's: they are ours, and none of its business."""
    begins = min(places, default=first)
    return last < begins or first < last <= begins


def _change(own: Sequence[Word], places: dict[int, int], first: int, last: int, put: tuple[str, str]) -> Change | None:
    """None: it touches words that are not the article's, or stands beside none that are."""
    if first == last:
        return _put_in(own, places, first, put)
    inside = [places[place] for place in range(first, last) if place in places]
    return _put_over(own, inside, put) if len(inside) == last - first else None


def _between(new: Sequence[Word], edited: str, start: int, stop: int) -> tuple[str, str]:
    """What was put in, and the space before it."""
    if start == stop:
        return "", ""
    before = new[start - 1].end if start else 0
    return edited[new[start].start : new[stop - 1].end], edited[before : new[start].start] or " "


def _put_over(own: Sequence[Word], inside: Sequence[int], put: tuple[str, str]) -> Change | None:
    if inside[-1] - inside[0] + 1 != len(inside):
        return None
    start, end = own[inside[0]].start, own[inside[-1]].end
    if not put[0] and inside[0] > 0:
        start = own[inside[0] - 1].end  # the space before it goes too
    return Change(start, end, put[0])


def _put_in(own: Sequence[Word], places: dict[int, int], place: int, put: tuple[str, str]) -> Change | None:
    text, space = put
    if place - 1 in places:
        at = own[places[place - 1]].end
        return Change(at, at, space + text)
    if place in places:
        at = own[places[place]].start
        return Change(at, at, text + " ")
    return None
