"""Figures over a small history made by hand: right, the organization's for admins and users, an agent's own for agents."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

import httpx
import pytest

from core.access import Actor, system
from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.database import system_transaction
from core.messages import actions as messages
from core.messages.structs import Sent, StartInput
from modules.analytics import actions
from tests.analytics.support import a_client, get, moved, settled
from tests.factories import (
    a_contact,
    a_member,
    a_message,
    a_reply,
    again,
    an_inbox,
    an_organization,
    another_message,
    client_id,
)
from tests.stack import Stack

NOTHING = {
    "created": 0, "resolved": 0, "resolved_by_ai": 0, "reopened": 0, "messages_received": 0, "messages_sent": 0, "ai_answered": 0,
    "handed_off": 0,
}  # fmt: skip

QUESTIONS = [
    "analytics/overview?days=0",
    "analytics/overview?days=366",
    "analytics/overview?days=x",
    "analytics/panels/days?days=1000",
    "analytics/panels/contact",
    "dashboard/recent-activity?limit=101",
    "dashboard/recent-activity?limit=-1",
]


class Shop(NamedTuple):
    admin: Actor
    user: Actor
    theo: Actor
    mia: Actor
    url: str


def noon(days_ago: int) -> datetime:
    return datetime.combine(datetime.now(UTC).date() - timedelta(days=days_ago), time(12), UTC)


@pytest.fixture(scope="module")
async def shop(stack: Stack) -> Shop:
    """Four conversations: of Theo (pending), of nobody (waiting), of Mia (waiting), and one that the admin began."""
    admin = await an_organization()
    theo, mia = await a_member(admin, name="Theo"), await a_member(admin, name="Mia")
    user = await a_member(admin, role="user", name="Uma")
    inbox = await an_inbox(admin)
    theo, mia, user = await again(theo), await again(mia), await again(user)
    _, first = await a_message(inbox, "First")
    _, second = await a_message(inbox, "Second")
    visitor, third = await a_message(inbox, "Third")
    await a_reply(theo, first)
    await a_reply(mia, third)
    await another_message(visitor, third)
    contact = await a_contact(admin, email="began@example.com")
    began = await messages.start(
        admin, StartInput(contact_id=contact.id, inbox_id=inbox.id, client_id=client_id(), content="Hello")
    )
    await settled(admin)
    await _write_history(admin, theo, mia, first, second, third, began)
    return Shop(admin, user, theo, mia, stack.url)


async def _write_history(admin: Actor, theo: Actor, mia: Actor, first: Sent, second: Sent, third: Sent, began: Sent) -> None:
    async with system_transaction("a test writes its own history") as db:
        await db.execute("DELETE FROM analytics_events WHERE organization_id = $1", admin.organization_id)
    counted: list[tuple[Any, Sent, datetime, Actor | None, dict[str, str]]] = [
        ("ticket_created", first, noon(40), None, {"by": "visitor"}),
        ("ticket_created", first, noon(2), None, {"by": "visitor"}),
        ("message_received", first, noon(2), None, {}),
        ("message_sent", first, noon(2), theo, {}),
        ("ticket_resolved", first, noon(2), theo, {"handler": "human"}),
        ("ticket_created", second, noon(1), None, {"by": "visitor"}),
        ("message_received", second, noon(1), None, {}),
        ("ai_answered", second, noon(1), None, {}),
        ("ticket_resolved", second, noon(1), None, {"handler": "ai"}),
        ("ticket_created", third, noon(1), None, {"by": "visitor"}),
        ("message_received", third, noon(1), None, {}),
        ("handed_off", third, noon(1), None, {"reason": "low_confidence"}),
        ("message_sent", third, noon(1), mia, {}),
        ("ticket_created", began, noon(0), None, {"by": "user"}),
        ("ticket_reopened", first, noon(0), theo, {"by": "user"}),
        ("message_received", third, noon(0), mia, {}),
        ("ticket_resolved", third, noon(0), mia, {"handler": "human"}),
    ]
    actor = system(admin.organization_id)
    for kind, sent, at, credited, metadata in counted:
        user_id = None if credited is None else credited.id
        await actions.count(actor, kind, sent.conversation, at=at, user_id=user_id, **metadata)
    for sent, days_ago, seconds in ((first, 2, 60), (second, 1, 10), (third, 1, 300), (began, 0, 0)):
        await moved(admin, sent.conversation.id, noon(days_ago), noon(days_ago) + timedelta(seconds=seconds))


def values(answer: Any) -> dict[str, Any]:
    return {figure["key"]: figure["value"] for figure in answer["figures"]}


async def test_the_overview_counts_each_day_and_sums_them_up(shop: Shop) -> None:
    answer = await get(shop.url, shop.admin, "/api/analytics/overview")
    assert answer["scope"] == "organization"
    assert answer["totals"] == NOTHING | {
        "created": 4, "resolved": 3, "resolved_by_ai": 1, "reopened": 1, "messages_received": 4, "messages_sent": 2, "ai_answered": 1,
        "handed_off": 1,
    }  # fmt: skip
    days = [entry.pop("day") for entry in answer["series"]]
    assert days == [noon(ago).date().isoformat() for ago in range(29, -1, -1)]
    assert answer["since"] == days[0]
    assert answer["series"][-3] == NOTHING | {"created": 1, "resolved": 1, "messages_received": 1, "messages_sent": 1}
    assert answer["series"][-1] == NOTHING | {"created": 1, "resolved": 1, "reopened": 1, "messages_received": 1}
    assert answer["series"][0] == NOTHING
    assert values(answer) == {
        "median_first_response": 60,
        "ai_answer_share": pytest.approx(1 / 3),
        "ai_resolved_share": pytest.approx(1 / 3),
    }
    assert all(figure["formula"] for figure in answer["figures"])


async def test_a_shorter_overview_begins_later(shop: Shop) -> None:
    answer = await get(shop.url, shop.user, "/api/analytics/overview", days=1)
    assert len(answer["series"]) == 1
    assert answer["totals"] == NOTHING | {"created": 1, "resolved": 1, "reopened": 1, "messages_received": 1}
    assert values(answer) == {"median_first_response": None, "ai_answer_share": None, "ai_resolved_share": 0}


async def test_the_dashboard_says_how_things_stand_and_how_each_number_is_made(shop: Shop) -> None:
    for actor in (shop.admin, shop.user):
        answer = await get(shop.url, actor, "/api/dashboard/stats")
        assert values(answer) == {
            "open": 2,
            "waiting": 2,
            "unassigned": 1,
            "resolved_today": 1,
            "median_first_response": 60,
            "ai_resolved_share": pytest.approx(1 / 3),
        }
        assert all(figure["formula"] and figure["label"] and figure["unit"] for figure in answer["figures"])


async def test_agents_get_their_own_figures_only(shop: Shop) -> None:
    theo = await get(shop.url, shop.theo, "/api/analytics/overview")
    assert theo["scope"] == "own"
    assert theo["totals"] == NOTHING | {"messages_sent": 1, "resolved": 1, "reopened": 1}
    assert values(theo) == {"median_first_response": 60}
    mia = await get(shop.url, shop.mia, "/api/analytics/overview")
    assert mia["totals"] == NOTHING | {"messages_sent": 1, "messages_received": 1, "resolved": 1}
    assert values(mia) == {"median_first_response": 300}
    stats = {"unassigned": 1, "open": 0, "waiting": 0, "resolved_today": 0, "median_first_response": 60}
    assert values(await get(shop.url, shop.theo, "/api/dashboard/stats")) == stats
    stats = {"unassigned": 1, "open": 1, "waiting": 1, "resolved_today": 1, "median_first_response": 300}
    assert values(await get(shop.url, shop.mia, "/api/dashboard/stats")) == stats


async def test_another_organization_sees_nothing_of_it(shop: Shop) -> None:
    stranger = await an_organization("Elsewhere")
    answer = await get(shop.url, stranger, "/api/analytics/overview")
    assert answer["totals"] == NOTHING
    assert values(answer) == {"median_first_response": None, "ai_answer_share": None, "ai_resolved_share": None}
    empty = {
        "open": 0,
        "waiting": 0,
        "unassigned": 0,
        "resolved_today": 0,
        "median_first_response": None,
        "ai_resolved_share": None,
    }
    assert values(await get(shop.url, stranger, "/api/dashboard/stats")) == empty
    assert await get(shop.url, stranger, "/api/dashboard/recent-activity") == []


async def test_recent_activity_is_told_in_words_newest_first(shop: Shop) -> None:
    found = await get(shop.url, shop.admin, "/api/dashboard/recent-activity")
    assert [entry["at"] for entry in found] == sorted((entry["at"] for entry in found), reverse=True)
    assert len(found) == 16  # what happened 40 days ago is not recent
    handed = next(entry for entry in found if entry["kind"] == "handed_off")
    assert (handed["text"], handed["subject"], handed["number"]) == ("Handed to people: low confidence", "Third", 1003)
    assert len(await get(shop.url, shop.admin, "/api/dashboard/recent-activity", limit=3)) == 3


async def test_recent_activity_shows_only_what_somebody_may_see(stack: Stack) -> None:
    admin = await an_organization()
    agent, user = await a_member(admin), await a_member(admin, role="user")
    inbox = await an_inbox(admin, access="members")
    await a_message(inbox, "Hidden")
    _, shown = await a_message(inbox, "Shown")
    await conversations.assign(admin, shown.conversation.id, AssignInput(assignee_id=agent.id))
    await settled(admin)
    for actor, subjects in ((admin, {"Hidden", "Shown"}), (agent, {"Shown"}), (user, set())):
        found = await get(stack.url, actor, "/api/dashboard/recent-activity")
        assert {entry["subject"] for entry in found} == subjects
    figures = values(await get(stack.url, agent, "/api/dashboard/stats"))
    assert (figures["open"], figures["unassigned"]) == (1, 0)
    assert values(await get(stack.url, user, "/api/dashboard/stats"))["open"] == 2


@pytest.mark.parametrize("path", ["/api/analytics/overview", "/api/dashboard/stats", "/api/dashboard/recent-activity"])
async def test_figures_need_somebody_who_is_signed_in(stack: Stack, path: str) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as client:
        assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize("query", QUESTIONS)
async def test_a_senseless_question_is_refused(shop: Shop, query: str) -> None:
    async with a_client(shop.url, shop.admin) as client:
        assert (await client.get(f"/api/{query}")).status_code == 400
