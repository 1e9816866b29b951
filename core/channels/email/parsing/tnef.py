"""`winmail.dat` (TNEF, MS-OXTNEF), which Outlook wraps around a mail for its own kind: the files in it.

Read here, in a page: the library there is has had no release since 2021, and is under the LGPL. What it cannot read stays as the attachment
that it came as. A body in RTF is only found here, compressed as it is (`lzfu`, `rtf`).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from core.channels.email.parsing import charsets

SIGNATURE = b"\x78\x9f\x3e\x22"
FILES_MAX = 200
PROPERTIES_MAX = 2000
BEGINS, TITLE, DATA, PROPERTIES, BODY, MESSAGE = 0x9002, 0x8010, 0x800F, 0x9005, 0x800C, 0x9003
LONG_NAME, SHORT_NAME, MIME_TYPE, CONTENT_ID, BYTES, PLAIN, HTML, RICH = (
    0x3707,
    0x3704,
    0x370E,
    0x3712,
    0x3701,
    0x1000,
    0x1013,
    0x1009,
)
READ_HERE = frozenset({LONG_NAME, SHORT_NAME, MIME_TYPE, CONTENT_ID, BYTES, PLAIN, HTML, RICH})
SIZES = {
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x000A: 4,
    0x000B: 4,
    0x0001: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
"""Bytes of a property's value by its type, filled up to four."""
COUNTED = {0x000D, 0x001E, 0x001F, 0x0102}
OBJECT, NARROW, WIDE = 0x000D, 0x001E, 0x001F


class File(NamedTuple):
    name: str
    content_type: str
    data: bytes
    content_id: str


class Opened(NamedTuple):
    files: list[File]
    text: str
    html: str
    rich: bytes


def read(data: bytes) -> Opened | None:
    """What is in it; None where it is no TNEF. What is cut off in the middle is read up to there."""
    if not data.startswith(SIGNATURE):
        return None
    files: list[dict[int, bytes | str]] = []
    about: dict[int, bytes | str] = {}
    for number, value in _attributes(data):
        if number == BEGINS:
            if len(files) >= FILES_MAX:
                break
            files.append({})
        elif number == BODY:
            about.setdefault(PLAIN, _text(value))
        elif number == MESSAGE:
            about |= _properties(value)
        elif files and number == TITLE:
            files[-1].setdefault(SHORT_NAME, _text(value))
        elif files and number == DATA:
            files[-1].setdefault(BYTES, value)
        elif files and number == PROPERTIES:
            files[-1] = files[-1] | _properties(value)
    rich = about.get(RICH, b"")
    return Opened(
        [_file(found) for found in files if found.get(BYTES)],
        _said(about, PLAIN), _said(about, HTML), rich if isinstance(rich, bytes) else b"",
    )  # fmt: skip


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each: level (1), number (2), type (2), length (4), bytes, checksum (2)."""
    place = 6
    while place + 9 <= len(data):
        _, number, _, length = struct.unpack_from("<BHHI", data, place)
        place += 9
        if place + length > len(data):
            return
        yield number, data[place : place + length]
        place += length + 2


def _properties(data: bytes) -> dict[int, bytes | str]:
    """Those properties of a MAPI list that are read here. The list ends where it stops to make sense."""
    found: dict[int, bytes | str] = {}
    try:
        count, place = struct.unpack_from("<I", data)[0], 4
        for _ in range(min(count, PROPERTIES_MAX)):
            kind, number = struct.unpack_from("<HH", data, place)
            place = _past_name(data, place + 4, number)
            values, place = _values(data, place, kind)
            if values and number in READ_HERE:
                found[number] = _value(values[0], kind & 0x0FFF)
    except struct.error:
        pass
    return found


def _past_name(data: bytes, place: int, number: int) -> int:
    """Numbers from 0x8000 have a name: a GUID, then a number or a text."""
    if number < 0x8000:
        return place
    (by_text,) = struct.unpack_from("<I", data, place + 16)
    if not by_text:
        return place + 24
    length: int = struct.unpack_from("<I", data, place + 20)[0]
    return place + 24 + length + (-length % 4)


def _values(data: bytes, place: int, kind: int) -> tuple[list[bytes], int]:
    """The values of one property, and where the next begins. A multiple one, or one of a varying length, tells how many first."""
    base, many = kind & 0x0FFF, bool(kind & 0x1000)
    count = 1
    if many or base in COUNTED:
        (count,) = struct.unpack_from("<I", data, place)
        place += 4
    values: list[bytes] = []
    for _ in range(min(count, PROPERTIES_MAX)):
        if base in COUNTED:
            (size,) = struct.unpack_from("<I", data, place)
            place += 4
        elif base in SIZES:
            size = SIZES[base]
        else:
            raise struct.error("an unknown type")
        if place + size > len(data):
            raise struct.error("cut off")
        values.append(data[place : place + size])
        place += size + (-size % 4)
    return values, place


def _value(value: bytes, kind: int) -> bytes | str:
    if kind == WIDE:
        return charsets.clean(value.decode("utf-16-le", errors="replace"))
    if kind == NARROW:
        return _text(value)
    return value[16:] if kind == OBJECT else value  # an object begins with the identifier of its interface


def _text(value: bytes) -> str:
    return charsets.decode(value.rstrip(b"\x00"))[0]


def _said(found: dict[int, bytes | str], number: int) -> str:
    value = found.get(number, "")
    return value if isinstance(value, str) else charsets.decode(value)[0]


def _file(found: dict[int, bytes | str]) -> File:
    data = found[BYTES]
    return File(
        _said(found, LONG_NAME) or _said(found, SHORT_NAME), _said(found, MIME_TYPE).lower(), data if isinstance(data, bytes) else data.encode(),
        _said(found, CONTENT_ID).strip("<>"),
    )  # fmt: skip
