"""An article as it would be is tried on questions of the past, and nothing comes of it but figures and cases."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.di import Provide

from agent.learning import dry
from agent.replay import actions, article, jobs, routes
from core.access import Actor
from core.database import system_transaction
from core.edge import HANDLERS
from core.jobs import admin, ledger
from core.knowledge import actions as knowledge
from core.knowledge.structs import ArticleChanges, ArticleInput
from tests.agent.scenes import QUESTION, SHIPPING, Scene, a_shop, ask, work
from tests.agent.test_replay_overlay import PARKING
from tests.factories import a_member, an_article, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")

PARK = "Where may I park my car at your showroom?"
HUMAN = "I want to talk to a human"


async def called(actor: Actor, method: str, path: str, status: int = 200, *, what: str = "runs", **arguments: Any) -> Any:
    async def provide() -> Actor:
        return actor

    app = Litestar([routes.router], dependencies={"actor": Provide(provide)}, exception_handlers=HANDLERS, logging_config=None)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        answer = await client.request(method, f"/api/ai/replay/{what}{path}", **arguments)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def asked(scene: Scene, *questions: str) -> None:
    for question in questions:
        _, sent = await ask(scene, question)
        await work(scene, sent)


async def a_draft(scene: Scene) -> int:
    return (await knowledge.create(scene.admin, ArticleInput("Parking", PARKING, audience="public"))).id


async def steps(scene: Scene) -> list[dict[str, Any]]:
    async with system_transaction("tests look at the ledger") as db:
        sql = "SELECT arguments FROM jobs WHERE organization_id = $1 AND name = 'agent.replay.step' ORDER BY id"
        return [row[0] for row in await db.fetch_rows(sql, scene.admin.organization_id)]


async def play(scene: Scene, arguments: dict[str, Any]) -> None:
    """What a worker does with a queued piece: its job is held until it ends with what came of it. Who comes second has lost it."""
    async with system_transaction("tests claim a job") as db:
        sql = """UPDATE jobs SET attempt = attempt + CASE WHEN status = 0 THEN 1 ELSE 0 END, status = greatest(status, 1)
                 WHERE organization_id = $1 AND name = 'agent.replay.step' AND arguments = $2
                 RETURNING id, (SELECT now.attempt + (now.status = 0)::int FROM jobs now WHERE now.id = jobs.id AND now.status = 0)"""
        [[job_id, attempt]] = await db.fetch_rows(sql, scene.admin.organization_id, arguments)
    name = "agent.replay.step"
    token = ledger.running.set(ledger.Claimed(job_id, scene.admin.organization_id, "interactive", name, arguments, attempt or 0, 3))
    ends_as = 0
    try:
        with suppress(ledger.LeaseLost):
            await jobs.step.function(**arguments)
        ends_as = 2
    finally:
        ledger.running.reset(token)
        async with system_transaction("tests end a job that had nothing to do, or put it back") as db:
            await db.execute(
                "UPDATE jobs SET status = $2 WHERE id = $1 AND status = 1 AND $3", job_id, ends_as, attempt is not None
            )


async def worked(scene: Scene, done: int = 0) -> None:
    """Do the queued pieces, as the worker does, from the `done`-th on."""
    while len(queued := await steps(scene)) > done:
        await play(scene, queued[done])
        done += 1


async def left_behind(scene: Scene) -> dict[str, int]:
    tables = ("messages", "conversations", "ai_decisions", "outbox", "event_log", "ai_usage", "passages", "timeline_entries")
    async with system_transaction("tests count rows") as db:
        sql = "SELECT count(*) FROM {} WHERE organization_id = $1"
        return {table: await db.fetch_value(sql.format(table), scene.admin.organization_id) for table in tables}


async def test_a_draft_that_answers_is_told_before_it_is_published() -> None:
    scene = await a_shop()
    await asked(scene, PARK, QUESTION, HUMAN, "Hello!")
    draft = await a_draft(scene)
    before = await left_behind(scene)
    begun = await called(scene.admin, "POST", "", 201, json={"article_id": draft})
    assert (begun["status"], begun["total"], begun["done"], begun["title"]) == ("running", 3, 0, "Parking"), (
        "a greeting is no question"
    )
    await worked(scene)
    (run,) = await called(scene.admin, "GET", "")
    assert (run["status"], run["done"], run["started_by"]) == ("done", 3, scene.admin.name)
    counts = {name: run[name] for name in run if name.startswith(("answers_", "escalations_"))}
    assert counts == {
        "answers_gained": 1, "answers_lost": 0, "answers_changed": 0, "escalations_gained": 0, "escalations_lost": 1,
    }  # fmt: skip
    found = await called(scene.admin, "GET", f"/{run['id']}/cases")
    (case,) = found["items"]
    assert (case["question"], case["answer"], case["escalation"], found["hidden"], found["next"]) == (
        PARK,
        "gained",
        "lost",
        0,
        None,
    )
    assert (case["before"]["outcome"], case["after"]["outcome"], case["after"]["title"]) == ("handed_over", "answered", "Parking")
    assert "in the yard" in case["after"]["draft"]
    assert await left_behind(scene) == before


async def test_what_another_text_would_take_away_or_change_is_told() -> None:
    scene = await a_shop()
    article = await an_article(scene.admin, "Parking", PARKING)
    await asked(scene, PARK, QUESTION)
    changed = {"article_id": article.id, "body": PARKING.replace("in the yard", "beside the barn")}
    run = await called(scene.admin, "POST", "", 201, json=changed)
    await worked(scene)
    (case,) = (await called(scene.admin, "GET", f"/{run['id']}/cases", params={"kind": "answers_changed"}))["items"]
    assert "in the yard" in case["before"]["draft"]
    assert "beside the barn" in case["after"]["draft"]
    run = await called(scene.admin, "POST", "", 201, json=changed | {"body": "Nothing.", "title": "Closed"})
    await worked(scene, 1)
    newest = (await called(scene.admin, "GET", ""))[0]
    assert (newest["answers_lost"], newest["escalations_gained"], newest["title"]) == (1, 1, "Closed")
    for kind, number in {"answers_lost": 1, "escalations_gained": 1, "answers_gained": 0, "answers_changed": 0}.items():
        assert len((await called(scene.admin, "GET", f"/{run['id']}/cases", params={"kind": kind}))["items"]) == number, kind


async def test_the_newest_questions_are_asked_or_those_of_a_period() -> None:
    scene = await a_shop()
    await asked(scene, PARK, QUESTION, HUMAN)
    draft, now = await a_draft(scene), datetime.now(UTC)
    newest = await called(scene.admin, "POST", "", 201, json={"article_id": draft, "last": 2})
    assert newest["total"] == 2
    await called(scene.admin, "POST", f"/{newest['id']}/stop", 204)
    async with system_transaction("tests shift a decision into the past") as db:
        sql = "UPDATE ai_decisions SET created_at = $3 WHERE organization_id = $1 AND question = $2"
        await db.execute(sql, scene.admin.organization_id, PARK, now - timedelta(days=9))
    period = {"since": (now - timedelta(days=10)).isoformat(), "until": (now - timedelta(days=8)).isoformat()}
    assert (await called(scene.admin, "POST", "", 201, json={"article_id": draft} | period))["total"] == 1
    await called(scene.admin, "POST", "", 400, json={"article_id": draft, "last": 1001})


async def test_it_goes_on_piece_by_piece_is_stopped_and_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    await asked(scene, PARK, QUESTION, HUMAN)
    monkeypatch.setattr(article, "AT_ONCE", 1)
    decided = dry.decide
    calls: list[object] = []

    async def counted(*arguments: Any, **others: Any) -> dry.Would:
        calls.append(arguments)
        return await decided(*arguments, **others)

    monkeypatch.setattr(dry, "decide", counted)
    draft = await a_draft(scene)
    run = await called(scene.admin, "POST", "", 201, json={"article_id": draft})
    refused = await called(scene.admin, "POST", "", 409, json={"article_id": draft})
    assert refused["code"] == "replay_running"
    (first,) = await steps(scene)
    await play(scene, first)
    await called(scene.admin, "POST", f"/{run['id']}/stop", 204)
    await worked(scene, 1)
    (stopped,) = await called(scene.admin, "GET", "")
    assert (stopped["status"], stopped["done"], len(calls)) == ("stopped", 1, 2)
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    old = (await steps(scene))[1]
    await play(scene, old)
    assert len(calls) == 2, "a piece of before it was stopped does nothing beside the new one"
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    await worked(scene, 2)
    (ended,) = await called(scene.admin, "GET", "")
    assert (ended["status"], ended["done"], len(calls)) == ("done", 3, 6), "nothing is asked twice"


async def test_one_that_fails_says_so_and_can_be_taken_up_again() -> None:
    scene = await a_shop()
    await asked(scene, PARK)
    run = await called(scene.admin, "POST", "", 201, json={"article_id": await a_draft(scene)})
    await jobs.give_up(**(await steps(scene))[0])
    assert (await called(scene.admin, "GET", ""))[0]["status"] == "failed"
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    await worked(scene)
    assert (await called(scene.admin, "GET", ""))[0]["status"] == "done"


async def test_one_whose_job_an_admin_dropped_keeps_no_other_from_beginning() -> None:
    scene = await a_shop()
    await asked(scene, PARK)
    draft = await a_draft(scene)
    run = await called(scene.admin, "POST", "", 201, json={"article_id": draft})
    (queued,) = await admin.page(scene.admin, "queued", "replay", None, 10)
    await admin.drop(scene.admin, queued.id)
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    assert (await called(scene.admin, "GET", ""))[0]["status"] == "running"
    (queued,) = await admin.page(scene.admin, "queued", "replay", None, 10)
    await admin.drop(scene.admin, queued.id)
    await called(scene.admin, "POST", "", 201, json={"article_id": draft})
    newest, lost = await called(scene.admin, "GET", "")
    assert (newest["status"], lost["status"]) == ("running", "failed")


async def test_what_is_tried_is_what_was_given_whatever_becomes_of_the_article() -> None:
    scene = await a_shop()
    await asked(scene, PARK)
    draft = await knowledge.create(scene.admin, ArticleInput("Parking", PARKING, audience="public"))
    await called(scene.admin, "POST", "", 201, json={"article_id": draft.id})
    await knowledge.update(scene.admin, draft.id, ArticleChanges(draft.version, body="Another text."))
    await worked(scene)
    assert (await called(scene.admin, "GET", ""))[0]["answers_gained"] == 1


async def test_counts_are_of_all_and_cases_are_those_that_the_reader_may_see() -> None:
    scene = await a_shop()
    await asked(scene, PARK)
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, access="members")
    await asked(scene, "Where can I park the car?")
    writer, agent = await a_member(scene.admin, "user"), await a_member(scene.admin)
    run = await called(writer, "POST", "", 201, json={"article_id": await a_draft(scene)})
    await worked(scene)
    assert (await called(agent, "GET", ""))[0]["answers_gained"] == 2
    seen = await called(agent, "GET", f"/{run['id']}/cases")
    assert ([case["question"] for case in seen["items"]], seen["hidden"]) == ([PARK], 1)
    for path in ("", f"/{run['id']}/stop", f"/{run['id']}/resume"):
        await called(agent, "POST", path, 403, **({} if path else {"json": {"article_id": 1}}))
    stranger = await an_organization()
    assert await called(stranger, "GET", "") == []
    await called(stranger, "GET", f"/{run['id']}/cases", 404)
    await called(stranger, "POST", f"/{run['id']}/stop", 404)


async def test_pages_of_cases_hold_each_once() -> None:
    scene = await a_shop()
    questions = [PARK, "What does parking cost?", "Where can I park the car?"]
    await asked(scene, *questions)
    run = await called(scene.admin, "POST", "", 201, json={"article_id": await a_draft(scene)})
    await worked(scene)
    cursor, seen = None, []
    while True:
        page = await called(scene.admin, "GET", f"/{run['id']}/cases", params={"limit": 1} | ({"cursor": cursor} if cursor else {}))
        seen += [case["question"] for case in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert seen == questions[::-1]


async def test_there_must_be_questions_and_customers_must_be_answered_from_it() -> None:
    scene = await a_shop()
    draft = await a_draft(scene)
    assert (await called(scene.admin, "POST", "", 409, json={"article_id": draft}))["code"] == "no_questions"
    assert await called(scene.admin, "GET", "") == []
    await asked(scene, PARK)
    internal = await an_article(scene.admin, "Only for us", SHIPPING, audience="internal")
    assert (await called(scene.admin, "POST", "", 409, json={"article_id": internal.id}))["code"] == "internal_article"
    foreign = await an_article(await an_organization(), "Parking", PARKING)
    await called(scene.admin, "POST", "", 404, json={"article_id": foreign.id})


async def test_only_the_last_replays_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    await asked(scene, PARK)
    monkeypatch.setattr(actions, "OLD", actions.OLD.replace("LIMIT 10", "LIMIT 2"))
    draft, made = await a_draft(scene), []
    for done in range(3):
        made.append((await called(scene.admin, "POST", "", 201, json={"article_id": draft}))["id"])
        await worked(scene, done)
    assert [run["id"] for run in await called(scene.admin, "GET", "")] == made[:0:-1]


async def test_the_death_of_an_earlier_turns_job_ends_nothing_that_was_taken_up_since() -> None:
    scene = await a_shop()
    await asked(scene, PARK)
    run = await called(scene.admin, "POST", "", 201, json={"article_id": await a_draft(scene)})
    old = (await steps(scene))[0]
    await called(scene.admin, "POST", f"/{run['id']}/stop", 204)
    async with system_transaction("tests play the death of a job") as db:
        await db.execute(
            "UPDATE jobs SET status = 3 WHERE organization_id = $1 AND name = 'agent.replay.step'", scene.admin.organization_id
        )
    await called(scene.admin, "POST", f"/{run['id']}/resume", 204)
    await jobs.give_up(**old)
    assert (await called(scene.admin, "GET", ""))[0]["status"] == "running"
