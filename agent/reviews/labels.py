"""Whether a reviewed draft counts as right: approved, or edited so lightly that it says the same."""

import re

import msgspec

from agent import marks
from agent.llm import facts
from agent.reviews.structs import ReviewInput

WORD = re.compile(r"\w+(?:['’]\w+)?", re.UNICODE)
LIGHT = 0.15
"""Up to such a share of a draft's words may be others, or gone, or new."""
WORDS_MAX = 1000
"""Longer texts are no light edits of a quote, whatever they say."""


def label(draft: str, review: ReviewInput) -> float:
    """1 or 0: what the confidence learns from a review."""
    if review.verdict == "edit":
        return float(is_light(draft, review.content))
    return float(review.verdict == "approve")


def is_light(draft: str, edited: str) -> bool:
    """Few words differ, and neither a number, what it counts or bounds, nor a denial does. Marks of sources are no words."""
    draft, edited = marks.without(draft), marks.without(edited)
    before, after = WORD.findall(draft.lower()), WORD.findall(edited.lower())
    if max(len(before), len(after)) > WORDS_MAX or not before:
        return draft == edited
    if _told(draft) != _told(edited):
        return False
    return distance(before, after) <= LIGHT * len(before)


def _told(text: str) -> tuple[list[tuple[object, ...]], list[str]]:
    """What a light edit leaves alone."""
    read = facts.plain(text)
    return sorted(msgspec.structs.astuple(one) for one in facts.measures(read)), sorted(map(str.lower, facts.DENIES.findall(read)))


def distance(before: list[str], after: list[str]) -> int:
    """How many words must be changed, added or taken out to make one of the other (Levenshtein)."""
    last = list(range(len(after) + 1))
    for row, word in enumerate(before, 1):
        now = [row]
        for column, other in enumerate(after, 1):
            now.append(min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (word != other)))
        last = now
    return last[-1]
