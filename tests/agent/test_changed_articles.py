"""An article that is changed, hidden or deleted while an answer from it is written is not quoted: the customer is answered anew, or by a person."""

import asyncio

import pytest

from agent import actions, jobs
from core.database import pool
from core.knowledge import actions as knowledge
from core.knowledge.sources import changes
from core.knowledge.sources import jobs as reading
from core.knowledge.sources.structs import SourceChanges
from core.knowledge.structs import ArticleChanges
from core.messages.structs import Sent
from tests.agent.article_changes import Change, delete, hide, reprice, shipping, withdraw
from tests.agent.loopback import Answer, Asked, Loopback, saying
from tests.agent.scenes import (
    Interrupted,
    Scene,
    a_shop,
    ask,
    conversation_of,
    handoff_reason,
    queued,
    receipts,
    said,
    work,
)
from tests.core.read_sources import a_file

pytestmark = pytest.mark.usefixtures("connected")


async def touch(scene: Scene) -> None:
    article = await shipping(scene)
    await knowledge.update(scene.admin, article.id, ArticleChanges(article.version, body=article.body + "\n\nMore is to come."))


async def answered_anew(scene: Scene) -> None:
    """What the worker does with the job that was queued in the answer's place."""
    (again,) = await queued(scene)
    await jobs.answer.function(**again)


async def ends_without_it(scene: Scene, sent: Sent) -> None:
    assert await said(scene, sent) == []
    (receipt,) = await receipts(scene, sent)
    assert (receipt.outcome, receipt.reason, receipt.draft) == ("discarded", "article_changed", "")
    assert receipt.trouble == actions.CHANGED
    await answered_anew(scene)
    messages = await said(scene, sent)
    assert messages, "no customer is met with silence"
    assert all("9.90" not in message.content for message in messages)


@pytest.mark.parametrize("change", [hide, withdraw, delete])
async def test_what_is_hidden_in_the_middle_of_a_models_call_is_not_said(server: Loopback, scene: Scene, change: Change) -> None:
    asking = asyncio.Event()

    def slowly(asked: Asked) -> Answer:
        asking.set()
        found = [one["id"] for one in asked.sources if "€9.90" in one["text"]]
        return Answer(saying(("Shipping to Norway costs €9.90.", found), answerable=bool(found)), pause_s=0.4)

    server.says = slowly
    _, sent = await ask(scene)
    running = asyncio.create_task(work(scene, sent))
    await asking.wait()
    await change(scene)
    assert await running == "discarded"
    await ends_without_it(scene, sent)


@pytest.mark.parametrize("change", [hide, withdraw, delete])
async def test_what_is_hidden_while_it_is_quoted_is_not_said(change: Change) -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: change(scene))) == "discarded"
    await ends_without_it(scene, sent)


async def test_what_was_rewritten_is_quoted_as_it_stands_now() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: reprice(scene))) == "discarded"
    await answered_anew(scene)
    (answer,) = await said(scene, sent)
    assert "€7.50" in answer.content
    assert "9.90" not in answer.content


async def test_another_articles_change_disturbs_nothing() -> None:
    scene = await a_shop()
    sql = "SELECT id FROM articles WHERE organization_id = $1 AND title = 'Return policy'"
    other = await pool().fetchval(sql, scene.admin.organization_id)
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: knowledge.withdraw(scene.admin, other))) == "answered"


async def test_an_article_that_never_rests_ends_with_a_person() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    for number in range(actions.RESTARTS_MAX):
        assert await work(scene, sent, Interrupted(lambda: touch(scene))) == "discarded"
        assert len(await queued(scene)) == number + 1
    assert await work(scene, sent, Interrupted(lambda: touch(scene))) == "handed_off"
    (told,) = await said(scene, sent)
    assert "9.90" not in told.content
    assert (await conversation_of(scene, sent)).handler == "human"
    assert await handoff_reason(scene, sent) == "agent_error"
    newest = (await receipts(scene, sent))[0]
    assert (newest.outcome, newest.draft, newest.trouble) == ("handed_off", "", actions.CHANGED)


async def test_what_is_asked_back_names_no_article_that_was_hidden() -> None:
    scene = await a_shop()
    await pool().execute("UPDATE organizations SET ai_threshold = 0.999 WHERE id = $1", scene.admin.organization_id)
    _, sent = await ask(scene)
    assert await work(scene, sent, Interrupted(lambda: hide(scene))) == "discarded"
    assert await said(scene, sent) == []


async def test_documents_of_a_source_that_becomes_internal_are_not_said() -> None:
    scene = await a_shop()
    await delete(scene)
    source = await a_file(scene.admin, "Shipping costs.txt", b"Shipping to Norway costs 9.90 euros.", audience="public")
    _, sent = await ask(scene)
    hiding = SourceChanges(audience="internal")
    assert await work(scene, sent, Interrupted(lambda: changes.update(scene.admin, source.id, hiding))) == "discarded"
    await ends_without_it(scene, sent)


async def test_a_document_that_its_source_made_public_again_is_quoted_by_who_has_seen_it_before() -> None:
    """Its passages are the same, but their article's version is another, and so is who may read them."""
    scene = await a_shop()
    await delete(scene)
    source = await a_file(scene.admin, "Shipping costs.txt", b"Shipping to Norway costs 9.90 euros.", audience="public")
    _, first = await ask(scene)
    assert await work(scene, first) == "answered"
    for audience in ("internal", "public"):
        await changes.update(scene.admin, source.id, SourceChanges(audience=audience))
        await reading.follow_source.function(scene.admin.organization_id, source.id)
        if audience == "internal":
            _, between = await ask(scene)
            await work(scene, between)
            assert all("9.90" not in message.content for message in await said(scene, between))
    _, second = await ask(scene)
    assert await work(scene, second) == "answered"
    assert "9.90" in (await said(scene, second))[0].content


async def test_what_the_customer_overtook_does_not_count_as_changes_of_an_article() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    discarded = """INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, threshold, question)
                   SELECT $1, $2, $3, 'discarded', 'superseded', 0.7, 'before' FROM generate_series(1, 3)"""
    await pool().execute(discarded, scene.admin.organization_id, sent.conversation.id, sent.message.seq)
    assert await work(scene, sent, Interrupted(lambda: reprice(scene))) == "discarded"
