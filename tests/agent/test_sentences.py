"""Quotes are quotes: nothing that is said was not written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.draft import QUOTE_MAX, pick, quote, together
from agent.retrieve import rank
from agent.sections import Prepared
from agent.sentences import pieces, readable
from agent.words import Concept
from core.knowledge.structs import Found

WORDS = st.sampled_from(
    [
        "Lamps",
        "are",
        "free",
        "€5.",
        "Why?",
        "**bold**",
        "e.g.",
        "1.",
        "-",
        "[link](slug)",
        "[x](https://a.example)",
        "No.",
        "So:",
        "\n",
        "\n\n",
        "  ",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=400), st.lists(WORDS, max_size=60).map("".join))


def prepared(text: str, audience: str = "public") -> Prepared:
    passage = Found(1, 1, 1, "A title", "A heading", text, audience, 1.0, [], "a-title", 1)
    shown = readable(text)
    parts = pieces(shown)
    stems = [frozenset(part.text.lower().split()) for part in parts]
    return Prepared(
        passage, shown, parts, stems, frozenset({"heading"}), frozenset({"title"}), frozenset({"title", "heading"}).union(*stems)
    )


@given(TEXTS, st.sampled_from(["How much is it?", "How do I start?", "lamps", "When?"]))
def test_every_quoted_piece_stands_in_the_passage_in_order(text: str, question: str) -> None:
    one = prepared(text)
    if not one.pieces:
        return
    found = [Concept("lamps", ((frozenset({"lamps"}), 1.0),))]
    picked = pick(question, found, one)
    assert picked
    place = 0
    for piece in picked:
        place = one.text.index(piece.text, place)
    quote = together(picked)
    for line in quote.splitlines():
        assert all(word in one.text for word in line.split())


@given(TEXTS)
def test_pieces_lose_no_word(text: str) -> None:
    shown = readable(text)
    assert " ".join(piece.text for piece in pieces(shown)).split() == shown.split()


def test_steps_are_quoted_whole_and_in_order() -> None:
    one = prepared("Do this:\n\n1. Open it.\n2. Close it.\n3. Wait.\n\nMore text.")
    found = [Concept("close", ((frozenset({"close"}), 1.0),))]
    assert [piece.text for piece in pick("How do I close it?", found, one)] == [
        "Do this:",
        "1. Open it.",
        "2. Close it.",
        "3. Wait.",
    ]


def test_a_point_of_a_list_is_quoted_with_its_lead_and_the_other_points() -> None:
    one = prepared("Prices are in euros. " * 30 + "\n\nYou can pay with:\n\n- cards: Visa\n- PayPal\n- cash: never")
    found = [Concept("paypal", ((frozenset({"paypal"}), 1.0),))]
    assert [piece.text for piece in pick("Is PayPal possible?", found, one)] == [
        "You can pay with:",
        "- cards: Visa",
        "- PayPal",
        "- cash: never",
    ]


def test_of_a_list_too_long_to_quote_the_points_that_say_it_are_quoted_with_its_lead() -> None:
    one = prepared("You can pay with:\n\n" + "\n".join(f"- method {number} {'x' * 90}" for number in range(20)) + "\n- paypal")
    found = [Concept("paypal", ((frozenset({"paypal"}), 1.0),))]
    assert [piece.text for piece in pick("Is PayPal possible?", found, one)] == ["You can pay with:", "- paypal"]


def test_a_short_passage_is_quoted_whole_but_for_where_it_points() -> None:
    one = prepared("Lamps last 9 hours. Dimmed they last longer.\n\nMore questions? See the guide.")
    found = [Concept("longer", ((frozenset({"longer."}), 1.0),))]
    assert together(pick("Do they last longer?", found, one)) == "Lamps last 9 hours. Dimmed they last longer."


@given(TEXTS, st.sampled_from(["How much is it?", "How do I start?", "lamps", "When?"]))
def test_a_quote_is_bounded_whatever_the_passage_holds(text: str, question: str) -> None:
    one = prepared(text * 8)
    if one.pieces:
        found = [Concept("lamps", ((frozenset({"lamps"}), 1.0),))]
        longest = max(len(piece.text) for piece in one.pieces)
        assert len(together(pick(question, found, one))) <= QUOTE_MAX + longest + 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See [returns](return-policy).", "See returns."),
        ("Go to [us](https://us.example/x).", "Go to [us](https://us.example/x)."),
        ("![spy](https://evil.example/p.png) Hi", "spy Hi"),
        ("[click](javascript:alert)", "click"),
        ("<b>Hi</b>", "Hi"),
    ],
)
def test_images_tags_and_dead_links_are_not_shown(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_an_internal_passage_is_never_drafted_from() -> None:
    found = [Concept("lamps", ((frozenset({"lamps"}), 1.0),))]
    ranked = rank("lamps", found, [prepared("Lamps are secret.", "internal")])
    assert quote("lamps", found, ranked) is None
