"""The graph of one run:

    gather -> judge -> consult -> rewrite -> look_up -> write -> score -> say | ask_back
                 |        |                      |         |       |
                 |        '-> score (a tool)     '---------'-------'----> escalate
                 '-> say (small talk) | escalate (rules)

A run that finds nothing to answer ends after `gather`. There is no checkpointer: a run that dies is begun anew, and
nothing takes effect before its last step, which is one transaction. LangGraph is slow to import, so it is imported on first use.
"""

import os
from functools import lru_cache, partial
from typing import Any

from agent import nodes
from agent.draft import Drafter
from agent.index import chosen
from agent.llm import choice
from agent.llm.models import UNTRACED
from agent.nodes import State, Tools
from agent.progress import Progress
from agent.structs import Outcome
from core.access import Actor


@lru_cache(maxsize=1)
def build() -> Any:
    """The compiled graph of this process."""
    os.environ |= UNTRACED
    from langgraph.graph import END, START, StateGraph

    graph: Any = StateGraph(State, context_schema=Tools)
    for name in ("gather", "judge", "consult", "rewrite", "look_up", "write", "score", "say", "ask_back", "escalate"):
        graph.add_node(name, getattr(nodes, name))
    graph.add_edge(START, "gather")
    graph.add_conditional_edges("gather", nodes.after_gather, {"judge": "judge", "end": END})
    graph.add_conditional_edges("judge", nodes.after_judge, ["escalate", "say", "consult"])
    graph.add_conditional_edges("consult", nodes.after_consult, ["escalate", "score", "rewrite"])
    graph.add_edge("rewrite", "look_up")
    for name, onwards in (("look_up", "write"), ("write", "score")):
        graph.add_conditional_edges(name, nodes.unless_handoff(onwards), [onwards, "escalate"])
    graph.add_conditional_edges("score", nodes.after_score, ["say", "ask_back", "escalate"])
    graph.add_edge("say", END)
    graph.add_edge("ask_back", END)
    graph.add_edge("escalate", END)
    return graph.compile()


async def run(
    actor: Actor, conversation_id: int, seq: int, *, held: bool = False, drafter: Drafter | None = None
) -> Outcome | None:
    """Decide about the customer's messages up to `seq`; None: there was nothing to decide.

    `held`: people have the conversation, and get a draft. `drafter`: in place of what the organization chose.
    """
    meaning = partial(chosen.meaning, actor)
    async with Progress(actor, conversation_id, held=held) as progress, choice.chosen(actor, meaning, progress.hear) as found:
        tools = Tools(
            actor=actor,
            drafter=drafter or found.drafter,
            meaning=meaning,
            spent=found.spent,
            cost=found.row.cost,
            at=progress.at,
        )
        state: State = {"conversation_id": conversation_id, "seq": seq, "held": held}
        ended = await build().ainvoke(state, context=tools)
    outcome: Outcome | None = ended.get("outcome")
    return outcome
