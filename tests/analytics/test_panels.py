"""Panels are data: listed by the core, answered by the module."""

from typing import Any

import msgspec

from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.extend.panels import Facts, PanelDocument, Plot, Timeline
from tests.analytics.support import a_client, a_handoff, an_ai_answer, get, settled
from tests.factories import a_contact, a_member, a_message, a_reply, an_inbox, an_organization
from tests.stack import Stack

CONTACT = "/api/analytics/panels/contact"


def facts_of(answer: Any) -> dict[str, str]:
    block = msgspec.convert(answer, PanelDocument).blocks[0]
    assert isinstance(block, Facts)
    return {fact.label: fact.value for fact in block.facts}


def lines_of(answer: Any) -> list[str]:
    block = msgspec.convert(answer, PanelDocument).blocks[1]
    assert isinstance(block, Timeline)
    return [entry.text for entry in block.entries]


async def test_the_panels_of_a_place_are_listed(stack: Stack) -> None:
    agent = await a_member(await an_organization())
    found = await get(stack.url, agent, "/api/panels", place="contact")
    assert {"name": "analytics.contact", "title": "Activity", "place": "contact", "path": CONTACT} in found
    everywhere = await get(stack.url, agent, "/api/panels")
    assert {"analytics.contact", "analytics.days"} <= {panel["name"] for panel in everywhere}
    assert all(panel["place"] == "contact" for panel in found)


async def test_a_contacts_panel_tells_its_history(stack: Stack) -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    await conversations.hand_back(admin, sent.conversation.id)
    await an_ai_answer(admin, sent)
    await conversations.resolve(admin, sent.conversation.id)
    await settled(admin)
    answer = await get(stack.url, admin, CONTACT, contact_id=visitor.contact_id)
    day = sent.message.created_at.date().isoformat()
    assert facts_of(answer) == {
        "Conversations": "1",
        "First contact": day,
        "Last contact": day,
        "Resolved by the AI agent": "1",
    }
    assert lines_of(answer) == ["#1001 Resolved", "#1001 The AI agent answered", "#1001 Conversation opened"]


async def test_what_people_resolved_is_not_the_ai_agents(stack: Stack) -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    await conversations.hand_back(admin, sent.conversation.id)
    await a_handoff(admin, sent)
    await a_reply(admin, sent)
    await conversations.resolve(admin, sent.conversation.id)
    answer = await get(stack.url, admin, CONTACT, contact_id=visitor.contact_id)
    assert facts_of(answer)["Resolved by the AI agent"] == "0"


async def test_a_contact_who_never_wrote_has_an_empty_history(stack: Stack) -> None:
    admin = await an_organization()
    contact = await a_contact(admin, email="quiet@example.com")
    answer = await get(stack.url, admin, CONTACT, contact_id=contact.id)
    assert facts_of(answer)["Conversations"] == "0"
    assert facts_of(answer)["Last contact"] == "never"
    assert lines_of(answer) == []


async def test_an_agent_sees_only_conversations_that_he_may_see(stack: Stack) -> None:
    admin = await an_organization()
    agent = await a_member(admin)
    visitor, sent = await a_message(await an_inbox(admin, access="members"))
    await settled(admin)
    answer = await get(stack.url, agent, CONTACT, contact_id=visitor.contact_id)
    assert (facts_of(answer)["Conversations"], facts_of(answer)["Last contact"], lines_of(answer)) == ("0", "never", [])
    await conversations.assign(admin, sent.conversation.id, AssignInput(assignee_id=agent.id))
    answer = await get(stack.url, agent, CONTACT, contact_id=visitor.contact_id)
    assert (facts_of(answer)["Conversations"], lines_of(answer)) == ("1", ["#1001 Conversation opened"])


async def test_another_organization_finds_no_such_contact(stack: Stack) -> None:
    contact = await a_contact(await an_organization(), email="mine@example.com")
    async with a_client(stack.url, await an_organization("Elsewhere")) as client:
        answers = [await client.get(CONTACT, params={"contact_id": number}) for number in (contact.id, 2**62, 2**70)]
    assert [answer.status_code for answer in answers] == [404, 404, 400]


async def test_the_dashboards_plot_has_a_point_for_each_day(stack: Stack) -> None:
    admin = await an_organization()
    await a_message(await an_inbox(admin))
    await settled(admin)
    answer = msgspec.convert(await get(stack.url, admin, "/api/analytics/panels/days", days=7), PanelDocument)
    plot = answer.blocks[0]
    assert isinstance(plot, Plot)
    assert (len(plot.at), plot.at[1] - plot.at[0]) == (7, 86_400)
    assert {series.label: series.values for series in plot.series}["Opened"] == [0.0] * 6 + [1.0]
