"""What an idle connection costs the gateway: growth of its proportional set size over 5,000 authenticated sockets that are live and say nothing.

Three kinds, each in a web process of its own that has served a few before: agents who see one inbox, agents with 5 inboxes and 5
teams, visitors. Kernel memory of the sockets is not in it. `--n`: connections of each kind (5,000).
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

from core.auth.tickets import visitor_token_for, widget
from core.embedded.servers import Urls
from core.teams import actions as teams
from core.teams.structs import TeamInput
from tests.bench import ground, ours
from tests.bench.load import load_client
from tests.bench.measure import Options, memory_kb
from tests.bench.people import Scene, a_scene
from tests.factories import a_message, an_inbox
from tests.stack import Stack

WARM_UP = 50
AT_ONCE = 1000
SETTLE_S = 3
TOPICS = 5
Lines = Callable[[int], list[str]]


async def run(options: Options) -> dict[str, Any]:
    """kB per connection: `kb_per_connection`, `kb_with_topics` (agents with 5 inboxes and 5 teams), `kb_visitor`."""
    n = options.n or 5000
    async with ground.database() as urls, ground.connected(urls):
        scene = await a_scene(n)
        plain = await _growth(urls, n, lambda _: scene.logins())
        visitors = await _growth(urls, n, await _visitors(scene))
        busy = await _with_topics(n)
        topics = await _growth(urls, n, lambda _: busy.logins())
    return {
        "kb_per_connection": plain["kb"],
        "kb_with_topics": topics["kb"],
        "kb_visitor": visitors["kb"],
        "connections": n,
        "details": {"agents": plain, "agents_with_topics": topics, "visitors": visitors},
    }


async def _with_topics(n: int) -> Scene:
    """Agents who see four inboxes by membership beside the one that all see, and are in five teams."""
    scene = await a_scene(n)
    for number in range(TOPICS):
        await teams.create(scene.admin, TeamInput(f"Team {number}", scene.user_ids))
        if number:
            await an_inbox(scene.admin, name=f"Inbox {number}", access="members", member_ids=scene.user_ids)
    return scene


async def _visitors(scene: Scene) -> Lines:
    """Visitors who opened the page and wrote nothing; the inbox has one conversation, so that there is a log."""
    await a_message(scene.inbox)
    found = await widget(scene.inbox.widget_key)

    def lines(count: int) -> list[str]:
        return [
            f'{{"op":"auth","token":"{visitor_token_for(found)}","key":"{scene.inbox.widget_key}"}}\t{{"op":"subscribe","cursor":null}}'
            for _ in range(count)
        ]

    return lines


async def _growth(urls: Urls, n: int, lines: Lines) -> dict[str, float]:
    """PSS and RSS growth of a new web process from `WARM_UP` former connections to `n` live ones. Tickets are made just before use."""
    environment = ours.shared_secret() | {"LACASA_REALTIME_PER_ADDRESS": str(n)}
    async with ground.stack(urls, ("web",), environment=environment, seed=False) as stack, AsyncExitStack() as held:
        async with load_client("warm-up", **_options(stack, WARM_UP), script=lines(WARM_UP)):
            pass
        await asyncio.sleep(SETTLE_S)
        pid = stack.processes["web"].pid
        before = {kind: memory_kb(pid, kind) for kind in ("Pss", "Rss")}
        for start in range(0, n, AT_ONCE):
            count = min(AT_ONCE, n - start)
            await held.enter_async_context(load_client("idle", **_options(stack, count), script=lines(count)))
        await asyncio.sleep(SETTLE_S)
        grown = {kind: round((memory_kb(pid, kind) - before[kind]) / n, 2) for kind in before}
        return {"kb": grown["Pss"], "rss_kb": grown["Rss"], "base_mb": round(before["Pss"] / 1024, 1)}


def _options(stack: Stack, count: int) -> dict[str, Any]:
    return {
        "port": stack.port,
        "path": "/ws",
        "n": count,
        "sources": 8,
        "ready": '"op":"live"',
        "count": '"op":"event"',
        "keep": ours.KEEP,
    }
