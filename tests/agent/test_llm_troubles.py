"""Whatever a language model's server does, the customer gets an answer or a person, within a time, and nobody reads the key."""

import asyncio
import logging
import time
from typing import Any

import pytest

from agent import nodes, retrieve
from agent import queries as agent_queries
from agent.llm import chat, choice, queries, writer
from tests.agent.loopback import KEY, Answer, Loopback, saying
from tests.agent.scenes import Scene, ask, conversation_of, handoff_reason, notes, receipts, said, work
from tests.agent.writing import COSTS, cites

pytestmark = pytest.mark.usefixtures("connected")


GARBAGE = [
    "I think it costs €9.90!",
    "{}",
    '{"answerable": "yes"}',
    '{"answerable": true, "sentences": [{"text": 5}]}',
    "{{{",
    "\u0000",
    "[1]" * 900,
    "{" * 11_000,
    '{"answerable":' + "[" * 11_000 + "}",
    '{"answerable": true, "sentences": [{"text": "\\ud800", "sources": []}]',
]


@pytest.mark.parametrize("text", GARBAGE)
async def test_garbage_is_asked_about_once_and_then_handed_over(server: Loopback, scene: Scene, text: str) -> None:
    server.says = lambda asked: Answer(text)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "agent_error"
    assert "form that was asked for" in (await receipts(scene, sent))[0].trouble
    assert "went wrong" in (await said(scene, sent))[0].content
    assert len(server.asked) == 2


async def test_an_answer_around_its_json_and_a_repaired_one_are_read(server: Loopback, scene: Scene) -> None:
    tries = iter(
        [lambda asked: "Sure, one moment", lambda asked: f"```json\n{saying((COSTS + '.', [asked.source('€9.90')]))}\n```"]
    )
    server.says = lambda asked: Answer(next(tries)(asked))
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"


@pytest.mark.parametrize(
    ("answer", "detail", "calls"),
    [
        (Answer(status=500), "answered 500", 3),
        (Answer(status=429, headers={"retry-after": "0"}), "429", 3),
        (Answer(status=401), "the key is wrong", 1),
        (Answer(status=404), "no such model", 1),
        (Answer(status=302, headers={"location": "http://127.0.0.1:1/"}), "answered 302", 1),
        (Answer(saying(("x", ["s1"])), cut_after=1), "cannot be reached", 3),
        (Answer(raw=b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {not json\n\n"), "", 3),
        (Answer(raw=b"\x00\xff not http at all"), "cannot be reached", 3),
        (Answer(""), "wrote nothing", 3),
        (Answer("x" * 20_000), "would not stop", 1),
    ],
)
async def test_a_server_in_trouble_means_a_person_and_a_word_to_the_customer(
    server: Loopback,
    scene: Scene,
    answer: Answer,
    detail: str,
    calls: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(chat, "PAUSE_S", 0.01)
    server.says = lambda asked: answer
    _, sent = await ask(scene)
    with caplog.at_level(logging.DEBUG):
        assert await work(scene, sent) == "handed_off"
    assert len(server.asked) == calls
    (receipt,) = await receipts(scene, sent)
    assert (receipt.reason, detail in receipt.trouble) == ("agent_error", True)
    assert (await conversation_of(scene, sent)).handler == "human"
    assert "went wrong" in (await said(scene, sent))[0].content
    told = [receipt.trouble, *(message.content for message in await notes(scene, sent)), caplog.text]
    assert not any(KEY in text for text in told)


async def test_trouble_that_passes_is_tried_again(server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "PAUSE_S", 0.01)
    tries = iter([Answer(status=503), Answer(status=429, headers={"retry-after": "0"})])
    server.says = lambda asked: next(tries, None) or Answer(saying((COSTS + ".", [asked.source("€9.90")])))
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    assert len(server.asked) == 3


@pytest.mark.parametrize("answer", [Answer("x", pause_s=30), Answer(saying(("a long sentence to stream", ["s1"])), stall_after=2)])
async def test_a_silent_server_is_left(server: Loopback, scene: Scene, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "FIRST_S", 0.4)
    monkeypatch.setattr(chat, "SILENCE_S", 0.4)
    server.says = lambda asked: answer
    _, sent = await ask(scene)
    began = time.monotonic()
    assert await work(scene, sent) == "handed_off"
    assert time.monotonic() - began < 5
    assert "in time" in (await receipts(scene, sent))[0].trouble
    assert (await queries.usage(scene.admin, 1))[0].calls == 1


async def test_a_run_has_one_deadline_for_all_its_questions(
    server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "RUN_S", 1.0)
    server.says = lambda asked: Answer(saying((COSTS.replace("9.90", "1.11"), [asked.source("€9.90")])), pause_s=0.7)
    _, sent = await ask(scene)
    began = time.monotonic()
    assert await work(scene, sent) == "handed_off"
    assert time.monotonic() - began < 5
    assert "in time" in (await receipts(scene, sent))[0].trouble


async def test_tokens_are_counted_where_the_provider_does_not(server: Loopback, scene: Scene) -> None:
    server.says = lambda asked: Answer(saying((COSTS + ".", [asked.source("€9.90")])), usage=None)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    (receipt,) = await receipts(scene, sent)
    assert receipt.tokens_in > 300
    assert receipt.tokens_out > 10


@pytest.mark.parametrize("usage", [(-500, -5), (10**30, 10**30)])
async def test_a_server_that_counts_nonsense_costs_no_answer(server: Loopback, scene: Scene, usage: tuple[int, int]) -> None:
    server.says = lambda asked: Answer(saying((COSTS + ".", [asked.source("€9.90")])), usage=usage)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    (day,) = await queries.usage(scene.admin, 1)
    assert 0 <= day.tokens_in <= chat.COUNTED_MAX


async def test_what_a_provider_refused_uses_up_no_tokens(server: Loopback, scene: Scene) -> None:
    server.says = lambda asked: Answer(status=401)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    (day,) = await queries.usage(scene.admin, 1)
    assert (day.calls, day.tokens_in, day.tokens_out) == (1, 0, 0)


@pytest.mark.parametrize("slow", ["load", "check"])
async def test_loading_and_checking_take_no_longer_than_the_job_has(
    server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    async def checks(*arguments: object) -> list[object]:
        await asyncio.sleep(30)
        return []

    monkeypatch.setattr(nodes, "WRITTEN_BY_S", 1.5)
    if slow == "check":
        monkeypatch.setattr(writer, "check", checks)
    else:
        monkeypatch.setattr(choice, "chat", lambda wanted, **more: chat.Chat(wanted.name, lambda: time.sleep(4)))
    server.says = cites("€9.90", COSTS + ".")
    _, sent = await ask(scene)
    began = time.monotonic()
    assert await work(scene, sent) == "handed_off"
    assert time.monotonic() - began < 3.5
    assert (await receipts(scene, sent))[0].reason == "agent_error"
    assert len(await said(scene, sent)) == 1


@pytest.mark.parametrize("broken", ["WAITED", "search"])
async def test_a_hand_over_depends_on_nothing_that_is_nice_to_know(
    server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    if broken == "WAITED":
        monkeypatch.setattr(agent_queries, "WAITED", "SELECT 1 / 0, $1::bigint")
    else:
        searching = retrieve.search

        async def search(*arguments: Any) -> list[retrieve.Ranked]:
            if arguments[3] == ["internal"]:
                raise RuntimeError("no index")
            return await searching(*arguments)

        monkeypatch.setattr(retrieve, "search", search)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    assert len(await said(scene, sent)) == 1


async def test_rewriting_begins_the_time_of_the_whole_run() -> None:
    run = chat.Deadline(0.3)
    part = run.within(0.1)
    assert part.left_s <= 0.1
    await asyncio.sleep(0.2)
    assert run.left_s < 0.15, "it began with its part"
    assert run.within(5).left_s < 0.15, "no part is longer than what is left of the whole"


async def test_it_may_be_silent_before_its_first_word_but_not_so_long_after_it(
    server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "SILENCE_S", 0.4)
    server.says = lambda asked: Answer(saying(("a long sentence to stream", ["s1"])), stall_after=1)
    _, sent = await ask(scene)
    began = time.monotonic()
    assert await work(scene, sent) == "handed_off"
    assert time.monotonic() - began < 5


def test_long_names_that_differ_at_their_end_are_kept_apart() -> None:
    names = [f"openai:ft:{'a' * 90}:{ending}" for ending in ("one", "two")]
    kept = [writer.known_as(name) for name in names]
    assert len(set(kept)) == 2
    assert max(map(len, kept)) <= 80
    assert writer.known_as("openai:small") == "openai:small"
