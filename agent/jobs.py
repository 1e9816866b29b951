"""The AI agent's work in the background."""

import asyncio
from datetime import UTC, datetime, timedelta

from agent import actions, queries
from agent.actions import Decided
from agent.embedding.models import Model, model, named
from agent.index.chosen import index
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.said import handing_over
from core.access import Actor, ai, system
from core.contacts import queries as contacts
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView, Handler
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
TRY_S = 30
EMBED_AT_ONCE = 4
"""Few: a customer's question waits for the batch that is under way."""
EMBED_MAX = 400
"""Passages of one job; the next goes on."""
RETIRE_AFTER = timedelta(minutes=2)
"""Questions that were embedded by the old model are answered by then."""
AGAIN_AFTER = timedelta(seconds=2)
RETIRE_AT_ONCE = 1000
_embedding: set[int] = set()
"""Organizations that this process embeds for at the moment."""


async def _owed(actor: Actor, conversation_id: int, seq: int, handler: Handler = "ai") -> ConversationView | None:
    """The conversation, if `handler` has it and owes an answer to message `seq`; a newer one has a job of its own."""
    try:
        conversation = await conversations.get(actor, conversation_id)
    except NotFound:
        return None
    if conversation.handler != handler or conversation.status in {"resolved", "closed"}:
        return None
    is_owed = conversation.public_seq == seq or await queries.owed(actor, conversation_id) == seq
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
        seen=conversation.public_seq,
        content=handing_over(
            await contacts.language(actor, conversation.contact_id), "agent_error", await queries.usual_wait_s(actor)
        ),
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


@job(job_class="ai", timeout_s=TIMEOUT_S, max_attempts=1)
async def suggest(organization_id: int, conversation_id: int, seq: int) -> None:
    """Draft an answer to the customer's messages up to `seq` for the people who have the conversation; the customer hears nothing."""
    from agent import graph

    actor = ai(organization_id)
    if await _owed(actor, conversation_id, seq, "human") is None:
        return
    await asyncio.sleep(QUIET_S)
    await graph.run(actor, conversation_id, seq, held=True)


@job(job_class="interactive", timeout_s=TIMEOUT_S)
async def try_model(organization_id: int) -> None:
    """Ask the organization's language model something short; what comes of it stands in its settings."""
    from agent.llm import actions as llm
    from agent.llm import prompts
    from agent.llm import queries as models
    from agent.llm.chat import Deadline, ModelFailed
    from agent.llm.choice import model_of

    actor = system(organization_id)
    row = await models.stored(actor)
    asked = model_of(actor, row) if row.name else None
    if asked is None:
        return
    trouble = ""
    try:
        await asked.ask(prompts.TRY, Deadline(TRY_S))
    except ModelFailed as failed:
        trouble = str(failed)
    await llm.spend(actor, asked.name, asked.spent, row.cost(asked.spent.tokens_in, asked.spent.tokens_out))
    await llm.tried(actor, row.name, trouble)


@job(job_class="bulk", timeout_s=600)
async def embed(organization_id: int) -> None:
    """Embed the passages that have none of this process's model yet, then put it to use; does nothing where there is no model.

    Questions go on with the model in use meanwhile, so what is new is embedded by that one too, if it can be loaded here. One at a time for each
    organization: many articles at once are embedded together, and hold up nobody else's work.
    """
    actor, by = system(organization_id), await model()
    if by is None or not await index().is_there(actor):
        return
    if organization_id in _embedding:  # which may have looked for the last time: looks again after it
        async with ledger.effect(actor):
            await ledger.enqueue(actor, embed.name, run_at=datetime.now(UTC) + AGAIN_AFTER, organization_id=organization_id)
        return
    _embedding.add(organization_id)
    try:
        await _embed(actor, by)
    finally:
        _embedding.discard(organization_id)


async def _embed(actor: Actor, by: Model) -> None:
    used = await index().in_use(actor)
    if used and used.model != by.name and (before := await named(used.model)):
        await _fill(actor, before)
    complete = await _fill(actor, by)
    async with ledger.effect(actor):
        if not complete:
            await ledger.enqueue(actor, embed.name, organization_id=actor.organization_id)
        elif await index().adopt(actor, by.name):
            await ledger.enqueue(actor, retire.name, run_at=datetime.now(UTC) + RETIRE_AFTER, organization_id=actor.organization_id)


async def _fill(actor: Actor, by: Model) -> bool:
    """Embed a number of passages by this model; whether none is left."""
    for _ in range(0, EMBED_MAX, EMBED_AT_ONCE):
        lacking = await index().lacking(actor, by.name, EMBED_AT_ONCE)
        if not lacking:
            return True
        embedded = await by.vectors([passage.whole for passage in lacking])
        await index().store(actor, by.name, list(zip(lacking, embedded, strict=True)))
    return False


@job(job_class="bulk", timeout_s=60)
async def embed_all() -> None:
    """Every five minutes: whatever lacks embeddings (a new model, pgvector that came later, a job that was dropped) gets them."""
    by = await model()
    for organization_id in await index().behind(by.name) if by else []:
        actor = system(organization_id)
        async with transaction(actor):
            await ledger.enqueue(actor, embed.name, key="embed", organization_id=organization_id)


@job(job_class="bulk", timeout_s=600)
async def retire(organization_id: int) -> None:
    """Drop the embeddings of models that are out of use, a batch at a time."""
    by = await model()
    while by and await index().retire(system(organization_id), by.name, RETIRE_AT_ONCE):
        pass


@job(job_class="bulk", timeout_s=60)
async def forget(organization_id: int, article_id: int) -> None:
    """Have an index outside of PostgreSQL drop what it keeps of an article's earlier versions."""
    await index().forget(system(organization_id), article_id)


@job(job_class="bulk", timeout_s=2 * vectors.BUILD_S, max_attempts=1)
async def index_large() -> None:
    """Every half hour: an organization that has grown large gets an index of its own, in PostgreSQL."""
    await vectors.build()


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
