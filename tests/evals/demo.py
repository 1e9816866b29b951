"""`python -m tests.evals demo [file.jsonl …]`: labelled questions through the whole graph, on a database of its own.

Without files: the demo shop's own questions, the held-out ones, and a newcomer's. Prints one JSON object: all questions together,
then each file by itself. `tests/evals/README.md` says which questions the agent's numbers were fitted on.
"""

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from agent import graph, queries
from agent.structs import Receipt
from core.access import Actor, ai
from core.demo import content
from core.knowledge.passages import cut
from core.messages import actions as messages
from core.messages import queries as message_queries
from core.messages.structs import MessageView, Sent
from tests.evals.shop import DEMO, HELD_OUT, NEWCOMER, NEWCOMER_HELD_OUT, Question, Shop, a_shop, questions
from tests.factories import client_id

SHINGLE = 6
SURE = 0.9


class Outcome(msgspec.Struct, frozen=True):
    """What came of a question: the customer's answer, its receipt, and whether people have the conversation now."""

    question: Question
    said: MessageView | None
    receipt: Receipt | None
    handed_off: bool
    leaked: bool
    asked_back: bool = False
    """It asked back, and this is what came of the customer's choice (or of his "none")."""

    @property
    def slug(self) -> str | None:
        return self.said.sources[0].slug if self.said and self.said.sources else None

    @property
    def kind(self) -> str:
        """Whether it was answered, handed off or small talk, and whether that was right."""
        if self.handed_off:
            return "handed_off_right" if self.question.expect == "handoff" else "handed_off_wrong"
        if self.slug is None:
            return "small_talk_right" if self.question.expect == "small_talk" else "small_talk_wrong"
        return "answered_right" if self.question.expect == "answer" and self.question.answered_by(self.slug) else "answered_wrong"

    @property
    def quoted_right(self) -> bool:
        """Whether the right section was quoted, with all that the question asks for. Stricter than the right article."""
        if self.kind != "answered_right" or self.said is None or self.receipt is None:
            return False
        headings = {passage.heading for passage in self.receipt.passages if passage.quoted}
        return not headings.isdisjoint(self.question.sections) and all(
            holds(self.said.content, words) for words in self.question.says_all
        )

    @property
    def sure(self) -> bool:
        return self.receipt is not None and self.receipt.confidence is not None and self.receipt.confidence >= SURE


async def run(names: Sequence[str]) -> None:
    files = [Path(name) for name in names] or [DEMO, HELD_OUT, NEWCOMER, NEWCOMER_HELD_OUT]
    async with a_shop() as shop:
        secret = internal_shingles()
        results = {file: [await ask(shop, question, secret) for question in questions(file)] for file in files}
    together = summary([outcome for outcomes in results.values() for outcome in outcomes])
    print(
        json.dumps(
            together | {"sets": {f"{file.parent.name}/{file.stem}": summary(outcomes) for file, outcomes in results.items()}}
        )
    )


async def ask(shop: Shop, question: Question, secret: frozenset[str]) -> Outcome:
    """One customer asks one question and the AI agent decides about it."""
    visitor = shop.visitor()
    _, sent = await messages.receive(visitor, token=None, client_id=client_id(), content=question.question, file_tokens=[])
    actor = ai(shop.actor.organization_id)
    graph.build()  # its first import takes longer than any answer
    await asyncio.wait_for(graph.run(actor, sent.conversation.id, sent.message.seq), 30)
    asked_back = await _choose(shop, actor, question, visitor, sent)
    thread = await message_queries.thread(actor, sent.conversation.id, None, 20)
    public = [message for message in thread.messages if message.sender_type == "ai" and not message.is_internal]
    receipts = await queries.receipts(actor, sent.conversation.id)
    text = " ".join(
        f"{message.content} {source.quote} {source.title}" for message in public for source in [*message.sources, _NO_SOURCE]
    )
    return Outcome(
        question=question,
        said=public[-1] if public else None,
        receipt=receipts[0] if receipts else None,
        handed_off=any(line.kind == "handed_off" for line in thread.lines),
        leaked=not secret.isdisjoint(shingles(text)),
        asked_back=asked_back,
    )


async def _choose(shop: Shop, actor: Actor, question: Question, visitor: Actor, sent: Sent) -> bool:
    """Answer what was asked back, if anything was: the first right article by its number, else that it is none."""
    receipt = (await queries.receipts(actor, sent.conversation.id))[0]
    if receipt.outcome != "clarified":
        return False
    options = [passage for passage in receipt.passages if passage.quoted]
    number = next((number for number, one in enumerate(options, 1) if question.answered_by(one.slug)), 0)
    wanted = str(number) if question.expect == "answer" and number else "none"
    _, said = await messages.receive(visitor, token=sent.conversation.token, client_id=client_id(), content=wanted, file_tokens=[])
    await asyncio.wait_for(graph.run(actor, sent.conversation.id, said.message.seq), 30)
    return True


class _NoSource(msgspec.Struct):
    quote: str = ""
    title: str = ""


_NO_SOURCE = _NoSource()


def shingles(text: str) -> frozenset[str]:
    """Every run of six words, without marks."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1))


def internal_shingles() -> frozenset[str]:
    """Runs of words that only internal articles hold, and that no customer may ever read."""
    public, internal = set[str](), set[str]()
    for article in content.articles():
        for section in cut(article.body):
            (public if article.audience == "public" else internal).update(shingles(section.text))
    return frozenset(internal - public)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts, and the two figures that matter: how much of what is answered is right, and how much that could be answered is."""
    all_outcomes, outcomes = outcomes, [outcome for outcome in outcomes if not outcome.asked_back]
    asked_back = [outcome for outcome in all_outcomes if outcome.asked_back]
    counts = {kind: sum(outcome.kind == kind for outcome in outcomes) for kind in KINDS}
    answered = counts["answered_right"] + counts["answered_wrong"]
    answerable = sum(outcome.question.expect == "answer" for outcome in all_outcomes)
    chosen = sum(outcome.kind == "answered_right" for outcome in asked_back)
    labelled = [outcome for outcome in outcomes if outcome.kind == "answered_right" and outcome.question.says and outcome.said]
    said = sum(holds(outcome.said.content, outcome.question.says) for outcome in labelled if outcome.said)
    return {
        "questions": len(all_outcomes),
        **counts,
        "asked_back": len(asked_back),
        "asked_back_then_right": chosen,
        "asked_back_in_vain": sum(outcome.question.expect != "answer" for outcome in asked_back),
        "coverage_with_asking": round((counts["answered_right"] + chosen) / answerable, 3) if answerable else None,
        "precision_at_07": round(counts["answered_right"] / answered, 3) if answered else None,
        "coverage": round(counts["answered_right"] / answerable, 3) if answerable else None,
        "quote_holds_the_point": round(said / len(labelled), 3) if labelled else None,
        **_sections([outcome for outcome in all_outcomes if outcome.question.sections or outcome.question.expect != "answer"]),
        "unanswered": sum(outcome.said is None for outcome in all_outcomes),
        "without_receipt": sum(outcome.receipt is None for outcome in all_outcomes),
        "leaked": sum(outcome.leaked for outcome in all_outcomes),
    }


KINDS = ("answered_right", "answered_wrong", "handed_off_right", "handed_off_wrong", "small_talk_right", "small_talk_wrong")


def _sections(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """How often the very section was quoted, of the questions that say which; `{}` where none does."""
    answerable = [outcome for outcome in outcomes if outcome.question.sections]
    answered = [outcome for outcome in outcomes if outcome.kind.startswith("answered") and not outcome.asked_back]
    right = sum(outcome.quoted_right for outcome in answered)
    if not answerable:
        return {}
    return {
        "quoted_right": right,
        "quoted_wrong": len(answered) - right,
        "quoted_wrong_though_sure": sum(outcome.sure and not outcome.quoted_right for outcome in answered),
        "quoted_right_of_answerable": round(right / len(answerable), 3),
    }


def holds(content: str, words: str) -> bool:
    """Whether an answer says this, whatever is bold in it."""
    return words.lower() in content.replace("**", "").lower()
