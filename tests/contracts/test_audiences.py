"""Every type of event is really recorded, and then sent to everybody who must not hear of it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from agent import actions as agent_actions
from agent import queries as agent_queries
from agent.actions import Decided
from agent.reviews import actions as reviews
from agent.reviews.structs import ReviewInput
from agent.tools.structs import Proposal
from core.access import Actor, Audience, Role, ai, may_see
from core.channels.email import change as email
from core.consent.actions import consents, suppressions, topics
from core.consent.structs import ConsentInput, SuppressionInput, TopicInput
from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges
from core.conversations import actions as conversations
from core.conversations import queries as conversation_queries
from core.conversations.structs import AssignInput
from core.database import pool, transaction
from core.events.contract import Logged
from core.events.relay import logged
from core.events.replay import Head
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.knowledge import actions as knowledge
from core.knowledge.categories import actions as categories
from core.knowledge.sources import actions as sources
from core.knowledge.sources.structs import WebsiteInput
from core.knowledge.structs import ArticleChanges, CategoryChange
from core.mailing.actions import audience, mailings, telling
from core.mailing.tracking import actions as tracking
from core.mailing.tracking import links as tracking_links
from core.mailing.tracking.actions import Seen
from core.messages import actions as messages
from core.messages.structs import Sent
from core.organizations import actions as organizations
from core.organizations.structs import OrganizationChanges
from core.segments import actions as segments
from core.segments.structs import MemberChanges, SegmentInput
from core.teams import actions as teams
from core.teams.structs import TeamInput
from core.templates import actions as templates
from core.templates.structs import TemplateInput
from core.users import actions as users
from realtime.frames import Frames
from realtime.pages import Pages
from realtime.subscribe import _replay
from tests.consent.people import as_staff
from tests.contracts.golden import events
from tests.factories import (
    a_contact,
    a_member,
    a_message,
    a_note,
    a_reply,
    again,
    an_article,
    an_inbox,
    an_organization,
)
from tests.realtime.ears import Ear, room_of
from tests.security.conftest import in_process

pytestmark = pytest.mark.usefixtures("connected")

PUBLIC = {
    "conversation.assigned",
    "conversation.closed",
    "conversation.created",
    "conversation.handed_back",
    "conversation.handed_off",
    "conversation.renamed",
    "conversation.reopened",
    "conversation.resolved",
    "conversation.seen",
    "conversation.taken_over",
    "message.created",
    "message.withdrawn",
}
"""THE reviewed list of what a customer may hear of his own conversation; of nothing else, and nothing else of these."""
SECRET = "heron-and-lapwing"  # stands in everything that customers must not read
MAIL = """
INSERT INTO outbound_mails (organization_id, conversation_id, message_id, inbox_id, internet_message_id, state, reason)
VALUES ($1, $2, $3, $4, '', 'withdrawn', $5) RETURNING id
"""
LOGGED = """
SELECT organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
       user_id, staff_only, marketers_only, body, public, created_at FROM event_log WHERE organization_id = $1
UNION ALL
SELECT organization_id, 0, 0, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
       user_id, staff_only, marketers_only, body, public, now() FROM outbox WHERE organization_id = $1 ORDER BY id
"""


class Scene:
    """An organization in which everything has happened once, and the people who look on."""

    def __init__(self) -> None:
        self.admin: Actor
        self.outsider: Actor
        """An agent without access to the inbox."""
        self.customer: Actor
        self.other_customer: Actor
        self.events: list[Logged] = []

    async def play(self) -> "Scene":
        admin = self.admin = await an_organization(f"Shop {SECRET}")
        agent = await a_member(admin, name=f"Agent {SECRET}")
        inbox = await an_inbox(admin, access="members", member_ids=[admin.id], ai_enabled=True)
        outsider = await a_member(admin)
        self.customer, sent = await a_message(inbox)
        self.other_customer, _ = await a_message(await an_inbox(admin, name="Elsewhere"))
        number = sent.conversation.id
        await self._by_people(sent, agent)
        await self._by_the_machine(number)
        await conversations.mark_seen(self.customer, sent.conversation.token, 99)
        await conversations.close(admin, number)
        await self._around(admin, agent, inbox.id)
        self.outsider = await again(outsider)
        self.events = [logged(row) for row in await pool().fetch(LOGGED, admin.organization_id)]
        return self

    async def _by_people(self, sent: Any, agent: Actor) -> None:
        admin, number = self.admin, sent.conversation.id
        await conversations.prioritize(admin, number, "urgent")
        await conversations.tag(admin, number, [SECRET], [])
        await conversations.rename(admin, number, "Where is my lamp?")
        await conversations.snooze(admin, number, timedelta(hours=1))
        await conversations.wake(admin, number)
        await a_note(admin, sent, f"A note about {SECRET}")
        await conversations.take_over(admin, number)
        await conversations.assign(admin, number, AssignInput(assignee_id=agent.id))
        await self._by_mail(await a_reply(admin, sent, f"Forget that {SECRET}"))
        await a_reply(admin, sent)
        await conversations.resolve(admin, number)
        await conversations.reopen(admin, number)

    async def _by_mail(self, reply: Sent) -> None:
        """Taken back before it left."""
        organization_id, number = self.admin.organization_id, reply.conversation.id
        async with transaction(self.admin) as db:
            before = await conversation_queries.get(self.admin, number, lock=True)
            mail_id = await db.fetch_value(MAIL, organization_id, number, reply.message.id, before.inbox_id, SECRET)
            await email.announce(db, self.admin, mail_id)
            await messages.withdraw(self.admin, before, reply.message)

    async def _by_the_machine(self, number: int) -> None:
        machine = ai(self.admin.organization_id)
        after = await conversations.hand_back(self.admin, number)
        decided = Decided(
            conversation_id=number,
            seq=after.public_seq,
            epoch=after.handler_epoch,
            content="A person will be with you.",
            threshold=0.7,
            handoff="low_confidence",
            question=SECRET,
            confidence=0.6,
            draft=SECRET,
            proposals=[Proposal("shop.refund", f"Refund {SECRET}", after.contact_id or 0, "", {"to": SECRET}, [])],
        )
        await agent_actions.commit(machine, decided)
        decision = (await agent_queries.receipts(self.admin, number))[0]
        await reviews.review(self.admin, decision.id, ReviewInput("edit", "wrong", f"Not {SECRET}"))

    async def _mailed(self, admin: Actor, contact_id: int) -> None:
        mailing = await mailings.begin(admin, "campaign", 1, topic_id=None, mail_kind="transactional")
        to = f"{SECRET}@example.com"
        send_id = await audience.enlist_one(admin, mailing.id, to, datetime.now(UTC), contact_id=contact_id, entry=SECRET)
        await mailings.release(admin, mailing.id)
        await mailings.halt(admin, mailing.id, "sender_refused", SECRET)
        pixel = tracking_links.pixel(admin.organization_id, send_id).rpartition("/")[2]
        await tracking.open_mail(pixel, Seen("GET", "browser", "192.0.2.0/24"))
        async with transaction(admin) as db:
            await telling.returned(db, admin, send_id, "bounced")
        await mailings.cancel(admin, mailing.id)
        await mailings.finish(admin, mailing.id)

    async def _around(self, admin: Actor, agent: Actor, inbox_id: int) -> None:
        from core.auth import accounts

        team = await teams.create(admin, TeamInput(f"Team {SECRET}"))
        await teams.delete(admin, team.id)
        contact = await a_contact(admin, first_name=SECRET, email=f"{SECRET}@example.com")
        topic = await topics.create(admin, TopicInput(f"News of {SECRET}", opt_in="single"))
        await consents.say(admin, contact.id, topic.id, ConsentInput("subscribed", SECRET))
        await self._mailed(admin, contact.id)
        await suppressions.suppress(admin, SuppressionInput(f"{SECRET}@example.com", SECRET))
        await contacts.update(admin, contact.id, ContactChanges(last_name=SECRET))
        listed = await segments.create(admin, SegmentInput(f"List {SECRET}"))
        await segments.change_members(admin, listed.id, MemberChanges(add=[contact.id]))
        await segments.delete(admin, listed.id)
        await contacts.delete(admin, contact.id)
        article = await an_article(admin, f"About {SECRET}", "Text", "internal")
        await knowledge.update(admin, article.id, ArticleChanges(article.version, category=SECRET))
        await categories.rename(admin, CategoryChange(SECRET, f"Not {SECRET}"))
        await knowledge.delete(admin, article.id)
        source = await sources.add_website(admin, WebsiteInput(f"https://{SECRET}.invalid/"))
        await sources.remove(admin, source.id)
        await inboxes.update(admin, inbox_id, InboxChanges(name=f"Inbox {SECRET}"))
        template = await templates.create(admin, TemplateInput(SECRET, f"About {SECRET}"))
        await templates.delete(admin, template.id)
        await organizations.update(admin, OrganizationChanges(accent_color="#123456"))
        await accounts.log_out(agent)
        await users.remove(admin, agent.id or 0)


@pytest.fixture(scope="module")
async def scene(connected: Any) -> Scene:
    return await Scene().play()


def _hears(actor: Actor, event: Logged) -> str | None:
    """What the hub would send."""
    return Frames(event).for_actor(actor) if may_see(actor, event.audience) else None


async def test_every_type_of_event_happens(scene: Scene) -> None:
    always = {name for name, event in events().items() if not event.__module__.startswith("modules.")}
    assert always - {event.type for event in scene.events} == set(), "let it happen in Scene.play"


async def test_another_customer_hears_nothing_of_it(scene: Scene) -> None:
    own = next(
        event.audience.conversation_id for event in scene.events if scene.other_customer.contact_id in event.audience.contact_ids
    )
    heard = [event.type for event in scene.events if event.audience.conversation_id != own and _hears(scene.other_customer, event)]
    assert heard == []


async def test_the_customer_hears_what_is_public_and_no_secret(scene: Scene) -> None:
    heard = {event.type: _hears(scene.customer, event) for event in scene.events if _hears(scene.customer, event)}
    assert set(heard) == PUBLIC
    for name, frame in heard.items():
        assert SECRET not in str(frame), name
        assert '"contact_id"' not in str(frame), name


async def test_a_note_has_no_public_form_at_all(scene: Scene) -> None:
    notes = [event for event in scene.events if b"A note about" in event.body]
    assert notes
    assert all(event.public is None and event.audience.staff_only for event in notes)


async def test_an_agent_without_access_hears_nothing_of_the_conversation(scene: Scene) -> None:
    own = {event.audience.conversation_id for event in scene.events if scene.customer.contact_id in event.audience.contact_ids}
    assert own
    heard = [event.type for event in scene.events if event.audience.conversation_id in own and _hears(scene.outsider, event)]
    assert heard == []


@pytest.mark.parametrize("role", ["admin", "user", "agent"])
async def test_a_socket_hears_of_mail_to_many_what_its_lists_would_show_and_nothing_else(scene: Scene, role: Role) -> None:
    reader = await a_member(scene.admin, role)
    async with in_process() as http:
        shown = {path: await http.get(f"/api/{path}", headers=as_staff(reader)) for path in ("mailings/1", "segments", "templates")}
    for path, owners in (("mailings/1", {"mailing"}), ("segments", {"segment"}), ("templates", {"template"})):
        events = [event for event in scene.events if event.type.split(".")[0] in owners]
        assert events
        is_read = shown[path].status_code != 403
        assert is_read is (role != "agent"), path
        assert {event.type for event in events if _hears(reader, event)} == ({event.type for event in events} if is_read else set())


async def test_what_is_for_one_user_reaches_not_even_an_admin(scene: Scene) -> None:
    personal = [event for event in scene.events if event.audience.user_id not in (None, scene.admin.id)]
    assert personal
    assert [event.type for event in personal if _hears(scene.admin, event)] == []


async def test_every_event_of_a_conversation_says_whom_it_concerns(scene: Scene) -> None:
    for event in scene.events:
        if event.type.startswith(("conversation.", "message.", "agent.", "outbound_mail.")):
            assert event.audience.conversation_id, event.type
            assert event.audience.inbox_ids, event.type
        else:
            told = (event.audience.user_id, event.audience.marketers_only)
            assert event.audience == Audience(user_id=told[0], marketers_only=told[1]), event.type


async def test_a_replay_shows_exactly_what_was_heard_live(scene: Scene) -> None:
    from core.events.relay import Relay
    from core.settings import settings

    relay = Relay(settings().required_database_url())
    for _ in range(200):
        async with pool().acquire() as connection:
            if not await connection.fetchval("SELECT count(*) FROM outbox WHERE organization_id = $1", scene.admin.organization_id):
                break
            await relay.step(connection)
            await asyncio.sleep(0)
    rows = await pool().fetch(LOGGED, scene.admin.organization_id)
    written = [logged(row) for row in rows]
    for actor in (scene.admin, scene.outsider, scene.customer, scene.other_customer):
        heard = [event for event in written if _hears(actor, event)]
        assert await _replayed(actor, written) == [
            msgspec.json.decode(event.body if actor.is_staff else event.public or b"") for event in heard
        ]


async def _replayed(actor: Actor, written: list[Logged]) -> list[Any]:
    """The events that a socket gets which comes back from before everything: read from the log, as nothing is in memory."""
    ear = Ear(msgspec.structs.replace(actor, sees_from=0), live=False)
    room = room_of(actor.organization_id, Head(written[0].epoch, written[-1].position), ear)
    assert isinstance(await _replay(room, Pages(), ear, 0), int)
    return [frame["event"] for frame in ear.frames]
