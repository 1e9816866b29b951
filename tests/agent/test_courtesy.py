"""Politeness neither helps nor harms a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.courtesy import bare
from tests.agent.scenes import a_shop, ask, receipts, work

QUESTION = "How much is shipping to Norway?"
POLITE = [
    "Hi there! How much is shipping to Norway?",
    "Hello, could you please tell me how much is shipping to Norway? Thanks a lot in advance!",
    "Dear Sir or Madam, I was wondering how much is shipping to Norway? Kind regards, Mia Berg",
    "Good evening, sorry to bother you, quick question: how much is shipping to Norway pls",
    "I'd like to know how much is shipping to Norway. Thank you so much for your help",
    "hope you're well! do you know how much is shipping to Norway? Many thanks",
]


@pytest.mark.parametrize("polite", POLITE)
def test_what_is_left_is_the_question(polite: str) -> None:
    words = bare(polite).lower().strip(" ,.!:?-").split()
    assert [word.strip(",.!:?") for word in words if word.strip(",.!:?")] == ["how", "much", "is", "shipping", "to", "norway"]


@pytest.mark.parametrize("question", [QUESTION, "Is there help for the app?", "Do you sell thank-you cards?", "hi", "please"])
def test_a_question_without_politeness_stays(question: str) -> None:
    assert bare(question).split()[0].lower() == question.split()[0].lower()


@given(st.text(max_size=300))
def test_something_is_always_left(text: str) -> None:
    assert any(letter.isalnum() for letter in bare(text)) == any(letter.isalnum() for letter in text)


@pytest.mark.usefixtures("connected")
async def test_a_polite_question_is_answered_as_surely_as_a_short_one() -> None:
    scene = await a_shop()
    sure = []
    for question in (QUESTION, *POLITE):
        _, sent = await ask(scene, question)
        assert await work(scene, sent) == "answered"
        sure.append((await receipts(scene, sent))[0].confidence)
    assert sure == [pytest.approx(sure[0])] * len(sure)
