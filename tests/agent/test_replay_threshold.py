"""Another threshold is tried on what was decided, before anybody changes it."""

from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.di import Provide

from agent import actions, queries
from agent.actions import Decided
from agent.replay import routes
from agent.reviews import actions as reviews
from agent.reviews.structs import ReviewInput
from core.access import Actor
from core.database import system_transaction
from core.edge import HANDLERS
from tests.agent.scenes import Scene, a_shop
from tests.factories import a_member, a_message, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")

KEY = {"mode": "extractive", "model": "extractive", "prompt_version": "quote-1", "head": "prior/tests"}


async def decided(scene: Scene, sure: float | None, *, question: str = "How long?", **values: object) -> int:
    """What the AI agent decided at the threshold of 0.7, so sure; its id."""
    _, sent = await a_message(scene.inbox, question)
    if sure is None:
        values = {"handoff": "refund", "reason": "refund"} | values
    elif sure < 0.7:
        values = {"handoff": "low_confidence", "reason": "low_confidence"} | values
    common = {
        "conversation_id": sent.conversation.id, "seq": sent.message.seq, "epoch": sent.conversation.handler_epoch, "content": "In a week.",
        "draft": "In a week.", "question": question, "threshold": 0.7, "confidence": sure,
    }  # fmt: skip
    await actions.commit(scene.machine, Decided(**(common | KEY | values)))
    return (await queries.receipts(scene.admin, sent.conversation.id))[0].id


async def tried(actor: Actor, value: float | None = None, **query: object) -> dict[str, Any]:
    async def provide() -> Actor:
        return actor

    app = Litestar([routes.router], dependencies={"actor": Provide(provide)}, exception_handlers=HANDLERS, logging_config=None)
    sent: dict[str, Any] = ({} if value is None else {"value": value}) | query
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        answer = await client.get("/api/ai/replay/threshold", params=sent)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def test_who_would_have_been_answered_is_counted_and_what_turns_round_is_shown() -> None:
    scene = await a_shop()
    ids = {sure: await decided(scene, sure, question=f"Is it {sure}?") for sure in (0.2, 0.55, 0.69, 0.7, 0.9)}
    await decided(scene, None)
    now = await tried(scene.admin)
    assert now == await tried(scene.admin, 0.7)
    assert (now["n"], now["answered"]["n"], now["held_back"]["n"]) == (5, 2, 3), "what a rule hands over hangs on no threshold"
    assert (now["asked"], now["in_force"], now["raised_to"]) == (0.7, 0.7, None)
    assert (now["gained"], now["lost"], now["cases"], now["hidden"]) == (0, 0, [], 0)
    lower = await tried(scene.admin, 0.55)
    assert (lower["answered"]["n"], lower["gained"], lower["lost"]) == (4, 2, 0)
    assert [(case["decision_id"], case["outcome"]) for case in lower["cases"]] == [
        (ids[0.69], "handed_off"),
        (ids[0.55], "handed_off"),
    ]
    assert lower["cases"][0]["question"] == "Is it 0.69?"
    higher = await tried(scene.admin, 0.71)
    assert (higher["answered"]["n"], higher["gained"], higher["lost"]) == (1, 0, 1)
    assert [case["decision_id"] for case in higher["cases"]] == [ids[0.7]]
    assert (await tried(scene.admin, 1))["answered"]["n"] == 0
    assert (await tried(scene.admin, 0))["held_back"]["n"] == 0


async def test_the_newest_are_counted_by_their_confidence() -> None:
    scene = await a_shop()
    for sure in (0.2, 0.7, 0.9):
        await decided(scene, sure)
    newest = await tried(scene.admin, 0.7, last=2)
    assert (newest["n"], newest["answered"]["n"]) == (2, 2)
    bins = (await tried(scene.admin, 0.7))["bins"]
    assert [(one["low"], one["n"]) for one in bins if one["n"]] == [(0.2, 1), (0.7, 1), (0.9, 1)]
    assert len(bins) == 20
    await tried(scene.admin, 0.7, last=1000)


async def test_what_reviews_say_of_them_is_told_with_how_far_that_reaches() -> None:
    scene = await a_shop()
    right, wrong, unsure = [await decided(scene, sure) for sure in (0.95, 0.9, 0.6)]
    assert (await tried(scene.admin, 0.5))["precision"] is None
    await reviews.review(scene.admin, right, ReviewInput("approve"))
    await reviews.review(scene.admin, wrong, ReviewInput("reject", "wrong"))
    await reviews.review(scene.admin, unsure, ReviewInput("approve"))
    async with system_transaction("tests say how reviews were asked for") as db:
        sql = "UPDATE ai_reviews SET propensity = $2 WHERE decision_id = $1"
        for decision_id, propensity in ((right, 0.1), (wrong, 1.0), (unsure, 1.0)):
            await db.execute(sql, decision_id, propensity)
    found = await tried(scene.admin, 0.7)
    assert (found["answered"], found["held_back"]) == ({"n": 2, "reviewed": 2, "right": 1}, {"n": 1, "reviewed": 1, "right": 1})
    assert found["precision"] == pytest.approx(10 / 11), "the one that was looked at by lot speaks for ten"
    assert 0 < found["lower"] < found["precision"]
    lower = await tried(scene.admin, 0.5)
    assert (lower["answered"]["right"], [case["is_right"] for case in lower["cases"]]) == (2, [True])
    assert [(one["right"], one["wrong"]) for one in lower["bins"] if one["n"]] == [(1, 0), (0, 1), (1, 0)]
    colleague = await a_member(scene.admin, "agent")
    await reviews.review(colleague, unsure, ReviewInput("reject", "tone"))
    assert (await tried(scene.admin, 0.5))["answered"]["right"] == 1, "the last word counts"


async def test_where_the_ai_agent_suggests_no_threshold_lets_anything_out() -> None:
    scene = await a_shop()
    await decided(scene, 0.9)
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, ai_mode="suggest")
    await decided(scene, 0.6)
    await decided(scene, 0.9, handoff="suggest_only", reason="suggest_only")
    assert (await tried(scene.admin, 0.5))["n"] == 1


async def test_what_reviews_raised_is_told() -> None:
    scene = await a_shop()
    for sure in (0.75, 0.9):
        await decided(scene, sure)
    async with system_transaction("tests raise a threshold") as db:
        sql = """INSERT INTO ai_calibrators (organization_id, mode, model, prompt_version, head, weights, n, ece, brier, auroc, bins,
                                             asked, threshold, why)
                 VALUES ($1, $2, $3, $4, $5, '{}', 60, 0, 0, 1, '[]', 0.7, 0.8, 'raised')"""
        await db.execute(sql, scene.admin.organization_id, *KEY.values())
    found = await tried(scene.admin, 0.6)
    assert (found["asked"], found["in_force"], found["raised_to"]) == (0.7, 0.8, 0.8)
    assert (found["gained"], found["lost"]) == (1, 0)


async def test_counts_are_of_all_and_cases_are_those_that_the_reader_may_see() -> None:
    scene = await a_shop()
    open_to_all = await decided(scene, 0.6)
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, access="members")
    await decided(scene, 0.65, question="A secret?")
    found = await tried(await a_member(scene.admin), 0.5)
    assert (found["n"], found["gained"], found["hidden"]) == (2, 2, 1)
    assert [case["decision_id"] for case in found["cases"]] == [open_to_all]
    stranger = await tried(await an_organization(), 0.5)
    assert (stranger["n"], stranger["since"], stranger["cases"]) == (0, None, [])
