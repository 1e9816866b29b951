"""What a reviewer changed in an answer becomes a change of the article that it quotes, and a question that must hold."""

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import queries as receipts
from agent.learning.checks import queries as checks
from agent.learning.proposals import actions, queries
from agent.learning.proposals.structs import AcceptInput, ProposalView
from agent.learning.proposals.transfer import section, transferred
from agent.reviews import actions as reviews
from agent.reviews.structs import ReviewInput, Verdict
from agent.structs import Receipt
from core.access import Actor
from core.database import pool
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.knowledge import actions as knowledge
from core.knowledge import queries as articles
from core.knowledge.structs import BODY_MAX, ArticleChanges
from tests.agent.scenes import QUESTION, SHIPPING, Scene, a_shop, work
from tests.core.read_sources import a_file
from tests.factories import a_member, a_message, an_inbox, an_organization

connected = pytest.mark.usefixtures("connected")


async def answered(scene: Scene, question: str = QUESTION) -> Receipt:
    """The AI agent has quoted the article."""
    _, sent = await a_message(scene.inbox, question)
    assert await work(scene, sent) == "answered"
    (receipt,) = await receipts.receipts(scene.admin, sent.conversation.id)
    return receipt


async def corrected(scene: Scene, receipt: Receipt, verdict: Verdict = "edit") -> list[ProposalView]:
    said = ReviewInput(verdict, "outdated", receipt.draft.replace("€9.90", "€11.50"))
    await reviews.review(scene.admin, receipt.id, said)
    return await queries.page(scene.admin, "open")


def accepting(proposal: ProposalView, question: str = "") -> AcceptInput:
    return AcceptInput(proposal.version, proposal.after, question)


@connected
@pytest.mark.parametrize("verdict", ["edit", "reject"])
async def test_a_better_text_proposes_a_change_of_what_was_quoted(verdict: Verdict) -> None:
    scene = await a_shop()
    receipt = await answered(scene)
    (proposal,) = await corrected(scene, receipt, verdict)
    assert (proposal.article.title, proposal.heading) == ("Shipping costs and delivery times", "Delivery to Norway")
    assert (proposal.reviewer, proposal.reason, proposal.question) == (scene.admin.name, "outdated", QUESTION)
    assert "Shipping to Norway costs €9.90." in proposal.before
    assert proposal.after == proposal.before.replace("€9.90", "€11.50")


@connected
async def test_accepted_it_is_a_new_version_that_is_answered_from_and_a_question_that_must_hold() -> None:
    scene = await a_shop()
    (proposal,) = await corrected(scene, await answered(scene))
    user = await a_member(scene.admin, "user")
    changed = await actions.accept(user, proposal.id, accepting(proposal, proposal.suggested_question))
    assert changed.body == SHIPPING.replace("€9.90", "€11.50")
    assert changed.version == proposal.version + 1
    assert "€11.50" in (await answered(scene)).draft
    (check,) = (await checks.overview(scene.admin)).checks
    assert (check.question, check.expects, check.article.id if check.article else None) == (QUESTION, "answer", changed.id)
    assert (check.source, check.created_by) == ("review", user.name)
    (done,) = await queries.page(scene.admin, "accepted")
    assert (done.decided_by, await queries.page(scene.admin, "open")) == (user.name, [])
    with pytest.raises(Conflict):
        await actions.accept(user, proposal.id, accepting(done))


@connected
async def test_what_somebody_saved_meanwhile_is_not_lost() -> None:
    scene = await a_shop()
    (proposal,) = await corrected(scene, await answered(scene))
    changes = ArticleChanges(proposal.version, body=SHIPPING.replace("3 working days", "5 working days"))
    await knowledge.update(scene.admin, proposal.article.id, changes)
    with pytest.raises(Conflict) as refused:
        await actions.accept(scene.admin, proposal.id, accepting(proposal))
    assert refused.value.reason == "newer_version"
    assert (await checks.overview(scene.admin)).checks == []
    (again,) = await queries.page(scene.admin, "open")
    await actions.accept(scene.admin, proposal.id, accepting(again))
    body = (await articles.get(scene.admin, proposal.article.id)).body
    assert "5 working days" in body
    assert "€11.50" in body


@connected
async def test_a_second_review_takes_the_place_of_the_first_proposal() -> None:
    scene = await a_shop()
    receipt = await answered(scene)
    (first,) = await corrected(scene, receipt)
    await reviews.review(scene.admin, receipt.id, ReviewInput("edit", content=receipt.draft.replace("€9.90", "€12")))
    (second,) = await queries.page(scene.admin, "open")
    assert "€12" in second.after
    await reviews.review(scene.admin, receipt.id, ReviewInput("approve"))
    assert await queries.page(scene.admin, "open") == []
    with pytest.raises(NotFound):
        await actions.dismiss(scene.admin, first.id)


@connected
async def test_a_dismissed_one_stays_so_and_the_article_too() -> None:
    scene = await a_shop()
    (proposal,) = await corrected(scene, await answered(scene))
    await actions.dismiss(scene.admin, proposal.id)
    assert [one.id for one in await queries.page(scene.admin, "dismissed")] == [proposal.id]
    assert (await articles.get(scene.admin, proposal.article.id)).body == SHIPPING
    with pytest.raises(Conflict):
        await actions.dismiss(scene.admin, proposal.id)


@connected
async def test_only_who_sees_the_conversation_and_writes_knowledge_decides() -> None:
    scene = await a_shop()
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, access="members")
    (proposal,) = await corrected(scene, await answered(scene))
    refusals: list[tuple[Actor, type[Exception]]] = [
        (await a_member(scene.admin, "user"), NotFound),
        (await an_organization(), NotFound),
        (await a_member(scene.admin, "agent"), Forbidden),
    ]
    for actor, refusal in refusals:
        assert await queries.page(actor, "open") == []
        with pytest.raises(refusal):
            await actions.accept(actor, proposal.id, accepting(proposal))
        with pytest.raises(refusal):
            await actions.dismiss(actor, proposal.id)


BODY = "Before.\n\n## Norway\n\nParcels arrive within **3 working days**. Shipping costs €9.90.\n\n## Sweden\n\nParcels arrive within 4 days.\n"
NORWAY = "\nParcels arrive within **3 working days**. Shipping costs €9.90.\n\n"
DRAFT = "From our help center (**Delivery**, Norway):\n\nParcels arrive within **3 working days**. Shipping costs €9.90. [1]"


@pytest.mark.parametrize(
    ("heading", "text"),
    [("", "Before.\n\n"), ("Norway", NORWAY), ("Sweden", "\nParcels arrive within 4 days.\n"), ("Denmark", BODY)],
)
def test_a_section_is_what_stands_below_its_heading(heading: str, text: str) -> None:
    start, end = section(BODY, heading)
    assert BODY[start:end] == text


@pytest.mark.parametrize(
    ("edited", "after"),
    [
        (DRAFT, NORWAY),
        (DRAFT.replace("€9.90", "€12"), NORWAY.replace("€9.90", "€12")),
        (DRAFT.replace("arrive within **3", "come within **5"), NORWAY.replace("arrive within **3", "come within **5")),
        (DRAFT.replace(" Shipping costs €9.90.", ""), NORWAY.replace(" Shipping costs €9.90.", "")),
        (DRAFT.replace(" [1]", " Duty is on top. [1]"), NORWAY.replace("€9.90.", "€9.90. Duty is on top.")),
        (DRAFT.replace("Parcels", "All parcels"), NORWAY.replace("Parcels", "All parcels")),
        (DRAFT.replace("From our help center (**Delivery**, Norway):", "Dear friend,"), NORWAY),
    ],
)
def test_only_what_was_changed_of_the_articles_own_words_is_carried_over(edited: str, after: str) -> None:
    assert transferred(DRAFT, edited, NORWAY) == after


def test_what_a_draft_does_not_share_with_an_article_changes_nothing_in_it() -> None:
    assert transferred("Ask our team about this.", "Ask nobody about this.", NORWAY) == NORWAY


SWEDEN = "Parcels to Sweden arrive within 4 days."


@pytest.mark.parametrize(
    "edited",
    [
        f"{DRAFT.replace('€9.90', '€12')}\n\n{SWEDEN.replace('4', '6')}",
        f"{DRAFT}\n\n{SWEDEN.replace('4', '6')}",
        "Nobody gets parcels free: shipping costs €12 for everyone. There is no code for it.",
        "Please wait. It arrives when it arrives, and shipping costs nothing.",
        DRAFT.replace("Norway):\n\nParcels", "in Norway:\n\nOur parcels"),
    ],
)
def test_what_cannot_be_carried_over_as_a_whole_changes_nothing(edited: str) -> None:
    assert transferred(f"{DRAFT}\n\n{SWEDEN}", edited, NORWAY) == NORWAY


TEXT = st.lists(st.sampled_from(["lamps", "cost", "€4", "and", "arrive", "**soon**", "\n\n", "- point"]), max_size=30).map(" ".join)


@given(TEXT, TEXT)
def test_what_nobody_changed_stays(draft: str, text: str) -> None:
    assert transferred(draft, draft, text) == text


@given(TEXT, st.integers(0, 40))
def test_a_new_word_in_a_whole_quote_stands_in_the_article_at_the_same_place(text: str, place: int) -> None:
    words = text.split()
    at = min(place, len(words))
    edited = " ".join([*words[:at], "NEWLY", *words[at:]])
    assert transferred(text, edited, text).split() == (edited.split() if words else [])


@given(TEXT, TEXT, TEXT)
def test_no_text_breaks_it(draft: str, edited: str, text: str) -> None:
    assert isinstance(transferred(draft, edited, text), str)


@connected
async def test_a_document_is_corrected_where_it_was_read_from() -> None:
    scene = await a_shop()
    receipt = await answered(scene)
    (article,) = [one for one in receipt.passages if one.quoted]
    await knowledge.delete(scene.admin, article.article_id)
    await a_file(scene.admin, "Shipping.md", SHIPPING.encode(), audience="public")
    receipt = await answered(scene)
    assert [one.title for one in receipt.passages if one.quoted] == ["Shipping"]
    assert await corrected(scene, receipt) == []


@connected
async def test_no_article_becomes_longer_than_one_may_be() -> None:
    scene = await a_shop()
    (proposal,) = await corrected(scene, await answered(scene))
    with pytest.raises(Invalid) as refused:
        await actions.accept(scene.admin, proposal.id, AcceptInput(proposal.version, "x" * BODY_MAX))
    assert refused.value.reason == "too_long"
    assert (await articles.get(scene.admin, proposal.article.id)).body == SHIPPING


@connected
async def test_texts_that_repeat_themselves_hold_up_nobody_else() -> None:
    scene = await a_shop()
    (proposal,) = await corrected(scene, await answered(scene))
    draft, edited, body = (" ".join(random.Random(seed).choices("ab", k=1400)) for seed in range(3))
    await pool().execute("UPDATE articles SET body = $2 WHERE id = $1", proposal.article.id, body)
    await pool().execute("UPDATE ai_decisions SET draft = $2 WHERE organization_id = $1", scene.admin.organization_id, draft)
    await pool().execute("UPDATE ai_reviews SET content = $2 WHERE organization_id = $1", scene.admin.organization_id, edited)
    turns = 0
    looking = asyncio.create_task(queries.page(scene.admin, "open"))
    while not looking.done():
        await asyncio.sleep(0.02)
        turns += 1
    assert (await looking)[0].edited == edited
    assert turns > 10
