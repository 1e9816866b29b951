"""What a mail is drawn on: its HTML, its text and its subject, with a slot wherever a value is to stand.

All is drawn once. A mail to somebody fills the slots: each value is looked up and escaped once for all places of its kind, and the pieces are joined.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from core.extend.merging import Values
from core.templates import escaping
from core.templates.links import Address, Part
from core.templates.tags import Piece, Tag

Slot = Callable[[Values], str]
OWN = "mail."
"""What the names of fields begin with that only whoever sends a mail knows: where they lead is ours, and tells nobody anything."""
WEB = ("http://", "https://")
NOWHERE = "#"
"""Where a link leads whose address is missing."""


class Tracking(NamedTuple):
    """How a mail tells what becomes of it: `link` gives where a link leads in place of an address of the web; `pixel`: the address of an image."""

    link: Callable[[str], str]
    pixel: str


Led = Callable[[Values, Tracking], str]
"""What a slot says in a mail that tells who follows its links."""


class Sheet:
    """One of the texts of a mail, piece by piece."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self._parts: list[list[str]] = [[]]
        self._tail = "\n\n"
        """What stands last: it begins as if after an empty line."""

    def say(self, words: str) -> None:
        if words:
            self._parts[-1].append(words)
            self._tail = (self._tail + words[-2:])[-2:]

    def put(self, slot: int) -> None:
        self.order.append(slot)
        self._parts.append([])
        self._tail = ""

    def new_line(self) -> None:
        """What comes next begins a line."""
        if not self._tail.endswith("\n"):
            self.say("\n")

    def new_paragraph(self) -> None:
        """What comes next begins a line, with an empty one before it."""
        self.new_line()
        if self._tail != "\n\n":
            self.say("\n")

    def end(self) -> None:
        """The last line ends, and none that is empty follows."""
        self._parts[-1] = ["".join(self._parts[-1]).rstrip("\n"), "\n"]

    def whole(self) -> "Form":
        interleaved = [""] * (len(self._parts) + len(self.order))
        interleaved[::2] = ["".join(part) for part in self._parts]
        return Form(interleaved, tuple(self.order))


class Form:
    """A text with slots, to be filled."""

    __slots__ = ("_chosen", "_pieces")

    def __init__(self, pieces: list[str], order: Sequence[int]) -> None:
        self._pieces = pieces
        self._chosen: Callable[[list[str]], Any] | None = itemgetter(*order, *order[:1]) if order else None

    def letters(self, said: list[str]) -> int:
        """How many there are with what each slot says."""
        chosen = () if self._chosen is None else self._chosen(said)[:-1]
        return sum(map(len, self._pieces)) + sum(map(len, chosen))

    def filled(self, said: list[str]) -> str:
        """With what each slot says. (One more than there are is chosen, so that one alone is a list as well.)"""
        pieces = self._pieces.copy()
        if self._chosen is not None:
            pieces[1::2] = self._chosen(said)[:-1]
        return "".join(pieces)


class _Key(NamedTuple):
    tag: str
    within: str
    fallback: str
    place: str


class Page:
    """The sheets of a mail, and the slots that they share."""

    def __init__(self) -> None:
        self.html, self.text, self.subject, self.preheader = Sheet(), Sheet(), Sheet(), Sheet()
        self.slots: list[Slot] = []
        self.led: dict[int, Led] = {}
        self.names: set[str] = set()
        self._known: dict[_Key, int] = {}
        self._links: dict[tuple[str | _Key, ...], int] = {}

    def words(self, pieces: Sequence[Piece]) -> None:
        """Words that are read, in both."""
        for piece in pieces:
            if isinstance(piece, Tag):
                self.html.put(self._slot(piece, "html"))
                self.text.put(self._slot(piece, "words"))
            else:
                self.html.say(escaping.html(piece))
                self.text.say(piece)

    def seen(self, pieces: Sequence[Piece], sheet: Sheet) -> None:
        """Words in one sheet of HTML alone: a title, or the value of an attribute within its quotes."""
        for piece in pieces:
            if isinstance(piece, Tag):
                sheet.put(self._slot(piece, "html"))
            else:
                sheet.say(escaping.html(piece))

    def plain(self, pieces: Sequence[Piece], sheet: Sheet) -> None:
        """Words in one sheet of text alone."""
        for piece in pieces:
            if isinstance(piece, Tag):
                sheet.put(self._slot(piece, "words"))
            else:
                sheet.say(piece)

    def leads(self, address: Address) -> None:
        """An address within the quotes of an attribute."""
        for part in address:
            if isinstance(part, Part):
                self.html.put(self._slot(part.tag, "html-" + part.where))
            else:
                self.html.say(escaping.html(part))

    def link(self, address: Address) -> None:
        """Where a link leads, within the quotes of its attribute; in a mail that tells who follows it, first to whoever writes that down."""
        if not _is_web(address):
            self.leads(address)
            return
        key = tuple(part if isinstance(part, str) else _key(part.tag, part.where) for part in address)
        if key not in self._links:
            self.names.update(part.tag.field.name for part in address if isinstance(part, Part))
            plain = _whole(address)
            self._links[key] = self.put(
                lambda values: escaping.html(plain(values)), lambda values, by: escaping.html(_led(plain(values), by))
            )
        else:
            self.html.put(self._links[key])

    def put(self, html: Slot, led: Led) -> int:
        """What somebody else makes of values, in HTML: as it is, and where links tell who follows them. Returns its number."""
        number = len(self.slots)
        self.html.put(number)
        self.slots.append(html)
        self.led[number] = led
        return number

    def spelled(self, address: Address) -> None:
        """An address as it is read in the text."""
        for part in address:
            if isinstance(part, Part):
                self.text.put(self._slot(part.tag, part.where))
            else:
                self.text.say(part)

    def drawn(self, name: str, html: Slot, text: Slot, led: Led) -> None:
        """What somebody else makes of a value, in both."""
        self.names.add(name)
        self.put(html, led)
        self.text.put(len(self.slots))
        self.slots.append(text)

    def _slot(self, tag: Tag, place: str) -> int:
        key = _key(tag, place)
        if key not in self._known:
            self.names.add(tag.field.name)
            self._known[key] = len(self.slots)
            self.slots.append(_made(tag, place))
        return self._known[key]


def _key(tag: Tag, place: str) -> _Key:
    return _Key(tag.field.name, tag.key, tag.fallback, place)


def _is_web(address: Address) -> bool:
    first = address[0] if address else ""
    return not first.tag.field.name.startswith(OWN) if isinstance(first, Part) else first[:8].lower().startswith(WEB)


def _whole(address: Address) -> Slot:
    """An address of the web as it is followed, with its tags filled."""
    parts = [part if isinstance(part, str) else _made(part.tag, part.where) for part in address]
    if all(isinstance(part, str) for part in parts):
        written = "".join(part for part in parts if isinstance(part, str))
        return lambda values: written
    return lambda values: "".join(part if isinstance(part, str) else part(values) for part in parts)


def _led(url: str, by: Tracking) -> str:
    return by.link(url) if url[:8].lower().startswith(WEB) else url


def _made(tag: Tag, place: str) -> Slot:
    """How a slot is filled: the value, escaped for its place; where that is nothing, the fallback, which is escaped already."""
    escape = PLACES[place]
    instead = escape(tag.fallback) or (NOWHERE if place.endswith("whole") else "")
    name, within, said = tag.field.name, tag.key, escaping.words

    def of_field(values: Values) -> str:
        value = values.get(name)
        return (escape(said(value)) or instead) if value is not None else instead

    def of_map(values: Values) -> str:
        held: Any = values.get(name)
        value = held.get(within) if isinstance(held, Mapping) else None
        return (escape(said(value)) or instead) if value is not None else instead

    return of_map if within else of_field


def _quoted_address(text: str) -> str:
    return escaping.html(escaping.address(text))


PLACES: dict[str, Callable[[str], str]] = {
    "words": str,
    "html": escaping.html,
    "path": escaping.segment,
    "query": escaping.component,
    "whole": escaping.address,
    "html-path": escaping.segment,
    "html-query": escaping.component,
    "html-whole": _quoted_address,
}
"""What is percent-encoded has no character that HTML would read."""
