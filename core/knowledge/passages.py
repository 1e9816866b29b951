"""Cutting an article into passages along its headings, for search. Deterministic: the same text gives the same passages.

Time is linear in the text's length, whatever it holds.
"""

import re
from collections.abc import Iterator

import msgspec

PASSAGE_MAX = 1500
HEADING_MAX = 300
HEADING = re.compile(r"#{1,6}\s+(.*)$")
BLANK = re.compile(r"\n\s*\n")
INVISIBLE = re.compile(r"[\u200b\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
"""Not the joiners and marks (U+200C to U+200F) that emoji, Persian and Hebrew are written with."""


class Section(msgspec.Struct, frozen=True):
    heading: str
    text: str


def cut(body: str) -> list[Section]:
    """The passages of a Markdown text: one per heading, long ones cut between paragraphs. Hidden text is dropped."""
    sections: list[Section] = []
    heading, lines = "", list[str]()
    for line in visible(body).splitlines():
        if found := HEADING.match(line):
            sections += _pieces(heading, lines)
            heading, lines = found.group(1).rstrip().rstrip("#").rstrip()[:HEADING_MAX], []
        else:
            lines.append(line)
    return sections + _pieces(heading, lines)


def visible(text: str) -> str:
    """The text as a reader sees it: no comments, no zero-width spaces, nothing that turns the direction of reading.

    A comment that is never closed hides the rest, as in a browser: what was meant for colleagues stays with them.
    """
    return "".join(_shown(INVISIBLE.sub("", text)))


def _shown(text: str) -> Iterator[str]:
    start = 0
    while (comment := text.find("<!--", start)) >= 0:
        yield text[start:comment]
        end = text.find("-->", comment + 2)
        if end < 0:
            return
        start = end + 3
    yield text[start:]


def _pieces(heading: str, lines: list[str]) -> list[Section]:
    pieces: list[str] = []
    for paragraph in BLANK.split("\n".join(lines).strip()):
        for start in range(0, len(paragraph), PASSAGE_MAX):
            part = paragraph[start : start + PASSAGE_MAX]
            if pieces and len(pieces[-1]) + len(part) + 2 <= PASSAGE_MAX:
                pieces[-1] += "\n\n" + part
            elif part.strip():
                pieces.append(part)
    return [Section(heading, piece) for piece in pieces]
