"""Counts of active conversations are sums that a trigger keeps: whatever happens, they are what counting would say."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access import Actor, visible
from core.conversations import actions, counters, queries
from core.conversations.structs import ActiveCount, AssignInput, ConversationCounts
from core.database import pool, read, system_transaction
from core.errors import LacasaError
from core.messages.structs import Sent
from core.teams import actions as teams
from core.teams.structs import TeamInput
from core.users import actions as users
from tests.factories import a_member, a_message, a_reply, again, an_inbox, an_organization, another_message

pytestmark = pytest.mark.usefixtures("connected")

People = tuple[Actor, Actor, Actor, int]
ACTIVE = "c.status IN ('open', 'pending') AND c.snoozed_until IS NULL"

OVERLOOKED = f"""SELECT count(*) FROM read_marks r JOIN conversations c ON c.id = r.conversation_id
                 WHERE c.organization_id = $1 AND {ACTIVE} AND NOT r.active"""
"""Read marks that the lists of what is active would pass by."""


async def counted(actor: Actor) -> ConversationCounts:
    """The slow truth: conversations, counted one by one."""
    rule, held = visible(actor, 3)
    sql = f"""SELECT c.inbox_id, c.team_id, c.assignee_id, c.handler, c.last_seq, coalesce(r.seq, 0) AS read FROM conversations c
              LEFT JOIN read_marks r ON r.organization_id = $1 AND r.conversation_id = c.id AND r.user_id = $2
              WHERE c.organization_id = $1 AND {ACTIVE} AND {rule}"""
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, actor.user_id, *held)
    mine = [row for row in rows if row["assignee_id"] == actor.user_id]
    people = [row for row in rows if row["assignee_id"] is None and row["handler"] == "human"]
    groups = [
        [ActiveCount(*pair) for pair in sorted(Counter(row[column] for row in rows if row[column] is not None).items())]
        for column in ("inbox_id", "team_id")
    ]
    return ConversationCounts(
        len(rows),
        len(mine),
        len(people),
        sum(row["handler"] == "ai" for row in rows),
        sum(row["read"] < row["last_seq"] for row in mine),
        *groups,
    )


def _without_nothing(counts: ConversationCounts) -> ConversationCounts:
    """A sum that has come down to nothing may stand as 0 until it is folded away."""
    counts = msgspec.convert(msgspec.to_builtins(counts), ConversationCounts)  # numbers of the wire, not PostgreSQL's numerics
    for group in (counts.inboxes, counts.teams):
        group[:] = [count for count in group if count.active]
    return counts


Step = Callable[[Actor, Actor, Actor, Sent, int], Awaitable[Any]]


def _by_admin(action: Callable[..., Awaitable[Any]], *arguments: Any) -> Step:
    return lambda admin, agent, visitor, sent, team: action(admin, sent.conversation.id, *arguments)


STEPS: dict[str, Step] = {
    "write": lambda admin, agent, visitor, sent, team: another_message(visitor, sent),
    "answer": lambda admin, agent, visitor, sent, team: a_reply(agent, sent),
    "assign": lambda admin, agent, visitor, sent, team: actions.assign(
        admin, sent.conversation.id, AssignInput(assignee_id=agent.id)
    ),
    "unassign": _by_admin(actions.assign, AssignInput(assignee_id=None)),
    "give to the team": lambda admin, agent, visitor, sent, team: actions.assign(
        admin, sent.conversation.id, AssignInput(team_id=team)
    ),
    "take from the team": _by_admin(actions.assign, AssignInput(team_id=None)),
    "hand back": _by_admin(actions.hand_back),
    "take over": _by_admin(actions.take_over),
    "snooze": _by_admin(actions.snooze, timedelta(hours=1)),
    "wake": _by_admin(actions.wake),
    "resolve": _by_admin(actions.resolve),
    "reopen": _by_admin(actions.reopen),
    "close": _by_admin(actions.close),
    "read": lambda admin, agent, visitor, sent, team: actions.mark_read(agent, sent.conversation.id, 99),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 3)), min_size=1, max_size=12),
    folds=st.sets(st.integers(0, 12)),
)
async def test_after_any_sequence_of_actions_the_sums_are_what_counting_says(
    people: People, talks: list[tuple[Actor, Sent]], steps: list[tuple[str, int]], folds: set[int]
) -> None:
    admin, agent, narrow, team = people
    agent = await again(agent)
    for place, (step, which) in enumerate(steps):
        try:
            await STEPS[step](admin, agent, *talks[which], team)
        except LacasaError:
            continue
        if place in folds:
            await counters.fold(0)
    for actor in (admin, agent, narrow):
        assert _without_nothing(await queries.counts(actor)) == await counted(actor)
    assert await pool().fetchval(OVERLOOKED, admin.organization_id) == 0


@pytest.fixture
async def people() -> People:
    """An admin, an agent of everything, and one who sees nothing but a team's and his own conversations."""
    admin = await an_organization()
    agent, narrow = await a_member(admin), await a_member(admin, name="Nia Narrow")
    team = await teams.create(admin, TeamInput("Night", [narrow.id or 0]))
    return admin, agent, narrow, team.id


@pytest.fixture
async def talks(people: People) -> list[tuple[Actor, Sent]]:
    admin, agent, *_ = people
    closed_shop = await an_inbox(admin, access="members", member_ids=[agent.id])
    helped = await an_inbox(admin, ai_enabled=True)
    return [await a_message(inbox) for inbox in (closed_shop, closed_shop, helped, helped)]


async def test_a_snoozed_conversation_leaves_the_counts_and_comes_back(people: People) -> None:
    admin, *_ = people
    before = (await queries.counts(admin)).all
    _, sent = await a_message(await an_inbox(admin))
    assert (await queries.counts(admin)).all == before + 1
    await actions.snooze(admin, sent.conversation.id, timedelta(hours=1))
    assert (await queries.counts(admin)).all == before
    await actions.wake(admin, sent.conversation.id)
    assert (await queries.counts(admin)).all == before + 1


async def test_a_member_who_leaves_leaves_no_wrong_sum_behind(people: People, talks: Any) -> None:
    admin, agent, _, team = people
    for _, sent in talks:
        await actions.assign(admin, sent.conversation.id, AssignInput(assignee_id=agent.id, team_id=team))
    await users.remove(admin, agent.id or 0)
    await teams.delete(admin, team)
    assert _without_nothing(await queries.counts(admin)) == await counted(admin)


async def test_read_marks_leave_what_is_active_with_their_conversation_and_come_back(people: People) -> None:
    admin, *_ = people
    _, sent = await a_message(await an_inbox(admin))
    await actions.mark_read(admin, sent.conversation.id, 1)
    marked = "SELECT active FROM read_marks WHERE conversation_id = $1"
    assert await pool().fetchval(marked, sent.conversation.id) is True
    for step, active in ((actions.resolve, False), (actions.reopen, True), (actions.close, False)):
        await step(admin, sent.conversation.id)
        assert await pool().fetchval(marked, sent.conversation.id) is active
        listed = await queries.page(admin, queries.Filters(status="any"), "latest", None, 25)
        assert [item.read_seq for item in listed.items if item.conversation.id == sent.conversation.id] == [1]


async def test_sums_that_went_wrong_are_counted_anew(people: People, talks: Any) -> None:
    admin, *_ = people
    async with system_transaction("a test spoils the sums") as db:
        await db.execute("UPDATE conversation_counts SET n = n + 3 WHERE organization_id = $1", admin.organization_id)
    assert (await queries.counts(admin)).all != (await counted(admin)).all
    assert await counters.recount() > 0
    assert await counters.recount() == 0
    assert _without_nothing(await queries.counts(admin)) == await counted(admin)
    del talks


async def test_folding_and_counting_anew_lose_nothing_of_what_happens_meanwhile(people: People) -> None:
    admin, *_ = people
    inbox = await an_inbox(admin)
    stop = asyncio.Event()

    async def folding() -> None:
        while not stop.is_set():
            await counters.fold(0)
            await counters.recount()

    async def talking() -> None:
        for _ in range(6):
            visitor, sent = await a_message(inbox)
            await a_reply(admin, sent)
            await another_message(visitor, sent)
            await actions.resolve(admin, sent.conversation.id)

    folder = asyncio.create_task(folding())
    await asyncio.gather(*(asyncio.create_task(talking()) for _ in range(4)))
    stop.set()
    await folder
    assert _without_nothing(await queries.counts(admin)) == await counted(admin)
    rows = "SELECT coalesce(sum(n), 0) FROM conversation_counts WHERE organization_id = $1 AND inbox_id = $2"
    assert await pool().fetchval(rows, admin.organization_id, inbox.id) == 0


async def test_a_fold_makes_the_rows_few(people: People) -> None:
    admin, *_ = people
    inbox = await an_inbox(admin)
    _, sent = await a_message(inbox)
    for _ in range(5):
        await actions.resolve(admin, sent.conversation.id)
        await actions.reopen(admin, sent.conversation.id)
    rows = "SELECT count(*) FROM conversation_counts WHERE organization_id = $1 AND inbox_id = $2"
    assert await pool().fetchval(rows, admin.organization_id, inbox.id) >= 10
    await counters.fold(0)
    assert await pool().fetchval(rows, admin.organization_id, inbox.id) == 1


async def test_what_is_unread_is_told_per_agent(people: People) -> None:
    admin, agent, narrow, _ = people
    inbox = await an_inbox(admin)
    _, first = await a_message(inbox)
    visitor, second = await a_message(inbox)
    agent = await again(agent)
    for sent in (first, second):
        await actions.assign(admin, sent.conversation.id, AssignInput(assignee_id=agent.id))
    assert (await queries.counts(agent)).unread_mine == 2
    await actions.mark_read(agent, first.conversation.id, 1)
    await actions.mark_read(admin, second.conversation.id, 1)
    assert (await queries.counts(agent)).unread_mine == 1
    await actions.mark_read(agent, second.conversation.id, 1)
    assert (await queries.counts(agent)).unread_mine == 0
    await another_message(visitor, second)
    assert (await queries.counts(agent)).unread_mine == 1
    assert (await queries.counts(narrow)).unread_mine == 0
