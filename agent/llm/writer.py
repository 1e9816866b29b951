"""The drafter that writes with a language model: asks, reads what comes back, checks it, and asks once more where it does not hold."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from agent import marks
from agent.draft import Draft, Mode
from agent.llm import prompts
from agent.llm.chat import Chat, Deadline, Heard, Message, ModelFailed, unheard
from agent.llm.verify import Claim, Means, check, seen
from agent.retrieve import Ranked
from agent.turn import Turn
from agent.words import Concept
from core.access import Actor
from core.messages.structs import Source

S = TypeVar("S", bound=msgspec.Struct)

RUN_S = 40.0
"""For everything that a run asks the model; the job that runs it has 60."""
REWRITE_S = 8.0
SENTENCES_MAX = 12
QUOTE_MAX = 1500
QUESTION_MAX = 500
NAME_MAX = 80
SOURCE = re.compile(r"s(\d{1,2})\Z")


def known_as(name: str) -> str:
    """A model's name where it is kept beside a decision: what is too long ends in what tells it from others."""
    return name if len(name) <= NAME_MAX else f"{name[: NAME_MAX - 9]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"


class Said(msgspec.Struct):
    text: str
    sources: list[str] = []


class Written(msgspec.Struct):
    answerable: bool
    sentences: list[Said] = []


class Rewritten(msgspec.Struct):
    question: str


class Unsupported(Exception):
    """The model was asked twice and still says what its sources do not."""

    def __init__(self, draft: str, claim: Claim) -> None:
        super().__init__(claim.trouble or "a sentence says more than its sources")
        self.draft = draft


class Writer:
    """Writes in its own words what the passages say."""

    def __init__(self, actor: Actor, chat: Chat, instructions: str, means: Means, heard: Heard = unheard) -> None:
        self.mode: Mode = "written"
        self.model = known_as(chat.name)
        self.prompt_version = prompts.VERSION
        self._actor = actor
        self._chat = chat
        self._instructions = instructions
        self._means = means
        self._heard = heard
        self._deadline = Deadline(RUN_S)

    async def rewrite(self, turn: Turn) -> str:
        """A question that stands alone; empty where the turn does already, or the model does not say."""
        if not turn.history:
            return ""
        try:
            text = await self._chat.ask(prompts.rewrite(turn), self._deadline.within(REWRITE_S))
            return seen(_read(text, Rewritten).question)[:QUESTION_MAX]
        except (ModelFailed, ValueError):
            return ""  # the search goes by what the customer wrote

    async def draft(self, turn: Turn, found: Sequence[Concept], ranked: Sequence[Ranked]) -> Draft | None:
        """An answer, every sentence of which its sources say; None: the model finds none in them.

        Raises:
            ModelFailed: the model did not give one that can be read.
            Unsupported: it gave one that says more than its sources, twice.
        """
        sources = [one for one in ranked if one.prepared.passage.audience == "public"][: prompts.SOURCES_MAX]
        if not sources:
            return None
        messages = prompts.answer(turn, sources, self._instructions)
        claims, reply = await self._claims(messages, sources)
        if any(not claim.holds for claim in claims):
            wrong = "; ".join(claim.text[:200] for claim in claims if not claim.holds)
            messages = [*messages, Message("assistant", reply), Message("user", prompts.AGAIN.format(said=wrong))]
            claims, _ = await self._claims(messages, sources)
        if not claims:
            return None
        if (wrong_one := next((claim for claim in claims if not claim.holds), None)) is not None:
            raise Unsupported(" ".join(claim.text for claim in claims), wrong_one)
        return _drafted(claims, sources)

    async def _claims(self, messages: list[Message], sources: Sequence[Ranked]) -> tuple[list[Claim], str]:
        """The checked sentences of a reply, and the reply; none: the model finds no answer. One that cannot be read is asked for once more."""
        reply = await self._chat.ask(messages, self._deadline, self._heard)
        try:
            written = _read(reply, Written)
        except ValueError:
            messages = [*messages, Message("assistant", reply), Message("user", prompts.REPAIR)]
            reply = await self._chat.ask(messages, self._deadline, self._heard)
            try:
                written = _read(reply, Written)
            except ValueError:
                raise ModelFailed("garbage", "the language model does not answer in the form that was asked for") from None
        if not written.answerable:
            return [], reply
        sentences = [
            (marks.without(said.text), [_place(name) for name in said.sources]) for said in written.sentences[:SENTENCES_MAX]
        ]
        sentences = [(text, places) for text, places in sentences if text.strip()]
        return await check(self._actor, sentences, sources, self._means), reply


def _read(text: str, kind: type[S]) -> S:
    """The JSON object in a reply, whatever stands around it.

    Raises:
        ValueError: there is none, or it is another.
    """
    start, end = text.find("{"), text.rfind("}")
    if not 0 <= start < end:
        raise ValueError("no object")
    try:
        return msgspec.json.decode(text[start : end + 1], type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("another object") from error


def decoded(text: str, kind: type[S]) -> S:
    """The JSON object in a reply.

    Raises:
        ModelFailed: there is none, or it is another.
    """
    try:
        return _read(text, kind)
    except ValueError:
        raise ModelFailed("garbage", "the language model does not answer in the form that was asked for") from None


def _place(name: Any) -> int:
    """The place of a source by its name; one that no source has where it is none."""
    found = SOURCE.match(str(name))
    return int(found.group(1)) - 1 if found else -1


def _drafted(claims: Sequence[Claim], sources: Sequence[Ranked]) -> Draft:
    """The answer with its marks: sources are numbered as they are first named."""
    numbers: dict[int, int] = {}
    text = ""
    for claim in claims:
        marks = "".join(f"[{numbers.setdefault(place, len(numbers) + 1)}]" for place in claim.cites)
        is_point = claim.text.startswith("- ")
        text += ("\n" if is_point and text else " " if text else "") + f"{claim.text} {marks}"
    quoted = [sources[place].prepared for place in numbers]
    listed = [
        Source(
            number=number,
            title=sources[place].prepared.passage.title,
            slug=sources[place].prepared.passage.slug if sources[place].prepared.passage.kind == "article" else "",
            quote=sources[place].prepared.text[:QUOTE_MAX],
            url=sources[place].prepared.passage.url,
        )
        for place, number in numbers.items()
    ]
    ids = frozenset(one.passage.id for one in quoted)
    return Draft(text, listed, ids, support=min(claim.support for claim in claims))
