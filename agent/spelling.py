"""Slips of the keyboard: a word that stands nowhere, read as the one of the help center's words that it nearly is.

Only words of titles, headings and the thesaurus are guessed at, since those are what questions are about. A guess must begin
alike; a short word may lack, repeat or swap one letter, but not hold another one: "stones" are no "stores".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

SHORT = 5
"""Letters of the shortest word that is read as another."""
OTHER_LETTER = 7
"""Letters from which on one may be another letter."""
TWO_SLIPS = 8
WORD_MAX = 24
GUESSED_MAX = 8
"""So many words of a question are guessed at."""

Words = Mapping[str, Collection[str]]
"""Words by their first letter."""


def by_first_letter(words: Iterable[str]) -> Words:
    found = defaultdict[str, set[str]](set)
    for word in words:
        if SHORT - 1 <= len(word) <= WORD_MAX and word.isalpha():
            found[word[0]].add(word)
    return found


def meant(word: str, known: Words) -> str | None:
    """The word that this nearly is, if there is one and no other is as near."""
    if not SHORT <= len(word) <= WORD_MAX or not word.isalpha():
        return None
    allowed = 2 if len(word) >= TWO_SLIPS else 1
    near: dict[int, set[str]] = {}
    for other in known.get(word[0], ()):
        if abs(len(other) - len(word)) <= allowed and (slips := _slips(word, other)) <= allowed:
            near.setdefault(slips, set()).add(other)
    if not near:
        return None
    nearest = near[min(near)]
    return _one(nearest)


def _one(words: Collection[str]) -> str | None:
    """The shortest of them, if the others are its forms ("return", "returns")."""
    shortest = min(words, key=lambda word: (len(word), word))
    return shortest if all(word.startswith(shortest[:-1]) for word in words) else None


def _slips(word: str, other: str) -> int:
    """How many letters lack, are too many, are swapped with the next, or are others (Damerau and Levenshtein)."""
    changed = 1 if len(word) >= OTHER_LETTER else 2
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            best = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (0 if letter == wanted else changed))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == wanted:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        before, last = last, now
    return last[-1]
