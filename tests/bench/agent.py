"""An answer of the AI agent in quotes, from the customer's message to the committed reply, and what LangGraph adds to the steps themselves.

Questions of the demo shop, each in a conversation of its own, by turns through the compiled graph and through the very same steps called one after
the other. The sentence model is loaded before. The wait for the rest of a burst (0.5 s) is the job's and not in here.
"""

import time
from functools import partial
from statistics import median
from typing import Any

from agent import graph, nodes
from agent.embedding.models import model
from agent.index import chosen
from agent.llm import choice
from agent.nodes import State, Tools
from core.access import Actor
from core.access import ai as machine
from core.messages import actions as messages
from core.messages.structs import Sent
from tests.bench.measure import Options, spread
from tests.evals.shop import DEMO, Question, Shop, a_shop, questions
from tests.factories import client_id

N = 200


class _Running:
    def __init__(self, context: Tools) -> None:
        self.context = context


async def run(options: Options) -> dict[str, Any]:
    """`answer_p50_ms`: of answered questions; `graph_overhead_ms`: graph less plain steps, medians of all; `--n`: questions each way."""
    async with a_shop() as shop:
        by = await model()
        graph.build()
        asked = [one for one in questions(DEMO) if one.expect == "answer"]
        took: dict[str, list[float]] = {"graph": [], "plain": []}
        answered: list[float] = []
        for number in range(2 * (options.n or N)):
            way = "graph" if number % 2 == 0 else "plain"
            sent = await _ask(shop, asked[number // 2 % len(asked)])
            began = time.perf_counter()
            outcome = await (_graph if way == "graph" else _plain)(machine(shop.actor.organization_id), sent)
            ms = (time.perf_counter() - began) * 1000
            took[way].append(ms)
            if outcome == "answered" and way == "graph":
                answered.append(ms)
        return {
            "answer_p50_ms": round(median(answered), 1),
            "answered": len(answered),
            "graph_p50_ms": round(median(took["graph"]), 1),
            "plain_p50_ms": round(median(took["plain"]), 1),
            "graph_overhead_ms": round(median(took["graph"]) - median(took["plain"]), 1),
            "rounds": {name: spread(values) for name, values in took.items()},
            "model": by.name if by and await chosen.index().is_there(shop.actor) else None,
            "n": options.n or N,
        }


async def _ask(shop: Shop, question: Question) -> Sent:
    _, sent = await messages.receive(shop.visitor(), token=None, client_id=client_id(), content=question.question, file_tokens=[])
    return sent


async def _graph(actor: Actor, sent: Sent) -> str | None:
    return await graph.run(actor, sent.conversation.id, sent.message.seq)


async def _plain(actor: Actor, sent: Sent) -> str | None:
    meaning = partial(chosen.meaning, actor)
    async with choice.chosen(actor, meaning) as found:
        running = _Running(Tools(actor=actor, drafter=found.drafter, meaning=meaning, spent=found.spent, cost=found.row.cost))
        return await _walked(running, {"conversation_id": sent.conversation.id, "seq": sent.message.seq})


async def _walked(running: _Running, state: State) -> str | None:
    """The steps in the order in which the graph takes them."""
    state |= await nodes.gather(state, running)
    step = nodes.after_gather(state)
    onwards = {"look_up": "write", "write": "score"}
    while step != "end":
        state |= await getattr(nodes, step)(state, running)
        if step in {"say", "ask_back", "escalate"}:
            step = "end"
        elif step == "judge":
            step = nodes.after_judge(state)
        elif step == "consult":
            step = nodes.after_consult(state)
        elif step == "rewrite":
            step = "look_up"
        elif step == "score":
            step = nodes.after_score(state)
        else:
            step = nodes.unless_handoff(onwards[step])(state)
    return state.get("outcome")
