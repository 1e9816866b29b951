"""What customers asked and nobody's article answers: in groups, with what people decide about them."""

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import queries as receipts
from agent.actions import Decided, commit
from agent.index import chosen
from agent.jobs import embed
from agent.learning import actions, jobs, queries
from agent.learning.grouping import ALIKE, MEMBERS, Asked, grouped, packed, shared
from agent.learning.redact import redacted
from agent.learning.structs import GapPage
from agent.reviews import actions as reviews
from agent.reviews.structs import ReviewInput
from core.access import system
from core.database import system_transaction
from core.errors import Conflict, Forbidden, NotFound
from core.knowledge import actions as knowledge
from core.knowledge import queries as articles
from core.knowledge.structs import ArticleChanges
from core.messages.structs import Sent
from tests.agent.scenes import Scene, a_shop, work
from tests.factories import a_member, a_message, a_reply, an_article, an_inbox, an_organization

connected = pytest.mark.usefixtures("connected")
GIFT = "Do you wrap lanterns as a gift?"
GIFT_TOO = "Can you gift wrap a lantern for me?"
PARKING = "Where may I park my car at your showroom?"
VECTORS = st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3).filter(
    lambda vector: any(abs(each) > 0.1 for each in vector)
)


async def unanswered(scene: Scene, question: str, **values: object) -> Sent:
    """The AI agent knew nothing of it, and handed over."""
    _, sent = await a_message(scene.inbox, question)
    common = {
        "conversation_id": sent.conversation.id,
        "seq": sent.message.seq,
        "epoch": sent.conversation.handler_epoch,
        "content": "A person will help you.",
        "threshold": 0.7,
        "question": question,
        "reason": "no_knowledge",
        "handoff": "no_knowledge",
    }
    await commit(scene.machine, Decided(**(common | values)))
    return sent


async def found(scene: Scene, *statuses: str) -> GapPage:
    await actions.find(system(scene.admin.organization_id))
    return await queries.page(scene.admin, statuses or ["open"])


def asked(page: GapPage) -> list[set[str]]:
    return [{one.question for one in item.questions} for item in page.items]


@connected
async def test_what_it_knew_nothing_of_is_listed_by_what_it_means_most_asked_first() -> None:
    scene = await a_shop()
    for question in (GIFT, PARKING, GIFT_TOO):
        await unanswered(scene, question)
    page = await found(scene)
    assert asked(page) == [{GIFT, GIFT_TOO}, {PARKING}]
    assert [(item.count, item.weeks[-1], sum(item.weeks)) for item in page.items] == [(2, 2, 2), (1, 1, 1)]
    assert (page.weeks[-1], page.hidden) == (3, 0)


@connected
async def test_a_real_run_that_finds_nothing_becomes_one_and_what_was_answered_does_not() -> None:
    scene = await a_shop()
    _, lost = await a_message(scene.inbox, PARKING)
    _, answered = await a_message(scene.inbox, "How much is shipping to Norway?")
    assert [await work(scene, sent) for sent in (lost, answered)] == ["handed_off", "answered"]
    assert asked(await found(scene)) == [{PARKING}]


@connected
async def test_rejected_as_wrong_counts_and_files_rules_and_tone_do_not() -> None:
    scene = await a_shop()
    said = {"handoff": None, "reason": "covered", "draft": "Yes.", "confidence": 0.9, "signals": {"fits": 1.0}, "head": "x/words"}
    for question, verdict in ((GIFT, ReviewInput("reject", "wrong")), (PARKING, ReviewInput("reject", "tone"))):
        sent = await unanswered(scene, question, **said)
        (receipt,) = await receipts.receipts(scene.admin, sent.conversation.id)
        await reviews.review(scene.admin, receipt.id, verdict)
    await unanswered(scene, "I want my money back", reason="refund", handoff="refund")
    await unanswered(scene, "What is this?", reason="low_confidence", handoff="low_confidence", detail="a file is attached")
    assert asked(await found(scene)) == [{GIFT}]


@connected
async def test_looked_at_again_it_stays_as_it_was_and_what_is_new_joins() -> None:
    scene = await a_shop()
    await unanswered(scene, GIFT)
    first = await found(scene)
    again = await found(scene)
    assert [(item.id, item.count) for item in first.items] == [(item.id, item.count) for item in again.items]
    await unanswered(scene, GIFT_TOO)
    assert [(item.id, item.count) for item in (await found(scene)).items] == [(first.items[0].id, 2)]


@connected
async def test_more_than_one_job_may_take_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    for question in (GIFT, PARKING):
        await unanswered(scene, question)
    monkeypatch.setattr(queries, "AT_ONCE", 1)
    monkeypatch.setattr(queries, "NEW", queries.NEW.replace("LIMIT 300", "LIMIT 1"))
    assert asked(await found(scene)) == [{GIFT}]
    assert (await queries.page(scene.admin, ["open"])).is_looking
    assert len((await found(scene)).items) == 2


@connected
async def test_by_meaning_too_what_comes_later_joins_what_is_known() -> None:
    scene = await a_shop()
    await embed.function(scene.admin.organization_id)
    await unanswered(scene, "Can I pay by invoice?")
    assert len((await found(scene)).items) == 1
    await unanswered(scene, "May I pay on invoice?")
    await unanswered(scene, PARKING)
    assert sorted(item.count for item in (await found(scene)).items) == [1, 2]


@connected
async def test_what_means_the_same_as_most_of_a_group_joins_it_though_its_first_question_was_put_otherwise() -> None:
    scene = await a_shop()
    await embed.function(scene.admin.organization_id)
    await unanswered(scene, GIFT)
    (gap,) = (await found(scene)).items
    await unanswered(scene, GIFT_TOO)
    assert [item.count for item in (await found(scene)).items] == [2]
    parking = await chosen.meaning(system(scene.admin.organization_id), PARKING)
    assert parking is not None
    other = [-parking.vector[1], parking.vector[0], *[0.0] * (len(parking.vector) - 2)]
    async with system_transaction("a test has the second question mean what is asked next, and the first something else") as db:
        sql = "UPDATE ai_unanswered SET vector = $2 WHERE gap_id = $1 AND decision_id = (SELECT {}(decision_id) FROM ai_unanswered WHERE gap_id = $1)"
        first = [0.3 * one + another for one, another in zip(packed_floats(parking.vector), packed_floats(other), strict=True)]
        await db.execute(sql.format("min"), gap.id, packed(first))
        await db.execute(sql.format("max"), gap.id, packed(parking.vector))
    await unanswered(scene, PARKING)
    assert [(item.id, item.count) for item in (await found(scene)).items] == [(gap.id, 3)]


def packed_floats(vector: Sequence[float]) -> tuple[float, ...]:
    """The embedding with length 1."""
    return struct.unpack(f"<{len(vector)}f", packed(vector))


@connected
async def test_every_night_whoever_has_new_ones_is_looked_at() -> None:
    scene, other = await a_shop(), await a_shop()
    await unanswered(scene, GIFT)
    await jobs.find_all_gaps.function()
    assert (await queries.page(scene.admin, ["open"])).is_looking
    assert not (await queries.page(other.admin, ["open"])).is_looking


@connected
async def test_examples_are_of_conversations_that_the_reader_may_see() -> None:
    scene = await a_shop()
    await unanswered(scene, GIFT)
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, access="members")
    await unanswered(scene, GIFT_TOO)
    await unanswered(scene, PARKING)
    await found(scene)
    colleague = await a_member(scene.admin)
    page = await queries.page(colleague, ["open"])
    assert asked(page) == [{GIFT}]
    assert (page.items[0].count, page.hidden) == (2, 1)
    hidden = next(item for item in (await queries.page(scene.admin, ["open"])).items if item.questions[0].question == PARKING)
    for actor in (colleague, await an_organization()):
        with pytest.raises(NotFound):
            await actions.dismiss(actor, hidden.id)
    user = await a_member(scene.admin, "user")
    with pytest.raises(NotFound):
        await actions.write(user, hidden.id)
    article = await actions.write(user, page.items[0].id)
    assert "gift wrap" not in article.body


@connected
async def test_an_article_is_begun_with_what_was_asked_and_what_people_answered() -> None:
    scene = await a_shop()
    sent = await unanswered(scene, "Hello, do you wrap lanterns as a gift? Write to ann@example.com, order 4711223")
    await a_reply(scene.admin, sent, "Yes, we wrap them for €4. Call +47 22 33 44 55 for more.")
    (gap,) = (await found(scene)).items
    article = await actions.write(scene.admin, gap.id)
    assert (article.status, article.audience) == ("draft", "internal")
    assert article.title == "Do you wrap lanterns as a gift?"
    comment, _, rest = article.body.partition("-->")
    assert "wrap lanterns as a gift" in comment
    assert rest.strip() == "Yes, we wrap them for €4. Call [phone] for more."
    assert not any(told in article.title + article.body for told in ("ann@example.com", "4711223", "22 33"))
    page = await found(scene, "written")
    assert [(item.id, item.article.id if item.article else None) for item in page.items] == [(gap.id, article.id)]
    assert page.items[0].decided_by == scene.admin.name
    with pytest.raises(Forbidden):
        await actions.write(await a_member(scene.admin), gap.id)


@connected
async def test_asked_again_after_its_article_is_there_it_opens_again() -> None:
    scene = await a_shop()
    await unanswered(scene, GIFT)
    (gap,) = (await found(scene)).items
    article = await actions.write(scene.admin, gap.id)
    await unanswered(scene, GIFT_TOO)
    assert (await found(scene)).items == [], "its article is no more than a draft"
    await knowledge.publish(scene.admin, article.id)
    assert (await found(scene)).items == [], "nobody has asked since"
    await unanswered(scene, GIFT)
    assert [item.id for item in (await found(scene)).items] == [gap.id]


@connected
async def test_assigned_dismissed_and_taken_back() -> None:
    scene = await a_shop()
    await unanswered(scene, GIFT)
    (gap,) = (await found(scene)).items
    article = await an_article(scene.admin, "Gifts", "We wrap.")
    foreign = await an_article(await an_organization(), "Gifts", "We wrap.")
    with pytest.raises(NotFound):
        await actions.assign(scene.admin, gap.id, foreign.id)
    agent, user = await a_member(scene.admin), await a_member(scene.admin, "user")
    with pytest.raises(Forbidden):
        await actions.assign(user, gap.id, article.id)
    await actions.assign(agent, gap.id, article.id)
    assert [item.article.title for item in (await found(scene, "assigned")).items if item.article] == ["Gifts"]
    await actions.reopen(agent, gap.id)
    with pytest.raises(Conflict):
        await actions.reopen(agent, gap.id)
    await actions.dismiss(agent, gap.id)
    await unanswered(scene, GIFT_TOO)
    assert (await found(scene)).items == []
    assert [item.count for item in (await found(scene, "dismissed")).items] == [2]
    await knowledge.update(
        scene.admin, article.id, ArticleChanges((await articles.get(scene.admin, article.id)).version, body="No.")
    )
    assert (await found(scene)).items == []


@connected
async def test_what_is_deleted_or_old_goes_and_the_next_speaks_for_the_rest() -> None:
    scene = await a_shop()
    await unanswered(scene, GIFT)
    await unanswered(scene, GIFT_TOO)
    await unanswered(scene, PARKING)
    page = await found(scene)
    gift = page.items[0]
    async with system_transaction("tests make things old") as db:
        await db.execute("DELETE FROM conversations WHERE id = $1", gift.questions[-1].conversation_id)
        old = "UPDATE ai_unanswered SET asked_at = now() - interval '200 days' WHERE gap_id = $1"
        await db.execute(old, page.items[1].id)
        await db.execute("UPDATE ai_decisions SET created_at = now() - interval '200 days' WHERE question = $1", PARKING)
    page = await found(scene)
    assert [(item.id, item.count) for item in page.items] == [(gift.id, 1)]
    await unanswered(scene, GIFT)
    assert [(item.id, item.count) for item in (await found(scene)).items] == [(gift.id, 2)]


@given(st.lists(VECTORS, max_size=12), st.integers(0, 12))
def test_taken_together_or_one_after_the_other_the_groups_are_the_same(vectors: Sequence[list[float]], cut: int) -> None:
    questions = [Asked(frozenset(), "m", packed(vector)) for vector in vectors]
    whole = grouped([], questions)
    first = grouped([], questions[:cut])
    leaders = [_group([one for one, at in zip(questions, first, strict=False) if at == place]) for place in range(len(set(first)))]
    assert first + grouped(leaders, questions[cut:]) == whole


def _group(members: Sequence[Asked]) -> Asked:
    """As a group's first question is read, with those that joined it next."""
    return Asked(members[0].stems, members[0].model, members[0].vector, [one.vector for one in members[1:MEMBERS]])


@given(VECTORS)
def test_what_means_the_same_is_one_group_and_its_opposite_another(vector: list[float]) -> None:
    one = Asked(frozenset(), "m", packed(vector))
    longer = Asked(frozenset(), "m", packed([3 * value for value in vector]))
    opposite = Asked(frozenset(), "m", packed([-value for value in vector]))
    assert grouped([one], [longer, opposite]) == [0, 1]
    length = sum(value * value for value in struct.unpack("<3f", one.vector))
    assert length == pytest.approx(1, abs=1e-5)
    assert 0 < ALIKE < 1


def test_embeddings_of_two_models_are_not_compared_but_the_words_are() -> None:
    words = frozenset({"gift", "wrap"})
    known = [Asked(words, "old", packed([1.0, 0.0]))]
    assert grouped(known, [Asked(words, "new", packed([0.0, 1.0]))]) == [0]
    assert grouped(known, [Asked(frozenset({"car"}), "new", packed([1.0, 0.0]))]) == [1]
    assert shared(frozenset(), frozenset()) == 0


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to ann.lee+shop@mail.example.co.uk.", "Write to [email]."),
        ("My IBAN is DE89 3704 0044 0532 0130 00, thanks", "My IBAN is [account], thanks"),
        ("Card 4111 1111 1111 1111 was charged", "Card [card] was charged"),
        ("Call +47 22 33 44 55 or 0171-2345678", "Call [phone] or [phone]"),
        ("See https://shop.example/o/7?token=abc#x now", "See https://shop.example/[link] now"),
        ("Order #1042 and AB-123456 and 4711223", "Order [number] and [number] and [number]"),
        (
            "Look at www.shop.example/reset?t=abc or shop.example/o/7 please",
            "Look at www.shop.example/[link] or shop.example/[link] please",
        ),
        ("I open https://ann:secret@shop.example/x there", "I open https://shop.example/[link] there"),
        ("Call (555) 123-4567 or 555-123-4567", "Call [phone] or [phone]"),
        ("Parcel 1Z999AA10123456784, order LC-2024-0001, from 192.0.2.17", "Parcel [number], order [number], from [address]"),
        ("My iban: de89370400440532013000", "My iban: [account]"),
        (
            "On 2024-01-15 at 10:30, 3.5 kg and/or 1,000 g, e.g. model T-800",
            "On 2024-01-15 at 10:30, 3.5 kg and/or 1,000 g, e.g. model T-800",
        ),
        ("It costs €12,900.50 and takes 14 days, 10000% sure", "It costs €12,900.50 and takes 14 days, 10000% sure"),
        ("I am Ann, said Ann-Marie. Annual plan", "I am [name], said Ann-Marie. Annual plan"),
    ],
)
def test_what_tells_who_it_was_is_taken_out(text: str, left: str) -> None:
    assert redacted(text, ["Ann Lee"]) == left


WORDS = st.lists(st.sampled_from(["please", "my", "is", "and", "the lamp", "?", "\n", ","]), max_size=5).map(" ".join)
LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789._+-", min_size=1, max_size=20).filter(lambda local: local[0].isalnum())
DIGITS = st.text("0123456789", min_size=13, max_size=19)


@given(WORDS, LOCAL, WORDS)
def test_no_address_is_left(before: str, local: str, after: str) -> None:
    assert redacted(f"{before} {local}@mail.example {after}") == f"{before} [email] {after}"


@given(WORDS, DIGITS, st.sampled_from(["", " ", "-"]), WORDS)
def test_no_card_is_left(before: str, digits: str, gap: str, after: str) -> None:
    written = gap.join(digits[start : start + 4] for start in range(0, len(digits), 4))
    left = redacted(f"{before} {written} {after}")
    assert not any(character.isdigit() for character in left)


@given(WORDS, st.text("0123456789", min_size=7, max_size=14), WORDS)
def test_no_telephone_is_left(before: str, digits: str, after: str) -> None:
    assert not any(character.isdigit() for character in redacted(f"{before} +{digits} {after}"))


@given(st.text(max_size=200))
def test_what_is_redacted_stays_so(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once
