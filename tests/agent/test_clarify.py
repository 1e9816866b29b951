"""Asking back: once, with passages by name, and whatever the customer makes of it ends in an answer or with a person."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import clarify, confidence
from agent.structs import AskedBack, Candidate
from agent.turn import read_turn
from core.access import Actor
from core.conversations import actions as conversations
from core.database import system_transaction
from core.knowledge import actions as articles
from core.knowledge import queries as found
from core.knowledge.structs import ArticleChanges
from core.messages.structs import Sent
from tests.agent.scenes import Scene, a_shop, ask, conversation_of, handoff_reason, notes, receipts, said, work
from tests.factories import another_message


def option(title: str, heading: str = "") -> Candidate:
    return Candidate(
        article_id=1, version=1, slug="s", title=title, heading=heading, excerpt="", audience="public", score=1.0, quoted=True
    )


ASKED = AskedBack("How much?", [option("Shipping", "Norway"), option("Shipping", "Sweden"), option("Return policy")])


@pytest.mark.parametrize(
    ("turn", "place"),
    [
        ("1", 0), ("2.", 1), ("#3", 2), ("the second one", 1), ("Option 2", 1), ("no. 3", 2), ("last", 2), ("Norway", 0), ("return policy!", 2),
        ("Shipping Sweden", 1), ("4", None), ("9", None), ("Shipping", None), ("no", None), ("what?", None), ("", None), ("1 or 2", None),
    ],
)  # fmt: skip
def test_a_choice_is_a_number_or_a_name(turn: str, place: int | None) -> None:
    assert clarify.choice(turn, ASKED) == (None if place is None else ASKED.options[place])


@pytest.mark.parametrize("turn", ["0", "none", "None of these.", "no", "Neither!", "something else"])
def test_none_of_them_is_heard(turn: str) -> None:
    assert clarify.is_none(turn)


@given(st.text(max_size=60))
def test_whatever_is_written_is_one_of_them_or_nothing(turn: str) -> None:
    found = clarify.choice(turn, ASKED)
    assert found is None or (found in ASKED.options and not clarify.is_none(turn))


@given(st.text(alphabet="[]*_`<>#\\!(x", max_size=20))
def test_a_title_cannot_bring_markdown_of_its_own(title: str) -> None:
    shown = clarify.name(option(title))
    bare = shown.replace("\\\\", "")
    assert all(bare[place - 1] == "\\" for place, mark in enumerate(bare) if mark in "[]*_`<>#")


OTHERWISE = [("none", "no_knowledge"), ("I mean to the moon, on a sledge", "low_confidence"), ("a human please", "asked_human")]


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is clear, but for what the customer chose."""
    monkeypatch.setattr(confidence, "confidence", lambda found, weights=None: 0.9 if found.get("chosen") else 0.5)


async def asked_back() -> tuple[Scene, Actor, Sent]:
    scene = await a_shop()
    visitor, sent = await ask(scene, "How much is delivery, and how long does it take?")
    assert await work(scene, sent) == "clarified"
    return scene, visitor, sent


@pytest.mark.usefixtures("connected", "unsure")
async def test_it_asks_back_and_answers_what_was_chosen() -> None:
    scene, visitor, sent = await asked_back()
    (question,) = await said(scene, sent)
    lines = [line for line in question.content.splitlines() if line[:2] in {"1.", "2.", "3."}]
    assert len(lines) > 1
    assert question.sources == []
    conversation = await conversation_of(scene, sent)
    assert (conversation.handler, conversation.waiting_since) == ("ai", None)
    number = next(line[0] for line in lines if "Sweden" in line)
    second = await another_message(visitor, sent, number)
    assert await work(scene, second) == "answered"
    assert "€12.90" in (await said(scene, sent))[1].content
    answered, asked = await receipts(scene, sent)
    assert (asked.outcome, asked.reason) == ("clarified", "low_confidence")
    assert answered.question == asked.question


@pytest.mark.usefixtures("connected", "unsure")
@pytest.mark.parametrize(("turn", "reason"), OTHERWISE)
async def test_it_never_asks_twice(turn: str, reason: str) -> None:
    scene, visitor, sent = await asked_back()
    second = await another_message(visitor, sent, turn)
    assert await work(scene, second) == "handed_off"
    assert await handoff_reason(scene, sent) == reason
    assert len(await notes(scene, sent)) == 1


@pytest.mark.usefixtures("connected", "unsure")
async def test_a_number_is_no_choice_once_people_had_the_conversation() -> None:
    scene, visitor, sent = await asked_back()
    await conversations.take_over(scene.admin, sent.conversation.id)
    await conversations.hand_back(scene.admin, sent.conversation.id)
    second = await another_message(visitor, sent, "1")
    assert await work(scene, second) in {"handed_off", "clarified"}
    assert all(receipt.outcome != "answered" for receipt in await receipts(scene, sent))


async def withdraw(scene: Scene) -> None:
    await articles.withdraw(scene.admin, await _shipping(scene))


async def delete(scene: Scene) -> None:
    await articles.delete(scene.admin, await _shipping(scene))


async def make_internal(scene: Scene) -> None:
    article = await found.get(scene.admin, await _shipping(scene))
    await articles.update(scene.admin, article.id, ArticleChanges(version=article.version, audience="internal"))


async def _shipping(scene: Scene) -> int:
    return next(
        one.id for one in (await found.page(scene.admin, None, None, None, None, 20)).items if one.title.startswith("Shipping")
    )


@pytest.mark.usefixtures("connected", "unsure")
@pytest.mark.parametrize("change", [withdraw, delete, make_internal])
async def test_what_was_offered_is_answered_only_while_it_is_public(change: Callable[[Scene], Awaitable[None]]) -> None:
    scene, visitor, sent = await asked_back()
    (question,) = await said(scene, sent)
    number = next(line[0] for line in question.content.splitlines() if "Sweden" in line)
    await change(scene)
    second = await another_message(visitor, sent, number)
    assert await work(scene, second) == "handed_off"
    assert await handoff_reason(scene, sent) == "no_knowledge"
    assert "€12.90" not in (await said(scene, sent))[1].content


@pytest.mark.usefixtures("connected", "unsure")
async def test_where_nothing_is_answered_nothing_is_asked_back_either() -> None:
    scene = await a_shop()
    async with system_transaction("tests set a threshold that nothing meets") as db:
        await db.execute("UPDATE organizations SET ai_threshold = 1 WHERE id = $1", scene.admin.organization_id)
    _, sent = await ask(scene, "How much is delivery, and how long does it take?")
    assert await work(scene, sent) == "handed_off"


@pytest.mark.usefixtures("connected", "unsure")
@pytest.mark.parametrize(
    ("turn", "alone"), [("Norway?", False), ("I mean the small one", False), ("May I return a lamp within 30 days?", True)]
)
async def test_another_question_is_not_mixed_with_the_one_that_was_asked_back_about(turn: str, alone: bool) -> None:
    scene, visitor, sent = await asked_back()
    second = await another_message(visitor, sent, turn)
    found = await read_turn(scene.machine, sent.conversation.id, second.message.seq)
    assert found is not None
    assert (found.context == "") == (alone or found.chosen is not None)
