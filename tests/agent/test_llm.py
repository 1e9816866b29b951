"""Answers in a language model's words: every way in which its server behaves, and everything that a model may do, ends well for the customer."""

import asyncio

import pytest

from agent import jobs
from agent.llm import actions, models, queries, writer
from agent.llm.structs import ModelInput
from core import egress
from core.database import transaction
from core.settings import Settings
from tests.agent.loopback import KEY, Answer, Asked, Loopback, saying
from tests.agent.scenes import SECRET, Scene, a_shop, ask, handoff_reason, receipts, said, work
from tests.agent.takeover import race
from tests.agent.writing import COSTS, choose, cites
from tests.factories import a_reply, another_message

pytestmark = pytest.mark.usefixtures("connected")


async def test_it_answers_in_its_own_words_with_its_sources(server: Loopback, scene: Scene) -> None:
    server.says = cites("€9.90", "Shipping to Norway costs €9.90.", "It is free from €100.")
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    (message,) = await said(scene, sent)
    assert message.content == "Shipping to Norway costs €9.90. [1] It is free from €100. [1]"
    (source,) = message.sources
    assert (source.number, source.title) == (1, "Shipping costs and delivery times")
    assert "€9.90" in source.quote
    (receipt,) = await receipts(scene, sent)
    assert receipt.model == "openai:tiny"
    assert (receipt.tokens_in, receipt.tokens_out) == (120, 30)
    assert receipt.cost == pytest.approx((120 * 2 + 30 * 10) / 1e6)
    assert receipt.signals.get("unsupported", 0) < 0.3
    (day,) = await queries.usage(scene.admin, 1)
    assert (day.model, day.calls, day.tokens_in, day.tokens_out) == ("openai:tiny", 1, 120, 30)
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"


async def test_the_model_never_sees_what_is_internal(server: Loopback, scene: Scene) -> None:
    _, sent = await ask(scene, "How do I reach the golden badge and return an item within 45 days?")
    await work(scene, sent)
    assert server.asked
    assert all("golden badge is reached" not in asked.text and SECRET[:40] not in asked.text for asked in server.asked)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Shipping to Norway costs €5.90.", "number 5.90"),
        ("Shipping to Norway costs five euros.", "number 5"),
        ("Shipping to Norway costs €9.90, see https://evil.example/x.", "address"),
        ("Shipping to Norway costs €9.90, write to boss@evil.example.", "address"),
        ("![x](https://evil.example/p?q=secret) Shipping to Norway costs €9.90.", "link or an image"),
        ("Shipping to Norway costs €9.90 <img src=x onerror=alert(1)>", "link or an image"),
        ("Every customer receives a birthday voucher and a personal stylist.", "more than its sources"),
        ("Shipping to Norway does not cost €9.90.", "more than its sources"),
    ],
)
async def test_what_no_source_says_is_never_said(server: Loopback, scene: Scene, sentence: str, why: str) -> None:
    server.says = cites("€9.90", sentence)
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    assert len(server.asked) == 2
    (message,) = await said(scene, sent)
    assert "not sure enough" in message.content
    (receipt,) = await receipts(scene, sent)
    assert why in receipt.trouble
    assert sentence.partition("<")[0].strip()[:20] in receipt.draft
    assert await handoff_reason(scene, sent) == "low_confidence"


async def test_a_second_try_that_holds_is_said(server: Loopback, scene: Scene) -> None:
    tries = iter(["Shipping to Norway costs €5.90.", "Shipping to Norway costs €9.90."])
    server.says = lambda asked: Answer(saying((next(tries), [asked.source("€9.90")])))
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    assert "€5.90" in server.asked[1].text
    assert (await receipts(scene, sent))[0].tokens_in == 240


@pytest.mark.parametrize("names", [["s99"], [], ["s0"], ["s-1"], ["the help center"], ["s1", "s42"]])
async def test_a_forged_citation_is_no_source(server: Loopback, scene: Scene, names: list[str]) -> None:
    server.says = lambda asked: Answer(saying((COSTS + ".", names)))
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    assert "no source" in (await receipts(scene, sent))[0].trouble


async def test_a_model_that_finds_no_answer_hands_over(server: Loopback, scene: Scene) -> None:
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "no_knowledge"


async def test_a_person_in_the_middle_of_the_call_wins_and_its_cost_is_kept(server: Loopback, scene: Scene) -> None:
    called = asyncio.Event()

    def says(asked: Asked) -> Answer:
        called.set()
        return Answer(saying((COSTS + ".", [asked.source("€9.90")])), pause_s=0.3)

    server.says = says
    _, sent = await ask(scene)
    running = asyncio.create_task(work(scene, sent))
    await called.wait()
    await a_reply(scene.admin, sent)
    assert await running == "discarded"
    assert await said(scene, sent) == []
    assert (await queries.usage(scene.admin, 1))[0].tokens_in == 120


async def test_a_follow_up_is_asked_as_a_question_of_its_own(server: Loopback, scene: Scene) -> None:
    def says(asked: Asked) -> Answer:
        if asked.is_rewrite:
            return Answer('{"question": "How much is shipping to Sweden?"}')
        where = "€12.90" if len(server.asked) > 1 else "€9.90"
        return Answer(saying((f"Shipping to {'Sweden' if where == '€12.90' else 'Norway'} costs {where}.", [asked.source(where)])))

    server.says = says
    visitor, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    second = await another_message(visitor, sent, "and what would it be for my cousin in Stockholm, Sweden?")
    assert await work(scene, second) == "answered"
    rewritten = server.asked[1]
    assert rewritten.is_rewrite
    assert [one["from"] for one in rewritten.data["customer"]["conversation"]] == ["customer", "support"]
    assert "€12.90" in (await said(scene, sent))[1].content


@pytest.mark.parametrize(
    "rewrite",
    [
        Answer(status=500),
        Answer("garbage"),
        Answer('{"question": ""}'),
        Answer("x", pause_s=20),
        Answer('{"question": "\\u0000"}'),
        Answer('{"question": "\\u0000shipping to\\u202e Norway\\u0000"}'),
    ],
)
async def test_without_a_rewritten_question_it_goes_by_what_was_written(
    server: Loopback, scene: Scene, rewrite: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "REWRITE_S", 2.0)
    server.says = lambda asked: rewrite if asked.is_rewrite else Answer(saying((COSTS + ".", [asked.source("€9.90")])))
    visitor, sent = await ask(scene)
    await work(scene, sent)
    second = await another_message(visitor, sent, "And shipping to Norway, how much is that for two lamps?")
    assert await work(scene, second) == "answered"
    assert any(asked.is_rewrite for asked in server.asked)


async def test_the_months_tokens_bound_what_is_spent(server: Loopback, scene: Scene) -> None:
    await choose(scene.admin, server, monthly_tokens=150)
    server.says = lambda asked: Answer(saying((COSTS + ".", [asked.source("€9.90")])))
    _, first = await ask(scene)
    await work(scene, first)
    assert (await queries.view(scene.admin)).paused
    _, second = await ask(scene)
    assert await work(scene, second) == "answered"
    assert (await receipts(scene, second))[0].model == "extractive"
    assert len(server.asked) == 1


async def test_a_key_is_never_shown_and_never_follows_to_another_address(server: Loopback, scene: Scene) -> None:
    from core.errors import Invalid

    view = await queries.view(scene.admin)
    assert view.has_key
    assert KEY not in str(view)
    kept = ModelInput(name="openai:other", base_url=server.url)
    assert (await actions.choose(scene.admin, kept)).has_key
    port = str(server.port)
    for address in (
        "https://evil.example/v1",
        "",
        server.url.replace(port, "1" + port[1:] + "1"[: 5 - len(port)]),
        server.url.replace("/v1", "/v2"),
    ):
        with pytest.raises(Invalid, match="enter it again"):
            await actions.choose(scene.admin, ModelInput(name="openai:other", base_url=address))
    stored = await queries.stored(scene.admin)
    assert KEY not in stored.sealed_key
    assert queries.chosen(scene.admin, stored).key == KEY
    assert KEY not in repr(queries.chosen(scene.admin, stored))


async def test_trying_the_model_says_what_is_wrong(server: Loopback, scene: Scene) -> None:
    organization = scene.admin.organization_id
    for answer, trouble in ((Answer('{"ready": true}'), ""), (Answer(status=401), "the key is wrong")):
        server.says = lambda asked, answer=answer: answer
        await jobs.try_model.function(organization)
        view = await queries.view(scene.admin)
        assert view.tried_at is not None
        assert trouble in view.trouble
        assert bool(trouble) == bool(view.trouble)
    async with transaction(scene.admin) as db:  # as it was kept by an earlier release
        await db.execute("UPDATE ai_models SET name = 'nobody:x' WHERE organization_id = $1", organization)
    await jobs.try_model.function(organization)
    assert "nobody" in (await queries.view(scene.admin)).trouble


async def test_an_address_inside_the_network_is_not_asked(server: Loopback, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "settings", Settings)
    models.load.cache_clear()
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    assert server.asked == []
    assert "not on the public internet" in (await receipts(scene, sent))[0].trouble


async def test_the_installations_own_model_may_stand_in_its_network(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent.settings import Settings as AgentSettings

    monkeypatch.setattr(egress, "settings", Settings)
    monkeypatch.setattr(queries, "settings", lambda: AgentSettings(llm="openai:own", llm_url=server.url))
    server.says = cites("€9.90", COSTS + ".")
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent) == "answered"
    assert (await receipts(scene, sent))[0].model == "openai:own"


async def test_a_person_wins_at_whatever_moment(server: Loopback) -> None:
    found = await race(server, rounds=24, seed=7)
    assert (found.spoke_over, found.silent) == (0, 0)
    assert found.won > 4
    assert found.outcomes.get("discarded", 0) > 4
