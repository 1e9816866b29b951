"""The language that a browser asks for, whatever it sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.languages import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("fr", "fr"),
        ("en;q=0.5, ar;q=0.9", "ar"),
        ("zh-Hant-TW", "zh"),
        ("SV-se", "sv"),
        ("*", ""),
        ("", ""),
        ("*;q=1, es;q=0.1", "es"),
        ("de;q=0", ""),
        ("../../etc/passwd", ""),
        ("de;q=banana, fr;q=0.3", "fr"),
    ],
)
def test_the_language_wanted_most_is_taken(header: str, language: str) -> None:
    assert preferred(header) == language


@given(st.text(max_size=2000))
def test_whatever_is_sent_it_is_two_or_three_small_letters_or_none(header: str) -> None:
    found = preferred(header)
    assert found == "" or (len(found) in {2, 3} and found.isascii() and found.isalpha() and found.islower())
