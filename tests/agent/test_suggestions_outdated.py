"""A suggestion whose article was changed, withdrawn or made internal is marked, and does not go to the customer as it is."""

import asyncio
from contextvars import Context

import pytest

from agent.copilot import actions, queries
from agent.copilot.structs import Suggestion
from core.access import Actor
from core.database import pool, transaction
from core.errors import Conflict, NotFound
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.knowledge import actions as knowledge
from core.messages.structs import ReplyInput, Sent
from tests.agent.article_changes import Change, delete, hide, reprice, withdraw
from tests.agent.scenes import Scene, a_shop, all_messages, ask, work
from tests.factories import an_organization, client_id

pytestmark = pytest.mark.usefixtures("connected")
CHANGES = pytest.mark.parametrize("change", [hide, withdraw, delete, reprice])


async def a_suggestion() -> tuple[Scene, Sent, Suggestion]:
    scene = await a_shop()
    await inboxes.update(scene.admin, scene.inbox.id, InboxChanges(ai_mode="suggest"))
    _, sent = await ask(scene)
    assert await work(scene, sent) == "handed_off"
    found = await suggested(scene, sent)
    assert not found.article_changed
    return scene, sent, found


async def suggested(scene: Scene, sent: Sent) -> Suggestion:
    found = await queries.suggestion(scene.admin, sent.conversation.id)
    assert found is not None
    return found


async def send(actor: Actor, suggestion: Suggestion, content: str, key: str = "") -> Sent:
    return await actions.send(actor, suggestion.receipt.id, ReplyInput(client_id=key or client_id(), content=content))


async def told(scene: Scene, sent: Sent) -> list[str]:
    """What people said to the customer."""
    return [one.content for one in await all_messages(scene, sent) if one.sender_type == "user" and not one.is_internal]


async def test_one_that_holds_is_sent_once_however_often_it_is_told() -> None:
    scene, sent, found = await a_suggestion()
    key = client_id()
    first = await send(scene.admin, found, found.text, key)
    await hide(scene)
    assert (await send(scene.admin, found, found.text, key)).message.id == first.message.id
    assert await told(scene, sent) == [found.text]


@CHANGES
async def test_one_whose_article_changed_is_marked_and_not_sent_as_it_is(change: Change) -> None:
    scene, sent, found = await a_suggestion()
    await change(scene)
    assert (await suggested(scene, sent)).article_changed
    for content in (found.text, f"Hi Carla!\n\n{found.text}", found.text.replace(" ", "  ")):
        with pytest.raises(Conflict) as refused:
            await send(scene.admin, found, content)
        assert (refused.value.status, refused.value.reason) == (409, "article_changed")
    assert await told(scene, sent) == []


async def test_what_a_person_made_of_it_is_sent() -> None:
    scene, sent, found = await a_suggestion()
    await reprice(scene)
    await send(scene.admin, found, "Shipping to Norway costs €7.50.")
    assert await told(scene, sent) == ["Shipping to Norway costs €7.50."]


async def test_what_is_being_hidden_is_waited_for_and_not_sent() -> None:
    scene, sent, found = await a_suggestion()
    async with transaction(scene.admin):
        await hide(scene)
        sending = asyncio.create_task(send(scene.admin, found, found.text), context=Context())
        await asyncio.sleep(0.3)
        assert not sending.done()
    with pytest.raises(Conflict):
        await sending
    assert await told(scene, sent) == []


async def test_another_articles_change_marks_nothing() -> None:
    scene, sent, _ = await a_suggestion()
    sql = "SELECT id FROM articles WHERE organization_id = $1 AND title = 'Return policy'"
    await knowledge.withdraw(scene.admin, await pool().fetchval(sql, scene.admin.organization_id))
    assert not (await suggested(scene, sent)).article_changed


async def test_another_organization_sends_nothing_of_it() -> None:
    scene, sent, found = await a_suggestion()
    with pytest.raises(NotFound):
        await send(await an_organization("Stranger"), found, found.text)
    assert await told(scene, sent) == []
