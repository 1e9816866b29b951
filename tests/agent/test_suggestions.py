"""What the AI agent does not send, it suggests to the people who have the conversation: never to the customer."""

import pytest

from agent import jobs, subscribers
from agent.copilot import actions, queries
from agent.copilot.structs import Suggestion
from agent.reviews import actions as reviews
from agent.reviews.queries import REVIEW
from agent.reviews.structs import ReviewInput
from agent.said import handing_over
from core.access import Actor
from core.conversations import actions as conversations
from core.database import system_transaction
from core.errors import Conflict, NotFound
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.messages.events import MessageCreated
from core.messages.structs import ReplyInput, Sent
from tests.agent.scenes import (
    Interrupted,
    Scene,
    a_shop,
    all_messages,
    ask,
    conversation_of,
    events_of,
    handoff_reason,
    receipts,
    said,
    work,
)
from tests.factories import a_member, a_reply, again, an_inbox, an_organization, another_message, client_id

pytestmark = pytest.mark.usefixtures("connected")


async def a_suggesting_shop() -> Scene:
    scene = await a_shop()
    await inboxes.update(scene.admin, scene.inbox.id, InboxChanges(ai_mode="suggest"))
    return scene


async def suggested(scene: Scene, sent: Sent) -> Suggestion | None:
    return await queries.suggestion(scene.admin, sent.conversation.id)


async def send(actor: Actor, decision: int, content: str, key: str = "") -> Sent:
    return await actions.send(actor, decision, ReplyInput(client_id=key or client_id(), content=content))


async def reviewed(scene: Scene, decision: int) -> list[tuple[str, bool]]:
    """The verdicts on a decision, and whether they count it as right."""
    async with system_transaction("tests look at reviews") as db:
        sql = f"SELECT {REVIEW} FROM ai_reviews r WHERE r.organization_id = $1 AND r.decision_id = $2"
        rows = await db.fetch_rows(sql, scene.admin.organization_id, decision)
    return [(verdict, is_right) for _, _, _, _, verdict, _, _, is_right, *_ in rows]


async def jobs_of(scene: Scene) -> list[tuple[str, int]]:
    async with system_transaction("tests look at the ledger") as db:
        sql = "SELECT name, (arguments->>'seq')::int FROM jobs WHERE organization_id = $1 AND name LIKE 'agent.%e%' ORDER BY id"
        rows = await db.fetch_rows(sql, scene.admin.organization_id)
    return [(name, seq) for name, seq in rows if name in {"agent.answer", "agent.suggest"}]


async def announce(scene: Scene, sent: Sent) -> None:
    event = MessageCreated(organization_id=scene.admin.organization_id, conversation=sent.conversation, message=sent.message)
    await subscribers.answer_customer.function(event)


async def help_out(scene: Scene, sent: Sent) -> None:
    """What the worker does after another message in a conversation that people have."""
    await jobs.suggest.function(scene.admin.organization_id, sent.conversation.id, sent.message.seq)


async def test_where_it_only_suggests_a_sure_answer_goes_to_people_and_the_customer_hears_of_them() -> None:
    scene = await a_suggesting_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    (told,) = await said(scene, sent)
    assert told.content == handing_over("en", "suggest_only")
    assert "9.90" not in told.content
    assert (await conversation_of(scene, sent)).handler == "human"
    assert await handoff_reason(scene, sent) == "suggest_only"
    found = await suggested(scene, sent)
    assert found is not None
    assert "€9.90" in found.text
    assert "[1]" in found.receipt.draft
    assert "[1]" not in found.text
    assert found.receipt.confidence is not None
    assert found.receipt.confidence >= found.receipt.threshold
    assert found.receipt.passages[0].quoted


async def test_small_talk_is_suggested_too() -> None:
    scene = await a_suggesting_shop()
    _, sent = await ask(scene, "Hello")
    assert await work(scene, sent) == "handed_off"
    assert [one.content for one in await said(scene, sent)] == [handing_over("en", "suggest_only")]
    found = await suggested(scene, sent)
    assert found is not None
    assert (found.receipt.confidence, found.reviewable) == (None, False)
    assert "Hello!" in found.text


async def test_nothing_is_asked_back_where_it_only_suggests() -> None:
    scene = await a_suggesting_shop()
    async with system_transaction("a stricter organization") as db:
        await db.execute("UPDATE organizations SET ai_threshold = 1 WHERE id = $1", scene.admin.organization_id)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "low_confidence"
    assert await suggested(scene, sent) is not None


async def test_hard_rules_leave_nothing_to_suggest() -> None:
    scene = await a_suggesting_shop()
    _, sent = await ask(scene, "Refund my order 1042")
    assert await work(scene, sent) == "handed_off"
    assert await suggested(scene, sent) is None


async def test_people_who_have_it_get_a_draft_for_each_message_and_the_customer_hears_nothing() -> None:
    scene = await a_suggesting_shop()
    visitor, first = await ask(scene, "Refund my order 1042")
    await work(scene, first)
    before = len(await said(scene, first))
    sent = await another_message(visitor, first, "How much is shipping to Norway?")
    await announce(scene, sent)
    assert await jobs_of(scene) == [("agent.suggest", sent.message.seq)]
    await a_reply(scene.admin, first, "Your money is on its way.")
    newer = await another_message(visitor, first, "And how much is shipping to Norway?")
    await help_out(scene, newer)
    found = await suggested(scene, newer)
    assert found is not None
    assert "€9.90" in found.text
    assert found.receipt.outcome == "suggested"
    assert len(await said(scene, first)) == before
    assert (await conversation_of(scene, first)).handler == "human"


async def test_what_people_have_is_left_alone_where_the_ai_agent_answers() -> None:
    scene = await a_shop()
    visitor, first = await ask(scene)
    await a_reply(scene.admin, first)
    sent = await another_message(visitor, first, "How much is shipping to Norway?")
    await announce(scene, sent)
    assert await jobs_of(scene) == []
    await help_out(scene, sent)
    assert await suggested(scene, sent) is None


async def test_off_is_off() -> None:
    scene = await a_suggesting_shop()
    await inboxes.update(scene.admin, scene.inbox.id, InboxChanges(ai_enabled=False))
    _, first = await ask(scene)
    assert first.conversation.handler == "human"
    await announce(scene, first)
    assert await jobs_of(scene) == []


async def test_an_unsure_draft_is_kept_for_people() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, "Is there a discount on shipping crates to Norway by ferry?")
    async with system_transaction("a stricter organization") as db:
        await db.execute("UPDATE organizations SET ai_threshold = 1 WHERE id = $1", scene.admin.organization_id)
    outcome = await work(scene, sent)
    if outcome == "clarified":
        visitor_says = await another_message(_, sent, "I mean by ferry, on a sledge")
        outcome = await work(scene, visitor_says)
    assert outcome == "handed_off"
    found = await suggested(scene, sent)
    assert found is not None
    assert found.receipt.reason == "low_confidence"
    assert found.text not in {one.content for one in await all_messages(scene, sent)}


async def test_the_draft_of_whoever_was_overtaken_by_a_person_is_kept() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent, Interrupted(lambda: conversations.take_over(scene.admin, sent.conversation.id)))
    found = await suggested(scene, sent)
    assert found is not None
    assert (found.receipt.outcome, found.receipt.reason) == ("discarded", "superseded")


async def test_it_goes_when_the_conversation_moves_on() -> None:
    scene = await a_suggesting_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    assert await suggested(scene, sent) is not None
    await another_message(visitor, sent, "Hello?")
    assert await suggested(scene, sent) is None


async def test_it_goes_when_a_person_answered_or_ended_it() -> None:
    scene = await a_suggesting_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    await conversations.resolve(scene.admin, sent.conversation.id)
    assert await suggested(scene, sent) is None
    await conversations.reopen(scene.admin, sent.conversation.id)
    assert await suggested(scene, sent) is not None
    await a_reply(scene.admin, sent)
    assert await suggested(scene, sent) is None


async def test_a_newer_message_in_the_middle_leaves_no_suggestion_for_the_older() -> None:
    scene = await a_suggesting_shop()
    visitor, first = await ask(scene, "Refund my order 1042")
    await work(scene, first)
    sent = await another_message(visitor, first, "How much is shipping to Norway?")
    newer = await another_message(visitor, first, "And to Sweden?")
    await help_out(scene, sent)
    assert await suggested(scene, sent) is None
    await help_out(scene, newer)
    found = await suggested(scene, newer)
    assert found is None or found.receipt.trigger_seq == newer.message.seq


async def test_sending_it_as_it_is_approves_it() -> None:
    scene, decision, text = await a_suggestion()
    await send(scene.admin, decision, f"{text}\n")
    assert await reviewed(scene, decision) == [("approve", True)]


async def test_sending_it_nearly_as_it_is_counts_as_right_and_another_price_does_not() -> None:
    scene, decision, text = await a_suggestion()
    await send(scene.admin, decision, f"Hi! {text}")
    assert await reviewed(scene, decision) == [("edit", True)]
    await send(scene.admin, decision, text.replace("9.90", "8.90"), key := client_id())
    assert await reviewed(scene, decision) == [("edit", False)]
    await send(scene.admin, decision, f"Hi! {text}", key)  # sent once, learned from once
    assert await reviewed(scene, decision) == [("edit", False)]


async def test_a_reply_that_is_held_back_teaches_nothing() -> None:
    scene, decision, text = await a_suggestion()
    with pytest.raises(Conflict):
        await actions.send(scene.admin, decision, ReplyInput(client_id=client_id(), content=text, expected_seq=0))
    assert await reviewed(scene, decision) == []


async def test_a_rejected_one_is_gone() -> None:
    scene = await a_suggesting_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    (receipt,) = await receipts(scene, sent)
    await reviews.review(scene.admin, receipt.id, ReviewInput("reject", "outdated"))
    assert await suggested(scene, sent) is None


async def test_small_talk_teaches_nothing() -> None:
    scene = await a_suggesting_shop()
    _, sent = await ask(scene, "Hello")
    await work(scene, sent)
    (receipt,) = await receipts(scene, sent)
    await send(scene.admin, receipt.id, "Hello there!")
    assert await reviewed(scene, receipt.id) == []


async def test_who_may_not_see_the_conversation_sees_no_suggestion_and_says_nothing_of_it() -> None:
    scene = await a_shop()
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, ai_mode="suggest", access="members")
    _, sent = await ask(scene)
    await work(scene, sent)
    (receipt,) = await receipts(scene, sent)
    outsider = await again(await a_member(scene.admin))
    for actor in (outsider, await an_organization("Stranger")):
        with pytest.raises(NotFound):
            await queries.suggestion(actor, sent.conversation.id)
    with pytest.raises(NotFound):
        await send(outsider, receipt.id, "Anything")


async def test_what_is_announced_of_it_is_for_staff_alone_and_without_the_draft() -> None:
    scene = await a_suggesting_shop()
    visitor, first = await ask(scene, "Refund my order 1042")
    await work(scene, first)
    await help_out(scene, await another_message(visitor, first, "How much is shipping to Norway?"))
    told = await events_of(scene, "agent.decided")
    assert len(told) == 2
    assert all(staff_only and public is None for staff_only, public in told)


async def a_suggestion() -> tuple[Scene, int, str]:
    scene = await a_suggesting_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    found = await suggested(scene, sent)
    assert found is not None
    return scene, found.receipt.id, found.text
