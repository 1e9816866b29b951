"""A visitor who writes in several tabs while the network, the tabs and the server fail under him."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from core.database import pool
from tests.chaos.proxy import DOWN, Proxy
from tests.client.browser import Browser, Tab
from tests.stack import Stack

QUIET_S = 120.0
GROUPS = ("new-1", "new-2")
STORED = """
SELECT c.id, m.client_id, m.content FROM messages m JOIN conversations c ON c.organization_id = m.organization_id AND c.id = m.conversation_id
WHERE c.inbox_id = $1 AND m.sender_type = 'contact' ORDER BY c.id, m.seq
"""


@dataclass
class Visit:
    """One visitor's browser. `written` is what was written, by group and tab, in order."""

    stack: Stack
    proxy: Proxy
    key: str
    inbox_id: int
    chance: random.Random
    browser: Browser = field(init=False)
    tabs: list[Tab] = field(default_factory=list)
    written: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    numbers: dict[int, int] = field(default_factory=dict)

    async def begin(self, tabs: int) -> None:
        self.browser = Browser(f"http://127.0.0.1:{self.proxy.port}")
        for _ in range(tabs):
            await self.open()

    async def open(self) -> Tab:
        tab = await self.browser.open("widget")
        await tab.do("begin", key=self.key)
        self.tabs.append(tab)
        self.numbers[id(tab)] = len(self.numbers)
        return tab

    async def write(self, group: str | None = None) -> None:
        tab = self.chance.choice(self.tabs)
        group = group or self.chance.choice(GROUPS)
        texts = self.written.setdefault((group, self.numbers[id(tab)]), [])
        texts.append(f"{group} tab {self.numbers[id(tab)]} message {len(texts)}")
        await tab.do("write", group=group, content=texts[-1])

    async def fault(self) -> None:
        """Something goes wrong; by itself it is all right again within a second or two."""
        kind = self.chance.choice(("cut", "cut", "reset", "deaf", "offline", "crash", "web", "relay"))
        self.events[kind] += 1
        match kind:
            case "cut":
                self.proxy.cut()
            case "reset":
                self.proxy.reset()
            case "deaf":  # requests arrive, answers do not: what was acknowledged is not known
                self.proxy.swallow(DOWN)
                await asyncio.sleep(self.chance.uniform(0, 0.3))
                self.proxy.heal()
                self.proxy.cut()
            case "offline":
                tab = self.chance.choice(self.tabs)
                tab.happens("offline")
                await asyncio.sleep(self.chance.uniform(0, 0.3))
                tab.happens("online")
            case "crash":
                tab = self.tabs.pop(self.chance.randrange(len(self.tabs)))
                await tab.crash()
                await self.open()
            case _:
                await self.stack.kill(kind)
                await self.stack.start(kind)

    async def delivered(self) -> None:
        """Wait until nothing is left in the outbox and every tab is live."""
        until = time.monotonic() + QUIET_S
        while True:
            states = [await tab.do("state") for tab in self.tabs]
            if all(not state["pending"] and state["link"] == "live" for state in states):
                return
            assert time.monotonic() < until, [(state["link"], state.get("trouble"), len(state["pending"])) for state in states]
            await asyncio.sleep(0.1)

    async def stored(self) -> list[asyncpg.Record]:
        found: list[asyncpg.Record] = await pool().fetch(STORED, self.inbox_id)
        return found

    async def differences(self) -> list[Any]:
        """Of all tabs, once they had time to hear the last event."""
        until = time.monotonic() + QUIET_S
        while True:
            found: list[Any] = [each for tab in self.tabs for each in await tab.do("differences")]
            if not found or time.monotonic() > until:
                return found
            await asyncio.sleep(0.2)

    async def sent(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for tab in self.tabs:
            total.update(await tab.do("sent"))
        return total


async def check(visit: Visit) -> None:
    """Every message once, in its writer's order, in one conversation per group; every tab shows it."""
    await visit.delivered()
    rows = await visit.stored()
    texts = [row["content"] for row in rows]
    wanted = [text for written in visit.written.values() for text in written]
    assert Counter(texts) == Counter(wanted), "lost or doubled"
    homes: dict[str, set[int]] = {}
    for row in rows:
        homes.setdefault(row["content"].split()[0], set()).add(row["id"])
    assert all(len(ids) == 1 for ids in homes.values()), f"a group became several conversations: {homes}"
    for written in visit.written.values():
        assert [text for text in texts if text in set(written)] == written, "out of order"
    assert await visit.differences() == []
    failures = [failure for tab in visit.tabs for failure in tab.failures]
    assert failures == []


async def play(visit: Visit, steps: int) -> None:
    """Writes and faults as `chance` draws them, then the check."""
    await visit.begin(tabs=3)
    for _ in range(steps):
        if visit.chance.random() < 0.6:
            await visit.write()
        else:
            await visit.fault()
        await asyncio.sleep(visit.chance.uniform(0, 0.15))
    visit.proxy.heal()
    await visit.stack.ready()
    await check(visit)
