"""Another language model, or other instructions, are tried on questions of the past: what is asked, what it costs, and what ends it."""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest

from agent.learning import dry
from agent.llm import actions as llm
from agent.llm import chat, models, queries
from agent.llm.structs import ModelInput
from agent.replay import actions, jobs
from agent.structs import Receipt
from core import egress
from core.database import system_transaction
from core.settings import Settings
from tests.agent.loopback import KEY, Answer, Asked, Loopback, saying
from tests.agent.scenes import QUESTION, Scene, ask, receipts, work
from tests.agent.test_replay import HUMAN, asked, called, left_behind, play, steps, worked
from tests.agent.writing import choose
from tests.factories import a_member, an_article, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")

SWEDEN = "How much is shipping to Sweden?"
COST = "What does shipping to Norway cost?"
SHIPPING_TO = "Shipping to Norway, how much?"
NORWAY, FREE, TO_SWEDEN = "Shipping to Norway costs €9.90.", "It is free from €100.", "Shipping to Sweden costs €12.90."
OTHER_KEY = "sk-for-this-trial-alone"
QUESTIONS = (QUESTION, SWEDEN, COST, SHIPPING_TO)
THEN = {QUESTION: [NORWAY], COST: [NORWAY], SHIPPING_TO: [NORWAY]}
NOW = {QUESTION: [NORWAY, FREE], SWEDEN: [TO_SWEDEN], SHIPPING_TO: [NORWAY]}


def answers(by_question: dict[str, list[str]]) -> Callable[[Asked], Answer]:
    """A model that answers these questions so, and says of all others that they cannot be answered."""

    def says(asked: Asked) -> Answer:
        sentences = by_question.get(asked.data["customer"]["question"], [])
        claims = [(text, [asked.source(re.findall(r"€[\d.]*\d", text)[0])]) for text in sentences]
        return Answer(saying(*claims, answerable=bool(claims)))

    return says


def in_turn(*each: Answer, then: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """These answers first, one for each question; `then` for all others."""
    left = list(each)
    return lambda asked: left.pop(0) if left else then(asked)


async def past(server: Loopback, scene: Scene, *questions: str) -> None:
    server.says = answers(THEN)
    await asked(scene, *(questions or QUESTIONS))
    server.asked.clear()


async def tried(scene: Scene, server: Loopback, status: int = 201, **more: Any) -> Any:
    """Start one; `key=None`: without a key."""
    values = {"name": "openai:other", "base_url": server.url, "key": OTHER_KEY, "price_in": 2, "price_out": 10} | more
    body = {name: value for name, value in values.items() if value is not None}
    return await called(scene.admin, "POST", "", status, what="writing", json=body)


async def newest(scene: Scene) -> Any:
    return (await called(scene.admin, "GET", ""))[0]


async def cases(scene: Scene, kind: str) -> list[Any]:
    run = await newest(scene)
    found: list[Any] = (await called(scene.admin, "GET", f"/{run['id']}/cases", params={"kind": kind}))["items"]
    return found


async def kept_key(scene: Scene) -> str:
    async with system_transaction("tests look for a key") as db:
        sql = "SELECT sealed_key FROM ai_replays WHERE organization_id = $1 ORDER BY id DESC LIMIT 1"
        return str(await db.fetch_value(sql, scene.admin.organization_id))


async def step(scene: Scene, place: int) -> None:
    await play(scene, (await steps(scene))[place])


async def test_what_was_decided_stands_beside_what_would_be_written(server: Loopback, scene: Scene) -> None:
    await past(server, scene, *QUESTIONS, HUMAN, "Hello!")
    before = await left_behind(scene)
    server.says = answers(NOW)
    begun = await tried(scene, server, instructions="Be brief.")
    assert (begun["kind"], begun["title"], begun["total"], begun["status"]) == ("writing", "openai:other", 4, "running"), (
        "what a rule decides, no model turns round"
    )
    await worked(scene)
    run = await newest(scene)
    counts = {name: run[name] for name in run if name.startswith(("answers_", "escalations_")) or name == "same"}
    assert counts == {
        "answers_gained": 1, "answers_lost": 1, "answers_changed": 1, "escalations_gained": 1, "escalations_lost": 1, "same": 1,
    }  # fmt: skip
    assert (run["status"], run["done"], run["reason"]) == ("done", 4, "")
    (changed,) = await cases(scene, "answers_changed")
    assert (changed["question"], changed["before"]["draft"]) == (QUESTION, f"{NORWAY} [1]")
    assert changed["after"]["draft"] == f"{NORWAY} [1] {FREE} [1]"
    assert changed["before"]["title"] == changed["after"]["title"] == "Shipping costs and delivery times"
    assert min(changed["before"]["confidence"], changed["after"]["confidence"]) >= 0.7
    (gained,) = await cases(scene, "answers_gained")
    assert (gained["question"], gained["before"]["outcome"], gained["before"]["reason"]) == (SWEDEN, "handed_over", "no_knowledge")
    assert [case["question"] for case in await cases(scene, "same")] == [SHIPPING_TO]
    assert len(server.asked) == 4, "what was decided is not asked again"
    for one in server.asked:
        assert (one.headers["authorization"], one.body["model"], "Be brief." in one.text) == (f"Bearer {OTHER_KEY}", "other", True)
    assert (run["tokens_in"], run["tokens_out"], run["cost"]) == (480, 120, pytest.approx((480 * 2 + 120 * 10) / 1e6))
    (day,) = [day for day in await queries.usage(scene.admin, 1) if day.model == "openai:other"]
    assert (day.calls, day.tokens_in, day.cost) == (4, 480, pytest.approx(run["cost"]))
    assert await left_behind(scene) == before | {"ai_usage": before["ai_usage"] + 1}
    assert (await queries.view(scene.admin)).name == "openai:tiny", "nothing is chosen by trying it"


async def test_what_it_would_take_is_told_before(server: Loopback, scene: Scene) -> None:
    async def estimate() -> Any:
        return await called(scene.admin, "GET", "", what="writing")

    guess = await estimate()
    assert (guess["questions"], guess["decisions"], guess["left"]) == (0, 0, None)
    assert min(guess["tokens_in"], guess["tokens_out"]) > 0
    assert (await tried(scene, server, 409))["code"] == "no_questions"
    await past(server, scene, QUESTION, SWEDEN, HUMAN)
    await choose(scene.admin, server, monthly_tokens=1000)
    assert await estimate() == {"questions": 2, "tokens_in": 120, "tokens_out": 30, "decisions": 2, "left": 700}
    assert (await tried(scene, server, last=1))["total"] == 1
    await tried(scene, server, 400, last=101)


@pytest.mark.parametrize("signal", ["chosen", "told"])
async def test_what_hung_on_more_than_the_question_is_not_tried(server: Loopback, scene: Scene, signal: str) -> None:
    await past(server, scene, QUESTION, COST)
    async with system_transaction("tests have a customer choose, or a tool tell") as db:
        sql = "UPDATE ai_decisions SET signals = signals || $3 WHERE organization_id = $1 AND question = $2"
        await db.execute(sql, scene.admin.organization_id, QUESTION, {signal: 1.0})
    assert (await called(scene.admin, "GET", "", what="writing"))["questions"] == 1
    assert (await tried(scene, server))["total"] == 1


async def test_the_months_tokens_end_it_and_what_was_seen_stays(server: Loopback, scene: Scene) -> None:
    await past(server, scene)
    server.says = answers(NOW)
    await choose(scene.admin, server, monthly_tokens=600 + 151)
    run = await tried(scene, server)
    await worked(scene)
    ended = await newest(scene)
    assert (ended["status"], ended["reason"], ended["done"], ended["same"]) == ("failed", "tokens_used_up", 2, 1)
    assert len(server.asked) == 2
    assert (await tried(scene, server, 409))["code"] == "tokens_used_up"
    await choose(scene.admin, server)
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    await worked(scene, len(await steps(scene)) - 1)
    ended = await newest(scene)
    assert (ended["status"], ended["reason"], ended["done"], len(server.asked)) == ("done", "", 4, 4)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(status=429, headers={"retry-after": "0"}), "429"),
        (Answer(status=401), "the key is wrong"),
        (Answer("I think it costs €9.90!"), "form that was asked for"),
        (Answer(raw=b"\x00\xff not http at all"), "cannot be reached"),
    ],
)
async def test_a_model_that_fails_again_and_again_ends_it(
    server: Loopback,
    scene: Scene,
    answer: Answer,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(chat, "PAUSE_S", 0.01)
    await past(server, scene, *QUESTIONS, "How much is shipping to Norway, please?")
    works = answers(NOW)
    server.says = lambda asked: works(asked) if asked.data["customer"]["question"].endswith("please?") else answer
    run = await tried(scene, server)
    with caplog.at_level(logging.DEBUG):
        await worked(scene)
    ended = await newest(scene)
    assert (ended["status"], ended["reason"], ended["done"]) == ("failed", "model_failed", 1), "what failed is seen as not asked"
    assert sentence in ended["trouble"]
    told = [str(ended), caplog.text, *map(str, await cases(scene, "different")), await kept_key(scene)]
    assert not any(key in text for text in told for key in (KEY, OTHER_KEY))
    server.says = works
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    await worked(scene, len(await steps(scene)) - 1)
    ended = await newest(scene)
    assert (ended["status"], ended["reason"], ended["trouble"], ended["done"]) == ("done", "", "", 5)


async def test_a_model_that_fails_once_hands_over_and_it_goes_on(server: Loopback, scene: Scene) -> None:
    await past(server, scene)
    garbage = Answer("no")
    server.says = in_turn(garbage, garbage, then=answers(NOW))
    await tried(scene, server)
    await worked(scene)
    assert (await newest(scene))["status"] == "done"
    (failed,) = [case for case in await cases(scene, "answers_lost") if case["question"] == SHIPPING_TO]
    assert (failed["after"]["outcome"], failed["after"]["reason"]) == ("handed_over", "agent_error")
    assert "form that was asked for" in failed["after"]["trouble"]


async def test_a_key_is_kept_encrypted_only_while_it_runs(server: Loopback, scene: Scene) -> None:
    await past(server, scene)
    elsewhere = ModelInput(name="openai:tiny", base_url="https://elsewhere.example/v1", key=KEY)
    await llm.choose(scene.admin, elsewhere)
    assert (await tried(scene, server, 400, key=None))["code"] == "key_needed", "a stored key follows to no other address"
    assert (await tried(scene, server, 400, name="anthropic:x"))["code"] == "provider_not_allowed"
    run = await tried(scene, server)
    assert await kept_key(scene)
    assert OTHER_KEY not in await kept_key(scene) + str(run)
    await step(scene, 0)
    await called(scene.admin, "POST", f"/{run['id']}/stop", 204)
    assert await kept_key(scene) == ""
    await step(scene, 1)
    stopped = await newest(scene)
    assert (stopped["status"], stopped["done"], len(server.asked)) == ("stopped", 1, 1)
    assert (await called(scene.admin, "POST", f"/{run['id']}/resume", 409))["code"] == "key_needed"
    await choose(scene.admin, server)
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    await worked(scene, 2)
    assert (await newest(scene))["status"] == "done"
    assert [one.headers["authorization"] for one in server.asked] == [f"Bearer {OTHER_KEY}", *[f"Bearer {KEY}"] * 3]


async def test_the_stored_key_is_used_as_long_as_it_is_stored(server: Loopback, scene: Scene) -> None:
    await past(server, scene, QUESTION, COST)
    await tried(scene, server, key=None)
    assert await kept_key(scene) == ""
    await step(scene, 0)
    await choose(scene.admin, server, key="")
    await step(scene, 1)
    assert [one.headers["authorization"] for one in server.asked] == [f"Bearer {KEY}", "Bearer none"]


async def test_a_piece_that_is_done_twice_or_dies_before_its_end_counts_once(
    server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await past(server, scene)
    server.says = answers(NOW)
    await tried(scene, server)
    await step(scene, 0)
    await step(scene, 0)
    assert (len(server.asked), len(await steps(scene))) == (1, 2)

    def dies(*arguments: object) -> tuple[str, str]:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(actions, "difference", dies)
        with pytest.raises(RuntimeError, match="killed"):
            await step(scene, 1)
    run = await newest(scene)
    assert (run["done"], run["tokens_in"], len(server.asked)) == (1, 120, 2)
    await worked(scene, 1)
    run = await newest(scene)
    assert (run["status"], run["done"], run["tokens_in"], len(server.asked)) == ("done", 4, 480, 5)
    (day,) = [day for day in await queries.usage(scene.admin, 1) if day.model == "openai:other"]
    assert day.calls == 5, "what was asked in vain was used all the same"


async def test_a_piece_that_two_workers_do_at_once_counts_once(server: Loopback, scene: Scene) -> None:
    await past(server, scene)
    await tried(scene, server)
    await asyncio.gather(step(scene, 0), step(scene, 0))
    run = await newest(scene)
    assert (run["done"], run["tokens_in"], len(await steps(scene))) == (1, 120, 2)


async def test_one_that_cannot_go_on_keeps_no_key(server: Loopback, scene: Scene) -> None:
    await past(server, scene, QUESTION)
    await tried(scene, server)
    await jobs.give_up(**(await steps(scene))[0])
    assert ((await newest(scene))["status"], await kept_key(scene)) == ("failed", "")


async def test_an_answer_that_comes_after_it_was_stopped_is_kept(
    server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await past(server, scene)
    run, decides = await tried(scene, server), dry.decide

    async def stopped_meanwhile(*arguments: Any, **more: Any) -> dry.Would:
        await actions.stop(scene.admin, run["id"])
        return await decides(*arguments, **more)

    monkeypatch.setattr(dry, "decide", stopped_meanwhile)
    await worked(scene)
    ended = await newest(scene)
    assert (ended["status"], ended["done"], ended["tokens_in"], await kept_key(scene)) == ("stopped", 1, 120, "")


async def test_an_address_inside_the_network_is_not_asked(server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await past(server, scene)
    monkeypatch.setattr(egress, "settings", Settings)
    models.load.cache_clear()
    await tried(scene, server)
    await worked(scene)
    ended = await newest(scene)
    assert (ended["reason"], ended["done"], server.asked) == ("model_failed", 0, [])
    assert "not on the public internet" in ended["trouble"]


async def test_without_a_model_there_is_nothing_to_try(server: Loopback, scene: Scene) -> None:
    await past(server, scene, QUESTION)
    assert (await tried(scene, server, 409, name=""))["code"] == "no_model"


async def test_one_at_a_time_whatever_is_tried(server: Loopback, scene: Scene) -> None:
    await past(server, scene, QUESTION)
    article = await an_article(scene.admin, "Parking", "## Parking\n\nYou may park in the yard.")
    await called(scene.admin, "POST", "", 201, json={"article_id": article.id})
    assert (await tried(scene, server, 409))["code"] == "replay_running"
    assert await kept_key(scene) == ""


async def test_what_was_only_suggested_counts_as_an_answer(server: Loopback, scene: Scene) -> None:
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, ai_mode="suggest")
    server.says = answers(THEN)
    _, sent = await ask(scene)
    await work(scene, sent)
    receipt: Receipt = (await receipts(scene, sent))[0]
    assert receipt.reason == "suggest_only"
    await tried(scene, server)
    await worked(scene)
    (case,) = await cases(scene, "same")
    assert case["before"]["outcome"] == case["after"]["outcome"] == "answered"


async def test_admins_alone_try_it_and_nobody_of_another_organization_sees_it(server: Loopback, scene: Scene) -> None:
    await past(server, scene, QUESTION, COST)
    run = await tried(scene, server, instructions="Be brief.")
    for role in ("user", "agent"):
        member = await a_member(scene.admin, role)
        await called(member, "POST", "", 403, what="writing", json={"name": "openai:other"})
        await called(member, "GET", "", 403, what="writing")
        await called(member, "POST", f"/{run['id']}/stop", 403)
        await called(member, "POST", f"/{run['id']}/resume", 403)
        (seen,) = await called(member, "GET", "")
        assert (seen["title"], seen["instructions"]) == ("openai:other", "")
    assert (await newest(scene))["instructions"] == "Be brief."
    stranger = await an_organization()
    assert await called(stranger, "GET", "") == []
    assert (await called(stranger, "GET", "", what="writing"))["questions"] == 0
    for path in ("stop", "resume"):
        await called(stranger, "POST", f"/{run['id']}/{path}", 404)
    await called(stranger, "GET", f"/{run['id']}/cases", 404)


async def test_whoever_stops_and_resumes_again_and_again_has_each_question_asked_once(
    server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await past(server, scene)
    run = await tried(scene, server, key=None)
    gate, real = asyncio.Event(), dry.decide

    async def held(*arguments: Any, **named: Any) -> Any:
        await gate.wait()
        return await real(*arguments, **named)

    monkeypatch.setattr(dry, "decide", held)
    tasks = []
    for _ in range(4):
        queued = await steps(scene)
        tasks += [asyncio.create_task(play(scene, queued[-1]))] if len(queued) > len(tasks) else []
        await asyncio.sleep(0.05)
        await called(scene.admin, "POST", f"/{run['id']}/stop", 204)
        await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    gate.set()
    await asyncio.gather(*tasks)
    assert (len(tasks), len(server.asked)) == (1, 1)
