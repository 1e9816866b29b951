"""The AI agent's work in the background."""

import asyncio

from agent import actions
from agent.actions import Decided
from agent.embedding.models import model
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.said import handing_over
from core.access import Actor, ai, system
from core.contacts import queries as contacts
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView
from core.database import transaction
from core.errors import NotFound
from core.jobs import ledger
from core.jobs.define import job
from core.knowledge import vectors
from core.organizations import queries as organizations

QUIET_S = 0.5
"""So long the customer may go on writing: who sends three lines gets one answer."""
TIMEOUT_S = 60
ATTEMPTS = 3
EMBED_AT_ONCE = 4
"""Few: a customer's question waits for the batch that is under way."""
EMBED_MAX = 400
"""Passages of one job; the next goes on."""


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


@job(job_class="bulk", timeout_s=600)
async def embed(organization_id: int) -> None:
    """Embed the passages that have none of this process's model yet; does nothing where there is no model, or no pgvector."""
    actor = system(organization_id)
    by = await model()
    if by is None or not await vectors.is_there(actor):
        return
    for _ in range(0, EMBED_MAX, EMBED_AT_ONCE):
        lacking = await vectors.lacking(actor, by.name, EMBED_AT_ONCE)
        if not lacking:
            return
        embedded = await by.vectors([passage.whole for passage in lacking])
        await vectors.store(actor, by.name, [(passage.id, vector) for passage, vector in zip(lacking, embedded, strict=True)])
    async with ledger.effect(actor):
        await ledger.enqueue(actor, embed.name, organization_id=organization_id)


@job(job_class="bulk", timeout_s=60)
async def embed_all() -> None:
    """Every five minutes: whatever lacks embeddings (a new model, pgvector that came later, a job that was dropped) gets them."""
    by = await model()
    for organization_id in await vectors.organizations_lacking(by.name) if by else []:
        actor = system(organization_id)
        async with transaction(actor):
            await ledger.enqueue(actor, embed.name, key="embed", organization_id=organization_id)


@job(job_class="bulk", timeout_s=120)
async def recalibrate(organization_id: int) -> None:
    """Learn from an organization's reviews how sure to be."""
    await reviews.recalibrate(system(organization_id))


@job(job_class="bulk", timeout_s=60)
async def recalibrate_all() -> None:
    """Every night: whoever has reviews that nothing was learned from yet."""
    for organization_id in await reviewed.stale():
        actor = system(organization_id)
        async with transaction(actor):
            await ledger.enqueue(actor, recalibrate.name, key="recalibrate", organization_id=organization_id)
