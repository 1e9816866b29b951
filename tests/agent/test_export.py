"""Training data: reviewed replies without what tells who wrote them, only where the organization and the customer allow it."""

import hashlib
import json
from typing import Any

import pytest

from agent.learning.export import actions, queries
from agent.learning.export.lines import SYSTEM
from agent.learning.export.structs import Kind, TrainingInput, TrainingView
from agent.llm import actions as llm
from agent.llm.structs import ModelInput
from agent.reviews import actions as reviews
from agent.reviews.structs import ReviewInput
from agent.structs import Receipt
from core.access import Actor
from core.audit import log as audit
from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges
from core.database import system_transaction
from core.errors import Conflict, Forbidden, NotFound
from core.knowledge import actions as knowledge
from core.knowledge.structs import ArticleChanges
from tests.agent.scenes import QUESTION, Scene, a_shop, receipts, work
from tests.factories import a_member, a_message, an_organization

pytestmark = pytest.mark.usefixtures("connected")
EDITED = "Dear Ann, shipping to Norway costs €9.90 for order #4711. Call +47 22 33 44 55. [1]"


async def answered(scene: Scene, question: str = QUESTION) -> tuple[Actor, Receipt]:
    """The visitor, who is called Ann Lee, and what the AI agent decided."""
    visitor, sent = await a_message(scene.inbox, question)
    await contacts.update(scene.admin, visitor.contact_id or 0, ContactChanges(first_name="Ann", last_name="Lee"))
    assert await work(scene, sent) == "answered"
    (receipt,) = await receipts(scene, sent)
    return visitor, receipt


async def a_training_shop() -> Scene:
    scene = await a_shop()
    await actions.decide(scene.admin, TrainingInput(allowed=True))
    return scene


async def exported(actor: Actor, kind: Kind = "chat") -> list[Any]:
    return [json.loads(line) for line in (await raw(actor, kind)).splitlines()]


async def raw(actor: Actor, kind: Kind = "chat") -> bytes:
    return b"".join([page async for page in await actions.export(actor, kind)])


def left_out(view: TrainingView) -> dict[str, int]:
    return {one.why: one.count for one in view.left_out}


async def test_an_approved_reply_is_a_line_of_system_user_and_assistant() -> None:
    scene = await a_training_shop()
    _, receipt = await answered(scene, "Hi, I am Ann (ann@mail.example). How much is shipping to Norway?")
    await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    (line,) = await exported(scene.admin)
    assert set(line) == {"messages"}
    system, user, assistant = line["messages"]
    assert [system["role"], user["role"], assistant["role"]] == ["system", "user", "assistant"]
    assert system["content"] == SYSTEM
    assert user["content"] == "Hi, I am [name] ([email]). How much is shipping to Norway?"
    assert "Shipping to Norway costs €9.90." in assistant["content"]
    assert "[1]" not in assistant["content"]


async def test_an_edited_reply_goes_as_it_was_edited_without_names_and_numbers() -> None:
    scene = await a_training_shop()
    _, receipt = await answered(scene)
    await reviews.review(scene.admin, receipt.id, ReviewInput("edit", content=EDITED))
    (line,) = await exported(scene.admin)
    assert line["messages"][2]["content"] == "Dear [name], shipping to Norway costs €9.90 for order [number]. Call [phone]."
    view = await queries.view(scene.admin)
    assert (view.lines, view.edited, view.left_out) == (1, 1, [])


async def test_every_line_says_how_the_organization_wants_to_sound() -> None:
    scene = await a_training_shop()
    _, receipt = await answered(scene)
    await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    await llm.choose(scene.admin, ModelInput(name="", instructions="Be brief, write to boss@shop.example."))
    (line,) = await exported(scene.admin)
    assert line["messages"][0]["content"] == f"{SYSTEM}\n\nBe brief, write to [email]."


async def test_provenance_tells_of_each_line_who_reviewed_what_by_which_version() -> None:
    scene = await a_training_shop()
    for question in (QUESTION, "How much is shipping to Sweden?"):
        _, receipt = await answered(scene, question)
        await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    chats, found = (await raw(scene.admin)).splitlines(), await exported(scene.admin, "provenance")
    assert [(one["line"], one["sha256"]) for one in found] == [
        (number, hashlib.sha256(line).hexdigest()) for number, line in enumerate(chats, 1)
    ]
    assert [(one["reviewer_id"], one["reviewer"], one["verdict"]) for one in found] == [
        (scene.admin.id, scene.admin.name, "approve")
    ] * 2
    assert found[1]["decision_id"] == receipt.id
    quoted = {(one.article_id, one.version) for one in receipt.passages if one.quoted}
    assert {(one["id"], one["version"]) for one in found[1]["articles"]} == quoted
    assert quoted


async def test_nothing_leaves_before_the_organization_says_so() -> None:
    scene = await a_shop()
    _, receipt = await answered(scene)
    await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    view = await queries.view(scene.admin)
    assert (view.allowed, view.lines) == (False, 1)
    with pytest.raises(Conflict) as refused:
        await actions.export(scene.admin, "chat")
    assert refused.value.reason == "training_not_allowed"
    await actions.decide(scene.admin, TrainingInput(allowed=True))
    assert len(await exported(scene.admin)) == 1
    await actions.decide(scene.admin, TrainingInput(allowed=False))
    with pytest.raises(Conflict):
        await actions.export(scene.admin, "provenance")


async def test_who_objects_is_left_out_under_all_contacts_with_his_address() -> None:
    scene = await a_training_shop()
    first, receipt = await answered(scene)
    second, other = await answered(scene, "How much is shipping to Sweden?")
    for one in (receipt, other):
        await reviews.review(scene.admin, one.id, ReviewInput("approve"))
    assert first.contact_id is not None
    assert second.contact_id not in {None, first.contact_id}
    await contacts.update(scene.admin, first.contact_id, ContactChanges(email="ann@mail.example"))
    await contacts.update(scene.admin, second.contact_id or 0, ContactChanges(email="Ann@mail.example"))
    await actions.object_to(await a_member(scene.admin, "agent"), first.contact_id)
    view = await queries.view(scene.admin)
    assert (view.lines, left_out(view)) == (0, {"objected": 2})
    assert [(one.contact_id, one.name, one.noted_by) for one in view.objections] == [(first.contact_id, "Ann Lee", "Theo Agent")]
    assert await exported(scene.admin) == []
    await actions.withdraw_objection(scene.admin, first.contact_id)
    assert len(await exported(scene.admin)) == 2


async def test_an_objection_holds_for_an_export_that_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    scene = await a_training_shop()
    _, receipt = await answered(scene)
    visitor, other = await answered(scene, "How much is shipping to Sweden?")
    for one in (receipt, other):
        await reviews.review(scene.admin, one.id, ReviewInput("approve"))
    pages = await actions.export(scene.admin, "chat")
    assert b"Norway" in await anext(pages)
    await actions.object_to(scene.admin, visitor.contact_id or 0)
    assert await anext(pages) == b""


async def test_each_reply_that_is_left_out_is_counted_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_training_shop()
    gone, removed = await answered(scene)
    _, rejected = await answered(scene)
    _, withdrawn = await answered(scene, "How do I return a lamp?")
    twice = [(await answered(scene, "How much is shipping to Sweden?"))[1] for _ in range(2)]
    _, long = await answered(scene)
    _, kept = await answered(scene)
    for receipt in (removed, withdrawn, *twice, kept):
        await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    await reviews.review(scene.admin, rejected.id, ReviewInput("approve"))
    await reviews.review(await a_member(scene.admin, "admin"), rejected.id, ReviewInput("reject", "tone"))
    await reviews.review(scene.admin, long.id, ReviewInput("edit", content="x" * (queries.ANSWER_MAX + 1)))
    await contacts.delete(scene.admin, gone.contact_id or 0)
    article = next(one.article_id for one in withdrawn.passages if one.quoted)
    version = next(one.version for one in withdrawn.passages if one.quoted)
    await knowledge.update(scene.admin, article, ArticleChanges(version, audience="internal"))
    view = await queries.view(scene.admin)
    assert left_out(view) == {"contact_removed": 1, "rejected": 1, "withdrawn": 1, "duplicate": 1, "too_long": 1}
    assert view.lines == 2
    assert [line["decision_id"] for line in await exported(scene.admin, "provenance")] == [twice[1].id, kept.id]


async def test_a_reply_that_nobody_reviewed_is_no_training_data() -> None:
    scene = await a_training_shop()
    await answered(scene)
    view = await queries.view(scene.admin)
    assert (view.lines, view.left_out, await exported(scene.admin)) == (0, [], [])


async def test_consent_objections_and_exports_are_in_the_audit_log() -> None:
    scene = await a_training_shop()
    visitor, receipt = await answered(scene)
    await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    await exported(scene.admin)
    await actions.object_to(scene.admin, visitor.contact_id or 0)
    await actions.object_to(scene.admin, visitor.contact_id or 0)
    await actions.decide(scene.admin, TrainingInput(allowed=False))
    noted = [
        (one.action, one.subject, one.data)
        for one in await audit.page(scene.admin, None, 50)
        if one.action.startswith("ai_training")
    ]
    assert noted == [
        ("ai_training.forbidden", "", {}),
        ("ai_training.objected", str(visitor.contact_id), {}),
        ("ai_training.exported", "chat", {"lines": 1}),
        ("ai_training.allowed", "", {}),
    ]


async def test_only_admins_see_decide_and_export_and_strangers_find_nothing() -> None:
    scene = await a_training_shop()
    visitor, receipt = await answered(scene)
    await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    for member in (await a_member(scene.admin, "user"), await a_member(scene.admin, "agent")):
        with pytest.raises(Forbidden):
            await queries.view(member)
        with pytest.raises(Forbidden):
            await actions.export(member, "chat")
        with pytest.raises(Forbidden):
            await actions.decide(member, TrainingInput(allowed=True))
        with pytest.raises(Forbidden):
            await actions.withdraw_objection(member, visitor.contact_id or 0)
    stranger = await an_organization()
    await actions.decide(stranger, TrainingInput(allowed=True))
    assert await exported(stranger) == []
    with pytest.raises(NotFound):
        await actions.object_to(stranger, visitor.contact_id or 0)
    with pytest.raises(NotFound):
        await actions.withdraw_objection(scene.admin, visitor.contact_id or 0)


async def test_an_export_is_bounded_to_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    bounded = queries.REVIEWED.replace(str(queries.LINES_MAX), "1")
    for name in ("COUNTS", "READY", "REPLIES"):
        monkeypatch.setattr(queries, name, getattr(queries, name).replace(queries.REVIEWED, bounded))
    scene = await a_training_shop()
    for question in (QUESTION, "How much is shipping to Sweden?"):
        _, receipt = await answered(scene, question)
        await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    assert left_out(await queries.view(scene.admin)) == {"over_limit": 1}
    (line,) = await exported(scene.admin, "provenance")
    assert line["decision_id"] == receipt.id


async def test_an_organization_has_one_word_about_it_and_a_contact_one_objection() -> None:
    scene = await a_training_shop()
    for allowed in (True, False, True):
        await actions.decide(scene.admin, TrainingInput(allowed=allowed))
    async with system_transaction("a test counts rows") as db:
        sql = "SELECT count(*) FROM ai_training WHERE organization_id = $1"
        assert await db.fetch_value(sql, scene.admin.organization_id) == 1


async def test_a_source_that_becomes_internal_is_left_out_at_once() -> None:
    scene = await a_shop()
    _, receipt = await answered(scene, QUESTION)
    await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    await actions.decide(scene.admin, TrainingInput(allowed=True))
    assert await queries.ready(scene.admin) == [receipt.id]
    async with system_transaction("tests play the first step of a source that becomes internal") as db:
        sql = "UPDATE passages SET audience = 'internal' WHERE organization_id = $1 AND article_id = ANY ($2)"
        await db.execute(sql, scene.admin.organization_id, [one.article_id for one in receipt.passages if one.quoted])
    assert await queries.ready(scene.admin) == []
