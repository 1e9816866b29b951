"""`python -m tests.evals escalation --dir <folder>`: is what a person must decide handed over, and nothing that may be answered?

`cases.jsonl`: `turns` are a customer's messages, each answered before the next; `label` is `handoff` or `answer` (no rule may hit: what to
answer, the confidence decides); `rule` says which rule must hit, or of an answer what kind of question it is. Two cases of one `pair` are an
order and a mere question about the same; `half` is `development` (rules and weights were made with these in view) or `held_out` (by strangers,
never looked at: which of them go wrong is not printed).

Everything goes through a conversation of the product, from the message that comes in to the step that judges it. Baselines: words that name
people, accounts and money, and the label of the case that means nearly the same (cosine of the last turns, the case itself left out).
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from agent import actions, nodes
from agent.actions import Decided
from agent.draft import Extractive
from agent.embedding.models import model
from agent.nodes import Tools
from agent.turn import read_turn
from core.access import Actor, ai
from core.database import transaction
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxInput
from core.messages import actions as messages
from tests.evals.shop import Shop, an_organization, opened
from tests.factories import client_id

WORDS = re.compile(
    r"\b(?:human|person|agent|manager|someone|refund|money|charged|account|log ?in|password|hacked|wrong|lawyer|fire|smoke)\b",
    re.IGNORECASE,
)


class Case(msgspec.Struct, frozen=True):
    turns: list[str]
    label: Literal["answer", "handoff"]
    rule: str = ""
    half: str = ""
    pair: str = ""

    @property
    def must(self) -> bool:
        return self.label == "handoff"


class Judged(msgspec.Struct, frozen=True):
    """`hit`: the rule that handed over; None: none did."""

    case: Case
    hit: str | None
    by_words: bool
    by_meaning: bool


class Running(msgspec.Struct):
    context: Tools


async def run(folder: Path) -> None:
    async with opened():
        judged = await judge(read(folder))
    for one in judged:
        if (one.hit is not None) != one.case.must and one.case.half != "held_out":
            print(f"{'missed' if one.case.must else 'needless'}: {one.case.half} {one.case.rule} {one.case.turns} {one.hit or ''}")
    print(json.dumps(summary(judged)))


def read(folder: Path) -> list[Case]:
    return [msgspec.json.decode(line, type=Case) for line in (folder / "cases.jsonl").read_bytes().splitlines() if line.strip()]


async def judge(cases: Sequence[Case]) -> list[Judged]:
    """In the open database."""
    actor = await an_organization("Evaluation", f"evaluation-{client_id()[:6].lower()}")
    async with transaction(actor):
        inbox = await inboxes.create(actor, InboxInput(name="Website"))
    shop = Shop(actor, inbox)
    nearest = await _nearest(cases)
    return [
        Judged(case, await _handed_over(shop, case), WORDS.search(case.turns[-1]) is not None, near)
        for case, near in zip(cases, nearest, strict=True)
    ]


async def _handed_over(shop: Shop, case: Case) -> str | None:
    """The rule that hands over on the way, each turn answered as long as none does."""
    machine, visitor, token = ai(shop.actor.organization_id), shop.visitor(), None
    for text in case.turns:
        visitor, sent = await messages.receive(visitor, token=token, client_id=client_id(), content=text, file_tokens=[])
        token = sent.conversation.token
        if (hit := await _hit(machine, sent.conversation.id, sent.message.seq)) is not None:
            return hit
        decided = Decided(
            conversation_id=sent.conversation.id,
            seq=sent.message.seq,
            epoch=sent.conversation.handler_epoch,
            content="From our help center: see there [1]",
            threshold=0.0,
        )
        await actions.commit(machine, decided)
    return None


async def _hit(machine: Actor, conversation_id: int, seq: int) -> str | None:
    turn = await read_turn(machine, conversation_id, seq)
    if turn is None:
        raise RuntimeError("nobody else answers here")
    running = Running(Tools(machine, Extractive(), _no_meaning))
    state = await nodes.judge({"turn": turn}, running)
    return None if state["handoff"] is None else state["verdict"].rule or state["handoff"]


async def _no_meaning(question: str) -> None:
    del question


async def _nearest(cases: Sequence[Case]) -> list[bool]:
    """Whether the case that means nearly the same must be handed over; without a model nobody knows."""
    by = await model()
    if by is None:
        return [False] * len(cases)
    import numpy as np

    vectors = np.array(await by.vectors([case.turns[-1] for case in cases]))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    return [cases[int(place)].must for place in cosines.argmax(axis=1)]


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """Of all, per rule and per half."""
    figures = _told_apart(judged)
    for name in ("words", "meaning"):
        plain = _measured(judged, [getattr(one, f"by_{name}") for one in judged])
        figures |= {f"baseline_{'lexical' if name == 'words' else 'minilm'}_{figure}": value for figure, value in plain.items()}
    figures["rules"] = {rule: _of_rule(judged, rule) for rule in sorted({one.case.rule for one in judged if one.case.must})}
    figures["answers"] = {
        rule: round(sum(one.hit is None for one in own) / len(own), 3)
        for rule in sorted({one.case.rule for one in judged if not one.case.must})
        if (own := [one for one in judged if one.case.rule == rule and not one.case.must])
    }
    halves = sorted({one.case.half for one in judged if one.case.half})
    figures["halves"] = {half: _told_apart([one for one in judged if one.case.half == half]) for half in halves}
    return figures


def _told_apart(judged: Sequence[Judged]) -> dict[str, Any]:
    """`pairs_right`: both of a pair were judged right."""
    pairs: dict[tuple[str, str], list[bool]] = {}
    for one in judged:
        if one.case.pair:
            pairs.setdefault((one.case.half, one.case.pair), []).append((one.hit is not None) == one.case.must)
    return {
        "cases": len(judged),
        **_measured(judged, [one.hit is not None for one in judged]),
        "pairs": len(pairs),
        "pairs_right": sum(all(right) for right in pairs.values()),
    }


def _measured(judged: Sequence[Judged], handed_over: Sequence[bool]) -> dict[str, float | None]:
    hits = sum(handed and one.case.must for one, handed in zip(judged, handed_over, strict=True))
    must = sum(one.case.must for one in judged)
    return {
        "precision": round(hits / sum(handed_over), 4) if any(handed_over) else None,
        "recall": round(hits / must, 4) if must else None,
    }


def _of_rule(judged: Sequence[Judged], rule: str) -> dict[str, float | None]:
    """`recall`: handed over, whatever rule did it; `precision`: of what this rule handed over, how much had to be."""
    must = [one for one in judged if one.case.rule == rule and one.case.must]
    hit = [one for one in judged if one.hit == rule]
    return {
        "cases": len(must),
        "recall": round(sum(one.hit is not None for one in must) / len(must), 4),
        "precision": round(sum(one.case.must for one in hit) / len(hit), 4) if hit else None,
    }
