"""A module that workflows know nothing of brings a step and a trigger by its manifest; taken away, it leaves people waiting, not lost."""

from collections.abc import Callable, Iterator

import msgspec
import pytest

from core.access import Actor
from core.contacts import actions as contacts
from core.contacts import queries
from core.contacts.events import ContactUpdated
from core.contacts.structs import ContactChanges, ContactView
from core.extend import registry
from core.extend.module import Module
from core.extend.steps import Go, Visit, WorkflowStep
from core.extend.triggers import Occasion, Trigger
from modules.workflows import definitions
from modules.workflows import queries as workflows
from modules.workflows.actions import drafts, running
from modules.workflows.structs import WorkflowInput
from tests.factories import a_contact, an_organization
from tests.workflows.support import definition, drive, enroll, hours_pass, of, taken

pytestmark = pytest.mark.usefixtures("connected")
KEPT = (registry.modules, registry.steps, registry.triggers, registry.handlers)


class Loudly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    word: str


async def _shout(visit: Visit, config: Loudly) -> Go:
    await contacts.update(visit.actor, visit.contact_id, ContactChanges(last_name=config.word.upper()))
    return Go("heard")


BOUGHT: set[str] = set()


async def _void(_actor: Actor, _contact_id: int, key: str) -> str | None:
    return "bought" if key in BOUGHT else None


def _read(event: ContactUpdated) -> Occasion | None:
    return Occasion(contact_id=event.contact.id, key=event.contact.last_name) if event.contact.last_name else None


OUTSIDE = Module(
    name="outside",
    steps=[WorkflowStep(name="outside.shout", title="Shout", config=Loudly, run=_shout, acts=True, branches=("heard",))],
    triggers=[Trigger(name="outside.named", title="Somebody has a name", event=ContactUpdated, read=_read, void=_void)],
)


def _forget() -> None:
    for cached in KEPT[1:]:
        cached.cache_clear()


@pytest.fixture
def switch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], None]]:
    """Turns the module on and off."""
    here = registry.modules()

    def turn(on: bool) -> None:
        monkeypatch.setattr(registry, "modules", lambda: (*here, OUTSIDE) if on else here)
        _forget()

    turn(True)
    yield turn
    monkeypatch.undo()
    _forget()
    BOUGHT.clear()


def shout() -> dict[str, object]:
    last = {"id": "last", "type": "tag", "config": {"add": ["last"]}}
    return {"id": "shout", "type": "outside.shout", "config": {"word": "ash"}, "heardBranch": [last]}


async def _updated(admin: Actor, contact: ContactView) -> None:
    handler = registry.handlers()["modules.workflows.on_contact_updated"]
    await handler.function(ContactUpdated(organization_id=admin.organization_id, contact=contact, by=admin.ref))


async def _started_from_outside(admin: Actor) -> int:
    made = definition(shout()) | {"trigger": {"type": "outside.named"}}
    return (await running.activate(admin, (await drafts.create(admin, WorkflowInput("Names", made))).id)).id


async def _runs(admin: Actor, contact: ContactView) -> list[tuple[str, str, str]]:
    [found] = await workflows.of_contact(admin, contact.id)
    return [(run.entry_key, run.status, run.reason) for run in found.enrollments]


async def test_its_trigger_starts_and_its_step_acts(switch: Callable[[bool], None]) -> None:
    admin = await an_organization()
    await _started_from_outside(admin)
    ida = await a_contact(admin, last_name="Oak")
    await _updated(admin, ida)
    await drive(admin)
    assert await _runs(admin, ida) == [("Oak", "completed", "end")]
    now = await queries.get(admin, ida.id)
    assert (now.last_name, now.tags) == ("ASH", ["last"])


async def test_what_no_longer_holds_ends_the_run_before_its_effect(switch: Callable[[bool], None]) -> None:
    admin = await an_organization()
    await _started_from_outside(admin)
    ida = await a_contact(admin, last_name="Oak")
    await _updated(admin, ida)
    BOUGHT.add("Oak")
    await drive(admin)
    assert await _runs(admin, ida) == [("Oak", "exited", "bought")]
    assert (await queries.get(admin, ida.id)).last_name == "Oak"


async def test_while_it_is_off_people_wait_and_then_go_on(switch: Callable[[bool], None]) -> None:
    admin = await an_organization()
    made = await drafts.create(admin, WorkflowInput("Names", definition(shout())))
    await running.activate(admin, made.id)
    ida = await a_contact(admin)
    switch(False)
    definitions._read.clear()  # as in another process, which starts without the module
    run = await enroll(admin, made, ida)
    await drive(admin)
    waiting = await of(admin, run)
    assert (waiting.status, taken(waiting), waiting.note) == ("active", [], "no module that is on has the step outside.shout")
    switch(True)
    definitions._read.clear()
    await hours_pass(admin, 2)
    await drive(admin)
    assert taken(await of(admin, run)) == [("shout", "done"), ("last", "done")]
