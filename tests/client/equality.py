"""What a screen holds after events is what it would fetch: played with random actions, on the real stack."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
from hypothesis import strategies as st

from core.database import pool
from tests.client import mailings, mails, segments, shops, templates, wishes  # noqa: F401 (what is done there is among the actions)
from tests.client.actions import ACTIONS
from tests.client.browser import Browser, Tab
from tests.client.scene import RefusedError, Scene, a_scene

Script = list[tuple[str, int]]
SETTLE_S = 30.0
AGREE_S = 15.0
BUSY = """
SELECT (SELECT count(*) FROM outbox WHERE organization_id = $1) + (SELECT count(*) FROM jobs WHERE organization_id = $1 AND status < 2)
"""

CASES: dict[str, set[str]] = {
    "agent.decided": {"decisions"},
    "agent.reviewed": set(),
    "agent.tool_call_saved": {"tool-calls"},
    "article.deleted": {"articles", "article"},
    "article.saved": {"articles", "article"},
    "articles.recategorized": {"articles", "article", "sources"},
    "cart.abandoned": set(),
    "consent.changed": {"consents"},
    "contact.created": {"contacts", "organization"},
    "contact.deleted": {"contacts", "organization", "conversations", "conversation", "tool-calls"},
    "contact.updated": {"contacts", "continuity", "recipients", "consents"},
    "conversation.assigned": set(),
    "conversation.closed": set(),
    "conversation.created": set(),
    "conversation.handed_back": set(),
    "conversation.handed_off": set(),
    "conversation.prioritized": set(),
    "conversation.read": set(),
    "conversation.renamed": set(),
    "conversation.reopened": set(),
    "conversation.resolved": set(),
    "conversation.seen": set(),
    "conversation.snoozed": set(),
    "conversation.tagged": set(),
    "conversation.taken_over": set(),
    "conversation.woken": set(),
    "inbox.saved": {"inboxes"},
    "mailing.finished": set(),
    "mailing.progressed": set(),
    "mailing.returned": set(),
    "mailing.touched": set(),
    "member.removed": {"users", "teams", "inboxes", "conversations", "conversation"},
    "member.saved": {"users"},
    "member.sessions_revoked": {"sessions"},
    "message.created": set(),
    "message.withdrawn": set(),
    "outbound_mail.changed": {"mails", "recipients"},
    "order.action_changed": set(),
    "order.changed": set(),
    "order.created": set(),
    "order.fulfilled": set(),
    "order.paid": set(),
    "order.refunded": set(),
    "order.shipped": set(),
    "organization.changed": {"organization", "inboxes"},
    "segment.deleted": {"segments"},
    "segment.members_changed": set(),
    "segment.saved": {"segments"},
    "source.deleted": {"sources"},
    "source.saved": {"sources"},
    "suppression.changed": {"consents", "suppressions"},
    "team.deleted": {"teams", "conversations", "conversation"},
    "team.saved": {"teams"},
    "template.deleted": {"templates"},
    "template.saved": {"templates"},
    "topic.saved": {"topics", "consents"},
}
"""Every type of event, and the queries that it has fetched anew; all else follows by reducers alone.

A conversation that an agent loses sight of is beside this: what showed it is fetched anew, to be refused.
"""
for _path in sorted(Path(__file__).parents[1].glob("*/scene_actions.py")):
    CASES |= import_module(
        f"tests.{_path.parent.name}.scene_actions"
    ).CASES  # what is done with a module is among the actions from here on
IN_DOUBT = {"conversation.created": {"conversations"}}
"""What may be fetched anew beside: a conversation begins while the list of inboxes is to be fetched anew, so who sees it is in doubt."""
LOST = {"conversation", "thread", "decisions", "tool-calls", "continuity"}

EVERYTHING: Script = [(name, n) for n in (0, 17) for name in ACTIONS]


def scripts(most: int = 25) -> st.SearchStrategy[Script]:
    return st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 255)), min_size=1, max_size=most)


class DifferentError(AssertionError):
    """A screen does not hold what would be fetched."""


@dataclass
class Stage:
    """The tabs, kept over many scenes; `heard` and `refetched` are what all of them saw."""

    url: str
    http: httpx.AsyncClient
    admin: Tab
    agent: Tab
    widget: Tab
    browsers: list[Browser]
    played: Counter[str] = field(default_factory=Counter)
    refused: int = 0

    @classmethod
    async def open(cls, url: str) -> "Stage":
        browsers = [Browser(url) for _ in range(3)]
        programs = ("inbox", "inbox", "widget")
        admin, agent, widget = [await browser.open(name) for browser, name in zip(browsers, programs, strict=True)]
        http = httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=30)
        return cls(url, http, admin, agent, widget, browsers)

    async def close(self) -> None:
        await self.http.aclose()
        await asyncio.gather(*(browser.close() for browser in self.browsers))

    async def play(self, script: Script, *, ai_enabled: bool, watched: bool = False) -> None:
        """Act in a new organization, then compare. `watched`: what an event makes stale is fetched at once, as screens do.

        Raises:
            DifferentError: a screen is not what would be fetched.
        """
        scene = await a_scene(self.http, self.admin, self.agent, self.widget, ai_enabled=ai_enabled)
        if watched:
            await quiet(scene)  # the AI agent answers the first message before anybody else does
        for name, n in script:
            self.played[name] += 1
            try:
                await ACTIONS[name](scene, n)
            except RefusedError:
                self.refused += 1
            if watched:
                await quiet(scene)
                await asyncio.gather(*(_look(person.tab) for person in scene.people))
        await agree(scene)

    async def seen(self) -> tuple[Counter[str], dict[str, Counter[str]]]:
        """How often each type of event was heard by staff, and what each had fetched anew."""
        heard: Counter[str] = Counter()
        refetched: dict[str, Counter[str]] = {}
        for tab in (self.admin, self.agent):
            told = await tab.do("heard")
            heard.update(told["heard"])
            for kind, queries in told["refetched"].items():
                refetched.setdefault(kind, Counter()).update(queries)
        return heard, refetched


async def _look(tab: Tab) -> None:
    await tab.do("settled")
    await tab.do("refresh")


async def quiet(scene: Scene) -> None:
    """Until nothing moves by itself any more."""
    until = time.monotonic() + SETTLE_S
    while await pool().fetchval(BUSY, scene.organization_id):
        assert time.monotonic() < until, "background work did not end"
        await asyncio.sleep(0.02)


async def agree(scene: Scene, *whose: str) -> None:
    """Wait until every tab (or `whose`) holds what it would fetch: events may be under way for a moment."""
    until = time.monotonic() + AGREE_S
    pause_s = 0.05
    while True:
        await quiet(scene)
        found = await _differences(scene, whose or scene.tabs)
        if not found:
            return
        if time.monotonic() > until:
            raise DifferentError(told(found))
        await asyncio.sleep(pause_s)
        pause_s = min(1.0, pause_s * 2)


async def _differences(scene: Scene, names: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    await asyncio.gather(*(person.tab.do("settled") for person in scene.people))
    names = list(names)
    found = await asyncio.gather(*(scene.tabs[name].do("differences") for name in names))
    return {name: each for name, each in zip(names, found, strict=True) if each}


def told(found: dict[str, list[dict[str, Any]]]) -> str:
    lines = []
    for who, differences in found.items():
        for each in differences:
            lines.append(f"{who}: {each['query']}")
            lines += _apart(each["known"], each["fetched"], "  ")
    return "\n".join(lines[:60])


def _apart(known: Any, fetched: Any, path: str) -> list[str]:
    """Where two JSON values part."""
    if known == fetched:
        return []
    if isinstance(known, dict) and isinstance(fetched, dict):
        return [line for key in known.keys() | fetched.keys() for line in _apart(known.get(key), fetched.get(key), f"{path}.{key}")]
    if isinstance(known, list) and isinstance(fetched, list) and len(known) == len(fetched):
        return [
            line
            for index, (one, other) in enumerate(zip(known, fetched, strict=True))
            for line in _apart(one, other, f"{path}[{index}]")
        ]
    return [f"{path}: {str(known)[:300]} but fetched {str(fetched)[:300]}"]
