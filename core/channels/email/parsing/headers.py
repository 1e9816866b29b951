"""The header block of a mail or of one of its parts, as bytes."""

import re
from collections.abc import Callable
from typing import NamedTuple

from core.channels.email.parsing import words
from core.channels.email.parsing.structs import Header, Refused

NAME = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,100}[ \t]{0,20}:")
FOLDED = re.compile(rb"\r?\n[ \t]*|\r")
LINE_MAX = 1000


class Block(NamedTuple):
    """`fields`: names in small letters, and their unfolded values. `body`: where the body begins."""

    fields: list[tuple[str, str, bytes]]
    body: int
    defects: list[str]


def split(raw: bytes, start: int, end: int, *, limit_bytes: int, limit_fields: int) -> Block:
    """Read fields from `start` to the first empty line, or to where the text is no header any more; that is then the body.

    One line that is no field between fields is passed over, as is the first line of a mailbox file (`From ...`).

    Raises:
        Refused: `header_bytes` or `headers`.
    """
    found: list[tuple[bytes, int, int]] = []
    defects: list[str] = []
    place = start
    while place < end:
        if place - start > limit_bytes:
            raise Refused("header_bytes")
        stop = raw.find(b"\n", place, end)
        stop = end if stop < 0 else stop + 1
        first = raw[place]
        if first == 10 or (first == 13 and stop - place == 2) or _is_blank_end(raw, place, stop, end):
            return _block(raw, found, stop, defects)
        if first in b" \t" and found:
            name, began, _ = found[-1]
            found[-1] = (name, began, stop)
        elif match := NAME.match(raw, place, min(stop, place + LINE_MAX)):
            found.append((match.group()[:-1].rstrip(), match.end(), stop))
        elif not _goes_on(raw, place, stop, end, is_first=not found):
            defects.append("header_ends_without_line")
            return _block(raw, found, place, defects)
        elif raw[place : place + 5] not in (b"From ", b">From"):
            defects.append("line_in_header")
        if len(found) > limit_fields:
            raise Refused("headers")
        place = stop
    if end - start > limit_bytes:
        raise Refused("header_bytes")
    return _block(raw, found, end, defects)


def _is_blank_end(raw: bytes, place: int, stop: int, end: int) -> bool:
    """Whether a line of blanks alone ends the header: what follows it is no field."""
    return raw[place] in b" \t" and not raw[place:stop].strip() and _is_over(raw, stop, end)


def _is_over(raw: bytes, place: int, end: int) -> bool:
    return not NAME.match(raw, place, min(end, place + LINE_MAX)) and raw[place : place + 1] not in (b" ", b"\t", b"\n", b"\r")


def _goes_on(raw: bytes, place: int, stop: int, end: int, *, is_first: bool) -> bool:
    """Whether a line that is no field stands within a header: another field follows it at once."""
    if is_first and raw[place] in b" \t":
        return True
    return bool(NAME.match(raw, stop, min(end, stop + LINE_MAX)))


def _block(raw: bytes, found: list[tuple[bytes, int, int]], body: int, defects: list[str]) -> Block:
    fields = []
    for name, began, stop in found:
        shown = name.decode("latin-1")
        fields.append((shown.lower(), shown, FOLDED.sub(b" ", raw[began:stop].strip(b" \t\r\n"))))
    return Block(fields, body, defects)


def first(fields: list[tuple[str, str, bytes]], name: str) -> bytes:
    return next((value for found, _, value in fields if found == name), b"")


def last(fields: list[tuple[str, str, bytes]], name: str) -> bytes:
    return next((value for found, _, value in reversed(fields) if found == name), b"")


def listed(fields: list[tuple[str, str, bytes]], guess: Callable[[bytes], str]) -> tuple[Header, ...]:
    """All fields for people who look at "full headers"."""
    return tuple(Header(shown, words.decode(words.text_of(value, guess)), value.decode("latin-1")) for _, shown, value in fields)


def lenient(data: bytes) -> list[tuple[str, str, bytes]]:
    """The fields at the beginning of a few bytes, as far as they go."""
    return split(data, 0, len(data), limit_bytes=len(data), limit_fields=len(data)).fields
