"""Cutting an article into passages along its headings, for search. Deterministic: the same text gives the same passages."""

import re

import msgspec

PASSAGE_MAX = 1500
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


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
            heading, lines = found.group(2)[:300], []
        else:
            lines.append(line)
    return sections + _pieces(heading, lines)


def visible(text: str) -> str:
    """The text as a reader sees it: no comments, no zero-width or direction-changing characters."""
    return INVISIBLE.sub("", HIDDEN.sub("", text))


def _pieces(heading: str, lines: list[str]) -> list[Section]:
    pieces: list[str] = []
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines).strip()):
        for start in range(0, len(paragraph), PASSAGE_MAX):
            part = paragraph[start : start + PASSAGE_MAX]
            if pieces and len(pieces[-1]) + len(part) + 2 <= PASSAGE_MAX:
                pieces[-1] += "\n\n" + part
            elif part.strip():
                pieces.append(part)
    return [Section(heading, piece) for piece in pieces]
