"""The steps of one run, in order. Each reads the state and returns what it adds; none but the last two changes anything.

Imports nothing heavy, so that each step can be tested alone; `graph.py` puts them together.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypedDict

import msgspec

from agent import actions, confidence, retrieve, said, words
from agent.actions import Decided
from agent.draft import Draft, Drafter
from agent.retrieve import Ranked
from agent.reviews import queries as reviews
from agent.reviews.structs import Key
from agent.structs import Candidate, Outcome
from agent.triage import Verdict, triage
from agent.turn import Turn, read_turn
from agent.words import Concept
from core.access import Actor
from core.conversations.actions import HandoffReason
from core.database import read
from core.knowledge.search import Meaning

SHOWN = 6
SHOWN_INTERNAL = 3
EXCERPT = 600
SEEN_MIN = 0.25
"""An internal passage is shown to staff only if it says at least this share of the question."""


class Tools(msgspec.Struct):
    """What a run works with; never part of the state."""

    actor: Actor
    drafter: Drafter
    meaning: Callable[[str], Awaitable[Meaning | None]]
    """What a question means; None: nothing here can tell, and the search goes by words."""
    clock: Callable[[], float] = time.monotonic


class Running(Protocol):
    """The part of LangGraph's `Runtime` that steps use."""

    context: Tools


class State(TypedDict, total=False):
    conversation_id: int
    seq: int
    started: float
    turn: Turn | None
    verdict: Verdict
    found: list[Concept]
    ranked: list[Ranked]
    meant_by: str
    draft: Draft | None
    signals: dict[str, float]
    head: str
    confidence: float
    threshold: float
    handoff: HandoffReason | None
    outcome: Outcome


async def gather(state: State, runtime: Running) -> State:
    """Read the turn; without one the run ends here, because somebody else answers or has answered."""
    turn = await read_turn(runtime.context.actor, state["conversation_id"], state["seq"])
    return {"turn": turn, "started": runtime.context.clock()}


async def judge(state: State, runtime: Running) -> State:
    """Hard rules, before anything is looked up."""
    turn = the_turn(state)
    verdict = triage(turn.text, answered_before=turn.answered_before, repeats=turn.repeats)
    reason: HandoffReason | None = verdict.reason
    if not turn.enabled:
        reason = "disabled"
    elif reason is None and turn.has_files:
        reason = "low_confidence"
        verdict = Verdict(matched="a file is attached")
    return {"verdict": verdict, "handoff": reason}


async def look_up(state: State, runtime: Running) -> State:
    """Public passages only: what is found here may be quoted."""
    actor, turn = runtime.context.actor, the_turn(state)
    meaning = await runtime.context.meaning(turn.bare)
    async with read(actor):
        found = await words.concepts(actor, turn.asked, turn.asked_before)
        ranked = await retrieve.search(actor, turn.bare, found, ["public"], meaning)
    return {
        "found": found,
        "ranked": ranked,
        "meant_by": meaning.model if meaning else "",
        "handoff": None if ranked else "no_knowledge",
    }


async def write(state: State, runtime: Running) -> State:
    turn = the_turn(state)
    draft = await runtime.context.drafter.draft(turn.bare, state["found"], state["ranked"], turn.language)
    return {"draft": draft, "handoff": None if draft else "no_knowledge"}


async def score(state: State, runtime: Running) -> State:
    """How sure we are by what this organization's reviews taught, and whether that is enough for it."""
    turn, draft, drafter = the_turn(state), state["draft"], runtime.context.drafter
    if draft is None:
        raise RuntimeError("only a draft can be scored")
    signals = confidence.signals(turn.bare, state["found"], state["ranked"], draft)
    head = confidence.head(signals, state["meant_by"])
    learned = await reviews.newest(runtime.context.actor, Key(drafter.mode, drafter.model, drafter.prompt_version, head))
    sure = confidence.confidence(signals, learned.weights if learned else None)
    threshold = learned.in_force(turn.threshold) if learned else turn.threshold
    handoff: HandoffReason | None = None if sure >= threshold else "low_confidence"
    return {"signals": signals, "head": head, "confidence": sure, "threshold": threshold, "handoff": handoff}


async def say(state: State, runtime: Running) -> State:
    """The way out for an answer: the draft, or small talk."""
    draft, verdict = state.get("draft"), state["verdict"]
    if draft is not None:
        decided = _decided(state, runtime, content=draft.content, sources=draft.sources, draft=draft.content)
    elif verdict.small_talk is not None:
        decided = _decided(
            state,
            runtime,
            content=said.said(the_turn(state).language, verdict.small_talk),
            reason="small_talk",
            detail=verdict.small_talk,
        )
    else:
        raise RuntimeError("there is nothing to say")
    return {"outcome": await actions.commit(runtime.context.actor, decided)}


async def escalate(state: State, runtime: Running) -> State:
    """The way out for everything else. Internal passages are looked up here alone, for the note to staff."""
    actor, reason, draft = runtime.context.actor, state["handoff"], state.get("draft")
    if reason is None:
        raise RuntimeError("a handoff needs a reason")
    internal = await _internal(actor, the_turn(state))
    decided = _decided(
        state,
        runtime,
        content=said.handing_over(the_turn(state).language, reason),
        reason=reason,
        handoff=reason,
        detail=state["verdict"].matched,
        draft=draft.content if draft else "",
        passages=[*candidates(state.get("ranked", ()), None)[: SHOWN - SHOWN_INTERNAL], *internal],
    )
    return {"outcome": await actions.commit(actor, decided)}


async def _internal(actor: Actor, turn: Turn) -> list[Candidate]:
    async with read(actor):
        found = await words.concepts(actor, turn.asked, turn.asked_before)
        ranked = await retrieve.search(actor, turn.bare, found, ["internal"])
    return candidates([one for one in ranked if one.covered >= SEEN_MIN], None)[:SHOWN_INTERNAL]


def _decided(state: State, runtime: Running, *, content: str, **values: object) -> Decided:
    turn = the_turn(state)
    common = {
        "conversation_id": turn.conversation.id,
        "seq": turn.seq,
        "epoch": turn.conversation.handler_epoch,
        "threshold": state.get("threshold", turn.threshold),
        "question": turn.question,
        "confidence": state.get("confidence"),
        "signals": state.get("signals", {}),
        "passages": candidates(state.get("ranked", ()), state.get("draft"))[:SHOWN],
        "model": runtime.context.drafter.model,
        "mode": runtime.context.drafter.mode,
        "prompt_version": runtime.context.drafter.prompt_version,
        "head": state.get("head", ""),
        "latency_ms": round((runtime.context.clock() - state["started"]) * 1000),
    }
    return Decided(content=content, **(common | values))  # type: ignore[arg-type]


def candidates(ranked: Sequence[Ranked], draft: Draft | None) -> list[Candidate]:
    """Passages as a receipt shows them: quoted ones first."""
    shown = [_candidate(one, draft is not None and one.prepared.passage.id in draft.passage_ids) for one in ranked]
    return sorted(shown, key=lambda one: not one.quoted)


def _candidate(one: Ranked, quoted: bool) -> Candidate:
    passage = one.prepared.passage
    return Candidate(
        article_id=passage.article_id,
        version=passage.version,
        slug=passage.slug,
        title=passage.title,
        heading=passage.heading,
        excerpt=one.prepared.text[:EXCERPT],
        audience=passage.audience,
        score=round(one.score, 3),
        quoted=quoted,
    )


def the_turn(state: State) -> Turn:
    turn = state["turn"]
    if turn is None:
        raise RuntimeError("there is no turn")
    return turn


def after_gather(state: State) -> str:
    return "judge" if state["turn"] is not None else "end"


def after_judge(state: State) -> str:
    if state["handoff"] is not None:
        return "escalate"
    return "say" if state["verdict"].small_talk is not None else "look_up"


def unless_handoff(onwards: str) -> Callable[[State], str]:
    def route(state: State) -> str:
        return onwards if state["handoff"] is None else "escalate"

    return route
