"""Who is faster wins: people before the AI agent, the customer's newer message before the answer to the older one."""

import asyncio
from contextvars import Token
from functools import partial

import pytest

from agent import actions, jobs
from agent.actions import Decided
from core.access import Actor
from core.conversations import actions as conversations
from core.database import system_transaction
from core.jobs import ledger
from core.jobs.tables import DONE
from core.messages.structs import Sent
from tests.agent.scenes import (
    Broken,
    Interrupted,
    Scene,
    a_shop,
    announce,
    ask,
    conversation_of,
    handoff_reason,
    notes,
    queued,
    receipts,
    said,
    work,
)
from tests.factories import a_reply, another_message

pytestmark = pytest.mark.usefixtures("connected")


async def test_a_reply_in_the_middle_wins() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: a_reply(scene.admin, sent))) == "discarded"
    assert await said(scene, sent) == []
    (receipt,) = await receipts(scene, sent)
    assert (receipt.outcome, receipt.reason) == ("discarded", "superseded")
    assert "€9.90" in receipt.draft


async def test_a_takeover_in_the_middle_wins() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: conversations.take_over(scene.admin, sent.conversation.id))) == "discarded"
    assert await said(scene, sent) == []


@pytest.mark.parametrize("end", [conversations.resolve, conversations.close])
async def test_nothing_is_said_into_an_ended_conversation(end) -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: end(scene.admin, sent.conversation.id))) == "discarded"
    assert await said(scene, sent) == []


async def test_a_handoff_is_discarded_too_when_a_person_was_faster() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, "Which lumen output does the Norway lantern have?")
    assert await work(scene, sent, Interrupted(lambda: a_reply(scene.admin, sent))) == "discarded"
    assert await said(scene, sent) == []
    assert await notes(scene, sent) == []


async def test_a_note_of_staff_disturbs_nothing() -> None:
    from tests.factories import a_note

    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: a_note(scene.admin, sent))) == "answered"


async def test_a_newer_message_voids_the_answer_and_gets_one_itself() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    newer = []

    async def meanwhile() -> None:
        newer.append(await another_message(visitor, sent, "And how long does it take to Norway?"))

    assert await work(scene, sent, Interrupted(meanwhile)) == "discarded"
    assert await work(scene, newer[0]) == "answered"
    (answer,) = await said(scene, sent)
    assert "3 working days" in answer.content


async def test_a_burst_gets_one_answer() -> None:
    scene = await a_shop()
    visitor, first = await ask(scene, "Hello")
    second = await another_message(visitor, first, "I live in Norway.")
    third = await another_message(visitor, first, "How much is shipping?")
    for sent in (first, second, third):
        await announce(scene, sent)
    arguments = await queued(scene)
    assert [one["seq"] for one in arguments] == [1, 2, 3]
    await asyncio.gather(*(asyncio.create_task(jobs.answer.function(**one)) for one in arguments))
    (answer,) = await said(scene, first)
    assert "€9.90" in answer.content
    assert [receipt.trigger_seq for receipt in await receipts(scene, first)] == [3]


async def test_an_event_that_comes_twice_queues_one_job() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await announce(scene, sent)
    await announce(scene, sent)
    assert len(await queued(scene)) == 1


async def test_messages_that_are_not_for_the_machine_queue_nothing() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    reply = await a_reply(scene.admin, sent)
    after = await another_message(visitor, sent, "Thank you, human")
    await announce(scene, reply)
    await announce(scene, after)
    assert await queued(scene) == []


async def test_a_crash_changes_nothing_and_its_last_one_hands_over() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    with pytest.raises(RuntimeError, match="no idea"):
        await work(scene, sent, Broken())
    assert await said(scene, sent) == []
    assert await receipts(scene, sent) == []
    for _ in range(2):
        await jobs.give_up(scene.admin.organization_id, sent.conversation.id, sent.message.seq)
    (message,) = await said(scene, sent)
    assert "went wrong" in message.content
    assert (await conversation_of(scene, sent)).handler == "human"
    assert await handoff_reason(scene, sent) == "agent_error"
    assert [(receipt.outcome, receipt.reason) for receipt in await receipts(scene, sent)] == [("handed_off", "agent_error")]


async def test_giving_up_leaves_alone_what_people_or_a_newer_message_have() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await another_message(visitor, sent)
    await jobs.give_up(scene.admin.organization_id, sent.conversation.id, sent.message.seq)
    assert await said(scene, sent) == []
    await a_reply(scene.admin, sent)
    await jobs.give_up(scene.admin.organization_id, sent.conversation.id, 2)
    assert await said(scene, sent) == []


async def test_a_conversation_that_does_not_exist_is_nobodys_error() -> None:
    scene = await a_shop()
    await jobs.answer.function(organization_id=scene.admin.organization_id, conversation_id=2**40, seq=1)
    await jobs.give_up(scene.admin.organization_id, 2**40, 1)


def test_the_job_has_a_way_out() -> None:
    assert jobs.answer.on_dead is jobs.give_up
    assert jobs.answer.job_class == "ai"


async def test_an_answer_and_the_end_of_its_job_commit_together() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await announce(scene, sent)
    token = await running_job(scene)
    assert await work(scene, sent) == "answered"
    assert await job_status(scene) == DONE
    ledger.running.reset(token)


async def test_a_discarded_answer_ends_its_job_too() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await announce(scene, sent)
    token = await running_job(scene)
    assert await work(scene, sent, Interrupted(lambda: a_reply(scene.admin, sent))) == "discarded"
    assert await job_status(scene) == DONE
    ledger.running.reset(token)


async def test_a_worker_that_lost_its_lease_says_nothing() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await announce(scene, sent)
    token = await running_job(scene)
    async with system_transaction("another worker took the job") as db:
        await db.execute("UPDATE jobs SET attempt = attempt + 1 WHERE organization_id = $1", scene.admin.organization_id)
    with pytest.raises(ledger.LeaseLost):
        await work(scene, sent)
    assert await said(scene, sent) == []
    ledger.running.reset(token)


async def running_job(scene: Scene) -> Token[ledger.Claimed | None]:
    """As if this task were the worker that has claimed the scene's only job."""
    sql = """UPDATE jobs SET status = 1, attempt = 1 WHERE organization_id = $1 AND name = 'agent.answer'
             RETURNING id, organization_id, class, name, arguments, attempt, max_attempts"""
    async with system_transaction("a worker claims") as db:
        (claimed,) = await db.fetch(ledger.Claimed, sql, scene.admin.organization_id)
    return ledger.running.set(claimed)


async def job_status(scene: Scene) -> int:
    async with system_transaction("tests look at the ledger") as db:
        sql = "SELECT status FROM jobs WHERE organization_id = $1 AND name = 'agent.answer'"
        return await db.fetch_value(sql, scene.admin.organization_id)


async def test_who_goes_on_writing_is_answered_all_the_same_and_then_once_more() -> None:
    """Each answer is ready only when the customer has written again: after three of them the next is sent, and what came meanwhile gets its own."""
    scene = await a_shop()
    visitor, first = await ask(scene)
    sent = first
    outcomes = []
    for line in ("Please", "I am waiting", "Anybody?", "Hello?"):
        newer: list[Sent] = []
        outcomes.append(await work(scene, sent, Interrupted(partial(write_again, visitor, sent, line, newer))))
        sent = newer[0]
    assert outcomes == ["discarded", "discarded", "discarded", "answered"]
    (answer,) = await said(scene, first)
    assert "€9.90" in answer.content
    assert (answer.seq, sent.message.seq) == (6, 5)
    await jobs.answer.function(scene.admin.organization_id, sent.conversation.id, sent.message.seq)
    assert next(iter(await receipts(scene, first))).trigger_seq == 5
    assert (await conversation_of(scene, first)).public_seq == 7


async def test_who_has_waited_long_is_answered_though_he_writes_again() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await age(sent, 30)
    newer: list[Sent] = []
    assert await work(scene, sent, Interrupted(partial(write_again, visitor, sent, "Hello?", newer))) == "answered"
    assert [receipt.outcome for receipt in await receipts(scene, sent)] == ["answered"]


async def test_a_run_that_a_late_answer_overtook_leaves_its_message_to_another() -> None:
    scene = await a_shop()
    visitor, first = await ask(scene)
    second = await another_message(visitor, first, "And to Sweden?")

    async def late() -> None:
        decided = Decided(
            conversation_id=first.conversation.id, seq=first.message.seq, epoch=0, content="Shipping to Norway costs €9.90.", threshold=0.7
        )  # fmt: skip
        await age(first, 30)
        assert await actions.commit(scene.machine, decided) == "answered"

    assert await work(scene, second, Interrupted(late)) == "discarded"
    (again,) = await queued(scene)
    assert (again["conversation_id"], again["seq"]) == (second.conversation.id, second.message.seq)
    await jobs.answer.function(**again)
    answers = await said(scene, first)
    assert len(answers) == 2
    assert "€12.90" in answers[-1].content


async def test_however_long_he_waits_nobody_talks_over_a_person() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await age(sent, 30)

    async def both() -> None:
        await another_message(visitor, sent, "Hello?")
        await a_reply(scene.admin, sent)

    assert await work(scene, sent, Interrupted(both)) == "discarded"
    assert await said(scene, sent) == []


async def write_again(visitor: Actor, sent: Sent, line: str, newer: list[Sent]) -> None:
    newer.append(await another_message(visitor, sent, line))


async def age(sent: Sent, seconds: int) -> None:
    async with system_transaction("time passes") as db:
        sql = "UPDATE messages SET created_at = created_at - make_interval(secs => $2) WHERE id = $1"
        await db.execute(sql, sent.message.id, seconds)
