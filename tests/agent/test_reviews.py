"""What people say of the AI agent's drafts, and what it learns from that."""

import hashlib
import subprocess
import sys

import msgspec
import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.di import Provide

from agent import actions, confidence, jobs, queries
from agent.actions import Decided
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.reviews import routes
from agent.reviews.labels import is_light, label
from agent.reviews.structs import Key, ReviewInput
from agent.structs import Receipt
from core.access import Actor, system
from core.audit import log as audit
from core.database import system_transaction
from core.edge import HANDLERS
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.agent.scenes import Scene, a_shop, ask, events_of, receipts, said, work
from tests.factories import a_member, a_message, again, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")

DRAFT = "From our help center (**Shipping**):\n\nParcels to Norway arrive within 3 working days and cost €9.90. [1]"
SIGNALS = {"headed": 1.0, "fits": 1.0, "gap": 1.0, "margin": 1.0, "promised": 1.0, "matched": 1.0}
HEAD = confidence.head(SIGNALS, "")
KEY = Key("extractive", "extractive", "quote-1", HEAD)


def client_of(actor: Actor) -> AsyncClient:
    async def provide() -> Actor:
        return actor

    app = Litestar([routes.router], dependencies={"actor": Provide(provide)}, exception_handlers=HANDLERS, logging_config=None)
    return AsyncClient(transport=ASGITransport(app), base_url="http://test")


async def a_decision(scene: Scene, sure: float = 0.72, **values: object) -> Receipt:
    """The AI agent has answered somebody who wrote just now."""
    _, sent = await a_message(scene.inbox, "How long does it take?")
    common = {
        "conversation_id": sent.conversation.id,
        "seq": sent.message.seq,
        "epoch": sent.conversation.handler_epoch,
        "content": DRAFT,
        "draft": DRAFT,
        "threshold": 0.7,
        "confidence": sure,
        "signals": SIGNALS,
        "mode": KEY.mode,
        "model": KEY.model,
        "prompt_version": KEY.prompt_version,
        "head": KEY.head,
    }
    await actions.commit(scene.machine, Decided(**(common | values)))
    (receipt,) = await queries.receipts(scene.admin, sent.conversation.id)
    return receipt


async def test_what_was_asked_back_about_is_looked_at_too() -> None:
    scene = await a_shop()
    asked = await a_decision(scene, 0.6, asks_back=True, reason="low_confidence")
    assert asked.outcome == "clarified"
    assert [item.receipt.id for item in (await reviewed.queue(scene.admin, None, 100)).items] == [asked.id]
    await reviews.review(scene.admin, asked.id, ReviewInput("approve"))
    assert (await reviewed.queue(scene.admin, None, 100)).items == []


async def reviews_of(scene: Scene) -> list[tuple[str, float, float | None]]:
    async with system_transaction("tests look at reviews") as db:
        sql = "SELECT verdict, label, propensity FROM ai_reviews WHERE organization_id = $1 ORDER BY id"
        return [(row[0], row[1], row[2]) for row in await db.fetch_rows(sql, scene.admin.organization_id)]


async def recalibrations(scene: Scene) -> int:
    async with system_transaction("tests look at the ledger") as db:
        sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'agent.recalibrate'"
        return int(await db.fetch_value(sql, scene.admin.organization_id))


def is_audited(receipt: Receipt) -> bool:
    return int(hashlib.md5(f"audit {receipt.id}".encode(), usedforsecurity=False).hexdigest()[:8], 16) % 10 == 0


async def test_a_second_review_of_the_same_person_replaces_the_first() -> None:
    scene = await a_shop()
    receipt = await a_decision(scene)
    first = await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    second = await reviews.review(scene.admin, receipt.id, ReviewInput("reject", "wrong"))
    assert (first.id, first.counts_as_right) == (second.id, True)
    assert (second.verdict, second.reason, second.counts_as_right) == ("reject", "wrong", False)
    colleague = await a_member(scene.admin, "agent")
    await reviews.review(colleague, receipt.id, ReviewInput("approve"))
    assert [verdict for verdict, _, _ in await reviews_of(scene)] == ["reject", "approve"]


async def test_only_staff_hears_of_a_review() -> None:
    scene = await a_shop()
    receipt = await a_decision(scene)
    await reviews.review(scene.admin, receipt.id, ReviewInput("reject", "tone"))
    assert await events_of(scene, "agent.reviewed") == [(True, None)]


async def test_strangers_and_whoever_may_not_see_the_conversation_review_nothing() -> None:
    scene = await a_shop()
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, access="members")
    receipt = await a_decision(scene)
    outsider, reader, stranger = await a_member(scene.admin), await a_member(scene.admin, "user"), await an_organization()
    for actor in (outsider, stranger):
        with pytest.raises(NotFound):
            await reviews.review(actor, receipt.id, ReviewInput("approve"))
        assert (await reviewed.queue(actor, None, 100)).items == []
    with pytest.raises(Forbidden):
        await reviews.review(reader, receipt.id, ReviewInput("approve"))
    assert await reviews_of(scene) == []
    assert [item.receipt.id for item in (await reviewed.queue(await again(scene.admin), None, 100)).items] == [receipt.id]


async def test_there_must_be_a_draft_a_text_and_a_reason() -> None:
    scene = await a_shop()
    receipt = await a_decision(scene)
    ruled = await a_decision(scene, handoff="refund", reason="refund", draft="", confidence=None, head="")
    with pytest.raises(Conflict):
        await reviews.review(scene.admin, ruled.id, ReviewInput("approve"))
    with pytest.raises(Invalid):
        await reviews.review(scene.admin, receipt.id, ReviewInput("edit", content=" "))
    with pytest.raises(Invalid):
        await reviews.review(scene.admin, receipt.id, ReviewInput("reject"))


@pytest.mark.parametrize(
    ("edited", "light"),
    [
        (DRAFT, True),
        (DRAFT.replace("arrive", "get there"), True),
        (DRAFT.replace("3 working", "4 working"), False),
        (DRAFT.replace("3 working days", "three working days"), True),
        (DRAFT.replace("3 working days", "3 days"), False),
        (DRAFT.replace("within 3", "after 3"), False),
        (DRAFT.replace("€9.90", "€9.95"), False),
        (DRAFT.replace("arrive", "do not arrive"), False),
        (DRAFT.replace("arrive", "never arrive"), False),
        ("Please ask the shop.", False),
        (DRAFT + " " + "And here is a good deal more that the draft said nothing about whatsoever.", False),
        ("word " * 5000, False),
    ],
)
def test_a_light_edit_says_the_same(edited: str, light: bool) -> None:
    assert is_light(DRAFT, edited) == light
    assert label(DRAFT, ReviewInput("edit", content=edited)) == float(light)


async def test_the_unsure_come_first_then_those_chosen_by_lot_page_by_page() -> None:
    scene = await a_shop()
    unsure = [await a_decision(scene, sure) for sure in (0.8, 0.71)]
    handed_over = await a_decision(scene, 0.66, handoff="low_confidence", reason="low_confidence")
    far_below = await a_decision(scene, 0.2, handoff="low_confidence", reason="low_confidence")
    sure = [await a_decision(scene, 0.97) for _ in range(30)]
    chosen = {receipt.id for receipt in sure if is_audited(receipt)}
    while not chosen:
        sure.append(await a_decision(scene, 0.97))
        chosen = {receipt.id for receipt in sure if is_audited(receipt)}
    found, cursor = [], None
    while True:
        page = await reviewed.queue(scene.admin, cursor, 2)
        found += page.items
        if (cursor := page.next) is None:
            break
    ids = [item.receipt.id for item in found]
    assert ids[:3] == [unsure[1].id, handed_over.id, unsure[0].id]
    assert set(ids[3:]) == chosen
    assert far_below.id not in ids
    assert [item.unsure for item in found] == [True] * 3 + [False] * len(chosen)
    for receipt_id in ids[:1] + ids[3:]:
        await reviews.review(scene.admin, receipt_id, ReviewInput("approve"))
    unasked = next(receipt for receipt in sure if receipt.id not in chosen)
    await reviews.review(scene.admin, unasked.id, ReviewInput("approve"))
    assert [item.receipt.id for item in (await reviewed.queue(scene.admin, None, 100)).items] == ids[1:3]
    asked = [propensity for _, _, propensity in await reviews_of(scene)]
    assert asked[:-1] == pytest.approx([1.0] + [0.1] * len(chosen))
    assert asked[-1] is None


async def test_a_cursor_that_is_none_is_refused() -> None:
    scene = await a_shop()
    with pytest.raises(Invalid):
        await reviewed.queue(scene.admin, "bm90IGEgY3Vyc29y", 10)


async def test_every_twentieth_review_is_learned_from_at_once_and_the_rest_at_night() -> None:
    scene = await a_shop()
    for _ in range(19):
        await reviews.review(scene.admin, (await a_decision(scene)).id, ReviewInput("approve"))
    assert await recalibrations(scene) == 0
    assert scene.admin.organization_id in await reviewed.stale()
    await reviews.review(scene.admin, (await a_decision(scene)).id, ReviewInput("approve"))
    assert await recalibrations(scene) == 1
    await jobs.recalibrate.function(scene.admin.organization_id)
    assert scene.admin.organization_id not in await reviewed.stale()
    found = await reviewed.calibration_of(scene.admin)
    assert (found.current.n, found.current.is_calibrated, found.current.why) == (20, False, "too_few")
    assert sum(one.n for one in found.current.bins) == 20


async def test_the_night_finds_whoever_has_new_reviews() -> None:
    scene = await a_shop()
    await reviews.review(scene.admin, (await a_decision(scene)).id, ReviewInput("approve"))
    await jobs.recalibrate_all.function()
    assert await recalibrations(scene) == 1


async def test_rejections_make_the_same_answer_less_sure_and_only_here() -> None:
    scene, other = await a_shop(), await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    (before,) = await receipts(scene, sent)
    assert before.outcome == "answered"
    for _ in range(20):
        same = await a_decision(scene, 0.75, signals=before.signals, head=await head_of(before))
        await reviews.review(scene.admin, same.id, ReviewInput("reject", "wrong"))
    await jobs.recalibrate.function(scene.admin.organization_id)
    _, again_sent = await ask(scene)
    await work(scene, again_sent)
    (after,) = await receipts(scene, again_sent)
    assert after.signals == before.signals
    assert after.confidence < 0.3 < before.confidence
    assert after.outcome in {"clarified", "handed_off"}
    assert after.reason == "low_confidence"
    _, elsewhere = await ask(other)
    await work(other, elsewhere)
    assert (await receipts(other, elsewhere))[0].confidence == pytest.approx(before.confidence, abs=0.02)


async def head_of(receipt: Receipt) -> str:
    async with system_transaction("tests look at a decision") as db:
        return str(await db.fetch_value("SELECT head FROM ai_decisions WHERE id = $1", receipt.id))


async def test_a_threshold_that_is_not_precise_enough_is_raised_and_then_in_force() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    (before,) = await receipts(scene, sent)
    head = await head_of(before)
    colleague = await a_member(scene.admin)
    for place in range(60):
        good = await a_decision(scene, 0.75, signals=before.signals | {"noise": float(place)}, head=head)
        verdict = ReviewInput("reject", "wrong") if place % 5 == 0 else ReviewInput("approve")
        await reviews.review(colleague if place % 2 else scene.admin, good.id, verdict)
    await jobs.recalibrate.function(scene.admin.organization_id)
    current = (await reviewed.calibration_of(scene.admin)).current
    assert (current.n, current.is_calibrated, current.asked) == (60, True, pytest.approx(0.7))
    assert current.why in {"raised", "unmet"}
    assert current.threshold > 0.7
    assert current.precision == pytest.approx(0.8, abs=0.05)
    assert current.lower < 0.9
    _, later = await ask(scene)
    await work(scene, later)
    (after,) = await receipts(scene, later)
    assert after.threshold == pytest.approx(current.threshold)
    assert after.outcome in {"clarified", "handed_off"}
    assert [message.sources for message in await said(scene, later)] == [[]]
    (moved,) = [entry for entry in await audit.page(scene.admin, None, 100) if entry.action == "agent.threshold_moved"]
    assert (moved.actor_kind, moved.data["why"], moved.data["reviews"]) == ("system", current.why, 60)
    assert moved.data["moved"] == {"before": 0.7, "after": pytest.approx(current.threshold, abs=0.001)}


async def much_wrong(scene: Scene, *reviewers: Actor) -> float:
    """So many rejections that the threshold would be raised; returns the one that is in force."""
    for place in range(60):
        verdict = ReviewInput("approve") if place % 2 else ReviewInput("reject", "wrong")
        await reviews.review(reviewers[place // 2 % len(reviewers)], (await a_decision(scene, 0.9)).id, verdict)
    await jobs.recalibrate.function(scene.admin.organization_id)
    return (await reviewed.calibration_of(scene.admin)).current.threshold


async def test_one_persons_reviews_alone_move_no_threshold() -> None:
    scene = await a_shop()
    assert await much_wrong(scene, scene.admin) == pytest.approx(0.7)
    found = await reviewed.calibration_of(scene.admin)
    assert found.current.why in {"alone", "too_few"}
    assert [entry for entry in await audit.page(scene.admin, None, 100) if entry.action == "agent.threshold_moved"] == []


async def test_nobody_counts_for_more_than_all_others_together() -> None:
    scene = await a_shop()
    colleague = await a_member(scene.admin)
    for place in range(10):
        reviewer = colleague if place == 0 else scene.admin
        await reviews.review(reviewer, (await a_decision(scene)).id, ReviewInput("approve"))
    (examples,) = (await reviewed.learned(scene.admin))[1].values()
    own = sum(one.weight for one in examples if one.by == scene.admin.id)
    assert own == pytest.approx(sum(one.weight for one in examples if one.by == colleague.id))


async def test_what_was_learned_is_held_fast_and_let_go() -> None:
    scene = await a_shop()
    await reviews.review(scene.admin, (await a_decision(scene)).id, ReviewInput("reject", "wrong"))
    await reviews.recalibrate(system(scene.admin.organization_id))
    for _ in range(10):
        await reviews.review(scene.admin, (await a_decision(scene)).id, ReviewInput("reject", "wrong"))
    await reviews.recalibrate(system(scene.admin.organization_id))
    newest, first = (await reviewed.calibration_of(scene.admin)).history
    assert (newest.n, first.n) == (11, 1)
    sure = {}
    for name, pinned in (("newest", newest.id), ("first", first.id), ("shipped", None)):
        await reviews.pin(scene.admin, pinned)
        learned = await reviewed.newest(scene.admin, KEY)
        sure[name] = confidence.confidence(SIGNALS, learned.weights if learned else None)
        told = await reviewed.calibration_of(scene.admin)
        assert told.pin is not None
        assert (told.pin.calibrator_id, told.pin.pinned_by) == (pinned, scene.admin.name)
        assert told.current.n == {"newest": 11, "first": 1, "shipped": 0}[name]
    assert sure["newest"] < sure["first"] < sure["shipped"]
    await reviews.recalibrate(system(scene.admin.organization_id))
    assert await reviewed.newest(scene.admin, KEY) is None, "what is learned since changes nothing"
    await reviews.unpin(scene.admin)
    await reviews.unpin(scene.admin)
    assert (await reviewed.calibration_of(scene.admin)).pin is None
    noted = [entry.action for entry in await audit.page(scene.admin, None, 100) if entry.action.startswith("agent.calibrator")]
    assert noted == ["agent.calibrator_unpinned", *["agent.calibrator_pinned"] * 3]


async def test_only_admins_hold_fast_and_only_what_is_their_own() -> None:
    scene, other = await a_shop(), await a_shop()
    for each in (scene, other):
        await reviews.review(each.admin, (await a_decision(each)).id, ReviewInput("approve"))
        await reviews.recalibrate(system(each.admin.organization_id))
    (foreign,) = (await reviewed.calibration_of(other.admin)).history
    with pytest.raises(NotFound):
        await reviews.pin(scene.admin, foreign.id)
    for refused in (reviews.pin(await a_member(scene.admin), None), reviews.unpin(await a_member(scene.admin, "user"))):
        with pytest.raises(Forbidden):
            await refused
    with pytest.raises(Conflict):
        await reviews.pin(await an_organization(), None)


async def test_one_decision_teaches_once_by_its_last_review() -> None:
    scene = await a_shop()
    receipt = await a_decision(scene)
    await reviews.review(scene.admin, receipt.id, ReviewInput("reject", "wrong"))
    await reviews.review(await a_member(scene.admin, "agent"), receipt.id, ReviewInput("approve"))
    _, learned = await reviewed.learned(scene.admin)
    assert [[one.label for one in examples] for examples in learned.values()] == [[1.0]]
    assert list(learned) == [KEY]


async def test_each_way_of_answering_is_calibrated_by_itself() -> None:
    scene = await a_shop()
    for head, verdict in ((HEAD, ReviewInput("approve")), (f"{confidence.VERSION}/another", ReviewInput("reject", "other"))):
        for _ in range(5):
            await reviews.review(scene.admin, (await a_decision(scene, head=head)).id, verdict)
    old = await a_decision(scene, head="prior-0/words")
    await reviews.review(scene.admin, old.id, ReviewInput("approve"))
    await reviews.recalibrate(system(scene.admin.organization_id))
    found = await reviewed.calibration_of(scene.admin)
    assert {one.head: one.n for one in found.others} == {HEAD: 5, f"{confidence.VERSION}/another": 5}
    mine = await reviewed.newest(scene.admin, KEY)
    other = await reviewed.newest(scene.admin, msgspec.structs.replace(KEY, head=f"{confidence.VERSION}/another"))
    assert confidence.confidence(SIGNALS, mine.weights) > confidence.confidence(SIGNALS, other.weights)
    assert await reviewed.newest(scene.admin, msgspec.structs.replace(KEY, model="another")) is None


async def test_without_reviews_the_page_says_so() -> None:
    scene = await a_shop()
    async with client_of(scene.admin) as client:
        told = (await client.get("/api/ai/calibration")).json()
    assert told["current"] | {"n": 0, "ece": None, "why": "asked", "is_calibrated": False} == told["current"]
    assert told["current"]["threshold"] == pytest.approx(0.7)
    assert len(told["current"]["bins"]) == 10


async def test_over_http() -> None:
    scene = await a_shop()
    receipt = await a_decision(scene)
    async with client_of(scene.admin) as client:
        (item,) = (await client.get("/api/ai/reviews")).json()["items"]
        assert (item["receipt"]["id"], item["unsure"]) == (receipt.id, True)
        answer = await client.put(f"/api/ai/decisions/{receipt.id}/review", json={"verdict": "edit", "content": DRAFT})
        assert (answer.status_code, answer.json()["counts_as_right"]) == (200, True)
        assert (await client.get("/api/ai/reviews")).json() == {"items": [], "next": None}


def test_web_processes_know_of_reviews_without_numpy() -> None:
    code = "import sys, agent.manifest; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
