"""What somebody wrote anew in a mail, and what is only quoted or signed. Nothing is lost: `segments` have every line, in order.

Lines are looked at one by one, so time grows with the text; mails of more than `LINES_MAX` lines are not trimmed.
"""

from typing import Literal

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.channels.email import introductions
from core.channels.email.introductions import is_mobile_signature, is_quoted
from core.markup import bounds

Kind = Literal["text", "quote", "signature"]
LINES_MAX = 10_000
LINE_MAX = 1000
QUOTATIONS_MAX = 50
SIGNATURE_LINES = 25
FENCE = "```"
"""Around code, in which a ruler is code."""
RULER = frozenset("-_=—–*~#")
QUOTING = (
    "div.gmail_quote, blockquote.gmail_quote, div.gmail_extra > blockquote, blockquote[type=cite], div.yahoo_quoted, div.moz-cite-prefix, "
    "div#divRplyFwdMsg, div#appendonsend, div.protonmail_quote, blockquote.protonmail_quote, div.zmail_extra, div.OutlookMessageHeader, "
    "div[name=quote], div#mail-editor-reference-message-container, div#reply-intro, div.tutanota_quote, div#isReplyContent"
)  # fmt: skip
"""Elements in which mail programs put what is answered."""
UNTIL_END = ("divRplyFwdMsg", "appendonsend", "OutlookMessageHeader")
"""These only begin it: what follows beside them belongs to it."""


class Segment(msgspec.Struct, frozen=True):
    kind: Kind
    text: str


class Trimmed(msgspec.Struct, frozen=True, kw_only=True):
    """`visible`: what is shown at once, never empty where the mail is not. `hidden`: all else, in order. `signature`: that part of it which signs.

    `html`: the HTML without what is quoted; None where none was given, or none of it is known to be a quotation.
    """

    visible: str
    hidden: str
    signature: str
    segments: tuple[Segment, ...]
    html: str | None = None


def trim(text: str, html: str | None = None) -> Trimmed:
    """Part a mail's text. Never raises; what cannot be told apart is visible."""
    lines = text.split("\n")
    untouched: list[Kind] = ["text"] * len(lines)
    kinds = _Lines(lines).kinds() if len(lines) <= LINES_MAX else untouched
    if not any(kind == "text" and line.strip() for line, kind in zip(lines, kinds, strict=True)):
        kinds = untouched
    segments = _segments(lines, kinds)
    return Trimmed(
        visible="\n".join(piece.text for piece in segments if piece.kind == "text").strip("\n \t"),
        hidden="\n".join(piece.text for piece in segments if piece.kind != "text"),
        signature="\n".join(piece.text for piece in segments if piece.kind == "signature"),
        segments=segments,
        html=_without_quotation(html) if html is not None else None,
    )


def _segments(lines: list[str], kinds: list[Kind]) -> tuple[Segment, ...]:
    found: list[tuple[Kind, list[str]]] = []
    for line, kind in zip(lines, kinds, strict=True):
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(line)
    return tuple(Segment(kind, "\n".join(gathered)) for kind, gathered in found)


class _Lines:
    """`end`: where the part that may be visible ends; it shrinks as quotations and signatures are found behind it."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line[:LINE_MAX] for line in lines]
        self.found: list[Kind] = ["text"] * len(lines)
        self.end = len(lines)

    def kinds(self) -> list[Kind]:
        self._cut_at_delimiter()
        self._sign_off()
        self._quotations()
        self._trailing()
        return self.found

    def _is_written(self, place: int) -> bool:
        """Whether a line is somebody's own words."""
        return self.found[place] == "text" and bool(self.lines[place].strip()) and not is_quoted(self.lines[place])

    def _has_written(self, start: int, end: int) -> bool:
        return any(self._is_written(place) for place in range(start, end))

    def _hide(self, start: int, end: int, kind: Kind) -> None:
        for place in range(start, end):
            if self.found[place] == "text":
                self.found[place] = kind

    def _cut_at_delimiter(self) -> None:
        """A signature's mark, or a ruler before a header or a short rest: all behind it goes."""
        written, closing = False, 0
        for place, line in enumerate(self.lines):
            if line.startswith(FENCE) and place > closing:
                closing = next(
                    (later for later in range(place + 1, len(self.lines)) if self.lines[later].startswith(FENCE)), closing
                )
            if written and place >= closing and self._is_delimiter(place):
                follows = introductions.length(self.lines, introductions.next_written(self.lines, place + 1))
                self._hide(place, len(self.lines), "quote" if follows else "signature")
                self.end = place
                return
            written = written or self._is_written(place)

    def _is_delimiter(self, place: int) -> bool:
        bare = self.lines[place].strip(" \t")
        bare = bare.strip("*") or bare
        if not bare or len(set(bare)) > 1 or bare[0] not in RULER:
            return False
        if bare in ("--", "—", "---", "–", "__", "___", "=="):
            return True
        if len(bare) < 4 or bare[0] == "#":
            return False
        rest = [line for line in self.lines[place + 1 :][: SIGNATURE_LINES + 50] if line.strip()]
        return (
            len(rest) <= SIGNATURE_LINES or introductions.length(self.lines, introductions.next_written(self.lines, place + 1)) > 0
        )

    def _sign_off(self) -> None:
        """Lines that a device or a program adds; what might be a sentence is one unless it stands alone, below something."""
        for place in range(self.end):
            above = self.lines[place - 1] if place else "text"
            stands_alone = not above.strip() or self.found[place - 1] == "signature"
            if is_mobile_signature(self.lines[place]) and (stands_alone or not introductions.is_perhaps_written(self.lines[place])):
                self.found[place] = "signature"

    def _quotations(self) -> None:
        place, count = 0, 0
        while place < self.end and count < QUOTATIONS_MAX:
            length = introductions.length(self.lines, place) if self.found[place] == "text" else 0
            place = self._quotation(place, length) if length else place + 1
            count += length > 0

    def _quotation(self, place: int, length: int) -> int:
        """What an introduction at `place` brings. Returns where to go on."""
        behind = place + length
        before = self._has_written(0, place)
        following = introductions.next_written(self.lines, behind)
        if following < self.end and is_quoted(self.lines[following]):
            stop = self._end_of_quotation(following)
            if self._has_written(stop, self.end) and not self._is_cut_off(stop):
                self._hide(place, behind, "quote")
                if not self._has_quotation(stop):
                    self._hide(behind, stop, "quote")  # one quotation above one answer; several between answers stay with them
                return stop
            if before:
                self._hide(place, self.end, "quote")
                self.end = place
            return self.end
        if before:
            self._hide(place, self.end, "quote")
            self.end = place
            return self.end
        if following < self.end:
            self._hide(place, behind, "quote")
        return behind

    def _is_cut_off(self, place: int) -> bool:
        """Whether what is written behind a quotation is only the next one's introduction."""
        return introductions.length(self.lines, introductions.next_written(self.lines, place)) > 0

    def _has_quotation(self, start: int) -> bool:
        """Whether somebody wrote between this quotation and another."""
        place, written = start, False
        while place < self.end:
            if is_quoted(self.lines[place]) and written:
                return self._has_written(place, self.end)
            written = written or self._is_written(place)
            place += 1
        return False

    def _end_of_quotation(self, place: int) -> int:
        while place < self.end and (not self.lines[place].strip() or is_quoted(self.lines[place])):
            place += 1
        return place

    def _trailing(self) -> None:
        """Quoted lines under everything that is written."""
        place = self.end
        while place > 0 and (self.found[place - 1] != "text" or not self._is_written(place - 1)):
            place -= 1
        if place > 0:
            for quoted in range(place, self.end):
                if self.found[quoted] == "text" and self.lines[quoted].strip():
                    self.found[quoted] = "quote"


def _without_quotation(html: str) -> str | None:
    """The page without elements in which mail programs put what is answered; None where there are none, or nothing else."""
    if not bounds.is_ordinary(html):
        return None
    tree = LexborHTMLParser(html)
    body = tree.body
    if body is None:
        return None
    found = 0
    while found < QUOTATIONS_MAX and (node := body.css_first(QUOTING)) is not None:  # outermost first: what is in it goes with it
        if node.attributes.get("id") in UNTIL_END or node.attributes.get("class") in UNTIL_END:
            _drop_what_follows(node)
        node.decompose()
        found += 1
    return body.inner_html if found and body.text(deep=True).strip() else None


def _drop_what_follows(node: LexborNode) -> None:
    while (following := node.next) is not None:
        following.decompose()
