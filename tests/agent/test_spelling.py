"""A slip of the keyboard does not cost the answer, and another word is not taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.spelling import by_first_letter, meant

KNOWN = by_first_letter(
    [
        "warranty",
        "return",
        "returns",
        "shipping",
        "cancel",
        "payment",
        "opening",
        "address",
        "stores",
        "trains",
        "lamps",
        "discount",
    ]
)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("waranty", "warranty"),
        ("warrenty", "warranty"),
        ("retrun", "return"),
        ("shiping", "shipping"),
        ("cancle", "cancel"),
        ("paymnet", "payment"),
        ("opning", "opening"),
        ("adress", "address"),
        ("discoutn", "discount"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(written: str, word: str) -> None:
    assert meant(written, KNOWN) == word


@pytest.mark.parametrize("written", ["stones", "trolls", "lime", "sofas", "12345", "", "planet", "wedding", "x" * 500])
def test_another_word_stays_what_it_is(written: str) -> None:
    assert meant(written, KNOWN) is None


def test_what_may_be_two_words_is_neither() -> None:
    assert meant("planst", by_first_letter(["plants", "planes"])) == "plants"
    assert meant("coatr", by_first_letter(["coater", "coator"])) is None


@given(st.text(max_size=40), st.lists(st.text("abc", max_size=12), max_size=20))
def test_a_guess_is_always_a_known_word_that_begins_alike(written: str, words: list[str]) -> None:
    guess = meant(written, by_first_letter(words))
    assert guess is None or (guess in words and guess[0] == written[0])


@given(st.sampled_from(["warranty", "shipping", "discount", "payment"]), st.data())
def test_swapping_two_letters_never_loses_a_long_word(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert meant(swapped, KNOWN) == word
