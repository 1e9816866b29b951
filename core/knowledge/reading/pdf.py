"""The program that reads a PDF: bytes in at stdin, JSON out at stdout (`isolated.Told`). Run by `isolated`, with bounds.

What a page draws without showing it (render modes 3 and 7, tiny letters, white ones while nothing coloured was painted yet) is taken out of the
page before its text is read. Bookmarks become headings.
"""

import io
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from core.knowledge.reading.characters import clean, one_line
from core.knowledge.reading.contract import TEXT_MAX, TITLE_MAX
from core.knowledge.reading.isolated import Told
from core.knowledge.reading.markdown import without_comments

CPU_S = 45
MEMORY = 1536 * 1024 * 1024
PAGES_MAX = 1500
PARTS_MAX = 200
"""Forms that one page may draw."""
BOOKMARKS_MAX = 1000
TINY_PT = 1.5
UNSHOWN = (3, 7)
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
PAINTS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"INLINE IMAGE"})
FILLS = {b"g": 1, b"rg": 3, b"k": 4, b"sc": 0, b"scn": 0}
HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")


class Failed(Exception):
    """With a code of `isolated.CODES`."""


def bound() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the clock of `isolated` holds everywhere
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read(data: bytes) -> Told:
    """Raises: Failed."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Failed("encrypted")
    if len(reader.pages) > PAGES_MAX:
        raise Failed("too_long")
    bookmarks = _bookmarks(reader)
    pieces, size = list[str](), 0
    for number, page in enumerate(reader.pages):
        text = _with_headings(_page(reader, page), bookmarks.get(number, []))
        size += len(text)
        if size > TEXT_MAX:
            raise Failed("too_long")
        if text:
            pieces.append(text)
    body = without_comments("\n\n".join(pieces)).strip()
    if not body:
        raise Failed("scanned")
    named = reader.metadata.title if reader.metadata else ""
    return Told(title=one_line(str(named or ""))[:TITLE_MAX], body=body)


def _page(reader: Any, page: Any) -> str:
    from pypdf.generic import NameObject

    contents = page.get_contents()
    if contents is None:
        return ""
    state = _State()
    page[NameObject("/Contents")] = _shown(reader, contents, state)
    _forms(reader, page, state)
    text = HYPHEN.sub("", clean(page.extract_text() or ""))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _shown(reader: Any, contents: Any, state: "_State") -> Any:
    from pypdf.generic import ContentStream

    stream = ContentStream(contents, reader)
    stream.operations = [(operands, operator) for operands, operator in stream.operations if state.shows(operands, operator)]
    return stream


def _forms(reader: Any, page: Any, state: "_State") -> None:
    """The same for what the page draws by name, and what that draws in turn."""
    from pypdf.generic import NameObject

    left, seen = [page], set[int]()
    while left and len(seen) < PARTS_MAX:
        resources = left.pop().get("/Resources")
        drawn = resources.get_object().get("/XObject") if resources is not None else None
        drawn = drawn.get_object() if drawn is not None else {}
        for name in list(drawn):
            form = drawn[name]
            if form.get("/Subtype") != "/Form" or id(form) in seen:
                continue
            seen.add(id(form))
            shown = _shown(reader, form, _State(painted=state.painted))
            kept = {key: value for key, value in form.items() if key not in {"/Filter", "/DecodeParms", "/Length"}}
            form.pop("/Filter", None)
            form.pop("/DecodeParms", None)
            shown.update(kept)
            drawn[NameObject(name)] = shown
            left.append(shown)


class _State:
    """What of the graphics state decides whether letters are seen."""

    def __init__(self, *, painted: bool = False) -> None:
        self.painted = painted
        self._mode, self._size, self._scale, self._page, self._white = 0, 12.0, 1.0, 1.0, False
        self._kept: list[tuple[int, float, float, bool]] = []

    def shows(self, operands: Any, operator: bytes) -> bool:
        """Take note of an operation; whether it is to stay."""
        if operator in SHOWS:
            return not self._is_unseen()
        if operator == b"Do":
            self.painted = True
            return self._mode not in UNSHOWN
        self.painted = self.painted or (operator in PAINTS and not self._white)
        self._note([_figure(value) for value in operands] if isinstance(operands, list) else [], operator)
        return True

    def _note(self, values: list[float], operator: bytes) -> None:
        if operator == b"q":
            self._kept.append((self._mode, self._size, self._page, self._white))
        elif operator == b"Q" and self._kept:
            self._mode, self._size, self._page, self._white = self._kept.pop()
        elif operator == b"BT":
            self._scale = 1.0
        elif operator == b"Tr" and values:
            self._mode = int(values[0])
        elif operator == b"Tf" and len(values) > 1:
            self._size = abs(values[1])
        elif operator == b"Tm" and len(values) == 6:
            self._scale = max(map(abs, values[:4]))
        elif operator == b"cm" and len(values) == 6:
            self._page *= max(map(abs, values[:4]))
        elif operator in FILLS:
            self._white = _is_white(values, FILLS[operator])

    def _is_unseen(self) -> bool:
        return self._mode in UNSHOWN or self._size * self._scale * self._page < TINY_PT or (self._white and not self.painted)


def _figure(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _is_white(values: list[float], components: int) -> bool:
    if len(values) == 4 and components in (0, 4):
        return all(value <= 0.02 for value in values)
    return bool(values) and len(values) in (1, 3) and all(value >= 0.98 for value in values)


def _bookmarks(reader: Any) -> dict[int, list[str]]:
    """Titles by the number of the page they lead to; none where they are damaged."""
    found: dict[int, list[str]] = {}
    try:
        for mark in _flat(reader.outline):
            page, title = reader.get_destination_page_number(mark), one_line(str(mark.title or ""))[:TITLE_MAX]
            if page is not None and page >= 0 and title:
                found.setdefault(page, []).append(title)
    except Exception:  # damaged bookmarks raise whatever the parser stumbles over; the text is read without them
        return {}
    return found


def _flat(outline: Any) -> Iterator[Any]:
    left, count = [iter(outline)], 0
    while left and count < BOOKMARKS_MAX:
        for entry in left[-1]:
            if isinstance(entry, list):
                left.append(iter(entry))
                break
            count += 1
            yield entry
        else:
            left.pop()


def _with_headings(text: str, titles: list[str]) -> str:
    """The bookmark's line as a heading, else a heading above the page's text."""
    lines = text.split("\n") if text else []
    above = []
    for title in titles:
        place = next((place for place, line in enumerate(lines) if one_line(line).lower() == title.lower()), None)
        if place is None:
            above.append(f"## {title}\n")
        else:
            lines[place] = f"\n## {title}\n"
    return "\n".join([*above, *lines]).strip() if lines else ""


def main() -> None:
    bound()
    logging.disable()
    try:
        told = read(sys.stdin.buffer.read())
    except Failed as failed:
        told = Told(code=str(failed))
    except MemoryError:
        told = Told(code="too_slow")
    except Exception:  # the end of a process that reads strangers' bytes: whatever they break is told, and ends with it
        told = Told(code="damaged")
    sys.stdout.buffer.write(msgspec.json.encode(told))


if __name__ == "__main__":
    main()
