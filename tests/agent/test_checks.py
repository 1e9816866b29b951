"""Questions that must hold are asked by the steps of a real run, and nothing comes of it but figures."""

from typing import Any

import pytest

from agent.learning import dry
from agent.learning.checks import actions, jobs, queries
from agent.learning.checks.structs import CheckInput, EvaluationView
from core.access import system
from core.database import system_transaction
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.jobs import admin
from core.knowledge import actions as knowledge
from core.knowledge.structs import ArticleChanges
from tests.agent.scenes import QUESTION, RETURNS, SHIPPING, Scene, a_shop, ask, receipts, work
from tests.factories import a_member, an_article, an_organization

pytestmark = pytest.mark.usefixtures("connected")

RETURN = "How do I return an item?"
HUMAN = "I want to talk to a human"
NOWHERE = "Where may I park my car at your showroom?"


async def article_of(scene: Scene, title: str) -> int:
    async with system_transaction("tests look for an article") as db:
        sql = "SELECT id FROM articles WHERE organization_id = $1 AND title = $2"
        return int(await db.fetch_value(sql, scene.admin.organization_id, title))


async def three_checks(scene: Scene) -> int:
    """One that is answered from the shipping article (which is returned), two that are handed over."""
    shipping = await article_of(scene, "Shipping costs and delivery times")
    await actions.keep(scene.admin, CheckInput(QUESTION, "answer", shipping), "hand")
    for question in (HUMAN, NOWHERE):
        await actions.keep(scene.admin, CheckInput(question, "handover"), "hand")
    return shipping


async def run(scene: Scene) -> EvaluationView:
    assert await actions.start(scene.admin)
    begun = (await queries.overview(scene.admin)).evaluations[0]
    assert begun.status == "running"
    await jobs.evaluate.function(scene.admin.organization_id, begun.id)
    return (await queries.overview(scene.admin)).evaluations[0]


async def rows(scene: Scene) -> dict[str, int]:
    """How many rows of what a run of the AI agent leaves behind there are."""
    async with system_transaction("tests count rows") as db:
        return {
            table: await db.fetch_value(f"SELECT count(*) FROM {table} WHERE organization_id = $1", scene.admin.organization_id)
            for table in ("messages", "conversations", "ai_decisions", "outbox", "event_log", "ai_usage", "timeline_entries")
        }


async def test_what_holds_is_counted_and_nothing_else_changes() -> None:
    scene = await a_shop()
    await three_checks(scene)
    before = await rows(scene)
    done = await run(scene)
    assert (done.status, done.total, done.done, done.held) == ("done", 3, 3, 3)
    assert (done.answered_right, done.wrong_article, done.handed_over) == (1, 0, 2)
    assert (done.recall, done.broken, done.mended) == (1.0, 0, 0)
    assert done.confidence is not None
    assert 0 < done.confidence < 1
    assert done.started_by == scene.admin.name
    assert await rows(scene) == before


async def test_it_would_do_what_a_real_run_does() -> None:
    scene = await a_shop()
    for question in (QUESTION, RETURN, HUMAN, NOWHERE, "Hello!", "Refund my order at once"):
        _, sent = await ask(scene, question)
        outcome = await work(scene, sent)
        (receipt,) = await receipts(scene, sent)
        would = await dry.decide(scene.machine, question, receipt.threshold)
        assert {"answered": "answered", "asked_back": "clarified", "handed_over": "handed_off"}[would.outcome] == outcome
        assert would.confidence == (None if receipt.confidence is None else pytest.approx(receipt.confidence, abs=1e-6))
        assert would.draft == receipt.draft


async def test_what_held_and_fails_is_told_and_what_was_mended_too() -> None:
    scene = await a_shop()
    shipping = await three_checks(scene)
    await run(scene)
    withdrawn = await knowledge.withdraw(scene.admin, shipping)
    broken = await run(scene)
    assert (broken.held, broken.broken, broken.mended, broken.recall) == (2, 1, 0, 0.0)
    first = (await queries.overview(scene.admin)).checks[0]
    assert (first.question, first.last.changed if first.last else "") == (QUESTION, "broken")
    await knowledge.publish(scene.admin, withdrawn.id)
    mended = await run(scene)
    assert (mended.held, mended.broken, mended.mended) == (3, 0, 1)


async def test_the_wrong_article_and_an_answer_where_a_person_must_decide_do_not_hold() -> None:
    scene = await a_shop()
    other = await an_article(scene.admin, "Opening hours", "We open at nine on working days.")
    await actions.keep(scene.admin, CheckInput(QUESTION, "answer", other.id), "hand")
    await actions.keep(scene.admin, CheckInput("How much is shipping to Sweden?", "handover"), "hand")
    done = await run(scene)
    assert (done.held, done.wrong_article, done.answered_right) == (0, 1, 0)


async def test_one_that_any_article_may_answer_holds_by_any() -> None:
    scene = await a_shop()
    await actions.keep(scene.admin, CheckInput(QUESTION, "answer"), "hand")
    done = await run(scene)
    assert (done.held, done.recall) == (1, None)
    shipping = await article_of(scene, "Shipping costs and delivery times")
    await knowledge.update(scene.admin, shipping, ArticleChanges(2, body=SHIPPING.replace("Norway", "Finland")))
    assert (await run(scene)).broken == 1


async def test_a_run_is_stopped_and_one_that_died_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    await three_checks(scene)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    assert await actions.start(scene.admin)
    assert not await actions.start(scene.admin), "one at a time"
    running = (await queries.overview(scene.admin)).evaluations[0]
    asked = dry.decide
    calls = []

    async def dying(*arguments: Any) -> dry.Would:
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError("out of power")
        return await asked(*arguments)

    monkeypatch.setattr(dry, "decide", dying)
    with pytest.raises(RuntimeError):
        await jobs.evaluate.function(scene.admin.organization_id, running.id)
    assert (await queries.overview(scene.admin)).evaluations[0].done == 1
    await jobs.evaluate.function(scene.admin.organization_id, running.id)
    assert (await queries.overview(scene.admin)).evaluations[0].status == "done"
    assert len(calls) == 4, "what was asked is not asked again"

    assert await actions.start(scene.admin)
    await actions.stop(scene.admin)
    stopped = (await queries.overview(scene.admin)).evaluations[0]
    await jobs.evaluate.function(scene.admin.organization_id, stopped.id)
    assert (await queries.overview(scene.admin)).evaluations[0].status == "stopped"
    assert len(calls) == 4
    assert await actions.start(scene.admin)
    failing = (await queries.overview(scene.admin)).evaluations[0]
    await jobs.give_up(scene.admin.organization_id, failing.id)
    failed = (await queries.overview(scene.admin)).evaluations[0]
    assert (failed.status, failed.trouble) == ("failed", "crashed")


async def test_a_run_whose_job_an_admin_dropped_keeps_no_other_from_beginning() -> None:
    scene = await a_shop()
    await three_checks(scene)
    assert await actions.start(scene.admin)
    assert not await actions.start(scene.admin), "it waits for its worker"
    (queued,) = await admin.page(scene.admin, "queued", "evaluate", None, 10)
    await admin.drop(scene.admin, queued.id)
    await jobs.evaluate_all.function()
    begun, lost = (await queries.overview(scene.admin)).evaluations
    assert (lost.status, lost.trouble, begun.status, begun.started_by) == ("failed", "dropped", "running", "")
    await jobs.evaluate.function(scene.admin.organization_id, begun.id)
    assert (await queries.overview(scene.admin)).evaluations[0].status == "done"


async def test_every_night_whoever_keeps_questions_is_asked() -> None:
    scene, other = await a_shop(), await a_shop()
    await three_checks(scene)
    await jobs.evaluate_all.function()
    assert [run.started_by for run in (await queries.overview(scene.admin)).evaluations] == [""]
    assert (await queries.overview(other.admin)).evaluations == []
    assert not await actions.start(other.admin), "there is nothing to ask"


async def test_there_is_a_bound_and_each_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    monkeypatch.setattr(queries, "MOST", 2)
    for _ in range(2):
        await actions.keep(scene.admin, CheckInput(HUMAN, "handover"), "hand")
    await actions.keep(scene.admin, CheckInput(f"  {NOWHERE} ", "handover"), "hand")
    with pytest.raises(Conflict) as refused:
        await actions.keep(scene.admin, CheckInput(RETURN, "answer"), "hand")
    assert refused.value.reason == "too_many_checks"
    kept = (await queries.overview(scene.admin)).checks
    assert {check.question for check in kept} == {HUMAN, NOWHERE}
    await actions.drop(scene.admin, kept[0].id)
    with pytest.raises(NotFound):
        await actions.drop(scene.admin, kept[0].id)


async def test_who_may_keep_what() -> None:
    scene = await a_shop()
    foreign = await an_article(await an_organization(), "Returns", RETURNS)
    with pytest.raises(NotFound):
        await actions.keep(scene.admin, CheckInput(RETURN, "answer", foreign.id), "hand")
    with pytest.raises(Invalid):
        await actions.keep(scene.admin, CheckInput(RETURN, "handover", await article_of(scene, "Return policy")), "hand")
    agent = await a_member(scene.admin)
    for refused in (
        actions.keep(agent, CheckInput(RETURN, "answer"), "hand"),
        actions.drop(agent, 1),
        actions.start(agent),
        actions.stop(agent),
    ):
        with pytest.raises(Forbidden):
            await refused


async def test_only_the_last_runs_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    await actions.keep(scene.admin, CheckInput(HUMAN, "handover"), "hand")
    monkeypatch.setattr(actions, "OLD", actions.OLD.replace(f"LIMIT {queries.RUNS}", "LIMIT 2"))
    made = [(await run(scene)).id for _ in range(3)]
    assert [one.id for one in (await queries.overview(scene.admin)).evaluations] == made[:0:-1]
    await actions.start(system(scene.admin.organization_id))
