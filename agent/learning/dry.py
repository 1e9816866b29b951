"""What the AI agent would do with a question: the same steps as a run, up to where it would speak. Nothing is written, nothing is said."""

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Literal

import msgspec

from agent import nodes
from agent.draft import Drafter, Extractive
from agent.index import chosen
from agent.nodes import Running, State, Tools
from agent.replay.overlay import Overlay
from agent.turn import Turn
from core.access import Actor
from core.conversations.structs import ConversationView

FOUND = 5
"""Whether an article was found is told by so many of the passages that come first."""
EPOCH = datetime.fromtimestamp(0, UTC)
NOWHERE = ConversationView(
    id=0, number=0, inbox_id=0, contact_id=None, contact_name="", channel="chat", subject="", status="open", priority="medium", category=None,
    tags=[], assignee_id=None, team_id=None, handler="ai", handler_epoch=0, snoozed_until=None, waiting_since=None, preview="", last_seq=1,
    public_seq=1, last_activity_at=EPOCH, contact_read_seq=0, first_response_at=None, resolved_at=None, closed_at=None, version=0,
    created_at=EPOCH, token="",
)  # fmt: skip
"""A conversation that does not exist, and nobody's: no tool is asked, and no step before the last ones looks at it."""
Step = Callable[[State, Running], Awaitable[State]]
STEPS: Mapping[str, tuple[Step, Callable[[State], str]]] = {
    "judge": (nodes.judge, nodes.after_judge),
    "consult": (nodes.consult, nodes.after_consult),
    "rewrite": (nodes.rewrite, lambda state: "look_up"),
    "look_up": (nodes.look_up, nodes.unless_handoff("write")),
    "write": (nodes.write, nodes.unless_handoff("score")),
    "score": (nodes.score, nodes.after_score),
}
"""As in `graph.py`, without its last steps."""


class Would(msgspec.Struct, frozen=True):
    """What would come of a question. `article_id` and `title` are of the article that would be quoted; `found` those of the first passages.

    `trouble`: what a language model did wrong, as a sentence for staff.
    """

    outcome: Literal["answered", "asked_back", "handed_over"]
    reason: str
    confidence: float | None
    draft: str
    article_id: int | None
    title: str
    found: list[int]
    trouble: str = ""


class _Context(msgspec.Struct):
    context: Tools


async def decide(
    actor: Actor,
    question: str,
    threshold: float,
    *,
    drafter: Drafter | None = None,
    language: str = "",
    overlay: Overlay | None = None,
) -> Would:
    """What the AI agent would do if a customer's first message were this question, in this `language` (empty: nobody knows).

    `overlay`: an article as it would be, in place of the published one.
    """
    tools = Tools(actor=actor, drafter=drafter or Extractive(), meaning=partial(chosen.meaning, actor), overlay=overlay)
    turn = Turn(
        NOWHERE, text=question, context="", threshold=threshold, mode="answer", seq=1, seen=1, first_seq=1, language=language
    )
    state: State = {"turn": turn, "started": time.monotonic()}
    at = "judge"
    while at in STEPS:
        step, onwards = STEPS[at]
        state |= await step(state, _Context(tools))
        at = onwards(state)
    return _would(state, at)


def _would(state: State, at: str) -> Would:
    ranked, draft = state.get("ranked", []), state.get("draft")
    passages = [one.prepared.passage for one in ranked]
    quoted = next((passage for passage in passages if draft is not None and passage.id in draft.passage_ids), None)
    return Would(
        outcome="answered" if at == "say" else "asked_back" if at == "ask_back" else "handed_over",
        reason=state.get("handoff") or "",
        confidence=state.get("confidence"),
        draft=draft.content if draft else "",
        article_id=quoted.article_id if quoted else None,
        title=quoted.title if quoted else "",
        found=[passage.article_id for passage in passages[:FOUND]],
        trouble=state.get("trouble", ""),
    )
