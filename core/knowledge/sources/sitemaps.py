"""Sitemaps: addresses of pages, or of further sitemaps. XML without document types, so that nothing in it expands."""

import zlib
from contextlib import suppress
from xml.parsers import expat

import msgspec

SIZE_MAX = 16 * 1024 * 1024
ADDRESSES_MAX = 5000
ADDRESS_MAX = 2000
NESTED_MAX, PIECES_MAX = 10, 50


class Sitemap(msgspec.Struct):
    """`pages` and further `sitemaps`, as they are written."""

    pages: list[str] = []
    sitemaps: list[str] = []


class _Enough(Exception):
    """More is not read."""


def parse(data: bytes) -> Sitemap | None:
    """What a sitemap names, the first thousands of it; None: it is none. One that breaks off is read so far. Plain or gzip, or lines of addresses."""
    if data[:2] == b"\x1f\x8b":
        try:
            data = zlib.decompressobj(31).decompress(data, SIZE_MAX)
        except zlib.error:
            return None
    if data.lstrip()[:8].lower().startswith((b"http://", b"https://")):
        return Sitemap(pages=[line.strip() for line in data.decode(errors="replace").splitlines()[:ADDRESSES_MAX] if line.strip()])
    return _xml(data)


def _xml(data: bytes) -> Sitemap | None:
    reader = _Reader()
    with suppress(_Enough, expat.ExpatError):
        try:
            reader.read(data)
        except (LookupError, ValueError):  # an encoding that the parser does not know: addresses are ASCII in all that websites use
            reader = _Reader()
            reader.read(data, "iso-8859-1")
    return reader.found if reader.found.pages or reader.found.sitemaps else None


class _Reader:
    def __init__(self) -> None:
        self.found = Sitemap()
        self._path: list[str] = []
        self._text: list[str] = []

    def read(self, data: bytes, encoding: str | None = None) -> None:
        parser = expat.ParserCreate(encoding)  # without namespaces: a long one would be copied for each element
        parser.StartElementHandler = self._begin
        parser.CharacterDataHandler = self._characters
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.Parse(data, True)

    def _begin(self, name: str, _attributes: object) -> None:
        if len(self._path) > NESTED_MAX:
            raise _Enough
        self._path.append(name.rpartition(":")[2])
        self._text.clear()

    def _characters(self, piece: str) -> None:
        if self._path[-1:] == ["loc"] and len(self._text) < PIECES_MAX:
            self._text.append(piece[:ADDRESS_MAX])

    def _end(self, _name: str) -> None:
        address, place = "".join(self._text).strip(), self._path[-2:]
        if address and place == ["url", "loc"]:
            self.found.pages.append(address)
        elif address and place == ["sitemap", "loc"]:
            self.found.sitemaps.append(address)
        self._path.pop()
        self._text.clear()
        if len(self.found.pages) + len(self.found.sitemaps) >= ADDRESSES_MAX:
            raise _Enough

    def _refuse(self, *_said: object) -> None:
        raise _Enough
