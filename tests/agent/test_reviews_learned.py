"""What reviews teach, and what they have not taught yet: tools too, reviews that came meanwhile, and those that were taken back."""

import pytest

from agent import confidence
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.reviews.labels import is_light
from agent.reviews.structs import Key, ReviewInput
from core.access import Actor, system
from tests.agent.scenes import a_shop, receipts, work
from tests.agent.shop_tools import Shop
from tests.agent.test_reviews import KEY, a_decision
from tests.agent.test_reviews_withdrawn import Suggested, forget
from tests.agent.test_suggestions import a_suggestion, send
from tests.agent.test_tools import WHERE, asked
from tests.factories import a_member

pytestmark = pytest.mark.usefixtures("connected")


async def test_a_tool_whose_answers_are_rejected_is_believed_less(shop: Shop) -> None:
    scene = await a_shop()
    colleague = await a_member(scene.admin)
    for place in range(12):
        _, sent = await asked(scene, shop, WHERE)
        await work(scene, sent)
        (receipt,) = await receipts(scene, sent)
        await reviews.review(colleague if place % 2 else scene.admin, receipt.id, ReviewInput("reject", "wrong"))
    await reviews.recalibrate(system(scene.admin.organization_id))
    assert await reviewed.fresh(scene.admin) == 0
    _, sent = await asked(scene, shop, WHERE)
    assert await work(scene, sent) == "handed_off"
    (receipt,) = await receipts(scene, sent)
    assert receipt.confidence is not None
    assert receipt.confidence < 0.7


async def test_reviews_of_what_is_not_known_any_more_are_no_reason_to_learn() -> None:
    scene = await a_shop()
    await reviews.review(scene.admin, (await a_decision(scene, head="prior-0/words")).id, ReviewInput("approve"))
    assert await reviewed.fresh(scene.admin) == 0
    assert scene.admin.organization_id not in await reviewed.stale()


async def test_what_is_reviewed_while_it_learns_waits_for_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    await reviews.review(scene.admin, (await a_decision(scene)).id, ReviewInput("approve"))
    late = await a_decision(scene)
    read = reviewed.learned

    async def overtaken(actor: Actor) -> object:
        found = await read(actor)
        await reviews.review(scene.admin, late.id, ReviewInput("approve"))
        return found

    monkeypatch.setattr(reviewed, "learned", overtaken)
    await reviews.recalibrate(system(scene.admin.organization_id))
    assert await reviewed.fresh(scene.admin) == 1
    assert scene.admin.organization_id in await reviewed.stale()


async def test_where_every_review_was_taken_back_the_shipped_weights_speak_again() -> None:
    one = Suggested(*await a_suggestion())
    admin = one.scene.admin
    sent = await send(admin, one.decision, f"{one.text} By our own van, and only on working days of the week.")
    await reviews.recalibrate(system(admin.organization_id))
    (key,) = (await reviewed.learned(admin))[1]
    learned = await reviewed.newest(admin, key)
    assert learned is not None
    assert learned.weights
    await forget(await one.taken_back(sent))
    await reviews.recalibrate(system(admin.organization_id))
    after = await reviewed.newest(admin, key)
    assert after is not None
    assert not after.weights
    assert (await reviewed.calibration_of(admin)).current.n == 0
    assert await reviewed.forgotten(admin) == []


def test_marks_of_sources_are_no_numbers_that_an_edit_may_not_change() -> None:
    assert is_light("Parcels arrive within 3 working days. [1]", "Parcels arrive within 3 working days.")
    assert not is_light("Parcels arrive within 3 working days. [1]", "Parcels arrive within 4 working days. [1]")


def test_heads_that_are_taught_are_those_that_are_given() -> None:
    given = [
        confidence.head({"told": 1.0}, "orders"),
        confidence.head({"fits": 1.0}, "small"),
        confidence.head({"meant": 1.0}, "m"),
    ]
    assert all(head.startswith(confidence.TAUGHT) for head in given)
    assert Key("x", "y", "z", KEY.head).head.startswith(confidence.TAUGHT)
