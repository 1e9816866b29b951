"""`Content-Type` and `Content-Disposition`: a value and its parameters, by RFC 2231, RFC 2047 and raw 8-bit bytes, in all their mixtures."""

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from core.channels.email.parsing import charsets, words

PARAMETERS_MAX = 100
SECTIONS_MAX = 200
SECTION = re.compile(r"\A([^*]+)\*(?:([0-9]{1,4})(\*)?)?\Z")
TOKEN = re.compile(r"\A[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}\Z")
DELIMITERS = re.compile(r'[;"\\(]')
ESCAPED = re.compile(r'\\(["\\])')
"""Other backslashes are parts of names: there are programs that send whole paths."""
SLASHES = re.compile(r"[/\\]")
NAME_MAX = 255
TEXT_MAX = 16 * 1024


class Valued(NamedTuple):
    value: str
    parameters: dict[str, str]


def read(text: str) -> Valued:
    """The value in small letters and its parameters, names in small letters; of a parameter given twice the first counts."""
    pieces = _with_missing_semicolon(_pieces(text[:TEXT_MAX]))
    value = pieces[0].strip().lower() if pieces else ""
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[1:]:
        name, equals, given = piece.partition("=")
        name = name.strip().lower()
        if not equals or not name:
            continue
        match = SECTION.match(name)
        if match:
            number = int(match.group(2) or 0)
            extended = match.group(2) is None or match.group(3) is not None
            sections.setdefault(match.group(1), {}).setdefault(number, (_unquoted(given), extended))
        else:
            plain.setdefault(name, words.decode(_unquoted(given)))
    joined = {name: _joined(found) for name, found in sections.items()}
    return Valued(value, plain | {name: text for name, text in joined.items() if text})


def _with_missing_semicolon(pieces: list[str]) -> list[str]:
    """`multipart/mixed boundary=x`: a parameter behind the value alone."""
    value, _, more = pieces[0].strip().partition(" ")
    return [value, more, *pieces[1:]] if "=" in more and "=" not in value else pieces


def _pieces(text: str) -> list[str]:
    """Between semicolons that stand in no quotation and no comment."""
    pieces: list[str] = []
    kept: list[str] = []
    place, quoted = 0, False
    while (match := DELIMITERS.search(text, place)) and len(pieces) < PARAMETERS_MAX + SECTIONS_MAX:
        kept.append(text[place : match.start()])
        place = match.end()
        mark = match.group()
        if mark == "\\" and quoted:
            kept.append(text[match.start() : place + 1])
            place += 1
        elif mark == '"' and (quoted or _may_open(kept)):
            quoted = not quoted
            kept.append(mark)
        elif mark == ";" and not quoted:
            pieces.append("".join(kept))
            kept = []
        elif mark == "(" and not quoted and not _may_open(kept) and (end := text.find(")", place)) >= 0:
            place = end + 1
        else:
            kept.append(mark)
    kept.append(text[place:])
    pieces.append("".join(kept))
    return pieces


def _may_open(kept: list[str]) -> bool:
    return "".join(kept[-2:]).rstrip(" \t").endswith("=")


def _unquoted(given: str) -> str:
    given = given.strip()
    if not given.startswith('"'):
        return given
    inner = given[1:-1] if len(given) > 1 and given.endswith('"') else given[1:]
    return ESCAPED.sub(r"\1", inner)


def _joined(found: dict[int, tuple[str, bool]]) -> str:
    """Sections in their order. The first names the charset (`utf-8'en'...`); those without percent signs are plain."""
    charset, pieces = "", []
    for place, number in enumerate(sorted(found)):
        text, extended = found[number]
        if place == 0 and extended and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        pieces.append(unquote_to_bytes(text) if extended else text.encode())
    text = charsets.decode(b"".join(pieces), charset)[0]
    return words.decode(text) if "=?" in text else words.line(text)


def content_type(text: str, default: str) -> Valued:
    """A type that is none counts as `default`; a bare `text` as `text/plain`."""
    value, parameters = read(text)
    media = value.split(" ", 1)[0].split(",", 1)[0].strip('"')
    if media in ("text", "multipart"):
        media = "text/plain" if media == "text" else "multipart/mixed"
    return Valued(media if TOKEN.match(media) else default, parameters)


def file_name(disposition: Valued, content: Valued) -> str:
    """What the sender calls the file: one name, no path. Empty where he does not."""
    return file_name_of(
        disposition.parameters.get("filename") or content.parameters.get("name") or disposition.parameters.get("name") or ""
    )


def file_name_of(given: str) -> str:
    return SLASHES.split(words.line(given))[-1][-NAME_MAX:].strip()


def media_of(given: str) -> str:
    return given if TOKEN.match(given) else "application/octet-stream"
