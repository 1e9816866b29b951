"""What was sent of a suggestion and taken back before it left was never said: nothing is learned from it."""

from typing import NamedTuple

import msgspec
import pytest

from agent import subscribers
from agent.learning.export import queries as export
from agent.learning.proposals import actions as deciding
from agent.learning.proposals import queries as proposals
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.reviews.structs import ReviewInput
from core.channels.email import undoing
from core.database import system_transaction
from core.messages.events import MessageWithdrawn
from core.messages.structs import Sent
from tests.agent.scenes import Scene
from tests.agent.test_reviews import recalibrations, reviews_of
from tests.agent.test_suggestions import a_suggestion, send, suggested

pytestmark = pytest.mark.usefixtures("connected")
WITHDRAWN = "SELECT body FROM outbox WHERE organization_id = $1 AND type = 'message.withdrawn' ORDER BY id DESC LIMIT 1"


class Suggested(NamedTuple):
    scene: Scene
    decision: int
    text: str

    async def taken_back(self, sent: Sent) -> MessageWithdrawn:
        """The reply, a mail's by then; returns what the agent is told."""
        async with system_transaction("a test has mail without a mail server") as db:
            sql = "UPDATE conversations SET channel = 'email' WHERE organization_id = $1 AND id = $2"
            await db.execute(sql, self.scene.admin.organization_id, sent.conversation.id)
        await undoing.undo(self.scene.admin, sent.message.id)
        async with system_transaction("a test looks at the outbox") as db:
            body = await db.fetch_value(WITHDRAWN, self.scene.admin.organization_id)
        return msgspec.json.decode(body, type=MessageWithdrawn)

    async def learned(self) -> tuple[list[str], int, list[int], int]:
        """Verdicts, examples for the confidence, lines for training, and changes of articles that are proposed."""
        admin = self.scene.admin
        examples = sum(map(len, (await reviewed.learned(admin))[1].values()))
        proposed = await proposals.page(admin, "open")
        return [verdict for verdict, _, _ in await reviews_of(self.scene)], examples, await export.ready(admin), len(proposed)


@pytest.fixture
async def one() -> Suggested:
    return Suggested(*await a_suggestion())


async def forget(event: MessageWithdrawn) -> None:
    """What the event log does, twice, as it may."""
    for _ in range(2):
        await subscribers.forget_review.function(event)


async def test_nothing_is_learned_from_what_was_taken_back_and_sending_it_again_reviews_again(one: Suggested) -> None:
    better = f"{one.text} By our own van, and only on working days of the week."
    sent = await send(one.scene.admin, one.decision, better)
    assert await one.learned() == (["edit"], 1, [one.decision], 1)
    await forget(await one.taken_back(sent))
    assert await one.learned() == ([], 0, [], 0)
    assert await suggested(one.scene, sent) is not None
    await send(one.scene.admin, one.decision, better)
    assert await one.learned() == (["edit"], 1, [one.decision], 1)


async def test_what_was_sent_again_stays_however_late_the_first_is_forgotten(one: Suggested) -> None:
    late = await one.taken_back(await send(one.scene.admin, one.decision, one.text))
    await send(one.scene.admin, one.decision, one.text)
    await forget(late)
    assert await one.learned() == (["approve"], 1, [one.decision], 0)


async def test_what_somebody_said_of_it_besides_stays(one: Suggested) -> None:
    sent = await send(one.scene.admin, one.decision, one.text)
    await reviews.review(one.scene.admin, one.decision, ReviewInput("reject", "outdated"))
    await forget(await one.taken_back(sent))
    assert [verdict for verdict, _, _ in await reviews_of(one.scene)] == ["reject"]


async def test_what_was_learned_meanwhile_is_learned_anew_without_it(one: Suggested) -> None:
    sent = await send(one.scene.admin, one.decision, one.text)
    await reviews.recalibrate(one.scene.admin)
    assert await recalibrations(one.scene) == 0
    await forget(await one.taken_back(sent))
    assert await recalibrations(one.scene) == 1


async def test_what_its_writer_had_said_by_hand_before_holds_again(one: Suggested) -> None:
    await reviews.review(
        one.scene.admin, one.decision, ReviewInput("edit", content=f"{one.text} By our own van, and on working days only.")
    )
    before = await reviews_of(one.scene), await one.learned()
    assert before[1] == (["edit"], 1, [one.decision], 1)
    for text in (one.text, f"{one.text} Or sooner."):
        sent = await send(one.scene.admin, one.decision, text)
        assert await reviews_of(one.scene) != before[0]
        await forget(await one.taken_back(sent))
        assert (await reviews_of(one.scene), await one.learned()) == before


async def test_so_it_does_after_two_replies(one: Suggested) -> None:
    await reviews.review(
        one.scene.admin, one.decision, ReviewInput("edit", content=f"{one.text} By our own van, and on working days only.")
    )
    late = await one.taken_back(await send(one.scene.admin, one.decision, one.text))
    again = await send(one.scene.admin, one.decision, one.text)
    await forget(late)
    assert (await one.learned())[0] == ["approve"]
    await forget(await one.taken_back(again))
    assert (await one.learned())[0] == ["edit"]


async def test_what_was_decided_of_it_is_not_asked_again(one: Suggested) -> None:
    admin = one.scene.admin
    await reviews.review(admin, one.decision, ReviewInput("edit", content=f"{one.text} By our own van, and on working days only."))
    [proposed] = await proposals.page(admin, "open")
    await deciding.dismiss(admin, proposed.id)
    await forget(await one.taken_back(await send(admin, one.decision, one.text)))
    assert await one.learned() == (["edit"], 1, [one.decision], 0)
