"""What the AI agent says by itself, it says in the visitor's language."""

import secrets
from pathlib import Path
from typing import get_args

import pytest

from agent import jobs, queries
from agent.said import Saying, handing_over, languages, said
from core.access import Actor, ActorKind
from core.channels.chat import actions as chat
from core.database import system_transaction, transaction
from core.messages import actions as messages
from tests.agent import scenes
from tests.agent.scenes import Scene, a_shop, work
from tests.factories import a_reply, client_id

CHAT = Path(__file__).parents[2] / "widget" / "chat"


def sayings(kind: object) -> set[str]:
    """The words of a union of literals."""
    return {word for part in get_args(kind) for word in (sayings(part) if get_args(part) else {part})}


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_language_says_everything_and_nothing_twice(language: str) -> None:
    sentences = languages()[language]
    assert set(sentences) == sayings(Saying)
    assert len(set(sentences.values())) == len(sentences)
    assert all(sentence.strip() == sentence and sentence for sentence in sentences.values())


def test_every_language_of_the_widget_is_spoken() -> None:
    widget = {file.stem for file in CHAT.glob("*.json") if len(file.stem) == 2}
    assert widget
    assert widget <= set(languages())


@pytest.mark.parametrize("language", ["", "xx", "pt"])
def test_who_prefers_another_language_reads_english(language: str) -> None:
    assert handing_over(language, "refund") == handing_over("en", "refund")


async def wrote(scene: Scene, content: str, language: str) -> tuple[Actor, messages.Sent]:
    nonce = secrets.token_urlsafe(16)
    visitor = Actor(kind=ActorKind.visitor, organization_id=scene.admin.organization_id, inbox_id=scene.inbox.id, nonce=nonce)
    return await messages.receive(visitor, token=None, client_id=client_id(), content=content, file_tokens=[], language=language)


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("language", ["ar", "de", "fr"])
async def test_handoff_small_talk_and_failure_are_told_in_the_visitors_language(language: str) -> None:
    scene = await a_shop()
    _, sent = await wrote(scene, "Refund my order 1042", language)
    assert await work(scene, sent) == "handed_off"
    assert [one.content for one in await scenes.said(scene, sent)] == [handing_over(language, "refund")]
    _, sent = await wrote(scene, "hello", language)
    assert await work(scene, sent) == "answered"
    assert [one.content for one in await scenes.said(scene, sent)] == [said(language, "greeting")]
    _, sent = await wrote(scene, "anything", language)
    await jobs.give_up(scene.admin.organization_id, sent.conversation.id, sent.message.seq)
    assert [one.content for one in await scenes.said(scene, sent)] == [handing_over(language, "agent_error")]


@pytest.mark.usefixtures("connected")
async def test_an_answer_quotes_as_it_is_written_and_leads_in_in_the_visitors_language() -> None:
    scene = await a_shop()
    _, sent = await wrote(scene, scenes.QUESTION, "sv")
    assert await work(scene, sent) == "answered"
    (answer,) = await scenes.said(scene, sent)
    assert answer.content.startswith(said("sv", "from_article"))
    assert "Shipping to Norway costs €9.90." in answer.content


@pytest.mark.usefixtures("connected")
async def test_a_browser_that_changed_its_language_is_answered_in_the_new_one() -> None:
    scene = await a_shop()
    visitor, first = await wrote(scene, "Talk to an agent", "de")
    await work(scene, first)
    _, sent = await messages.receive(
        visitor, token=None, client_id=client_id(), content="Refund my order 1042", file_tokens=[], language="es"
    )
    await work(scene, sent)
    assert [one.content for one in await scenes.said(scene, sent)] == [handing_over("es", "refund")]


@pytest.mark.usefixtures("connected")
async def test_who_presses_the_button_for_a_person_reads_his_language() -> None:
    scene = await a_shop()
    visitor, sent = await wrote(scene, "hello", "fr")
    await chat.ask_for_person(visitor, sent.conversation.token, client_id())
    assert [one.content for one in await scenes.said(scene, sent)] == [chat.PERSON_COMING["fr"]]
    assert set(chat.PERSON_COMING) == set(languages())


@pytest.mark.parametrize(
    ("wait_s", "said_of_it"),
    [
        (None, ""),
        (1, "5 minutes"),
        (301, "15 minutes"),
        (1500, "half an hour"),
        (3600, "an hour"),
        (9000, "3 hours"),
        (50_000, "a day"),
        (90_000, ""),
    ],
)
def test_a_wait_is_told_in_round_figures_or_not_at_all(wait_s: float | None, said_of_it: str) -> None:
    plain = handing_over("en", "refund")
    told = handing_over("en", "refund", wait_s)
    assert told.startswith(plain)
    assert said_of_it in told
    assert (told == plain) is (said_of_it == "")


async def test_how_long_people_usually_take_is_told_once_it_is_known() -> None:
    scene = await a_shop()
    texts = []
    for number in range(7):
        _, sent = await scenes.ask(scene, "Let me talk to a human")
        assert await work(scene, sent) == "handed_off"
        texts.append((await scenes.said(scene, sent))[0].content)
        if number < 3:
            await a_reply(scene.admin, sent)
    assert ["within 5 minutes" in text for text in texts] == [False] * 5 + [True] * 2
    await _age(scene, hours=2)
    assert 7000 < (await queries.usual_wait_s(scene.machine) or 0) < 7300


async def _age(scene: Scene, hours: int) -> None:
    """As if all but the answers had happened so long ago: most customers still wait."""
    async with system_transaction("tests move hand-overs into the past") as db:
        sql = "UPDATE ai_decisions SET created_at = created_at - make_interval(hours => $2) WHERE organization_id = $1"
        await db.execute(sql, scene.admin.organization_id, hours)


async def test_that_it_cannot_be_looked_up_how_long_people_take_undoes_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    monkeypatch.setattr(queries, "WAITED", "SELECT 1 / ($1 - $1), 0")
    async with transaction(scene.machine) as db:
        assert await queries.usual_wait_s(scene.machine) is None
        assert await db.fetch_value("SELECT 1") == 1
