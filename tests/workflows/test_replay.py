"""What the simulator foretells is what happens: the same events, once simulated, once by the engine with a clock that is set."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from core.access import Actor
from core.contacts.structs import ContactView
from core.database import pool
from modules.workflows import queries
from modules.workflows.actions import running
from modules.workflows.saying import Explained
from modules.workflows.simulator.queries import simulate
from modules.workflows.simulator.structs import PastEvent, SimulateInput, Simulation
from modules.workflows.structs import WorkflowView
from tests.factories import a_contact
from tests.workflows import clock
from tests.workflows.support import a_workflow, happens
from tests.workflows.test_email import Shop, a_mail_shop

pytestmark = pytest.mark.usefixtures("connected")
START = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
MINUTES = 3 * 24 * 60
SENT = """
SELECT s.contact_id, s.entry, s.due_at FROM mailing_sends s JOIN mailings g ON g.id = s.mailing_id JOIN workflow_uses u ON u.id = g.source_id
WHERE s.organization_id = $1 AND u.workflow_id = $2 AND s.state = 'queued'
"""
CONDITIONS = st.one_of(
    st.builds(
        lambda op, n: {"field": "n", "operator": op, "value": n}, st.sampled_from(["greater_than", "less_than"]), st.integers(0, 9)
    ),
    st.sampled_from("abc").map(lambda tag: {"field": "contact.tags", "operator": "contains", "value": tag}),
)
PLAIN = st.one_of(
    st.just({"type": "email", "config": {}}),
    st.just({"type": "email", "config": {}}),
    st.sampled_from("abc").map(lambda tag: {"type": "tag", "config": {"add": [tag]}}),
    st.sampled_from("abc").map(lambda tag: {"type": "tag", "config": {"remove": [tag], "add": ["x"]}}),
    st.integers(1, 900).map(lambda minutes: {"type": "delay", "config": {"minutes": minutes}}),
    st.sampled_from(["09:00", "23:15"]).map(lambda at: {"type": "delay", "config": {"at": at}}),
    st.sampled_from(["Ash", "Oak"]).map(lambda name: {"type": "update_contact", "config": {"last_name": name}}),
)
LEAVE = st.just({"type": "exit", "config": {"reason": "enough"}})


def _steps(inner: Any) -> Any:
    branching = st.builds(
        lambda condition, yes, no: {"type": "condition", "config": condition, "trueBranch": yes, "falseBranch": no},
        CONDITIONS,
        inner,
        inner,
    )
    waiting = st.builds(
        lambda minutes, when, yes, no: {
            "type": "wait_until_event", "config": {"event": "ping", "minutes": minutes} | ({"when": when} if when else {}),
            "happenedBranch": yes, "timeoutBranch": no,
        },
        st.integers(1, 1500), st.none() | CONDITIONS, inner, inner,
    )  # fmt: skip
    return st.lists(st.one_of(PLAIN, PLAIN, branching, waiting), max_size=4)


STEPS = st.recursive(st.lists(st.one_of(PLAIN, PLAIN, PLAIN, LEAVE), min_size=1, max_size=4), _steps, max_leaves=4)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "reentry": st.sampled_from(
            [{"rule": "after_exit"}, {"rule": "after", "hours": 12}, {"rule": "after_exit", "per": "contact"}]
        ),
        "goals": st.just(["goal"]),
        "exits": st.sampled_from(["a", "b"]).map(
            lambda tag: [{"when": {"field": "contact.tags", "operator": "contains", "value": tag}}]
        ),
        "quiet_hours": st.sampled_from(["defer", "skip"]).map(lambda then: {"start": "21:00", "end": "08:00", "then": then}),
        "cap": st.builds(
            lambda count, then: {"count": count, "hours": 6, "then": then}, st.integers(1, 2), st.sampled_from(["defer", "skip"])
        ),
    },
)
EVENTS = st.lists(
    st.tuples(
        st.integers(0, MINUTES), st.integers(0, 1), st.sampled_from(["start", "start", "ping", "goal"]), st.sampled_from(["", "k"]), st.integers(0, 9)
    ),
    min_size=1, max_size=7, unique_by=lambda one: one[0],
).map(sorted)  # fmt: skip


@pytest.fixture(scope="module")
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    found = await a_mail_shop()
    async with clock.a_set_clock():
        yield found


def _read(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


async def _lived(admin: Actor, workflow: WorkflowView, people: list[ContactView], events: list[PastEvent]) -> list[Any]:
    """What becomes of everybody by the engine."""
    by_id = {contact.id: contact for contact in people}
    for one in events:
        await clock.until(admin, one.at)
        await happens(admin, one.name, by_id[one.contact_id], one.key, **one.facts)
    await clock.until(admin, START + timedelta(days=60))
    runs = []
    for run in (await queries.runs(admin, workflow.id, None, None, None, 100)).items:
        history = await queries.history(admin, run.id)
        steps = [(step.step_id, step.status, step.branch, _read(step.at)) for step in history.steps]
        runs.append(
            (run.contact_id, run.entry_key, _read(run.enrolled_at), run.status, run.reason, sorted(steps, key=lambda step: step[3]))
        )
    return sorted(runs, key=lambda run: (run[2], run[0], run[1]))


def _foretold(found: Simulation) -> list[Any]:
    return [
        (
            run.contact_id, run.entry_key, _read(run.entered_at), run.status, run.reason,
            sorted([(step.step_id, step.status, step.branch, _read(step.at)) for step in run.steps], key=lambda step: step[3]),
        )
        for run in found.runs
        if run.status != "refused"
    ]  # fmt: skip


def _mails(found: Simulation) -> list[Any]:
    return sorted(
        (run.contact_id, _read(step.at))
        for run in found.runs
        for step in run.steps
        if step.type == "email" and step.status == "done" and step.said == Explained("mail")
    )


MAIL = {"type": "email", "config": {}}


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
@given(steps=STEPS, rules=RULES, happened=EVENTS)
@example(
    steps=[MAIL, MAIL],
    rules={"cap": {"count": 1, "hours": 6, "then": "skip"}},
    happened=[(0, 0, "start", "", 1), (1, 1, "start", "", 1)],
)
async def test_simulated_ways_and_sends_are_those_of_the_engine(
    shop: Shop, steps: list[dict[str, Any]], rules: dict[str, Any], happened: list[Any]
) -> None:
    admin = shop.admin
    await clock.at(START - timedelta(hours=1))
    with_template = _with_template(steps, shop.template_id)
    workflow = await a_workflow(admin, *with_template, event="start", **rules)
    people = [await shop.reader(), await a_contact(admin, email="nobody@example.com", tags=["c"])]
    events = [
        PastEvent(people[who].id, name, START + timedelta(minutes=minutes), key, {"n": n})
        for minutes, who, name, key, n in happened
    ]
    foretold = await simulate(admin, workflow.id, SimulateInput(events=events, until=START + timedelta(days=60)))
    lived = await _lived(admin, workflow, people, events)
    try:
        assert _foretold(foretold) == lived
        sent = [(row["contact_id"], _read(row["due_at"])) for row in await pool().fetch(SENT, admin.organization_id, workflow.id)]
        assert _mails(foretold) == sorted(sent)
    finally:
        await running.pause(admin, workflow.id)


def _with_template(steps: list[dict[str, Any]], template_id: int) -> list[dict[str, Any]]:
    """Every mail in them from this template."""
    found = []
    for step in steps:
        copied = {name: _with_template(value, template_id) if isinstance(value, list) else value for name, value in step.items()}
        found.append(copied | ({"config": {"template_id": template_id}} if step["type"] == "email" else {}))
    return found
