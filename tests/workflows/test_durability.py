"""Killed between any two statements, twice at a time, paused, changed and hurried: each effect happens at most once, and nobody vanishes."""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.access import Actor
from core.contacts import actions as contacts
from core.contacts import queries as people
from core.contacts.structs import ContactChanges, ContactView
from core.database import Unit, pool
from core.errors import Conflict
from core.extend import registry
from core.extend.steps import Again, Failed, Go, Outcome, Visit, WorkflowStep
from modules.workflows.actions import drafts, enrolling, publishing, removing, running
from modules.workflows.jobs import advance
from modules.workflows.structs import EnrollInput, PublishInput, ResumeInput, StepChoice, WorkflowChanges, WorkflowView
from tests.factories import a_contact, an_organization, client_id
from tests.workflows.support import a_workflow, definition, fire, happens, hours_pass

pytestmark = pytest.mark.usefixtures("connected")

SENT: Counter[tuple[int, str]] = Counter()
"""What the outside has accepted, by run and step."""
HAND: dict[str, str] = {"outside": "takes it"}
"""How the outside fares next."""


class KilledError(BaseException):
    """The process is gone: nothing that is written to catch errors may catch it."""


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


async def _count(visit: Visit, _config: Nothing) -> Outcome:
    """An effect in the database: a number at the contact."""
    contact = await people.get(visit.actor, visit.contact_id, lock=True)
    name = f"{visit.enrollment_id}:{visit.step_id}"
    counted = contact.custom_fields | {name: contact.custom_fields.get(name, 0) + 1}
    await contacts.update(visit.actor, visit.contact_id, ContactChanges(custom_fields=counted))
    return Go()


async def _send(visit: Visit, _config: Nothing) -> Outcome:
    """An effect outside, which knows of no transaction."""
    how, HAND["outside"] = HAND["outside"], "takes it"
    if how == "dies before":
        raise KilledError
    if how == "is busy":
        return Again(visit.now, "busy")
    SENT[visit.enrollment_id, visit.step_id] += 1
    if how == "dies after":
        raise KilledError
    return Failed("lost", uncertain=True) if how == "answer lost" else Go()


COUNT = WorkflowStep(name="count", title="Count", config=Nothing, run=_count, acts=True)
SEND = WorkflowStep(name="send", title="Send", config=Nothing, run=_send, acts=True, outside=True, attempts=3)


def step(kind: str, named: str, **config: Any) -> dict[str, Any]:
    return {"id": named, "type": kind, "config": config}


DELAY = step("delay", "d", hours=2)
WAIT = step("wait_until_event", "w", event="bought", hours=3) | {
    "happenedBranch": [step("count", "happy")],
    "timeoutBranch": [step("send", "sad")],
}
FORMS: list[list[dict[str, Any]]] = [
    [step("count", "a"), DELAY, step("send", "b"), WAIT, step("count", "z")],
    [DELAY, step("count", "a"), step("send", "b"), step("count", "z")],
    [step("send", "b"), WAIT, DELAY],
    [WAIT, step("send", "new"), step("count", "z")],
]


class House:
    """A workflow, some contacts, and everything that may befall them."""

    def __init__(self, admin: Actor, workflow: WorkflowView, people: list[ContactView]) -> None:
        self.admin = admin
        self.workflow = workflow
        self.people = people
        self.enrolled = 0
        self.jobs: set[int] = set()
        """Runs for which the ledger has a job that did not end well yet."""

    async def enroll(self, n: int) -> None:
        with suppress(Conflict):
            data = EnrollInput(self.people[n % len(self.people)].id, client_id(), f"key-{n % 2}")
            self.enrolled += (await enrolling.request(self.admin, self.workflow.id, data)).enrollment is not None

    async def work(self, n: int) -> None:
        """Whose timer is due goes on; besides, a job for somebody, whether it is his time or not. Each twice at once."""
        await self._fire()
        for one in {*self.jobs, *(await self._active())[n % 3 : n % 3 + 1]}:
            await asyncio.gather(*(advance.function(self.admin.organization_id, one) for _ in range(2)))
            self.jobs.discard(one)

    async def _fire(self) -> None:
        self.jobs |= set(await fire(self.admin))

    async def _work(self) -> None:
        """One attempt at each job; whoever is killed has to do it again."""
        for one in sorted(self.jobs):
            await advance.function(self.admin.organization_id, one)
            self.jobs.discard(one)

    async def work_and_die(self, n: int) -> None:
        """The same, killed before its n-th statement."""
        left = n % 80

        def counting(real: Any) -> Any:
            async def asked(unit: Unit, *arguments: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    raise KilledError
                return await real(unit, *arguments)

            return asked

        await self._fire()
        with pytest.MonkeyPatch.context() as patch, suppress(KilledError):
            for name in ("execute", "fetch_value", "fetch_one", "fetch_rows"):
                patch.setattr(Unit, name, counting(getattr(Unit, name)))
            await self._work()

    async def outside(self, n: int) -> None:
        """Somebody meets the outside as it is now."""
        HAND["outside"] = ("dies before", "dies after", "is busy", "answer lost")[n % 4]
        await self._fire()
        with suppress(KilledError):
            await self._work()
        HAND["outside"] = "takes it"

    async def time(self, n: int) -> None:
        await hours_pass(self.admin, 1 + n % 3)

    async def buy(self, n: int) -> None:
        await happens(self.admin, ("bought", "enough")[n % 8 == 7], self.people[n % len(self.people)])

    async def pause(self, n: int) -> None:
        del n
        await running.pause(self.admin, self.workflow.id)

    async def resume(self, n: int) -> None:
        with suppress(Conflict):
            await running.resume(self.admin, self.workflow.id, ResumeInput(("shift", "skip", "send")[n % 3]))

    async def publish(self, n: int) -> None:
        """Change it, and choose for each step that somebody is at."""
        form = FORMS[n % len(FORMS)]
        changes = WorkflowChanges(
            revision=self.workflow.revision, definition=definition(*form, goals=["enough"], reentry={"rule": "after_exit"})
        )
        self.workflow = await drafts.update(self.admin, self.workflow.id, changes)
        try:
            self.workflow = await publishing.publish(self.admin, self.workflow.id, PublishInput(self.workflow.revision))
        except Conflict as asked:
            plan = []
            for number, heads in enumerate(asked.extra["heads"]):
                choice = ("pin", "follow", "map", "exit")[(n // 4 + number) % 4]
                choice = "map" if choice == "follow" and not heads["exists"] else choice
                to = form[n % len(form)]["id"] if choice == "map" else None
                plan.append(StepChoice(heads["version"], heads["step_id"], choice, to))
            self.workflow = await publishing.publish(self.admin, self.workflow.id, PublishInput(self.workflow.revision, plan=plan))

    async def remove(self, n: int) -> None:
        ids = await self._active()
        if ids:
            await removing.remove(self.admin, ids[n % len(ids)])

    async def _active(self) -> list[int]:
        sql = "SELECT id FROM workflow_enrollments WHERE organization_id = $1 AND status = 'active' ORDER BY id"
        return [row[0] for row in await pool().fetch(sql, self.admin.organization_id)]

    async def check(self) -> None:
        """What holds at any moment."""
        assert {what: count for what, count in SENT.items() if count > 1} == {}
        for who in self.people:
            fields = (await people.get(self.admin, who.id)).custom_fields
            assert {name: count for name, count in fields.items() if count != 1} == {}
        rows = await pool().fetch("SELECT * FROM workflow_enrollments WHERE organization_id = $1", self.admin.organization_id)
        assert len(rows) == self.enrolled
        timers = await pool().fetch("SELECT key FROM timers WHERE organization_id = $1", self.admin.organization_id)
        moving = {row["key"] for row in timers} | {f"workflow:{one}" for one in self.jobs}
        paused = await pool().fetchval("SELECT status FROM workflows WHERE id = $1", self.workflow.id) == "paused"
        for row in rows:
            if row["status"] == "active":
                assert row["due_at"] is not None
                assert paused or f"workflow:{row['id']}" in moving, "nothing will ever send him on"
            else:
                assert row["reason"]

    async def finish(self) -> None:
        """Whatever befell them, all come to an end once nothing befalls them any more."""
        HAND["outside"] = "takes it"
        await self.resume(2)
        for _ in range(12):
            await self._fire()
            await self._work()
            await hours_pass(self.admin, 4)
        assert await self._active() == []
        sql = "SELECT coalesce(sum(enrolled), 0), coalesce(sum(completed + exited), 0) FROM workflow_tallies WHERE organization_id = $1"
        enrolled, ended = await pool().fetchrow(sql, self.admin.organization_id)
        assert (enrolled, ended) == (self.enrolled, self.enrolled)


WHAT = ("enroll", "work", "work_and_die", "outside", "time", "buy", "pause", "resume", "publish", "remove")
SCRIPTS = st.lists(st.tuples(st.sampled_from((*WHAT[:5], *WHAT)), st.integers(0, 255)), min_size=5, max_size=40)


@pytest.fixture
def with_test_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {**registry.steps(), COUNT.name: COUNT, SEND.name: SEND}
    monkeypatch.setattr(registry, "steps", lambda: steps)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
@given(script=SCRIPTS)
async def test_whatever_befalls_them(with_test_steps: None, script: list[tuple[str, int]]) -> None:
    admin = await an_organization()
    workflow = await a_workflow(admin, *FORMS[0], goals=["enough"], reentry={"rule": "after_exit"})
    house = House(admin, workflow, [await a_contact(admin) for _ in range(2)])
    SENT.clear()
    await house.enroll(0)
    await house.enroll(1)
    for what, n in script:
        await getattr(house, what)(n)
        await house.check()
    await house.finish()
    await house.check()


@pytest.mark.parametrize("statement", range(0, 80, 2))
async def test_killed_before_any_statement_of_a_walk_it_goes_on_from_the_last_commit(with_test_steps: None, statement: int) -> None:
    admin = await an_organization()
    house = House(admin, await a_workflow(admin, *FORMS[1], goals=["enough"]), [await a_contact(admin)])
    SENT.clear()
    await house.enroll(0)
    await hours_pass(admin, 3)
    await house.work_and_die(statement)
    await house.check()
    await hours_pass(admin, 3)
    await house.finish()
    await house.check()
