"""What the AI agent says by itself, it says in the visitor's language."""

import secrets
from pathlib import Path
from typing import get_args

import pytest

from agent import jobs
from agent.said import Saying, handing_over, languages, said
from core.access import Actor, ActorKind
from core.channels.chat import actions as chat
from core.messages import actions as messages
from tests.agent import scenes
from tests.agent.scenes import Scene, a_shop, work
from tests.factories import client_id

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
