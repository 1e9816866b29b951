"""Each thing that happens is counted once, at its own time, whatever becomes of the job that counts it."""

from collections import Counter

import asyncpg
import msgspec
import pytest

from core.access import ActorKind, ActorRef
from core.conversations import actions as conversations
from core.conversations.events import ConversationCreated
from core.conversations.structs import AssignInput
from core.database import system_transaction, transaction
from core.extend import registry
from core.jobs import ledger
from core.jobs.broker import _decoding
from core.jobs.ledger import Claimed, LeaseLost
from modules.analytics import subscribers
from modules.analytics.subscribers import count_created
from tests.analytics.support import a_handoff, an_ai_answer, rows, settled, taken_back
from tests.factories import a_contact, a_member, a_message, a_note, a_reply, again, an_inbox, an_organization, another_message
from tests.stack import Stack

LIFE = {
    "ticket_created": 1,
    "message_received": 3,
    "ai_answered": 1,
    "ai_said": 1,
    "handed_off": 1,
    "message_sent": 1,
    "ticket_resolved": 1,
    "ticket_reopened": 1,
}
NOTED = {"message_withdrawn", "ticket_moved", "ticket_seen", "ticket_closed"}
"""What only serves to count the others."""


async def test_a_conversations_life_is_counted_at_the_times_when_it_happened(stack: Stack) -> None:
    admin = await an_organization()
    agent = await a_member(admin)
    visitor, first = await a_message(await an_inbox(admin), "Can I return this?")
    agent = await again(agent)
    await conversations.hand_back(admin, first.conversation.id)
    answered = await an_ai_answer(admin, first)
    await an_ai_answer(admin, first, sources=False)
    await a_handoff(admin, first)
    asked = await another_message(visitor, first, "Are you there?")
    await a_note(agent, first)
    replied = await a_reply(agent, first)
    resolved = await conversations.resolve(admin, first.conversation.id)
    returned = await another_message(visitor, first, "It broke again")
    await settled(admin)
    found = await rows(admin)
    assert Counter(row["kind"] for row in found) == LIFE
    assert {row["entity_id"] for row in found} == {first.conversation.id}
    assert {row["contact_id"] for row in found} == {first.conversation.contact_id}
    times = {(row["kind"], row["at"]) for row in found}
    assert times >= {
        ("ticket_created", first.conversation.created_at),
        ("ai_answered", answered.message.created_at),
        ("message_sent", replied.message.created_at),
        ("ticket_resolved", resolved.resolved_at),
        *(("message_received", sent.message.created_at) for sent in (first, asked, returned)),
    }
    by_kind = {row["kind"]: row for row in found}
    assert by_kind["handed_off"]["metadata"]["reason"] == "asked_human"
    assert (by_kind["message_sent"]["user_id"], by_kind["ticket_resolved"]["user_id"]) == (agent.id, admin.id)
    assert by_kind["ticket_created"]["user_id"] is None


async def test_each_event_is_counted_once_although_its_job_runs_again(stack: Stack) -> None:
    admin = await an_organization()
    visitor, first = await a_message(await an_inbox(admin))
    await conversations.hand_back(admin, first.conversation.id)
    await an_ai_answer(admin, first)
    await an_ai_answer(admin, first, sources=False)
    await conversations.mark_seen(visitor, first.conversation.token, 2)
    await a_handoff(admin, first)
    await conversations.assign(admin, first.conversation.id, AssignInput(assignee_id=admin.id))
    await conversations.tag(admin, first.conversation.id, ["late"], [])
    await a_reply(admin, first)
    await conversations.resolve(admin, first.conversation.id)
    await another_message(visitor, first)
    await taken_back(admin, await a_reply(admin, first))
    await conversations.close(admin, first.conversation.id)
    await settled(admin)
    before = Counter(row["kind"] for row in await rows(admin))
    assert set(before) == {*LIFE, *NOTED}
    async with system_transaction("a worker died after it had claimed every job, and before any effect") as db:
        await db.execute("DELETE FROM analytics_events WHERE organization_id = $1", admin.organization_id)
        sql = """UPDATE jobs SET status = 1, attempt = 9, worker_id = NULL WHERE organization_id = $1 AND name LIKE 'modules.analytics.%'
                 RETURNING id, organization_id, class, name, arguments, attempt, max_attempts"""
        jobs = [Claimed(*row) for row in await db.fetch_rows(sql, admin.organization_id)]
    handled = [job for job in jobs if job.name in registry.handlers()]
    assert {job.name for job in handled} == {handler.name for handler in subscribers.ALL}
    for job in handled:
        counts = await _attempt(job, 8), await _attempt(job, 9), await _attempt(job, 9), await _attempt(job, 10)
        assert counts == (False, True, False, False), job.name
    assert Counter(row["kind"] for row in await rows(admin)) == before


async def _attempt(job: Claimed, attempt: int) -> bool:
    """Run a job's handler as attempt number so and so; whether its effect was allowed."""
    token = ledger.running.set(Claimed(*(getattr(job, name) for name in Claimed.__struct_fields__[:5]), attempt, 20))
    try:
        await _decoding(registry.handlers()[job.name])(**job.arguments)
    except LeaseLost:
        return False
    finally:
        ledger.running.reset(token)
    return True


async def test_a_contact_or_member_who_left_does_not_stop_the_counting(stack: Stack) -> None:
    admin = await an_organization()
    elsewhere = await a_contact(await an_organization("Elsewhere"), email="x@example.com")
    _, first = await a_message(await an_inbox(admin))
    await settled(admin)
    gone = msgspec.structs.replace(first.conversation, contact_id=elsewhere.id, assignee_id=999_999_999)
    by = ActorRef(ActorKind.visitor)
    await count_created.function(ConversationCreated(organization_id=admin.organization_id, conversation=gone, by=by))
    created = [(row["contact_id"], row["user_id"]) for row in await rows(admin) if row["kind"] == "ticket_created"]
    assert created == [(first.conversation.contact_id, None), (None, None)]


@pytest.mark.parametrize("wrong", ["UPDATE analytics_events SET kind = 'x'", "DELETE FROM analytics_events"])
async def test_what_was_counted_cannot_be_changed_by_requests(connected: object, wrong: str) -> None:
    admin = await an_organization()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with transaction(admin) as db:
            await db.execute(wrong)
