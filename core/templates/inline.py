r"""The small markup within texts: `**bold**`, `*italic*`, `[label](https://…)`; a blank line begins a paragraph, `- ` a point of a list.

A backslash before a mark makes it a character. What does not close is a character too. Time is linear in the text.
"""

import re
from typing import Literal, NamedTuple

from core.templates import links
from core.templates.links import Address
from core.templates.tags import OPENING, Scope, Tag

TOKEN = re.compile(r"\\[\\*\[\]{}()-]|\{\{|\*\*|\*|\[|\]\(|\]|\n|[^\\*\[\]\n{]+|.", re.DOTALL)
TARGET = re.compile(r"(?<=\]\()((?:\{\{[^{}\r\n]{1,400}\}\}|[^\s(){}])*)\)")
PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
POINT = "- "
MarkKind = Literal["strong", "em"]
MARKS: dict[str, MarkKind] = {"**": "strong", "*": "em"}


class Mark(NamedTuple):
    """Where bold or italic words begin or end."""

    kind: MarkKind
    opens: bool


class Anchor(NamedTuple):
    """Where a link begins; `address` None: where it ends."""

    address: Address | None


class Break(NamedTuple):
    """A line that ends."""


Token = str | Tag | Mark | Anchor | Break


class Paragraph(NamedTuple):
    """`lines` of a list are its points; of words, all are one."""

    lines: list[list[Token]]
    is_list: bool


def parse(source: str, scope: Scope) -> list[Paragraph]:
    """The paragraphs of a text."""
    found = []
    source = source.replace("\r\n", "\n").replace("\r", "\n") if "\r" in source else source
    at = 0
    for gap in [*PARAGRAPHS.finditer(source), None]:
        end = gap.start() if gap else len(source)
        if source[at:end].strip():
            found.append(_paragraph(source, at, end, scope))
        at = gap.end() if gap else end
    return found


def line(source: str, scope: Scope) -> list[Token]:
    """One line, in which only tags mean anything."""
    return list(scope.cut(source))


def _paragraph(source: str, at: int, end: int, scope: Scope) -> Paragraph:
    lines = source[at:end].split("\n")
    if not all(one.lstrip().startswith(POINT) or not one.strip() for one in lines):
        return Paragraph([_Reading(source, at, end, scope).tokens()], False)
    points = []
    for one in lines:
        if one.strip():
            begins = at + len(one) - len(one.lstrip()) + len(POINT)
            points.append(_Reading(source, begins, at + len(one), scope).tokens())
        at += len(one) + 1
    return Paragraph(points, True)


class _Open(NamedTuple):
    mark: str
    place: int
    """Where in what was read so far it stands."""


class _Reading:
    """One stretch of text, read once from its beginning to its end. What opens is a character until something closes it."""

    def __init__(self, source: str, at: int, end: int, scope: Scope) -> None:
        self.source, self.at, self.end, self.scope = source, at, end, scope
        self.found: list[Token] = []
        self.open: list[_Open] = []
        """At most one of each mark."""

    def tokens(self) -> list[Token]:
        while self.at < self.end:
            token = TOKEN.match(self.source, self.at, self.end)
            if token is None:
                break
            self._take(token.group(), token.end())
        return [token for token in self.found if token != ""]

    def _take(self, said: str, after: int) -> None:
        if said == OPENING:
            tag, self.at = self.scope.tag(self.source[: self.end], self.at)
            if tag is not None:
                self.found.append(tag)
            return
        start, self.at = self.at, after
        if said in MARKS:
            self._mark(said, start)
        elif said == "[":
            self.open = [one for one in self.open if one.mark != "["]  # a link begins at the nearest one
            self.open.append(_Open("[", len(self.found)))
            self.found.append("[")
        elif said == "](":
            self._link()
        elif said == "\n":
            self.found.append(Break())
        else:
            self.found.append(said[1:] if said[0] == "\\" and len(said) == 2 else said)

    def _mark(self, mark: str, start: int) -> None:
        kind = MARKS[mark]
        opened = self._opened(mark)
        if opened is not None and not self.source[start - 1].isspace() and not any(one.mark == "[" for one in self.open[opened:]):
            self.found[self.open[opened].place] = Mark(kind, True)
            self.found.append(Mark(kind, False))
            del self.open[opened:]
            return
        if opened is None and self.at < self.end and not self.source[self.at].isspace():
            self.open.append(_Open(mark, len(self.found)))
        self.found.append(mark)

    def _link(self) -> None:
        opened = self._opened("[")
        target = TARGET.match(self.source, self.at, self.end)
        if opened is None or target is None:
            self.found.append("](")
            return
        address = links.parse(target.group(1), self.scope, self.at)
        self.at = target.end()
        if address is not None:
            self.found[self.open[opened].place] = Anchor(address)
            self.found.append(Anchor(None))
        del self.open[opened:]

    def _opened(self, mark: str) -> int | None:
        return next((index for index, one in enumerate(self.open) if one.mark == mark), None)
