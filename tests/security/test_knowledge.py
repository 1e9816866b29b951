"""What customers read of the knowledge base: public articles, without what their authors hid; snippets only in the AI agent's words."""

import pytest

from core.access import Actor
from core.errors import NotFound
from core.knowledge import actions, queries
from core.knowledge.passages import cut, visible
from core.knowledge.structs import ArticleInput, ArticleView
from tests.agent.scenes import Scene, a_shop, ask, said, work
from tests.factories import an_article, an_organization

pytestmark = pytest.mark.usefixtures("connected")

SNIPPET = "The zebra discount code is STRIPES50. The zebra discount code is valid for one zebra lamp."
QUESTION = "What is the zebra discount code?"
COMMENTED = "<!-- note: supplier is ACME -->\nOtters need water.\n\n<!--\nmargin 40%\n-->Otters need fish."


async def a_snippet(admin: Actor) -> ArticleView:
    made = await actions.create(admin, ArticleInput("Zebra discount code", SNIPPET, kind="snippet", audience="public"))
    return await actions.publish(admin, made.id)


async def an_answer(scene: Scene, question: str) -> str:
    _, sent = await ask(scene, question)
    assert await work(scene, sent) == "answered"
    (message,) = await said(scene, sent)
    assert [source.slug for source in message.sources] == [""]
    return message.content


async def test_a_snippet_is_found_by_no_customer() -> None:
    admin = await an_organization()
    snippet = await a_snippet(admin)
    assert await queries.public_search(admin, "zebra discount code") == []
    assert await queries.public_search(admin, "") == []
    with pytest.raises(NotFound):
        await queries.public_article(admin, snippet.slug)


async def test_many_snippets_do_not_hide_an_article() -> None:
    admin = await an_organization()
    for _ in range(8):
        await a_snippet(admin)
    await an_article(admin, "Animals", "A zebra lives here, and so do many other animals that nobody asks about.")
    assert [hit.title for hit in await queries.public_search(admin, "zebra discount code")] == ["Animals"]


async def test_the_ai_agent_answers_from_a_public_snippet_without_naming_a_page() -> None:
    scene = await a_shop()
    await a_snippet(scene.admin)
    content = await an_answer(scene, QUESTION)
    assert "STRIPES50" in content
    assert "help center" not in content


async def test_a_comment_in_an_article_stays_with_its_authors() -> None:
    admin = await an_organization()
    article = await an_article(admin, "Otter care", COMMENTED)
    read = await queries.public_article(admin, article.slug)
    assert read.body == "Otters need water.\n\nOtters need fish."
    for sentence in ("", "otters"):
        (hit,) = await queries.public_search(admin, sentence)
        assert hit.excerpt == read.body
    assert (await queries.get(admin, article.id)).body == COMMENTED


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<!-- b -->c", "ac"),
        ("a<!-- b", "a"),
        ("a<!-->b", "ab"),
        ("a<!--b--><!--c-->d --> e", "ad --> e"),
        ("a<\u200b!-- b -->c", "ac"),
        ("pass\u200bword\u202e", "password"),
        ("👩\u200d🔧 می\u200cخواهم", "👩\u200d🔧 می\u200cخواهم"),
    ],
)
def test_what_is_hidden_is_not_shown_and_what_is_written_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_heading_is_its_words() -> None:
    sections = cut("# One ##\na\n##   Two # three\nb\n####### no\n#no")
    assert [(section.heading, section.text) for section in sections] == [("One", "a"), ("Two # three", "b\n####### no\n#no")]
