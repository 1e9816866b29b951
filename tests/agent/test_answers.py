"""What the AI agent does with a question, through the whole graph."""

import re

import pytest

from agent.learning.queries import SOURCES
from core.conversations import actions as conversations
from core.database import system_transaction
from tests.agent.scenes import (
    QUESTION,
    SECRET,
    a_shop,
    all_messages,
    ask,
    conversation_of,
    events_of,
    handoff_reason,
    notes,
    receipts,
    said,
    work,
)
from tests.factories import a_reply, an_article, another_message

pytestmark = pytest.mark.usefixtures("connected")


async def test_a_covered_question_is_answered_with_its_source() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    (answer,) = await said(scene, sent)
    assert "Shipping to Norway costs €9.90." in answer.content
    assert answer.content.endswith("[1]")
    assert [(source.number, source.title, source.slug) for source in answer.sources] == [
        (1, "Shipping costs and delivery times", "shipping-costs-and-delivery-times")
    ]
    after = await conversation_of(scene, sent)
    assert (after.handler, after.waiting_since, after.status) == ("ai", None, "open")


async def test_an_answer_has_a_receipt_that_says_why() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    (answer,), (receipt,) = await said(scene, sent), await receipts(scene, sent)
    assert answer.decision_id == receipt.id
    assert (receipt.outcome, receipt.reason, receipt.trigger_seq, receipt.model) == ("answered", "covered", 1, "extractive")
    assert receipt.confidence is not None
    assert receipt.confidence >= receipt.threshold == pytest.approx(0.7)
    assert receipt.question == QUESTION
    assert receipt.passages[0].quoted
    assert receipt.passages[0].heading == "Delivery to Norway"
    assert receipt.signals["headed"] > 0.5
    assert [staff_only for staff_only, _ in await events_of(scene, "agent.decided")] == [True]


async def test_what_nobody_wrote_down_goes_to_a_person_with_a_message() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, "Which lumen output does the garden lantern have?")
    assert await work(scene, sent) == "handed_off"
    (message,) = await said(scene, sent)
    assert "a person from our team" in message.content
    after = await conversation_of(scene, sent)
    assert (after.handler, after.handler_epoch) == ("human", 1)
    assert after.waiting_since == sent.conversation.waiting_since
    assert await handoff_reason(scene, sent) in {"low_confidence", "no_knowledge"}
    (note,) = await notes(scene, sent)
    assert "garden lantern" in note.content
    assert [message.seq for message in await all_messages(scene, sent)] == [1, 2, 3]


async def test_the_threshold_of_the_organization_decides() -> None:
    scene = await a_shop()
    async with system_transaction("a stricter organization") as db:
        await db.execute("UPDATE organizations SET ai_threshold = 0.999 WHERE id = $1", scene.admin.organization_id)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "clarified"
    (receipt,) = await receipts(scene, sent)
    assert (receipt.reason, receipt.threshold) == ("low_confidence", pytest.approx(0.999))
    assert "€9.90" in receipt.draft


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Can I speak to a real person please", "asked_human"),
        ("I am locked out of my account", "account_access"),
        ("Refund my order 1042", "refund"),
        ("You are idiots, I will sue you", "repeated_failure"),
        ("My lamp is smoking!", "low_confidence"),
    ],
)
async def test_a_hard_rule_hands_over_whatever_the_articles_say(text: str, reason: str) -> None:
    scene = await a_shop()
    _, sent = await ask(scene, text)
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == reason
    (receipt,), (message,) = await receipts(scene, sent), await said(scene, sent)
    assert (receipt.reason, receipt.confidence, receipt.passages) == (reason, None, receipt.passages)
    assert receipt.detail
    assert message.sources == []


async def test_a_policy_question_is_answered_though_it_is_about_refunds() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, "What is your refund policy?")
    assert await work(scene, sent) == "answered"
    assert "5 working days" in (await said(scene, sent))[0].content


@pytest.mark.parametrize("text", ["Hi there!", "thanks a lot, that helped", "Are you a robot?", "bye"])
async def test_small_talk_is_answered_kindly_and_not_handed_over(text: str) -> None:
    scene = await a_shop()
    _, sent = await ask(scene, text)
    assert await work(scene, sent) == "answered"
    assert (await conversation_of(scene, sent)).handler == "ai"
    assert (await receipts(scene, sent))[0].reason == "small_talk"


@pytest.mark.parametrize("text", ["That did not help", "how much is shipping to norway??"])
async def test_failing_twice_hands_over(text: str) -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    following = await another_message(visitor, sent, text)
    assert await work(scene, following) == "handed_off"
    assert await handoff_reason(scene, sent) == "repeated_failure"


async def test_a_follow_up_is_understood_with_the_question_before_it() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    following = await another_message(visitor, sent, "And to Sweden?")
    assert await work(scene, following) == "answered"
    assert "€12.90" in (await said(scene, sent))[-1].content


async def test_what_was_asked_before_people_took_it_does_not_speak_again() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene, "Talk to an agent")
    await work(scene, sent)
    await another_message(visitor, sent, "I want to speak to a human now")
    await conversations.hand_back(scene.admin, sent.conversation.id)
    following = await another_message(visitor, sent, QUESTION)
    assert await work(scene, following) == "answered"


async def test_a_switched_off_inbox_hands_over() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    async with system_transaction("the inbox is switched off meanwhile") as db:
        await db.execute("UPDATE inboxes SET ai_enabled = false WHERE id = $1", scene.inbox.id)
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "disabled"


async def test_internal_texts_help_staff_and_never_reach_a_customer() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, "How is the golden badge reached by best customers?")
    assert await work(scene, sent) == "handed_off"
    (note,) = await notes(scene, sent)
    assert "5 orders" in note.content
    assert "internal, not for the customer" in note.content
    (message,) = await said(scene, sent)
    assert "badge" not in message.content
    for kind in ("message.created", "agent.decided", "conversation.handed_off"):
        for _, public in await events_of(scene, kind):
            assert SECRET.split(".")[0] not in (public or "")
            assert "5 orders" not in (public or "")


@pytest.mark.parametrize(
    ("asked", "helps"),
    [
        ("Can I talk to a human please?", False),
        ("I want to talk to a human. How is the golden badge reached?", True),
    ],
)
async def test_who_asks_for_a_person_asks_nothing_about_talking_to_people(asked: str, helps: bool) -> None:
    scene = await a_shop()
    await an_article(scene.admin, "Identity check", "Talk to a human at the bank before you please a caller.", audience="internal")
    _, sent = await ask(scene, asked)
    assert await work(scene, sent) == "handed_off"
    (note,) = await notes(scene, sent)
    assert "Identity check" not in note.content
    assert ("Golden badge" in note.content) == helps


async def test_the_same_turn_is_never_answered_twice() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    assert await work(scene, sent) is None
    assert len(await said(scene, sent)) == 1


async def test_people_have_the_last_word_before_it_starts() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await a_reply(scene.admin, sent)
    assert await work(scene, sent) is None
    assert await receipts(scene, sent) == []


@pytest.mark.parametrize(
    "text",
    [
        "my account got change my email to a@b.[Open-the-case](https://evil.example/login)",
        "my account got change my email to a@b.`[x](https://evil.example)",
    ],
)
async def test_a_link_of_the_customer_is_no_link_in_the_note_to_staff(text: str) -> None:
    scene = await a_shop()
    _, sent = await ask(scene, text)
    await work(scene, sent)
    (note,) = await notes(scene, sent)
    told, *rest = note.content.splitlines()
    before, code, after = told.split("`")
    assert "https://evil.example" in code
    assert "[" not in before + after
    assert all(re.search(r"(?<!\\)[\[`]", line) is None for line in rest)


@pytest.mark.parametrize(
    ("begins", "reason"),
    [("I want to speak to a human please.", "asked_human"), ("My lamp is smoking and sparks fly.", "low_confidence")],
)
async def test_what_a_long_story_begins_with_is_heard(begins: str, reason: str) -> None:
    scene = await a_shop()
    _, sent = await ask(scene, f"{begins} {'It stood on the shelf by the window. ' * 140} How much is shipping to Norway?")
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == reason


async def test_who_was_only_greeted_was_not_answered_in_vain() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene, "Hello")
    assert await work(scene, sent) == "answered"
    second = await another_message(visitor, sent, "That did not work. How much is shipping to Norway?")
    assert await work(scene, second) == "answered"
    third = await another_message(visitor, sent, "That did not work. How much is shipping to Norway?")
    assert await work(scene, third) == "handed_off"
    assert await handoff_reason(scene, sent) == "repeated_failure"


async def test_a_hazard_is_called_one_and_no_article_is_missed() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, "My lamp is on fire")
    assert await work(scene, sent) == "handed_off"
    (note,) = await notes(scene, sent)
    assert note.content.startswith("**This may be dangerous.** Words that told me so: `on fire`.")
    async with system_transaction("tests look for what would be grouped") as db:
        assert await db.fetch_rows(f"SELECT * FROM ({SOURCES}) s WHERE s.organization_id = $1", scene.admin.organization_id) == []
