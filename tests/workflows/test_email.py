"""The email step: into the ledger once per run, asked again right before it goes, and shown in the run's history."""

import copy
from typing import Any, NamedTuple

import msgspec
import pytest

from core.access import Actor, system
from core.channels.email import actions as email
from core.channels.email.structs import EmailInboxInput
from core.consent.actions import topics
from core.consent.structs import TopicInput
from core.contacts.addresses import digest
from core.contacts.structs import ContactView
from core.database import pool
from core.errors import Conflict
from core.extend.mailing import Addressee, Later, Never, Post
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.mailing import queries as ledger
from core.mailing.actions import claims, mailings
from core.mailing.structs import Outcome
from core.templates import actions as templates
from core.templates.blocks import TextBlock
from core.templates.structs import TemplateInput
from modules.workflows import letters, posting, queries
from modules.workflows.actions import drafts, publishing, running
from modules.workflows.saying import Explained
from modules.workflows.structs import EnrollmentView, PublishInput, ResumeInput, WorkflowChanges, WorkflowInput, WorkflowView
from tests.factories import a_contact, a_member, again, an_address, an_inbox, an_organization
from tests.workflows.support import a_workflow, delay, drive, enroll, happens, later, of, tag, taken
from tests.workflows.test_definitions import DESIGN

pytestmark = pytest.mark.usefixtures("connected")
SUBSCRIBED = """
WITH a AS (INSERT INTO mail_addresses (organization_id, address, digest) VALUES ($1, $2, $4) RETURNING id)
INSERT INTO consents (organization_id, address_id, topic_id, state, source, text_version) SELECT $1, a.id, $3, 'subscribed', 'form', 1 FROM a
"""
SENDS = """
SELECT s.id, g.id AS mailing_id, g.source_id, s.contact_id, s.entry, s.state, s.reason FROM mailing_sends s JOIN mailings g ON g.id = s.mailing_id
WHERE s.organization_id = $1 AND g.kind = 'workflow' ORDER BY s.id
"""
TOUCHED = """
INSERT INTO mailing_touches (organization_id, send_id, touch, method, agent, label, rules, times) VALUES ($1, $2, $3, 'GET', '', $4, 1, $5)
"""


class Shop(NamedTuple):
    admin: Actor
    template_id: int
    topic_id: int
    inbox_id: int

    async def reader(self) -> ContactView:
        """Somebody who subscribed."""
        address = an_address()
        found = await a_contact(self.admin, email=address)
        values = (address, self.topic_id, digest(self.admin.organization_id, address))
        await pool().execute(SUBSCRIBED, self.admin.organization_id, *values)
        return found

    def mail(self, named: str = "mail", **config: Any) -> dict[str, Any]:
        return {"id": named, "type": "email", "config": {"template_id": self.template_id} | config}

    async def sends(self) -> list[Any]:
        return await pool().fetch(SENDS, self.admin.organization_id)

    async def answers(self) -> list[Any]:
        """What the source says of each mail that is queued."""
        found = []
        for row in await self.sends():
            addressee = Addressee(row["id"], row["contact_id"], row["entry"])
            found += await letters.letters(system(self.admin.organization_id), row["source_id"], [addressee])
        return found


async def a_mail_shop() -> Shop:
    """An organization that can mail: an inbox with an address, a topic, a template."""
    admin = await an_organization()
    inbox = await an_inbox(admin, name="Post")
    await email.connect(admin, inbox.id, EmailInboxInput(an_address(), "Harbour Lights"))
    topic = await topics.create(admin, TopicInput("News", opt_in="single"))
    template = await templates.create(admin, TemplateInput("Hello", subject="Hello", blocks=[TextBlock("Here we are.")]))
    return Shop(admin, template.id, topic.id, inbox.id)


@pytest.fixture
async def shop() -> Shop:
    return await a_mail_shop()


async def test_the_designs_example_is_published_once_templates_are_chosen(shop: Shop) -> None:
    body = copy.deepcopy(DESIGN) | {"triggerType": "welcome"}
    made = await drafts.create(shop.admin, WorkflowInput("Cart", body))
    kept = made.definition
    assert [(step["type"], step.get("config")) for step in kept["steps"]][1] == ("email", body["steps"][1]["config"])
    with pytest.raises(Conflict) as refused:
        await running.activate(shop.admin, made.id)
    problems = {(one["path"], one["message"]) for one in refused.value.extra["problems"]}
    assert problems == {
        ("$.steps[1].config.template_id", "There is no such template"),
        ("$.steps[2].falseBranch[1].config", "Choose a template"),
    }
    for step in (kept["steps"][1], kept["steps"][2]["falseBranch"][1]):
        step["config"]["templateId"] = shop.template_id
    changed = await drafts.update(shop.admin, made.id, WorkflowChanges(made.revision, definition=kept))
    assert changed.problems == []
    assert (await running.activate(shop.admin, made.id)).status == "active"


async def test_nothing_is_published_that_nobody_could_send(shop: Shop) -> None:
    stranger = await an_organization()
    made = await drafts.create(stranger, WorkflowInput("Cart", {"steps": [shop.mail(kind="marketing")]}))
    assert [(one.path, one.missing) for one in made.problems] == [
        ("$.steps[0].config.template_id", True),
        *[("$.steps[0].config", True)] * 2,
    ]
    wrong = [
        ({"inbox_id": 1}, ".inbox_id"), ({"topic_id": 1}, ".topic_id"), ({"topic_id": shop.topic_id, "kind": "transactional"}, ".topic_id"),
        ({"subject": "Hello {{ nobody.knows }}"}, ".subject"),
    ]  # fmt: skip
    for config, path in wrong:
        found = await drafts.checked(shop.admin, {"steps": [shop.mail(**config)]})
        assert [one.path for one in found.problems] == [f"$.steps[0].config{path}"]


async def _published(actor: Actor, mail: dict[str, Any]) -> Any:
    """From which inbox a workflow's mail goes that this actor publishes; a problem's path where it cannot be."""
    made = await drafts.create(actor, WorkflowInput("Letter", {"steps": [mail]}))
    try:
        await running.activate(actor, made.id)
    except Conflict as refused:
        return [one["path"] for one in refused.extra["problems"]]
    return await pool().fetchval("SELECT inbox_id FROM workflow_uses WHERE workflow_id = $1", made.id)


async def test_nobody_mails_from_an_inbox_that_he_has_no_access_to(shop: Shop) -> None:
    await inboxes.update(shop.admin, shop.inbox_id, InboxChanges(access="members"))
    user = await a_member(shop.admin, "user")
    assert await _published(shop.admin, shop.mail()) == shop.inbox_id
    assert await _published(user, shop.mail(inbox_id=shop.inbox_id)) == ["$.steps[0].config.inbox_id"]
    assert await _published(user, shop.mail()) == ["$.steps[0].config"], "nor from the oldest, because he names none"
    other = await an_inbox(shop.admin, name="Open")
    await email.connect(shop.admin, other.id, EmailInboxInput(an_address(), "Harbour Lights"))
    user = await again(user)
    assert await _published(user, shop.mail()) == other.id
    job = system(shop.admin.organization_id)
    assert (await posting.chosen(job, shop.template_id, "", None, None, "marketing")).inbox_id == shop.inbox_id


async def _wakes(shop: Shop) -> int:
    """Jobs that send what waits."""
    sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'core.channels.email.bulk.send'"
    return int(await pool().fetchval(sql, shop.admin.organization_id))


@pytest.mark.parametrize("by", ["activating", "resuming"])
async def test_mail_that_had_to_stop_goes_on_with_the_workflow(shop: Shop, by: str) -> None:
    workflow, _ = await _queued(shop)
    [row] = await shop.sends()
    job = system(shop.admin.organization_id)
    await mailings.halt(job, row["mailing_id"], "password_refused", "535 no")
    await pool().execute("DELETE FROM jobs WHERE organization_id = $1", shop.admin.organization_id)
    seen = await queries.get(shop.admin, workflow.id)
    assert (seen.trouble, seen.trouble_detail) == ("password_refused", "535 no")
    assert [one.trouble for one in (await queries.page(shop.admin, None, None, 9)).items] == ["password_refused"]
    if by == "activating":
        after = await running.activate(shop.admin, workflow.id)
    else:
        await running.pause(shop.admin, workflow.id)
        assert await _wakes(shop) == 0
        after = await running.resume(shop.admin, workflow.id, ResumeInput("send"))
    assert after.trouble == ""
    assert (await ledger.mailing(job, row["mailing_id"])).state == "active"
    assert await _wakes(shop) == 1


async def test_one_mail_for_each_run_whatever_is_repeated(shop: Shop) -> None:
    workflow = await a_workflow(shop.admin, shop.mail(), shop.mail("second", subject="Once more"), tag("last"))
    ida, jon = await shop.reader(), await shop.reader()
    runs = [await enroll(shop.admin, workflow, one) for one in (ida, jon)]
    await drive(shop.admin)
    await drive(shop.admin)
    sends = await shop.sends()
    assert sorted((row["contact_id"], row["entry"]) for row in sends) == sorted([(run.contact_id, str(run.id)) for run in runs] * 2)
    assert {row["state"] for row in sends} == {"queued"}
    assert len({row["mailing_id"] for row in sends}) == 2, "one for each step of a version"
    answers = await shop.answers()
    assert {type(one) for one in answers} == {Post}, "who came to the end of his way gets what he was to get"
    assert {one.subject for one in answers} == {"", "Once more"}
    assert (answers[0].template_id, answers[0].version, answers[0].inbox_id) == (shop.template_id, 1, shop.inbox_id)


async def test_history_tells_what_became_of_the_mail(shop: Shop) -> None:
    workflow = await a_workflow(shop.admin, shop.mail())
    run = await enroll(shop.admin, workflow, await shop.reader())
    await drive(shop.admin)
    [row] = await shop.sends()
    actor = system(shop.admin.organization_id)
    claimed = await claims.claim(actor, row["mailing_id"])
    await claims.hand_over(actor, claimed)
    await claims.finish(actor, [Outcome(one.id, one.attempt, "sent") for one in claimed])
    for touch, label, times in (("open", "proxy", 2), ("open", "human", 1), ("click", "human", 3)):
        await pool().execute(TOUCHED, actor.organization_id, row["id"], touch, label, times)
    [step] = (await of(shop.admin, run)).steps
    assert step.mail is not None
    told = (step.mail.id, step.mail.state, step.mail.opens, step.mail.opens_by_people, step.mail.clicks, step.mail.clicks_by_people)
    assert told == (row["id"], "sent", 3, 1, 3, 3)


async def test_who_may_not_be_mailed_gets_none_and_no_cap_counts_it(shop: Shop) -> None:
    cap = {"count": 1, "hours": 24, "then": "skip"}
    workflow = await a_workflow(shop.admin, shop.mail(), shop.mail("again"), cap=cap)
    stranger, reader = await a_contact(shop.admin, email=an_address()), await shop.reader()
    runs = [await enroll(shop.admin, workflow, one) for one in (stranger, reader)]
    await drive(shop.admin)
    told = [
        [(step.status, step.said, step.mail and step.mail.reason) for step in (await of(shop.admin, run)).steps] for run in runs
    ]
    assert told[0] == [("done", Explained("no_mail", {"reason": "no_consent"}), "no_consent")] * 2
    assert [one[0] for one in told[1]] == ["done", "skipped"]


async def _queued(shop: Shop, *more: dict[str, Any], **rules: Any) -> tuple[WorkflowView, EnrollmentView]:
    """Somebody whose mail is in the queue, and who waits for an hour behind it."""
    workflow = await a_workflow(shop.admin, shop.mail(), delay(), *more, **rules)
    run = await enroll(shop.admin, workflow, await shop.reader())
    await drive(shop.admin)
    assert [type(one) for one in await shop.answers()] == [Post]
    return workflow, run


async def test_a_goal_takes_back_what_is_still_in_the_queue(shop: Shop) -> None:
    _, run = await _queued(shop, goals=["order.created"])
    contact = await a_contact(shop.admin)
    await happens(shop.admin, "order.created", msgspec.structs.replace(contact, id=run.contact_id))
    assert await shop.answers() == [Never("goal")]


async def test_a_condition_that_holds_by_now_takes_it_back_too(shop: Shop) -> None:
    _, run = await _queued(shop, exits=[{"when": {"field": "contact.tags", "operator": "contains", "value": "stop"}}])
    await pool().execute("UPDATE contacts SET tags = '{stop}' WHERE id = $1", run.contact_id)
    assert await shop.answers() == [Never("exit_condition")]


async def test_a_pause_holds_the_queue(shop: Shop) -> None:
    workflow, _ = await _queued(shop)
    await running.pause(shop.admin, workflow.id)
    [answer] = await shop.answers()
    assert isinstance(answer, Later)
    assert answer.reason == "workflow_paused"


@pytest.mark.parametrize(("then", "kind"), [("defer", "marketing"), ("skip", "marketing"), ("defer", "transactional")])
async def test_quiet_hours_hold_it_unless_it_is_transactional(shop: Shop, then: str, kind: str) -> None:
    quiet = {"start": "00:00", "end": "23:59", "then": then}
    workflow = await a_workflow(shop.admin, shop.mail(kind=kind))
    await enroll(shop.admin, workflow, await shop.reader())
    await drive(shop.admin)
    body = (await queries.get(shop.admin, workflow.id)).definition | {"quiet_hours": quiet}
    await pool().execute("UPDATE workflow_versions SET definition = $2 WHERE workflow_id = $1", workflow.id, body)
    letters.definitions._read.clear()
    [answer] = await shop.answers()
    if kind == "transactional":
        assert isinstance(answer, Post)
    elif then == "skip":
        assert answer == Never("quiet_hours")
    else:
        assert isinstance(answer, Later)
        assert answer.reason == "quiet_hours"
        assert 0 < answer.wait_s <= 24 * 3600


async def test_a_template_stays_while_a_version_needs_it(shop: Shop) -> None:
    workflow, run = await _queued(shop)
    with pytest.raises(Conflict):
        await templates.delete(shop.admin, shop.template_id)
    changed = await drafts.update(
        shop.admin, workflow.id, WorkflowChanges(workflow.revision, definition={"steps": [delay(), tag("last")]})
    )
    await publishing.publish(shop.admin, workflow.id, PublishInput(changed.revision, "pin"))
    await later(shop.admin, 1)
    assert taken(await of(shop.admin, run)) == [("mail", "done"), ("wait", "passed")]
    with pytest.raises(Conflict):
        await templates.delete(shop.admin, shop.template_id)  # its mail is still on its way
    [row] = await shop.sends()
    await pool().execute("UPDATE mailing_sends SET state = 'sent' WHERE id = $1", row["id"])
    await publishing.publish(shop.admin, workflow.id, PublishInput(changed.revision, "follow"))
    await templates.delete(shop.admin, shop.template_id)
