"""An article in the customer's language is answered from first; what is in no language, and then in any, where there is none."""

import pytest

from agent import retrieve, words
from core.access import Actor
from core.database import read
from core.errors import Conflict
from core.knowledge import actions, queries
from core.knowledge.structs import ArticleChanges, ArticleInput
from tests.factories import an_article, an_organization

pytestmark = pytest.mark.usefixtures("connected")


async def _article(admin: Actor, title: str, body: str, language: str) -> int:
    made = await actions.create(admin, ArticleInput(title, body, audience="public", language=language))
    return (await actions.publish(admin, made.id)).id


async def _found(admin: Actor, question: str, language: str) -> list[str]:
    async with read(admin):
        concepts = await words.concepts(admin, question)
        ranked = await retrieve.search(admin, question, concepts, ["public"], None, language)
    return [one.prepared.passage.title for one in ranked]


@pytest.fixture
async def admin() -> Actor:
    """The same product everywhere: Garantie is how German and French customers call it."""
    admin = await an_organization()
    await _article(admin, "Garantie DE", "Die Garantie gilt zwei Jahre.", "de")
    await _article(admin, "Garantie FR", "La garantie dure deux ans.", "fr")
    await _article(admin, "Shipping", "Shipping costs five euros.", "en")
    await an_article(admin, "Garantie code", "The code on the Garantie card.")
    return admin


async def test_the_customers_language_comes_first_and_hides_others(admin: Actor) -> None:
    assert set(await _found(admin, "Garantie", "de")) == {"Garantie DE", "Garantie code"}
    assert set(await _found(admin, "Garantie", "fr")) == {"Garantie FR", "Garantie code"}
    assert set(await _found(admin, "Garantie", "")) == {"Garantie DE", "Garantie FR", "Garantie code"}


async def test_what_a_language_does_not_tell_is_taken_from_any_other(admin: Actor) -> None:
    """A browser's language is not the question's: a German browser may ask in English."""
    assert await _found(admin, "What does shipping cost?", "de") == ["Shipping"]
    assert set(await _found(admin, "Garantie", "sv")) == {"Garantie code"}


async def test_a_language_is_kept_changed_and_taken_away(admin: Actor) -> None:
    article = await _article(admin, "Rückgabe", "Rückgabe innerhalb eines Monats.", "de")
    before = await queries.get(admin, article)
    assert before.language == "de"
    changed = await actions.update(admin, article, ArticleChanges(before.version, language="fr"))
    assert changed.language == "fr"
    assert "Rückgabe" in await _found(admin, "Rückgabe", "fr")
    [listed] = (await queries.page(admin, None, None, "Rückgabe", None, 5)).items
    assert listed.language == "fr"
    kept = await actions.update(admin, article, ArticleChanges(changed.version, title="Rücksendung"))
    assert kept.language == "fr"
    assert (await actions.update(admin, article, ArticleChanges(kept.version, language=""))).language == ""
    with pytest.raises(Conflict):
        await actions.update(admin, article, ArticleChanges(kept.version, language="sv"))
