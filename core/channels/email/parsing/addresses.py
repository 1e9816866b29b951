"""Lists of addresses (RFC 5322) as they are really written: groups, comments, broken quotation marks, names without them.

One pass over the text; nothing is looked at twice. Where a list is broken, an address in angle brackets is still one.
"""

import re

import idna

from core.channels.email.parsing import words
from core.channels.email.parsing.structs import Address

SPECIAL = re.compile(r'=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,1000}\?=|[,;:<>()"\\\[\]]')
"""A mark that means something, or an encoded word, in which none does."""
QUOTE_OR_ESCAPE = re.compile(r'["\\]')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
PARENTHESES = re.compile(r"\\.|[()]", re.DOTALL)
ADDRESS_MAX = 320
NAME_MAX = 500
DOMAIN_MAX = 253
FAR = 2000
"""An address in brackets ends within so many letters."""


class _Reader:
    def __init__(self, text: str, most: int) -> None:
        self._text = text
        self._most = most
        self._open_comment = False
        self.found: list[Address] = []
        self._reset()

    def _reset(self) -> None:
        self._words: list[str] = []
        self._comments: list[str] = []
        self._address: str | None = None

    def read(self) -> bool:
        """Whether all of it was read; False: there are more than so many."""
        text, place = self._text, 0
        while match := SPECIAL.search(text, place):
            self._words.append(text[place : match.start()])
            place = self._special(match.group(), match.end())
            if len(self.found) >= self._most:
                return not text[place:].strip(" ,;\t")
        self._words.append(text[place:])
        self._end()
        return True

    def _special(self, mark: str, place: int) -> int:
        """Where to go on behind a mark that means something."""
        if mark == '"':
            return self._quoted(place)
        if mark == "(":
            return self._comment(place)
        if mark == "<":
            return self._angle(place)
        if mark == ":":
            self._colon()
        elif mark in ",;":
            self._end()
        elif mark == "\\":
            self._words.append(self._text[place : place + 1])
            return place + 1
        elif mark != ">":
            self._words.append(mark)
        return place

    def _quoted(self, place: int) -> int:
        """To the closing mark; where there is none, a quotation mark is nothing."""
        end = self._closing(place)
        if end < 0:
            return place
        kept = ESCAPED.sub(r"\1", self._text[place:end])
        is_local = self._text[end + 1 : end + 2] == "@" and self._address is None
        self._words.append(f'"{kept}"' if is_local else kept)
        return end + 1

    def _closing(self, place: int) -> int:
        while match := QUOTE_OR_ESCAPE.search(self._text, place):
            if match.group() == '"':
                return match.start()
            place = match.end() + 1
        return -1

    def _comment(self, place: int) -> int:
        """To its end; where one has none, parentheses are letters from there on."""
        depth, text, begin = 1, self._text, place
        while depth and not self._open_comment and (match := PARENTHESES.search(text, place)):
            place = match.end()
            depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if depth:
            self._open_comment = True
            self._words.append("(")
            return begin
        self._comments.append(text[begin : place - 1])
        self._words.append(" ")
        return place

    def _angle(self, place: int) -> int:
        text = self._text
        while text[place : place + 1] in ("<", " "):
            place += 1
        end = text.find(">", place, place + FAR)
        inner = text[place:end] if end >= 0 else " ".join(text[place : place + ADDRESS_MAX].split(maxsplit=1)[:1])
        if self._address is not None:
            self._end()
        self._address = _plain(inner[:ADDRESS_MAX])
        return end + 1 if end >= 0 else place + len(inner)

    def _colon(self) -> None:
        """Behind the name of a group; within `a:b@c` or `mailto:` a letter like others."""
        gathered = "".join(self._words[-8:]).strip()
        if gathered.lower() == "mailto":
            self._words = []
        elif "@" in gathered or self._address is not None:
            self._words.append(":")
        else:
            self._reset()

    def _end(self) -> None:
        text = "".join(self._words)
        comments, address = self._comments, self._address
        self._reset()
        if address is None:
            self._bare(text, comments)
            return
        name = words.decode(text) or words.decode(" ".join(comments))
        self._add(name, address)

    def _bare(self, text: str, comments: list[str]) -> None:
        """An address without brackets: what stands beside it is its name."""
        shown = words.line(text)
        if not shown:
            return
        if '"@' in shown:
            self._add(words.decode(" ".join(comments)), _plain(shown))
            return
        pieces = shown.split(" ")
        at = next((place for place, piece in enumerate(pieces) if "@" in piece.strip("@")), -1)
        if at < 0:
            self._add(words.decode(shown), "")
            return
        rest = words.decode(" ".join(pieces[:at] + pieces[at + 1 :]))
        self._add(rest or words.decode(" ".join(comments)), _plain(pieces[at]))

    def _add(self, name: str, address: str) -> None:
        cleaned = name.strip("'\" ") if name[:1] in "'\"" else name
        if cleaned or address:
            self.found.append(Address(cleaned[:NAME_MAX], address))


def _plain(text: str) -> str:
    """Without blanks, comments, a route (`@a,@b:c@d`), `mailto:`; the domain in ASCII."""
    kept = words.decode(text)
    if kept.startswith("@") and ":" in kept:
        kept = kept.rpartition(":")[2]
    if kept[:7].lower() == "mailto:":
        kept = kept[7:].partition("?")[0]
    if not kept.startswith('"'):
        kept = "".join(kept.split())
    local, at, domain = kept.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"[:ADDRESS_MAX] if at else kept[:ADDRESS_MAX]


def ascii_domain(domain: str) -> str:
    """An international domain as `xn--…`; anything that is none stays as it is."""
    if domain.isascii() or len(domain) > DOMAIN_MAX:
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):  # the library leaks the second for some labels
        return domain


def read(text: str, most: int) -> tuple[list[Address], bool]:
    """At most so many addresses of a field, and whether these are all."""
    reader = _Reader(text, most)
    complete = reader.read()
    return reader.found[:most], complete
