"""What the confidence is computed from: sections of articles by one kind of signals, examples of questions by another."""

import pytest

from agent import confidence
from agent.draft import Draft
from agent.retrieve import Near, Ranked, rank
from agent.sections import Prepared
from agent.sentences import pieces
from agent.words import Concept
from core.knowledge.structs import Found
from core.messages.structs import Source

FOUND = [Concept("lost", ((frozenset({"lost"}), 1.0),)), Concept("card", ((frozenset({"card"}), 1.0),))]


def a_passage(number: int, article: int, text: str, title: str = "") -> Prepared:
    stems = [frozenset(piece.text.lower().strip(".?").split()) for piece in pieces(text)]
    named = frozenset(title.lower().split())
    passage = Found(number, article, 1, title, "", text, "public", 1.0, [], f"article-{article}", 1)
    return Prepared(passage, text, pieces(text), stems, frozenset(), named, named.union(*stems))


def signals(near: dict[int, Near], title: str = "") -> dict[str, float]:
    """Of a question about a lost card, with two examples of article 1 and one of article 2."""
    prepared = [
        a_passage(1, 1, "My card is lost", title),
        a_passage(2, 1, "I lost the card", title),
        a_passage(3, 2, "How do I top up", title),
    ]
    ranked: list[Ranked] = rank("lost card", FOUND, prepared, near)
    draft = Draft("My card is lost [1]", [Source(1, title, "article-1", "My card is lost")], frozenset({1}))
    return confidence.signals("lost card", FOUND, ranked, draft)


def nearness(cosines: dict[int, float], middles: tuple[float, float] | None = None) -> dict[int, Near]:
    """Of the three; `middles`: of the two articles, whose examples are 0.8 alike."""
    by_article = None if middles is None else {1: middles[0], 2: middles[0], 3: middles[1]}
    return {one: Near(cosine, by_article and by_article[one], by_article and 0.8) for one, cosine in cosines.items()}


COSINES = {1: 0.9, 2: 0.8, 3: 0.2}
NEAR = nearness(COSINES, (0.88, 0.25))


def test_every_signal_has_its_weight() -> None:
    for found in (signals(NEAR), signals(NEAR, "Cards"), signals({}, "Cards")):
        assert set(found) <= set(confidence.prior(found))
        assert all(-1 <= value <= 1 for value in found.values())


def test_an_example_is_judged_by_what_is_alike() -> None:
    found = signals(NEAR)
    assert found["alike"] == pytest.approx(0.9)
    assert found["alike_middle"] == pytest.approx(0.88)
    assert found["alike_around"] == pytest.approx((0.9 + 0.8 + 0.2) / 3)
    assert found["alike_ahead"] == 1.0
    assert found["alike_share"] == pytest.approx(1.0, abs=1e-4)
    assert found["alike_each_other"] == pytest.approx(0.8)
    assert found["alike_by_words"] == 1.0
    assert "headed" not in found
    assert "alike" not in signals(NEAR, "Cards")
    assert "alike" not in signals({})


def test_the_middle_of_an_articles_examples_decides_more_than_its_nearest_one() -> None:
    cosines = {1: 0.7, 2: 0.4, 3: 0.9}
    ranked = rank(
        "a question", FOUND, [a_passage(1, 1, "One"), a_passage(2, 1, "Two"), a_passage(3, 2, "Three")], nearness(cosines)
    )
    assert ranked[0].prepared.passage.article_id == 2
    near = nearness(cosines, (0.9, 0.6))
    ranked = rank("a question", FOUND, [a_passage(1, 1, "One"), a_passage(2, 1, "Two"), a_passage(3, 2, "Three")], near)
    assert ranked[0].prepared.passage.article_id == 1


def test_where_the_index_knows_no_middle_it_is_less_sure() -> None:
    without = signals(nearness(COSINES))
    assert without["alike_middle"] == pytest.approx(0.85)
    assert without["alike_each_other"] == 1.0
    assert confidence.confidence(without) < confidence.confidence(signals(NEAR))


def test_the_nearer_the_example_and_the_farther_all_others_the_surer() -> None:
    sure = confidence.confidence(signals(NEAR))
    assert sure > confidence.confidence(signals(nearness({1: 0.6, 2: 0.5, 3: 0.2}, (0.6, 0.25))))
    assert sure > confidence.confidence(signals(nearness({1: 0.9, 2: 0.8, 3: 0.85}, (0.88, 0.85))))


def test_the_head_names_what_told_the_meaning() -> None:
    assert confidence.head(signals(NEAR), "a-model") == f"{confidence.VERSION}/a-model"
    assert confidence.head(signals({}, "Cards"), "") == f"{confidence.VERSION}/words"
    assert confidence.head({}, "a-model") == ""
