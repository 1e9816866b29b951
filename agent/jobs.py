"""The AI agent's work in the background."""

import asyncio

from agent import actions
from agent.actions import Decided
from agent.said import handing_over
from core.access import Actor, ai
from core.contacts import queries as contacts
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView
from core.errors import NotFound
from core.jobs.define import job
from core.organizations import queries as organizations

QUIET_S = 0.5
"""So long the customer may go on writing: who sends three lines gets one answer."""
TIMEOUT_S = 60
ATTEMPTS = 3


async def _owed(actor: Actor, conversation_id: int, seq: int) -> ConversationView | None:
    """The conversation, if it is the AI agent's to answer message `seq`; a newer one has a job of its own."""
    try:
        conversation = await conversations.get(actor, conversation_id)
    except NotFound:
        return None
    is_owed = conversation.handler == "ai" and conversation.public_seq == seq and conversation.status not in {"resolved", "closed"}
    return conversation if is_owed else None


async def give_up(organization_id: int, conversation_id: int, seq: int) -> None:
    """After the last failure: tell the customer, and give the conversation to people. Needs neither graph nor search."""
    actor = ai(organization_id)
    conversation = await _owed(actor, conversation_id, seq)
    if conversation is None:
        return
    decided = Decided(
        conversation_id=conversation_id,
        seq=seq,
        epoch=conversation.handler_epoch,
        content=handing_over(await contacts.language(actor, conversation.contact_id), "agent_error"),
        threshold=(await organizations.get(actor)).ai_threshold,
        reason="agent_error",
        handoff="agent_error",
    )
    await actions.commit(actor, decided)


@job(job_class="ai", timeout_s=TIMEOUT_S, max_attempts=ATTEMPTS, on_dead=give_up)
async def answer(organization_id: int, conversation_id: int, seq: int) -> None:
    """Answer the customer's messages up to `seq`, or hand over. Ends quietly where a newer message has its own job."""
    from agent import graph

    actor = ai(organization_id)
    if await _owed(actor, conversation_id, seq) is None:
        return  # a long burst, or a backlog: only its last message is worth the wait
    await asyncio.sleep(QUIET_S)
    await graph.run(actor, conversation_id, seq)
