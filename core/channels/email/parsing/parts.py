"""The tree of a mail's parts: places in its bytes, nothing copied.

One pass from delimiter to delimiter with all boundaries that are open, whatever the depth: time grows with the bytes, not with bytes times depth.
The standard library's parser was measured beside it (see the folder's README): it calls itself for each level, compares each line with each
open boundary, and its modern policy raises for header fields of real mails.
"""

import re
from typing import Self

from core.channels.email.parsing import headers, parameters, words
from core.channels.email.parsing.structs import Limits, Refused

BOUNDARY_MAX = 500
PIECE = 4096
HEADERS_TOTAL = 8
"""Header fields of all parts together may have so many times what those of one may have."""
DIGEST = "multipart/digest"


class Part:
    """`start`, `end`: its body. `below`: its parts, of a multipart."""

    __slots__ = ("below", "boundary", "disposition", "end", "fields", "media", "name", "parameters", "start")

    def __init__(self, fields: list[tuple[str, str, bytes]], start: int, end: int, default: str) -> None:
        content = parameters.content_type(_said(fields, "content-type"), default)
        disposition = parameters.read(_said(fields, "content-disposition"))
        self.fields = fields
        self.media = content.value
        self.parameters = content.parameters
        self.disposition = disposition.value
        self.name = parameters.file_name(disposition, content)
        self.start = start
        self.end = end
        self.below: list[Self] = []
        given = content.parameters.get("boundary", "").rstrip()
        self.boundary = (
            given.encode("utf-8", "surrogateescape") if self.media.startswith("multipart/") and len(given) <= BOUNDARY_MAX else b""
        )

    @property
    def encoding(self) -> str:
        return _said(self.fields, "content-transfer-encoding").partition(";")[0].strip(" \t\"'.").lower()

    @property
    def content_id(self) -> str:
        return "".join(_said(self.fields, "content-id").split()).strip("<>")


def _said(fields: list[tuple[str, str, bytes]], name: str) -> str:
    """Of a field given twice the last counts, as to most programs that show mails."""
    return words.text_of(headers.last(fields, name))


class _Reading:
    def __init__(self, raw: bytes, limits: Limits) -> None:
        self.raw = raw
        self.limits = limits
        self.count = 0
        self.header_bytes = 0
        self.defects: list[str] = []

    def part(self, start: int, end: int, default: str = "text/plain") -> Part:
        self.count += 1
        if self.count > self.limits.parts:
            raise Refused("parts")
        block = headers.split(self.raw, start, end, limit_bytes=self.limits.header_bytes, limit_fields=self.limits.headers)
        self.header_bytes += block.body - start
        if self.header_bytes > HEADERS_TOTAL * self.limits.header_bytes:
            raise Refused("header_bytes")
        self.defects += block.defects
        return Part(block.fields, block.body, end, default)

    def tree(self, root: Part) -> None:
        """Find all parts below `root`."""
        opened = [root] if root.boundary else []
        current: Part | None = root
        place = root.start
        while opened:
            match = _delimiter(opened).search(self.raw, max(place - 1, 0))
            stop = match.start() if match else len(self.raw)
            if self.raw[stop - 1 : stop] == b"\r":
                stop -= 1
            if current is not None and not current.below:
                current.end = max(self._without_glued(current, stop, opened, match), current.start)
            if match is None:
                break
            _close_down_to(opened, match.group(1))
            place = _next_line(self.raw, match.end())
            if match.group(2):
                opened.pop()
                current = None
                continue
            current = self._begin(opened, place)
            place = current.start
            if current.boundary:
                opened.append(current)
                if len(opened) > self.limits.depth:
                    raise Refused("depth")
        if opened:
            self.defects.append("not_closed")

    def _without_glued(self, part: Part, stop: int, opened: list[Part], match: re.Match[bytes] | None) -> int:
        """Where the text of a part ends that nobody closed: before a closing delimiter at its very end that has no line of its own."""
        end = _bare_end(self.raw, part.start, stop)
        for parent in reversed(opened):
            if match is not None and parent.boundary == match.group(1):
                break
            mark = b"--" + parent.boundary + b"--"
            if self.raw.endswith(mark, part.start, end):
                return end - len(mark)
        return stop

    def _begin(self, opened: list[Part], place: int) -> Part:
        """A part's header ends before the next delimiter at the latest; it is looked for no farther than a header may be long."""
        far = min(place + self.limits.header_bytes + BOUNDARY_MAX + 2, len(self.raw))
        match = _delimiter(opened).search(self.raw, place - 1, far)
        is_cut = match is None or (match.end() == far < len(self.raw))
        end = far if match is None or is_cut else match.start() + 1
        parent = opened[-1]
        part = self.part(place, max(end, place), "message/rfc822" if parent.media == DIGEST else "text/plain")
        part.end = len(self.raw)
        parent.below.append(part)
        return part


def _delimiter(opened: list[Part]) -> re.Pattern[bytes]:
    """Longest boundary first, where one begins with another."""
    boundaries = sorted({part.boundary for part in opened}, key=len, reverse=True)
    return re.compile(rb"\n--(" + b"|".join(map(re.escape, boundaries)) + rb")(--)?[ \t]*(?=\r?\n|\Z)")


def _bare_end(raw: bytes, start: int, end: int) -> int:
    """Where the white space before `end` begins."""
    while end > start:
        piece = raw[max(end - PIECE, start) : end]
        kept = piece.rstrip()
        if kept:
            return end - len(piece) + len(kept)
        end -= len(piece)
    return start


def _close_down_to(opened: list[Part], boundary: bytes) -> None:
    """A delimiter of an outer multipart ends those in it."""
    while opened[-1].boundary != boundary:
        opened.pop()


def _next_line(raw: bytes, place: int) -> int:
    found = raw.find(b"\n", place)
    return len(raw) if found < 0 else found + 1


def tree(raw: bytes, limits: Limits) -> tuple[Part, list[str]]:
    """The root with all below it, and defects.

    Raises:
        Refused: there are too many parts, they are too deep, or their headers are too long.
    """
    reading = _Reading(raw, limits)
    root = reading.part(0, len(raw))
    reading.tree(root)
    return root, reading.defects
