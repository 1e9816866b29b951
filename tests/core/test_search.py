"""Search finds what was written, for whoever may read it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access import Actor
from core.conversations import actions
from core.conversations.structs import AssignInput
from core.search import queries
from core.search.queries import EXCERPT, excerpt
from core.teams import actions as teams
from core.teams.structs import TeamInput
from tests.factories import a_member, a_message, a_note, a_reply, again, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")


async def found(actor: Actor, typed: str) -> list[int]:
    return [item.conversation.id for item in (await queries.conversations(actor, typed, 10)).items]


async def test_any_message_or_note_is_found_by_all_of_its_words_or_their_beginnings() -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    _, broken = await a_message(inbox, "The zipper of my Aurora jacket is broken")
    _, late = await a_message(inbox, "My parcel with the Aurora jacket is late")
    await a_reply(admin, late, "The carrier lost it in Rotterdam.")
    await a_note(admin, broken, "Warehouse says: replacement on Thursday")
    assert await found(admin, "aurora") == [broken.conversation.id, late.conversation.id]
    assert await found(admin, "JACKET zip") == [broken.conversation.id]
    assert await found(admin, "rotter") == [late.conversation.id]
    assert await found(admin, "replacement thursday") == [broken.conversation.id]
    assert await found(admin, "zipper rotterdam") == []
    assert await found(admin, "otterdam") == []


async def test_the_last_active_comes_first_with_the_newest_place_and_an_excerpt() -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    _, older = await a_message(inbox, "Do you sell lanterns?")
    _, newer = await a_message(inbox, "Lanterns, please")
    await a_reply(admin, older, "Yes. " * 60 + "We sell **lanterns** in three sizes, " + "and more besides. " * 20)
    first, second = (await queries.conversations(admin, "lantern", 10)).items
    assert (first.conversation.id, second.conversation.id) == (older.conversation.id, newer.conversation.id)
    assert (first.seq, second.seq) == (2, 1)
    assert "We sell **lanterns** in three" in first.excerpt
    assert first.excerpt.startswith("… ")
    assert first.excerpt.endswith(" …")


async def test_a_subject_is_found_as_it_is_now() -> None:
    admin = await an_organization()
    _, sent = await a_message(await an_inbox(admin), "hello")
    assert await found(admin, "quarterly") == []
    await actions.rename(admin, sent.conversation.id, "Quarterly invoice")
    [item] = (await queries.conversations(admin, "quarterly", 10)).items
    assert (item.conversation.id, item.seq, item.excerpt) == (sent.conversation.id, None, "Quarterly invoice")
    await actions.rename(admin, sent.conversation.id, "")
    assert await found(admin, "quarterly") == []


async def test_nobody_finds_what_they_may_not_open() -> None:
    admin, stranger = await an_organization(), await an_organization()
    agent, narrow = await a_member(admin), await a_member(admin)
    _, sent = await a_message(await an_inbox(admin, access="members", member_ids=[agent.id]), "the word is cobalt")
    conversation = sent.conversation.id
    assert await found(admin, "cobalt") == [conversation]
    assert await found(await again(agent), "cobalt") == [conversation]
    assert await found(narrow, "cobalt") == []
    assert await found(stranger, "cobalt") == []
    team = await teams.create(admin, TeamInput("Night", [narrow.id or 0]))
    await actions.assign(admin, conversation, AssignInput(team_id=team.id))
    assert await found(await again(narrow), "cobalt") == [conversation]


async def test_what_holds_no_word_finds_nothing() -> None:
    admin = await an_organization()
    await a_message(await an_inbox(admin), "hello")
    for typed in ("!?", "  ", "&|", "' OR 1", f"@{admin.organization_id}"):
        assert await found(admin, typed) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
async def test_whatever_is_typed_is_answered(typed: str) -> None:
    admin = await an_organization()
    await queries.conversations(admin, typed, 5)


@given(text=st.text(max_size=400), typed=st.text(max_size=20))
def test_an_excerpt_is_a_short_line_of_the_text(text: str, typed: str) -> None:
    cut = excerpt(text, typed)
    assert len(cut) <= EXCERPT + 4
    assert cut.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
