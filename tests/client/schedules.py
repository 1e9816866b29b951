"""A recording of a real server, and schedules of what may happen between it and a client."""

from typing import Any

from hypothesis import strategies as st

from tests.client.actions import ACTIONS
from tests.client.browser import Tab
from tests.client.equality import Script, Stage, agree, quiet
from tests.client.scene import LISTS, PLAIN, RefusedError, Scene, a_scene

Ops = list[tuple[str, int]]
FIRST = [("list", filters) for filters in LISTS] + [(name, None) for name in PLAIN] + [("contacts", "")]
OFTEN = ("happen", "deliver", "deliver", "wait", "online")
OPS = OFTEN * 4 + (
    "look", "look", "look", "hold", "hold", "release", "swap", "double", "stale", "cut", "deafen", "expire", "forget", "refuse", "offline",
)  # fmt: skip
"""Weighted so that the client is live for most of the time."""


ADMINS = (
    "add_inbox",
    "add_team",
    "add_member",
    "rename_oneself",
    "add_contact",
    "change_contact",
    "add_article",
    "change_organization",
)
STAFF = (
    "write", "reply", "write_elsewhere", "assign", "prioritize", "tag", "note", "see", "rename", "give_to_team", "read", "snooze", "wake", "untag",
    "hand_back", "write", "take_over", "declare", "start", "resolve", "reopen",
)  # fmt: skip
SCRIPT: Script = [(name, 0) for name in ADMINS] + [(name, n) for n in (0, 34) for name in STAFF] + [("close", 2)]
"""In its last part nothing has whole lists fetched anew: how the client got there shows to the end."""


def schedules() -> st.SearchStrategy[Ops]:
    return st.lists(st.tuples(st.sampled_from(OPS), st.integers(0, 63)), min_size=5, max_size=120)


class Recording:
    """What an admin's and a visitor's tab heard, step by step, and what they would have fetched then."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cookie = scene.admin.cookie
        self.steps: dict[str, list[dict[str, Any]]] = {"inbox": [], "widget": []}

    async def take(self) -> None:
        await quiet(self.scene)
        await self.scene.admin.tab.do("settled")
        self.steps["inbox"].append(await self.scene.admin.tab.do("take"))
        await agree(self.scene, "visitor")
        self.steps["widget"].append(await self.scene.widget.do("take"))


async def record(stage: Stage) -> Recording:
    """Play the script with everything open on the admin's screen, and keep what was heard after each action."""
    scene = await a_scene(stage.http, stage.admin, stage.agent, stage.widget, ai_enabled=True)
    recording = Recording(scene)
    await recording.take()
    for name, n in SCRIPT:
        known = len(scene.conversations)
        try:
            await ACTIONS[name](scene, n)
        except RefusedError:
            continue
        for each in scene.conversations[known:]:
            await scene.show(scene.admin, ("one", each), ("thread", each), ("decisions", each))
        await recording.take()
    return recording


async def begin(tab: Tab, recording: Recording, program: str, seed: int) -> None:
    """The client as it was when the recording began."""
    await tab.do("rewind", seed=seed)
    if program == "inbox":
        await tab.do("begin", cookie=recording.cookie)
        await tab.do("load", queries=FIRST + _details(recording.scene.conversations[:2]))
    else:
        await tab.do("begin", key=recording.scene.key)
    await tab.do("run", ops=[("deliver", 11)] * 4)
    if program == "widget":
        await tab.do("look", token=recording.scene.tokens[0])


def _details(conversations: list[int]) -> list[tuple[str, Any]]:
    return [(name, each) for each in conversations for name in ("one", "thread", "decisions")]


async def play(tab: Tab, recording: Recording, program: str, ops: Ops, seed: int) -> list[Any]:
    """How the client differs in the end from what it would fetch."""
    await begin(tab, recording, program, seed)
    scene = recording.scene
    for name, n in ops:
        if name != "look":
            await tab.do("run", ops=[(name, n)])
        elif program == "inbox":
            choices = FIRST + _details(scene.conversations) + [("contact", each) for each in scene.contacts]
            tab.start("look", query=choices[n % len(choices)])
        else:
            tab.start("look", token=scene.tokens[n % len(scene.tokens)])
    await tab.do("calm")
    if program == "inbox":
        await tab.do("refresh")
    found: list[Any] = await tab.do("differences")
    return found
