"""The steps of one run, in order. Each reads the state and returns what it adds; none but the ways out changes anything.

Imports nothing heavy, so that each step can be tested alone; `graph.py` puts them together.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypedDict

import msgspec

from agent import actions, clarify, confidence, intent, packet, queries, retrieve, said, trust, words
from agent.actions import Decided
from agent.draft import Draft, Drafter
from agent.llm.chat import ModelFailed
from agent.llm.spent import Spent
from agent.llm.writer import Unsupported
from agent.replay.overlay import Overlay
from agent.retrieve import Ranked
from agent.reviews import queries as reviews
from agent.reviews.structs import Key
from agent.structs import Candidate, Outcome
from agent.tools import using
from agent.tools.using import Lookup
from agent.triage import Verdict, triage
from agent.turn import Turn, read_turn
from agent.words import Concept
from core.access import Actor
from core.conversations.actions import HandoffReason
from core.database import read
from core.events.live import Stage
from core.extend.knowledge import Meaning

log = logging.getLogger("lacasa.agent")

WRITTEN_BY_S = 45.0
"""After so long in a run nothing more is written or checked: the rest of the job's 60 s is for handing over."""
SURE = 1.0
"""No answer is so sure: where this is the threshold nothing is answered, so nothing is asked back either."""
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
    intent: Callable[[str], Awaitable[Verdict]] = intent.judge
    """What a turn wants of a person though no rule knows its words."""
    spent: Spent = msgspec.field(default_factory=Spent)
    cost: Callable[[int, int], float] = lambda tokens_in, tokens_out: 0.0
    """What so many tokens read and written cost."""
    at: Callable[[Stage], None] = lambda stage: None
    """Told how far the run is."""
    overlay: Overlay | None = None
    """An article as it would be, where a run only tries what would come of it."""
    clock: Callable[[], float] = time.monotonic


class Running(Protocol):
    """The part of LangGraph's `Runtime` that steps use."""

    context: Tools


class State(TypedDict, total=False):
    conversation_id: int
    seq: int
    held: bool
    started: float
    turn: Turn | None
    verdict: Verdict
    looked_up: Lookup | None
    asked: str
    found: list[Concept]
    ranked: list[Ranked]
    meant_by: str
    draft: Draft | None
    unsaid: str
    trouble: str
    signals: dict[str, float]
    head: str
    confidence: float
    asks: list[Ranked]
    threshold: float
    handoff: HandoffReason | None
    outcome: Outcome


async def gather(state: State, runtime: Running) -> State:
    """Read the turn; without one the run ends here, because somebody else answers or has answered."""
    turn = await read_turn(runtime.context.actor, state["conversation_id"], state["seq"], held=state.get("held", False))
    return {"turn": turn, "started": runtime.context.clock()}


async def judge(state: State, runtime: Running) -> State:
    """Hard rules, and where none hits what the turn means, before anything is looked up."""
    turn = the_turn(state)
    verdict = triage(turn.text, answered_before=turn.answered_before and not turn.held, repeats=turn.repeats and not turn.held)
    if verdict == Verdict() and turn.mode != "off":
        verdict = await runtime.context.intent(turn.text)
    if turn.held and verdict.rule == "asks_human":
        verdict = Verdict()  # a person has it already, and may use a draft of the rest
    reason: HandoffReason | None = verdict.reason
    if turn.asked_back and not turn.chosen and clarify.is_none(turn.text):
        verdict, reason = Verdict(matched="none of what was offered"), "no_knowledge"
    if turn.mode == "off":
        reason = "disabled"
    elif reason is None and turn.has_files:
        reason = "low_confidence"
        verdict = Verdict(matched="a file is attached")
    elif reason is None and turn.mode == "suggest" and verdict.small_talk is not None:
        return {"verdict": verdict, "handoff": "suggest_only", "unsaid": said.said(turn.language, verdict.small_talk)}
    return {"verdict": verdict, "handoff": reason}


async def consult(state: State, runtime: Running) -> State:
    """What a tool knows of this very customer comes before what articles say to everybody."""
    found = await using.look_up(runtime.context.actor, the_turn(state))
    if found is None:
        return {"looked_up": None}
    if found.told is None:
        return {"looked_up": found, "handoff": "agent_error", "trouble": found.trouble}
    draft = Draft(found.told.text, [], frozenset())
    return {"looked_up": found, "draft": draft, "asked": "", "found": [], "ranked": [], "meant_by": ""}


async def rewrite(state: State, runtime: Running) -> State:
    """What to look for, where the turn leans on what was said before; what the customer wrote stays beside it."""
    runtime.context.at("searching")
    try:
        async with _in_time(state, runtime):
            return {"asked": await runtime.context.drafter.rewrite(the_turn(state))}
    except TimeoutError:
        return {"asked": ""}


async def look_up(state: State, runtime: Running) -> State:
    """Public passages only: what is found here may be quoted."""
    actor, turn, asked = runtime.context.actor, the_turn(state), state["asked"]
    meaning = await runtime.context.meaning(asked or turn.bare)
    async with read(actor):
        over = runtime.context.overlay
        found = await words.concepts(actor, asked or turn.asked, turn.asked if asked else turn.asked_before, over)
        ranked = await retrieve.search(actor, asked or turn.bare, found, ["public"], meaning, turn.language, over)
    if turn.chosen is not None:
        ranked = [one for one in ranked if _is(one, turn.chosen)]  # none: it was changed or made internal since it was offered
    trusted = [one for one in ranked if not trust.ordered(one.prepared.passage, one.prepared.text)]
    if not trusted:
        ordered = next((trust.ordered(one.prepared.passage, one.prepared.text) for one in ranked), "")
        trouble = f"an article gives orders to a machine: {ordered}" if ordered else ""
        return {"found": found, "ranked": ranked, "handoff": "no_knowledge", "trouble": trouble}
    return {"found": found, "ranked": trusted, "meant_by": meaning.model if meaning else "", "handoff": None}


def _is(one: Ranked, chosen: Candidate) -> bool:
    passage = one.prepared.passage
    return passage.article_id == chosen.article_id and passage.heading == chosen.heading


async def write(state: State, runtime: Running) -> State:
    """An answer, or why there is none: whatever a language model does wrong ends here, with people."""
    ranked = state["ranked"]
    runtime.context.at("writing")
    try:
        async with _in_time(state, runtime):
            draft = await runtime.context.drafter.draft(the_turn(state), state["found"], ranked)
    except TimeoutError:
        return {"draft": None, "handoff": "agent_error", "trouble": "no answer was written and checked in time"}
    except ModelFailed as failed:
        return {"draft": None, "handoff": "agent_error", "trouble": str(failed)}
    except Unsupported as refused:
        return {"draft": None, "handoff": "low_confidence", "trouble": f"my draft did not hold: {refused}", "unsaid": refused.draft}
    if draft is None:
        return {"draft": None, "handoff": "no_knowledge"}
    cited_first = sorted(ranked, key=lambda one: one.prepared.passage.id not in draft.passage_ids)
    return {"draft": draft, "handoff": None, "ranked": cited_first}


def _in_time(state: State, runtime: Running) -> asyncio.Timeout:
    """Loading a model and checking what it wrote count too, so that a job is never stopped before it has handed over."""
    return asyncio.timeout(max(WRITTEN_BY_S - (runtime.context.clock() - state["started"]), 0))


async def score(state: State, runtime: Running) -> State:
    """How sure we are by what this organization's reviews taught, and whether that is enough; if not, whether there is something to ask back."""
    turn, draft, drafter = the_turn(state), state["draft"], runtime.context.drafter
    runtime.context.at("checking")
    if draft is None:
        raise RuntimeError("only a draft can be scored")
    told = state.get("looked_up")
    signals = confidence.told(turn.text) if told else _found(state, runtime, draft)
    head = confidence.head(signals, told.tool if told else state["meant_by"])
    learned = await reviews.newest(runtime.context.actor, Key(drafter.mode, drafter.model, drafter.prompt_version, head))
    sure = confidence.confidence(signals, learned.weights if learned else None)
    threshold = learned.in_force(turn.threshold) if learned else turn.threshold
    may_ask = turn.mode == "answer" and turn.asked_back is None and clarify.LOW <= sure < threshold < SURE
    asks = clarify.options(state["ranked"]) if may_ask else []
    handoff: HandoffReason | None = None
    if not asks and (sure < threshold or turn.mode == "suggest"):
        handoff = "low_confidence" if sure < threshold else "suggest_only"
    return {"signals": signals, "head": head, "confidence": sure, "threshold": threshold, "asks": asks, "handoff": handoff}


def _found(state: State, runtime: Running, draft: Draft) -> dict[str, float]:
    """What the search tells, and what it does not: what a written answer lacks in support, and that the customer chose the passage."""
    turn = the_turn(state)
    signals = confidence.signals(state["asked"] or turn.bare, state["found"], state["ranked"], draft)
    if signals and draft.support < 1:
        signals["unsupported"] = 1 - draft.support
    if signals and turn.chosen is not None:
        signals["chosen"] = 1.0
    return signals


async def ask_back(state: State, runtime: Running) -> State:
    """The way out for a question that may be about several things: the customer says which."""
    draft = state["draft"]
    asked = [msgspec.structs.replace(one, quoted=True) for one in candidates(state["asks"], None)]
    decided = _decided(
        state,
        runtime,
        content=clarify.text(the_turn(state).language, asked),
        reason="low_confidence",
        asks_back=True,
        draft=draft.content if draft else "",
        passages=asked,
    )
    return {"outcome": await actions.commit(runtime.context.actor, decided)}


async def say(state: State, runtime: Running) -> State:
    """The way out for an answer: the draft, or small talk."""
    draft, verdict, told = state.get("draft"), state["verdict"], state.get("looked_up")
    if draft is not None and told is not None:
        decided = _decided(state, runtime, content=draft.content, draft=draft.content, reason="looked_up", detail=told.title)
    elif draft is not None:
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
    actor, reason, draft, told = runtime.context.actor, state["handoff"], state.get("draft"), state.get("looked_up")
    if reason is None:
        raise RuntimeError("a handoff needs a reason")
    turn = the_turn(state)
    verdict = state["verdict"]
    internal = await _internal(actor, turn, verdict.matched if verdict.rule == "asks_human" else "")
    decided = _decided(
        state,
        runtime,
        content="" if turn.held else said.handing_over(turn.language, reason, await queries.usual_wait_s(actor)),
        reason=reason,
        handoff=reason,
        detail=verdict.matched,
        rule=verdict.rule,
        trouble=state.get("trouble", ""),
        draft=draft.content if draft else state.get("unsaid", ""),
        passages=[*candidates(state.get("ranked", ()), draft)[: SHOWN - SHOWN_INTERNAL], *internal],
        looked_up=packet.outcome(told.title, told.told.text) if told and told.told else "",
        proposals=[] if reason == "disabled" else await using.proposals(actor, turn),
    )
    return {"outcome": await actions.commit(actor, decided)}


async def _internal(actor: Actor, turn: Turn, request: str) -> list[Candidate]:
    """What internal articles say to this turn. `request`: its words that only ask for a person, which are no subject."""
    asked = turn.asked.replace(request, " ") if request else turn.asked
    try:
        async with read(actor):
            found = await words.concepts(actor, asked, turn.asked_before)
            ranked = await retrieve.search(actor, f"{turn.asked_before}\n{asked}", found, ["internal"])
    except Exception:  # the note says less then; that the customer hears of a person depends on no search
        log.exception("no internal articles for the staff")
        return []
    return candidates([one for one in ranked if one.covered >= SEEN_MIN], None)[:SHOWN_INTERNAL]


def _decided(state: State, runtime: Running, *, content: str, **values: object) -> Decided:
    turn = the_turn(state)
    common = {
        "conversation_id": turn.conversation.id,
        "seq": turn.seq,
        "seen": turn.seen,
        "first_seq": turn.first_seq,
        "held": turn.held,
        "epoch": turn.conversation.handler_epoch,
        "threshold": state.get("threshold", turn.threshold),
        "question": turn.question,
        "confidence": state.get("confidence"),
        "signals": state.get("signals", {}),
        "passages": candidates(state.get("ranked", ()), state.get("draft"))[:SHOWN],
        "model": runtime.context.drafter.model,
        "tokens_in": runtime.context.spent.tokens_in,
        "tokens_out": runtime.context.spent.tokens_out,
        "cost": runtime.context.cost(runtime.context.spent.tokens_in, runtime.context.spent.tokens_out),
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
    return "say" if state["verdict"].small_talk is not None else "consult"


def after_consult(state: State) -> str:
    if state["handoff"] is not None:
        return "escalate"
    return "score" if state["looked_up"] else "rewrite"


def after_score(state: State) -> str:
    if state["handoff"] is not None:
        return "escalate"
    return "ask_back" if state.get("asks") else "say"


def unless_handoff(onwards: str) -> Callable[[State], str]:
    def route(state: State) -> str:
        return onwards if state["handoff"] is None else "escalate"

    return route
