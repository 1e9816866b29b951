"""Staff see what the AI agent does while it does it; customers see that somebody types, and nothing else."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import graph, progress
from agent.llm import chat
from agent.llm.partial import written
from agent.progress import Progress
from core.access import ai
from core.conversations import actions as conversations
from core.events import wake
from core.events.live import EXPIRES_S, Working
from core.events.replay import Head
from core.events.wake import Msg
from tests.agent.loopback import Answer, Loopback, saying
from tests.agent.scenes import Interrupted, Scene, a_shop, ask, said, work
from tests.agent.test_suggestions import a_suggesting_shop
from tests.factories import a_member, a_reply, again, an_inbox, another_message
from tests.realtime.ears import Ear, room_of

pytestmark = pytest.mark.usefixtures("connected")
LONG = ("Shipping to Norway costs €9.90. " * 6).strip()


@asynccontextmanager
async def listening(organization_id: int) -> AsyncIterator[list[Working]]:
    """What is told of the AI agent's work, by NATS."""
    heard: list[Working] = []

    async def hear(message: Msg) -> None:
        heard.append(msgspec.json.decode(message.data, type=Working))

    stop = await wake.subscribe(f"live.{organization_id}", hear)
    try:
        yield heard
        await asyncio.sleep(0.1)
    finally:
        await stop()


def slowly(text: str, each_s: float = 0.06) -> Answer:
    return Answer(text, each_s=each_s)


async def test_its_stage_and_its_draft_are_told_as_it_writes(server: Loopback, scene: Scene) -> None:
    server.says = lambda asked: slowly(saying(*[("Shipping to Norway costs €9.90.", [asked.source("€9.90")])] * 6))
    _, sent = await ask(scene)
    async with listening(scene.admin.organization_id) as heard:
        assert await work(scene, sent) == "answered"
    *under_way, end = heard
    drafts = [one.draft for one in under_way]
    assert len({*drafts}) > 3
    assert all(later.startswith(earlier) for earlier, later in pairwise(drafts))
    assert all(LONG.startswith(draft) for draft in drafts)
    assert "writing" in {one.stage for one in under_way}
    assert (end.active, end.draft) == (False, "")
    assert {one.epoch for one in heard} == {sent.conversation.handler_epoch}


async def test_it_is_told_five_times_a_second_at_most(server: Loopback, scene: Scene) -> None:
    server.says = lambda asked: slowly(saying(*[("Shipping to Norway costs €9.90.", [asked.source("€9.90")])] * 6), 0.03)
    _, sent = await ask(scene)
    began = asyncio.get_running_loop().time()
    async with listening(scene.admin.organization_id) as heard:
        await work(scene, sent)
        took = asyncio.get_running_loop().time() - began
    assert 2 <= len(heard) <= took / progress.EVERY_S + 2


async def test_what_is_over_at_once_is_not_told() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    async with listening(scene.admin.organization_id) as heard:
        assert await work(scene, sent) == "answered"
    assert heard == []


async def test_a_takeover_ends_it_though_the_model_goes_on(server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOOK_S", 0.2)
    server.says = lambda asked: slowly(saying(*[("Shipping to Norway costs €9.90.", [asked.source("€9.90")])] * 8), 0.1)
    _, sent = await ask(scene)
    async with listening(scene.admin.organization_id) as heard:
        running = asyncio.create_task(work(scene, sent))
        await until(lambda: bool(heard))
        await conversations.take_over(scene.admin, sent.conversation.id)
        await until(lambda: not heard[-1].active)
        assert not running.done()
        told = len(heard)
        assert await running == "discarded"
    assert len(heard) == told
    assert await said(scene, sent) == []


async def test_a_failure_ends_it(server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "SILENCE_S", 0.6)
    server.says = lambda asked: Answer(saying((LONG, [asked.source("€9.90")])), stall_after=6)
    _, sent = await ask(scene)
    async with listening(scene.admin.organization_id) as heard:
        assert await work(scene, sent) == "handed_off"
    assert [one.active for one in heard][-1] is False
    assert "Shipping" in heard[-2].draft


async def test_who_dies_at_it_says_nothing_more_and_it_lapses() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    async with listening(scene.admin.organization_id) as heard:
        working = Progress(ai(scene.admin.organization_id), sent.conversation.id)
        await working.__aenter__()
        await until(lambda: bool(heard))
        assert working._task is not None
        working._task.cancel()
        await asyncio.sleep(0.3)
    assert heard[-1].active
    assert progress.AGAIN_S < EXPIRES_S / 2


async def test_without_nats_the_answer_comes_all_the_same(server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake, "_client", None)
    server.says = lambda asked: slowly(saying(("Shipping to Norway costs €9.90.", [asked.source("€9.90")])))
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"


async def test_of_a_draft_for_people_the_customer_sees_not_even_that_somebody_types() -> None:
    scene = await a_suggesting_shop()
    visitor, first = await ask(scene, "Refund my order 1042")
    await a_reply(scene.admin, first)
    sent = await another_message(visitor, first, "How much is shipping to Norway?")
    async with listening(scene.admin.organization_id) as heard:
        held = Interrupted(lambda: asyncio.sleep(0.6))
        await graph.run(scene.machine, sent.conversation.id, sent.message.seq, held=True, drafter=held)
    assert heard
    assert {one.token for one in heard} == {""}


async def test_staff_see_the_draft_and_the_customer_that_somebody_types() -> None:
    scene = await a_shop()
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, access="members", member_ids=[])
    customer, sent = await ask(scene)
    other, _ = await ask(scene)
    outsider = await again(await a_member(scene.admin))
    ears = [Ear(actor) for actor in (scene.admin, outsider, customer, other)]
    room = room_of(scene.admin.organization_id, Head(1, 1), *ears)
    async with listening(scene.admin.organization_id) as heard:
        await work(scene, sent, Interrupted(lambda: asyncio.sleep(0.6)))
    for one in [*heard, msgspec.structs.replace(heard[0], draft="a secret heron")]:
        room.presence.working(one)
    admin, stranger, own, others = (ear.frames for ear in ears)
    assert {frame["op"] for frame in admin} == {"working"}
    assert admin[-1]["draft"] == "a secret heron"
    assert stranger == []
    assert others == []
    assert {frame["op"] for frame in own} == {"typing"}
    assert {(frame["who"]["kind"], frame["who"]["id"]) for frame in own} == {("ai", None)}
    assert [frame["active"] for frame in own][:2] == [True, False]
    assert b"heron" not in b"".join(ears[2].heard + ears[3].heard)


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came true")


SENTENCES = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Mn"])), min_size=1, max_size=5)


@given(SENTENCES, st.data())
def test_any_beginning_of_a_reply_shows_the_beginning_of_its_sentences(sentences: list[str], data: st.DataObject) -> None:
    raw = json.dumps(
        {"answerable": True, "sentences": [{"text": text, "sources": ["s1"]} for text in sentences]},
        ensure_ascii=data.draw(st.booleans()),
    )
    whole = written(raw)
    assert whole == " ".join(filter(None, sentences))
    assert whole.startswith(written(raw[: data.draw(st.integers(0, len(raw)))]))


@given(st.text())
def test_whatever_a_model_writes_is_read(raw: str) -> None:
    assert "\ud800" not in written(raw).encode("utf-8", "strict").decode()


@pytest.mark.parametrize("raw", ["", "{", '"text": "', '"text": "\\', '"text": "\\ud83d', '"text": "\\ud83d\\u', '"text": "\\u00'])
def test_half_of_an_escape_is_not_shown(raw: str) -> None:
    assert written(raw) == ""


def test_an_escaped_key_inside_a_sentence_is_none() -> None:
    assert written(json.dumps({"sentences": [{"text": 'say "text": "no"'}]})) == 'say "text": "no"'
