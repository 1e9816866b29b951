"""The routines that send, receive and mark as read in one round trip: what they leave is what the general actions leave."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.access import RULE_IN_ROUTINE, Actor
from core.conversations import actions as conversations
from core.conversations import fast as fast_conversations
from core.conversations.structs import AssignInput
from core.database import call, pool, system_transaction, transaction
from core.errors import LacasaError, NotFound, Unavailable
from core.inboxes.structs import InboxView
from core.messages import actions as messages
from core.messages import fast, queries
from core.messages.events import MessageCreated, VisitorMessageCreated
from core.messages.structs import CONTENT_MAX, ReplyInput, Sent
from core.teams import actions as teams
from core.teams.structs import TeamInput
from tests.contracts.golden import events
from tests.factories import a_member, a_message, a_reply, again, an_inbox, an_organization, another_message, client_id

pytestmark = pytest.mark.usefixtures("connected")

EVENTS = """
SELECT type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids, user_id, staff_only, body, public FROM (
    SELECT id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids, user_id, staff_only, body, public FROM outbox
    UNION ALL
    SELECT id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids, user_id, staff_only, body, public FROM event_log
) e WHERE conversation_id = $1 ORDER BY id
"""
ROWS = (
    "SELECT * FROM conversations WHERE id = $1",
    "SELECT * FROM messages WHERE conversation_id = $1 ORDER BY seq",
    "SELECT * FROM read_marks WHERE conversation_id = $1 ORDER BY user_id",
    "SELECT * FROM timeline_entries WHERE conversation_id = $1 ORDER BY id",
)
NAMES = {"id", "number", "token", "conversation_id", "contact_id", "contact_ids", "sender_id", "client_id"}
"""What is another's in each conversation, whatever happens there."""


@dataclass
class Shop:
    admin: Actor
    agent: Actor
    inbox: InboxView
    team: int


@pytest.fixture
async def shop() -> Shop:
    admin = await an_organization()
    agent = await a_member(admin)
    inbox = await an_inbox(admin)
    team = await teams.create(admin, TeamInput("Night"))
    return Shop(admin, await again(agent), inbox, team.id)


Doing = Callable[[Shop, Actor, Sent], Awaitable[Any]]


def _on(action: Callable[..., Awaitable[Any]], *arguments: Any) -> Doing:
    return lambda shop, visitor, sent: action(shop.admin, sent.conversation.id, *arguments)


STEPS: dict[str, Doing] = {
    "the customer writes": lambda shop, visitor, sent: another_message(visitor, sent),
    "the admin answers": lambda shop, visitor, sent: a_reply(shop.admin, sent),
    "the agent answers": lambda shop, visitor, sent: a_reply(shop.agent, sent),
    "the agent is assigned": lambda shop, visitor, sent: conversations.assign(
        shop.admin, sent.conversation.id, AssignInput(assignee_id=shop.agent.id, team_id=shop.team)
    ),
    "nobody is assigned": _on(conversations.assign, AssignInput(assignee_id=None)),
    "the AI agent has it": _on(conversations.hand_back),
    "tagged": _on(conversations.tag, ["gold", 'a "quoted" one'], []),
    "urgent": _on(conversations.prioritize, "urgent"),
    "snoozed": _on(conversations.snooze, timedelta(hours=1)),
    "woken": _on(conversations.wake),
    "resolved": _on(conversations.resolve),
    "reopened": _on(conversations.reopen),
    "closed": _on(conversations.close),
    "read": _on(conversations.mark_read, 2),
    "seen": lambda shop, visitor, sent: conversations.mark_seen(visitor, sent.conversation.token, 2),
}
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=80)


def _replies(who: str, expected: int | None) -> Doing:
    def reply(shop: Shop, visitor: Actor, sent: Sent) -> Awaitable[Any]:
        data = ReplyInput(client_id=client_id(), content="At once.\n\n  And well.", expected_seq=expected)
        return messages.reply(getattr(shop, who), sent.conversation.id, data)

    return reply


LAST: dict[str, Doing] = {
    "reply": _replies("agent", None),
    "admin replies": _replies("admin", None),
    "reply to what was seen": _replies("agent", 3),
    "receive": STEPS["the customer writes"],
    "mark some": lambda shop, visitor, sent: conversations.mark_read(shop.agent, sent.conversation.id, 1),
    "mark all": lambda shop, visitor, sent: conversations.mark_read(shop.agent, sent.conversation.id, 99),
}


async def _tried(doing: Doing, shop: Shop, visitor: Actor, sent: Sent) -> str:
    try:
        await doing(shop, visitor, sent)
    except LacasaError as error:
        return error.reason
    return "done"


def _alike(value: Any, since: datetime, key: str = "") -> Any:
    """A row or an event with what differs by chance taken out: names, and each time but whether it is of the last step."""
    match value:
        case msgspec.Struct():
            return _alike(msgspec.structs.asdict(value), since)
        case dict():
            return {name: _alike(inner, since, name) for name, inner in value.items()}
        case list() | tuple():
            return [_alike(inner, since, key) for inner in value]
        case datetime():
            return "now" if value >= since else "before"
        case _:
            return None if value is None else key if key in NAMES | {"until"} else value


async def _left(conversation_id: int, since: datetime) -> list[Any]:
    rows = [_alike(dict(row), since) for sql in ROWS for row in await pool().fetch(sql, conversation_id)]
    for row in await pool().fetch(EVENTS, conversation_id):
        event = dict(row) | {"body": msgspec.json.decode(row["body"], type=events()[row["type"]])}
        if row["type"] == "message.created" and row["public"] is not None:
            event["public"] = msgspec.json.decode(row["public"], type=VisitorMessageCreated)
        else:
            event["public"] = row["public"] is None
        rows.append(_alike(event, since))
    return rows


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=5), last=st.sampled_from(sorted(LAST)))
async def test_the_one_round_trip_leaves_the_same_rows_and_events_as_the_general_action(
    shop: Shop, steps: list[str], last: str
) -> None:
    left = []
    for general in (False, True):
        visitor, sent = await a_message(shop.inbox)
        for step in steps:
            await _tried(STEPS[step], shop, visitor, sent)
        since = datetime.now(UTC)
        if general:
            async with transaction(shop.admin):  # inside a unit of work there is nothing but the general action
                told = await _tried(LAST[last], shop, visitor, sent)
        else:
            told = await _tried(LAST[last], shop, visitor, sent)
        left.append([told, *await _left(sent.conversation.id, since)])
    assert left[0] == left[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=texts, name=texts, subject=texts, tags=st.lists(texts, max_size=3))
async def test_the_event_that_postgresql_renders_is_the_event_that_we_would_record(
    shop: Shop, content: str, name: str, subject: str, tags: list[str]
) -> None:
    visitor, sent = await a_message(shop.inbox)
    await pool().execute(
        "UPDATE conversations SET subject = $2, tags = $3, category = $4 WHERE id = $1",
        sent.conversation.id, subject, tags, name,
    )  # fmt: skip
    await pool().execute("UPDATE contacts SET first_name = $2 WHERE id = $1", visitor.contact_id, name)
    for send in (
        lambda: fast.reply(
            replace(shop.agent, name=name), sent.conversation.id, ReplyInput(client_id=client_id(), content=content)
        ),
        lambda: fast.receive(visitor, sent.conversation.token, client_id(), content),
    ):
        answered = await send()
        if answered is None:
            assert not content.strip()
            continue
        rows = await pool().fetch(EVENTS, sent.conversation.id)
        row = next(row for row in reversed(rows) if row["type"] == "message.created")
        stored = await queries.by_id(shop.admin, answered.message.id)
        known = await conversations.queries.get(shop.admin, sent.conversation.id)
        expected = MessageCreated(organization_id=shop.admin.organization_id, conversation=known, message=stored)
        assert msgspec.json.decode(row["body"], type=MessageCreated) == expected
        assert msgspec.json.decode(row["public"], type=VisitorMessageCreated) == expected.public()
        assert list(msgspec.json.decode(row["body"])) == list(msgspec.to_builtins(expected))
        assert set(msgspec.json.decode(row["public"])["message"]) == set(
            VisitorMessageCreated.__annotations__["message"].__struct_fields__
        )
        assert answered == Sent(stored, known)


async def test_what_is_ordinary_is_really_done_in_one_round_trip(shop: Shop) -> None:
    visitor, sent = await a_message(shop.inbox)
    asked = ReplyInput(client_id=client_id(), content="Yes", expected_seq=1)
    assert await fast.reply(shop.agent, sent.conversation.id, asked) is not None
    assert await fast.receive(visitor, sent.conversation.token, client_id(), "x" * CONTENT_MAX) is not None
    assert await fast_conversations.mark_read(shop.admin, sent.conversation.id, 3) == 3
    assert await fast.reply(shop.agent, sent.conversation.id, asked) is None, "sent before"
    assert await fast.reply(shop.agent, sent.conversation.id, replace(asked, client_id=client_id())) is None, (
        "there is something newer"
    )


async def test_the_same_client_id_at_once_in_the_fast_way_is_kept_once(shop: Shop) -> None:
    visitor, sent = await a_message(shop.inbox)
    key = client_id()
    asked = ReplyInput(client_id=key, content="Once")
    replies = [asyncio.create_task(messages.reply(shop.agent, sent.conversation.id, asked)) for _ in range(6)]
    assert {answered.message.seq for answered in await asyncio.gather(*replies)} == {2}
    assert await pool().fetchval("SELECT last_seq FROM conversations WHERE id = $1", sent.conversation.id) == 2
    del visitor


async def test_a_stranger_reaches_nothing_by_a_routine(shop: Shop) -> None:
    visitor, sent = await a_message(shop.inbox)
    stranger = await an_organization("Elsewhere")
    asked = ReplyInput(client_id=client_id(), content="Mine now")
    before = await _left(sent.conversation.id, datetime.now(UTC))
    other_visitor, _ = await a_message(await an_inbox(stranger))
    same_shop, _ = await a_message(shop.inbox)
    assert await fast.reply(stranger, sent.conversation.id, asked) is None
    assert await fast_conversations.mark_read(stranger, sent.conversation.id, 1) is None
    for someone in (other_visitor, same_shop, replace(other_visitor, contact_id=visitor.contact_id)):
        assert await fast.receive(someone, sent.conversation.token, client_id(), "Mine now") is None
    with pytest.raises(NotFound):
        await conversations.mark_read(stranger, sent.conversation.id, 1)
    assert await _left(sent.conversation.id, datetime.now(UTC)) == before


async def test_an_agent_without_access_reaches_nothing_by_a_routine(shop: Shop) -> None:
    inbox = await an_inbox(shop.admin, access="members", member_ids=[])
    _, sent = await a_message(inbox)
    asked = ReplyInput(client_id=client_id(), content="Mine now")
    assert await fast.reply(await again(shop.agent), sent.conversation.id, asked) is None
    assert await fast_conversations.mark_read(await again(shop.agent), sent.conversation.id, 1) is None


async def test_row_level_security_alone_keeps_a_stranger_out_of_the_routines(shop: Shop) -> None:
    """The same routines with their own filters taken out: only the tenant that they set is left, and it is enough."""
    visitor, sent = await a_message(shop.inbox)
    stranger = await an_organization("Elsewhere")
    bare = "".join((fast.ROUTINES, fast_conversations.ROUTINES))
    for name in ("send_reply", "receive_message", "mark_conversation_read"):
        bare = bare.replace(f"FUNCTION {name}", f"FUNCTION bare_{name}")
    bare = bare.replace("c.organization_id = p_organization AND", "").replace(f"({RULE_IN_ROUTINE})", "true")
    async with system_transaction("a test makes routines without their filters") as db:
        await db.execute(bare)
    anyone: list[Any] = [shop.admin.organization_id, True, [], [], [], []]
    number, token = sent.conversation.id, sent.conversation.token
    calls: dict[str, list[Any]] = {
        "bare_send_reply": ["x", "x", client_id(), number, stranger.id, "x", None],
        "bare_receive_message": ["x", "x", client_id(), token],
        "bare_mark_conversation_read": [number, stranger.id, 1],
    }
    for name, arguments in calls.items():
        assert await call(stranger, name, *anyone, *arguments) is None, name
    for name, arguments in calls.items():
        own = [shop.admin.id if value == stranger.id else value for value in arguments]
        assert await call(shop.admin, name, *anyone, *own) is not None, "inside its own organization the bare routine works"
    async with system_transaction("and takes them away again") as db:
        for name in calls:
            await db.execute(f"DROP FUNCTION {name}")
    del visitor


async def test_role_and_tenant_of_a_routine_end_with_it(shop: Shop) -> None:
    _, sent = await a_message(shop.inbox)
    for _ in range(20):
        await fast_conversations.mark_read(shop.admin, sent.conversation.id, 1)
    rows = await asyncio.gather(
        *(pool().fetchrow("SELECT current_user, current_setting('app.organization_id', true)") for _ in range(10))
    )
    assert {(row[0] == "lacasa_app", row[1] or "") for row in rows} == {(False, "")}


async def test_the_role_of_requests_cannot_run_a_routine(shop: Shop) -> None:
    sql = "SELECT has_function_privilege('lacasa_app', oid, 'EXECUTE') FROM pg_proc WHERE proname = ANY ($1::text[])"
    allowed = await pool().fetch(sql, ["send_reply", "receive_message", "mark_conversation_read"])
    assert [row[0] for row in allowed] == [False] * 3
    del shop


async def test_a_routine_whose_connection_dies_is_told_as_unavailable(shop: Shop) -> None:
    visitor, sent = await a_message(shop.inbox)
    async with system_transaction("a test holds a row and ends whoever waits for it") as db:
        await db.execute("SELECT FROM conversations WHERE id = $1 FOR UPDATE", sent.conversation.id)
        waiting = asyncio.create_task(another_message(visitor, sent), context=Context())
        for _ in range(1500):
            await asyncio.sleep(0.02)
            ended = await pool().fetchval(  # not in the open transaction, which sees one state of the sessions
                """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                   WHERE query LIKE '%receive_message%' AND wait_event_type = 'Lock' AND datname = current_database()"""
            )
            if ended:
                break
        with pytest.raises(Unavailable):
            await waiting
    assert (await another_message(visitor, sent)).message.seq == 2
