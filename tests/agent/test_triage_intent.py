"""What a customer wants though no rule knows his words: told by what they mean, where the bundled model is in use."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import intent
from agent.embedding import models
from agent.embedding.minilm import DIMENSION
from agent.settings import BUNDLED, settings
from agent.triage import REASONS, TURN_MAX, Verdict, triage
from tests.agent.scenes import Scene, a_shop, ask, handoff_reason, notes, receipts, said, work
from tests.factories import another_message

UNHEARD = [
    ("asks_human", "Is there no one at your company who could deal with me in person?"),
    ("asks_human", "A colleague of yours ought to take this from here."),
    ("account_access", "The site turns me away whenever I try to enter my profile."),
    ("account_access", "Kindly shut my profile down for good."),
    ("refund", "The parcel went back to you ages ago and my wallet is still empty."),
    ("refund", "My hundred euros belong on my card again."),
    ("abuse", "You cheated me and everybody shall hear of it."),
    ("hazard", "My son put his tongue on the plug and was thrown back."),
]
"""In no set that the weights were learned from."""
ASKED_ABOUT = [
    "How is a profile closed?",
    "Does anyone at your company speak German?",
    "When does the money reach my card after a return?",
    "Does the base leave brown marks on a tablecloth?",
    "Is the plug safe for children?",
    "Where is my order #1001?",
    "My lamp doesn't work",
    "I want to order ten lamps",
    "Wie lange dauert die Lieferung nach Berlin?",
    "no I mean the green one",
    "",
]


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process goes by words alone."""
    monkeypatch.setenv("LACASA_AGENT_EMBEDDINGS", "none")
    settings.cache_clear()
    yield
    settings.cache_clear()


class Failing:
    """A model that has what it needs, and fails."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked.append(texts)
        raise MemoryError


def _known(monkeypatch: pytest.MonkeyPatch, name: str) -> Failing:
    """This process's model is called so, and fails."""
    failing = Failing()
    done: asyncio.Future[models.Model | None] = asyncio.get_running_loop().create_future()
    done.set_result(models.Model(name, failing))  # type: ignore[arg-type]
    monkeypatch.setattr(models, "_loading", {name: done})
    return failing


async def _judged(text: str) -> Verdict:
    assert await models.model() is not None
    return await intent.judge(text)


@pytest.mark.parametrize(("rule", "text"), UNHEARD)
async def test_what_no_rule_knows_is_heard_by_what_it_means(rule: str, text: str) -> None:
    assert triage(text) == Verdict()
    verdict = await _judged(text)
    assert verdict.rule == rule
    assert verdict.matched.startswith("meaning (")


@pytest.mark.parametrize("text", ASKED_ABOUT)
async def test_what_is_only_asked_about_is_not(text: str) -> None:
    assert await _judged(text) == Verdict()


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(("rule", "text"), UNHEARD[::2])
async def test_it_is_handed_over_as_a_rule_would(rule: str, text: str) -> None:
    assert await models.model() is not None
    scene = await a_shop()
    _, sent = await ask(scene, text)
    assert await work(scene, sent) == "handed_off"
    reason = {**REASONS}[rule]  # type: ignore[index]
    assert await handoff_reason(scene, sent) == reason
    (told,) = await said(scene, sent)
    assert told.content == await _told_for_a_rule(scene, rule)
    (receipt,) = await receipts(scene, sent)
    assert (receipt.reason, receipt.detail[:9]) == (reason, "meaning (")
    (note,) = await notes(scene, sent)
    assert receipt.detail in note.content


async def _told_for_a_rule(scene: Scene, rule: str) -> str:
    """What the customer hears where a rule hits."""
    plain = {
        "asks_human": "I want to talk to a human",
        "account_access": "Please delete my account",
        "refund": "I want my money back",
        "abuse": "you are thieves",
    }
    _, sent = await ask(scene, plain[rule])
    assert await work(scene, sent) == "handed_off"
    return (await said(scene, sent))[0].content


@pytest.mark.usefixtures("connected")
async def test_a_question_that_an_article_answers_is_answered_before_and_after() -> None:
    assert await models.model() is not None
    scene = await a_shop()
    visitor, sent = await ask(scene, "Within how many days do refunds reach my card?")
    assert await work(scene, sent) == "answered"
    more = await another_message(visitor, sent, "And how much is shipping to Sweden?")
    assert await work(scene, more) == "answered"
    last = await another_message(visitor, sent, UNHEARD[5][1])
    assert await work(scene, last) == "handed_off"
    assert await handoff_reason(scene, sent) == "refund"


@pytest.mark.usefixtures("connected", "without_model")
async def test_without_the_model_the_rules_decide_alone() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, UNHEARD[4][1])
    await work(scene, sent)
    assert [one.reason for one in await receipts(scene, sent)] != ["refund"]
    _, sent = await ask(scene, "I want my money back")
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "refund"


async def test_another_model_is_not_asked(monkeypatch: pytest.MonkeyPatch, without_model: None) -> None:
    failing = _known(monkeypatch, "none")
    assert await intent.judge(UNHEARD[0][1]) == Verdict()
    assert failing.asked == []


async def test_a_model_that_fails_leaves_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = _known(monkeypatch, BUNDLED)
    assert await intent.judge(UNHEARD[0][1]) == Verdict()
    assert len(failing.asked) == 1


async def test_what_is_wanted_is_heard_within_a_long_story() -> None:
    story = "The lamp came on a Monday and we put it into the corner beside the sofa. " * 8
    assert await _judged(story) == Verdict()
    assert (await _judged(f"{story} {UNHEARD[4][1]} {story}")).rule == "refund"


@given(st.text(alphabet="ab .?\n’", max_size=2 * TURN_MAX))
def test_pieces_are_short_and_begin_where_the_turn_does(turn: str) -> None:
    found = intent.pieces(turn)
    assert found
    assert all(len(piece) <= intent.PIECE_MAX for piece in found)
    assert found[0][:20] == " ".join(turn.replace("’", "'").split())[: len(found[0][:20])]


def test_the_weights_are_of_the_bundled_model_and_small() -> None:
    by = intent.weights()
    assert by.model == BUNDLED
    assert [len(row) for row in by.table] == [DIMENSION + len(by.marks) + 1] * (len(by.wanted) + 1)
    assert intent.FILE.stat().st_size < 30_000


def test_importing_it_imports_no_numpy() -> None:
    code = "import sys, agent.intent, agent.nodes; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
