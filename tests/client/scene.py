"""One organization of an equality run: an admin and an agent at their inboxes, a visitor in the widget, and what can be done there."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx

from core.access import Actor
from core.auth import sessions
from tests.client.browser import Tab
from tests.factories import a_contact, a_member, an_article, an_inbox, an_organization, client_id

LISTS: tuple[dict[str, Any], ...] = (
    {"view": "mine", "status": "active", "sort": "latest"},
    {"view": "all", "status": "active", "sort": "latest"},
    {"view": "all", "status": "any", "sort": "oldest"},
    {"view": "unassigned", "status": "open", "sort": "waiting"},
    {"view": "ai", "status": "open", "sort": "latest"},
    {"view": "all", "status": "any", "sort": "priority"},
    {"view": "all", "status": "resolved", "sort": "latest"},
    {"view": "all", "status": "snoozed", "sort": "oldest"},
    {"view": "all", "status": "pending", "sort": "waiting"},
    {"view": "mine", "status": "closed", "sort": "latest"},
    {"view": "all", "status": "any", "sort": "latest", "tag": "vip"},
)
"""Every view, status and sort at least once."""


class RefusedError(Exception):
    """The server said no, as it may: the run goes on."""


@dataclass
class Person:
    """Somebody with a session; `tab` shows what they see."""

    actor: Actor
    cookie: str
    tab: Tab


@dataclass
class Scene:
    """`conversations`, `teams` … are ids of what there is; an action picks among them by number."""

    http: httpx.AsyncClient
    admin: Person
    agent: Person
    widget: Tab
    key: str
    inbox_ids: list[int]
    token: str = ""
    visitor_contact: int = 0
    is_forgotten: bool = False
    """The visitor's contact was removed, and all that was his with it: he does nothing any more."""
    conversations: list[int] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    teams: list[int] = field(default_factory=list)
    contacts: list[int] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    refused: int = 0

    @property
    def organization_id(self) -> int:
        return self.admin.actor.organization_id

    @property
    def people(self) -> tuple[Person, Person]:
        return (self.admin, self.agent)

    @property
    def tabs(self) -> dict[str, Tab]:
        return {"admin": self.admin.tab, "agent": self.agent.tab, "visitor": self.widget}

    async def call(self, by: Person | None, method: str, path: str, body: Any = None) -> Any:
        """A request as `by`, or as the visitor.

        Raises:
            RefusedError: 4xx.
        """
        headers = {"Cookie": f"{sessions.COOKIE}={by.cookie}"} if by else {"Authorization": f"Bearer {self.token}"}
        answer = await self.http.request(method, path, json=body, headers=headers)
        assert answer.status_code < 500, f"{method} {path}: {answer.status_code} {answer.text}"
        if answer.status_code >= 400:
            self.refused += 1
            raise RefusedError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None

    async def visitor_call(self, method: str, path: str, body: Any = None) -> Any:
        if self.is_forgotten:
            raise RefusedError
        return await self.call(None, method, f"/api/widget/{self.key}{path}", body)

    async def show(self, person: Person, *queries: tuple[str, Any]) -> None:
        await person.tab.do("load", queries=queries)


async def a_scene(http: httpx.AsyncClient, admin_tab: Tab, agent_tab: Tab, widget: Tab, *, ai_enabled: bool) -> Scene:
    """A new organization, everybody at their screens, and one conversation begun."""
    admin = await an_organization()
    agent = await a_member(admin, "agent", "Theo Agent")
    extra = await a_member(admin, "user", "Una Extra")
    if ai_enabled:
        await an_article(admin, "Opening hours", "# Opening hours\n\nWe open at nine in the morning.", "public")
    open_inbox = await an_inbox(admin, name="Website", ai_enabled=ai_enabled)
    hidden = await an_inbox(admin, name="Board", access="members", member_ids=[admin.id])
    people = [
        Person(actor, sessions.cookie_for(actor.session_id or 0), tab) for actor, tab in ((admin, admin_tab), (agent, agent_tab))
    ]
    scene = Scene(http, people[0], people[1], widget, open_inbox.widget_key, [open_inbox.id, hidden.id])
    scene.members = [extra.id or 0]
    await widget.do("begin", key=scene.key)
    await _first_message(scene)
    contact = await a_contact(admin, first_name="Ines", last_name="Moreno")
    scene.contacts.append(contact.id)
    started = {"contact_id": contact.id, "inbox_id": hidden.id, "client_id": client_id(), "content": "Your order"}
    scene.conversations.append((await scene.call(scene.admin, "POST", "/api/conversations/start", started))["conversation"]["id"])
    for person in scene.people:
        await person.tab.do("begin", cookie=person.cookie)
        await scene.show(
            person,
            *[("list", filters) for filters in LISTS],
            *[(name, None) for name in PLAIN],
            ("contacts", ""),
            ("segments", "static"),
        )
        await scene.show(
            person, *[(name, each) for each in scene.conversations for name in ("one", "thread", "decisions", "tools")]
        )
        await scene.show(person, *[(name, each) for each in scene.contacts for name in ("contact", "consents")])
    return scene


PLAIN = (
    "counts", "users", "colleagues", "teams", "inboxes", "articles", "templates", "categories", "sources", "organization", "sessions",
    "topics", "suppressions",
)  # fmt: skip


async def _first_message(scene: Scene) -> None:
    """Through the widget's own outbox: a visitor's tab hears of his conversations once he has one."""
    await scene.widget.do("write", group="new-1", content="When do you open?")
    state = await scene.widget.do("state")
    while not state["conversations"] or state["link"] != "live":
        await asyncio.sleep(0.02)
        state = await scene.widget.do("state")
    scene.token, scene.tokens = state["token"], list(state["conversations"])
    listed = await scene.call(scene.admin, "GET", "/api/conversations?status=any")
    found = listed["items"][0]["conversation"]
    scene.conversations.append(found["id"])
    scene.visitor_contact = found["contact_id"]
    scene.contacts.append(scene.visitor_contact)
    await scene.widget.do("thread", token=scene.tokens[0])
