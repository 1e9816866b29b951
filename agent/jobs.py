"""The AI agent's work in the background."""

import asyncio

from agent import actions, phrases
from agent.actions import Decided
from core.access import ai
from core.conversations import queries as conversations
from core.errors import NotFound
from core.jobs.define import job
from core.organizations import queries as organizations

QUIET_S = 0.5
"""So long the customer may go on writing: who sends three lines gets one answer."""
TIMEOUT_S = 60
ATTEMPTS = 3


async def give_up(organization_id: int, conversation_id: int, seq: int) -> None:
    """After the last failure: tell the customer, and give the conversation to people. Needs neither graph nor search."""
    actor = ai(organization_id)
    try:
        conversation = await conversations.get(actor, conversation_id)
    except NotFound:
        return
    if conversation.handler != "ai" or conversation.public_seq != seq or conversation.status in {"resolved", "closed"}:
        return
    decided = Decided(
        conversation_id=conversation_id,
        seq=seq,
        epoch=conversation.handler_epoch,
        content=phrases.TO_CUSTOMER["agent_error"],
        threshold=(await organizations.get(actor)).ai_threshold,
        reason="agent_error",
        handoff="agent_error",
    )
    await actions.commit(actor, decided)


@job(job_class="ai", timeout_s=TIMEOUT_S, max_attempts=ATTEMPTS, on_dead=give_up)
async def answer(organization_id: int, conversation_id: int, seq: int) -> None:
    """Answer the customer's messages up to `seq`, or hand over. Ends quietly where a newer message has its own job."""
    from agent import graph

    await asyncio.sleep(QUIET_S)
    await graph.run(ai(organization_id), conversation_id, seq)
