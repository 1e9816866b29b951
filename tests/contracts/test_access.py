"""The access predicate has several forms, SQL for reads and routines and a function for sockets: they must never disagree."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.access import (
    RULE_IN_ROUTINE,
    RULE_PARAMETERS,
    Actor,
    ActorKind,
    Audience,
    ai,
    alternatives,
    may_see,
    opens,
    rule_arguments,
    system,
    visible,
)
from core.conversations.change import audience
from core.conversations.structs import ConversationView
from core.database import pool
from tests.contracts.samples import sample

pytestmark = pytest.mark.usefixtures("connected")

ids = st.integers(1, 6)
perhaps = st.none() | ids
some = st.frozensets(ids, max_size=3)
PARAMETERS = re.findall(r"p_(\w+)", RULE_PARAMETERS)
ROWS = "unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])"
ANY = sample(ConversationView)

staff = st.builds(
    lambda kind, role, who, inboxes, teams: Actor(
        kind=kind, organization_id=1, id=who, role=role, inbox_ids=inboxes, team_ids=teams
    ),
    st.sampled_from([ActorKind.user, ActorKind.api_key]),
    st.sampled_from(["admin", "user", "agent"]),
    ids,
    some,
    some,
)
visitors = st.builds(
    lambda inbox, contact: Actor(kind=ActorKind.visitor, organization_id=1, id=1, inbox_id=inbox, contact_id=contact), ids, perhaps
)
actors = staff | visitors | st.sampled_from([ai(1), system(1)])
conversations = st.lists(st.tuples(ids, perhaps, perhaps, perhaps), min_size=1, max_size=30)


def _as_view(number: int, row: tuple[int, int | None, int | None, int | None]) -> ConversationView:
    inbox_id, team_id, assignee_id, contact_id = row
    return replace(ANY, id=number, inbox_id=inbox_id, team_id=team_id, assignee_id=assignee_id, contact_id=contact_id)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actor=actors, rows=conversations)
async def test_what_a_read_shows_is_what_a_socket_hears(
    actor: Actor, rows: list[tuple[int, int | None, int | None, int | None]]
) -> None:
    rule, held = visible(actor, 6)
    sql = f"SELECT c.id FROM {ROWS} AS c (id, inbox_id, team_id, assignee_id, contact_id) WHERE {rule} ORDER BY 1"
    columns = [list(column) for column in zip(*rows, strict=True)]
    shown = [row["id"] for row in await pool().fetch(sql, list(range(len(rows))), *columns, *held)]
    parts, values = alternatives(actor, 6, 3)
    by_parts = (
        f"SELECT c.id FROM {ROWS} AS c (id, inbox_id, team_id, assignee_id, contact_id) WHERE {' OR '.join(parts)} ORDER BY 1"
    )
    assert [row["id"] for row in await pool().fetch(by_parts, list(range(len(rows))), *columns, *values)] == shown
    in_routine = re.sub(r"p_(\w+)", lambda found: f"${6 + PARAMETERS.index(found[1])}", RULE_IN_ROUTINE)
    typed = re.sub(r"(\$(?!6\b)\d+)", r"\1::bigint[]", in_routine).replace("$6", "$6::boolean")
    by_routine = f"SELECT c.id FROM {ROWS} AS c (id, inbox_id, team_id, assignee_id, contact_id) WHERE {typed} ORDER BY 1"
    assert [row["id"] for row in await pool().fetch(by_routine, list(range(len(rows))), *columns, *rule_arguments(actor))] == shown
    for number, row in enumerate(rows):
        named = zip(("inbox_id", "team_id", "assignee_id", "contact_id"), row, strict=True)
        assert number in shown or not any(value is not None and opens(actor, column, value) for column, value in named)
    heard = [number for number, row in enumerate(rows) if may_see(actor, audience(_as_view(number, row)))]
    assert shown == heard


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actor=visitors, row=st.tuples(ids, perhaps, perhaps, perhaps))
async def test_no_visitor_hears_what_is_for_staff(actor: Actor, row: tuple[int, int | None, int | None, int | None]) -> None:
    assert not may_see(actor, audience(_as_view(1, row), staff_only=True))
    assert not may_see(actor, Audience())
    assert not may_see(actor, Audience(user_id=actor.id, staff_only=False))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actor=actors, before=st.tuples(ids, perhaps, perhaps, perhaps), after=st.tuples(ids, perhaps, perhaps, perhaps))
async def test_a_change_is_heard_by_who_could_see_before_or_can_see_after(
    actor: Actor,
    before: tuple[int, int | None, int | None, int | None],
    after: tuple[int, int | None, int | None, int | None],
) -> None:
    old, new = _as_view(1, before), _as_view(1, after)
    assert may_see(actor, audience(new, old)) == (may_see(actor, audience(old)) or may_see(actor, audience(new)))


async def test_what_is_for_one_user_is_for_no_other_and_for_no_key_of_the_same_number() -> None:
    own = Audience(user_id=7)
    user = Actor(kind=ActorKind.user, organization_id=1, id=7, role="agent")
    assert may_see(user, own)
    assert not may_see(replace(user, id=8, role="admin"), own)
    assert not may_see(replace(user, kind=ActorKind.api_key), own)
    assert not may_see(replace(user, kind=ActorKind.api_key), Audience(conversation_id=1, assignee_ids=(7,)))
