"""Carrying over to an article what somebody changed in an answer that quotes it. Pure.

An answer holds the article's words among its own. Each change is made where the words around it, or those that it takes the place of, stand in
the article; a change of words that are not the article's is left out.
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
    """The article's text with the changes that made `edited` of `draft`; unchanged where none of them can be carried over.

    Up to a second of work where texts repeat themselves: not for an event loop.
    """
    draft, edited = marks.without(draft), marks.without(edited)
    old, new, own = _words(draft), _words(edited), _words(text)
    if max(len(old), len(new), len(own)) > WORDS_MAX:
        return text
    places = _places(old, own)
    changes = [change for change in _changes(old, new, own, places, edited) if change]
    for start, end, put in sorted(changes, reverse=True):
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


def _changes(
    old: Sequence[Word], new: Sequence[Word], own: Sequence[Word], places: dict[int, int], edited: str
) -> list[Change | None]:
    steps = SequenceMatcher(None, _keys(old), _keys(new), autojunk=False).get_opcodes()
    return [
        _put_in(own, places, first, _between(new, edited, start, stop))
        if first == last
        else _put_over(own, [places[place] for place in range(first, last) if place in places], _between(new, edited, start, stop))
        for tag, first, last, start, stop in steps
        if tag != "equal"
    ]


def _between(new: Sequence[Word], edited: str, start: int, stop: int) -> tuple[str, str]:
    """What was put in, and the space before it."""
    if start == stop:
        return "", ""
    before = new[start - 1].end if start else 0
    return edited[new[start].start : new[stop - 1].end], edited[before : new[start].start] or " "


def _put_over(own: Sequence[Word], inside: Sequence[int], put: tuple[str, str]) -> Change | None:
    if not inside or inside[-1] - inside[0] + 1 != len(inside):
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
