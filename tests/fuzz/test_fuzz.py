"""What the fuzzer begins with and what it once found keeps every promise; the fuzzer itself is run by hand."""

import pytest

from tests.fuzz import seeds
from tests.fuzz.parsers import PARSERS
from tests.fuzz.seeds import BOUNCE, NOTIFICATION

FOUND: dict[str, tuple[bytes, ...]] = {
    # what a report says could not be kept, for a NUL or half a letter in it
    "bounces": (BOUNCE.replace(b"<m@shop.example>", b"<m@shop\x00.example>"), NOTIFICATION),
    # a link that Python takes for one, and a browser for a page of ours
    "clean": (b'<a href="\x1chttps://a.example/">a</a>', '<a href="\u00a0https://a.example/">a</a>'.encode()),
}
"""Inputs that broke a promise once."""


@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_keeps_its_promises(name: str) -> None:
    parser = PARSERS[name]
    begins = [*seeds.of(name), *FOUND.get(name, ())]
    assert begins
    for content in begins:
        parser(content)
