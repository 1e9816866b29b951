"""A passage as a reader sees it, cut into the pieces that an answer may quote. Nothing here makes up a word.

`readable` takes out what must not be shown (images, links that lead nowhere outside the help center); every piece
is a substring of what it leaves.
"""

import re
from typing import Literal

import msgspec

IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)")
LINK = re.compile(r"\[([^\[\]]*)\]\((?!https?://|mailto:)[^()]*(?:\([^()]*\)[^()]*)?\)")
TAG = re.compile(r"<[^<>\n]*>")
STEP = re.compile(r"\d{1,2}[.)]\s+\S")
BULLET = re.compile(r"[-*+•]\s+\S")
CONTINUED = re.compile(r"^\s+\S")
END = re.compile(r"(?<=[.!?:…])[*_\"”’)]*\s+(?=[\"“‘*_(\[]*[A-ZÄÖÜÅÉ0-9€$£])")
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|approx|incl|excl|max|min|no|nr|vs|etc|Mr|Ms|Mrs|Dr)|\b[A-Z])\.$")
ABBREVIATION_MAX = 8

Kind = Literal["sentence", "lead", "step", "bullet"]


class Piece(msgspec.Struct, frozen=True):
    """A sentence, the sentence that leads into a list, a numbered step, or a point of a list. `block`: its paragraph or list."""

    text: str
    kind: Kind
    block: int


def readable(text: str) -> str:
    """The text without images, tags and links that only work inside the help center; their words stay."""
    text = TAG.sub("", LINK.sub(r"\1", IMAGE.sub(r"\1", text)))
    return "\n".join(line.rstrip() for line in text.splitlines())


def pieces(text: str) -> list[Piece]:
    """The pieces of a readable text, in order; each is a substring of it."""
    found: list[Piece] = []
    block, last = 0, ""
    for line in _joined(text.splitlines()):
        if not line.strip():
            block, last = block + 1, ""
            continue
        kind: Kind = "step" if STEP.match(line) else "bullet" if BULLET.match(line) else "sentence"
        if last and kind != last:
            block += 1
        last = kind
        if kind == "sentence":
            found += [Piece(sentence, "sentence", block) for sentence in _sentences(line)]
        else:
            found.append(Piece(line.strip(), kind, block))
    return _with_leads(found)


def _joined(lines: list[str]) -> list[str]:
    """Lines, with what is indented below a list's point left where it stands: on its own line as a sentence."""
    return [line if not CONTINUED.match(line) else line.strip() for line in lines]


def _sentences(line: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for end in END.finditer(line):
        if ABBREVIATION.search(line, max(start, end.start() - ABBREVIATION_MAX), end.start()):
            continue
        stop = end.end()
        parts.append(line[start:stop].strip())
        start = stop
    return [part for part in [*parts, line[start:].strip()] if part]


def _with_leads(found: list[Piece]) -> list[Piece]:
    """The last sentence before a list leads into it when it ends with a colon; then it belongs to the list."""
    result = list(found)
    for place, piece in enumerate(found[:-1]):
        following = found[place + 1]
        if piece.kind == "sentence" and following.kind in {"step", "bullet"} and piece.text.rstrip("*_").endswith(":"):
            result[place] = Piece(piece.text, "lead", following.block)
    return result
