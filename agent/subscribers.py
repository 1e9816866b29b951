"""What makes the AI agent work: a customer's message in a conversation that it handles, and articles that it has to know."""

from core.access import ai, system
from core.events.contract import on
from core.jobs import ledger
from core.knowledge.events import ArticleSaved
from core.messages.events import MessageCreated


@on(MessageCreated, job_class="interactive")
async def answer_customer(event: MessageCreated) -> None:
    """One job per message: a key that a running job still holds would swallow the next message.

    Of a burst, the job of the last message answers all; the others see that there is a newer one, and end.
    """
    message = event.message
    if message.sender_type != "contact" or message.is_internal or event.conversation.handler != "ai":
        return
    actor = ai(event.organization_id)
    async with ledger.effect(actor):
        await ledger.enqueue(
            actor,
            "agent.answer",
            key=f"answer:{message.conversation_id}:{message.seq}",
            organization_id=event.organization_id,
            conversation_id=message.conversation_id,
            seq=message.seq,
        )


@on(ArticleSaved, job_class="bulk")
async def learn(event: ArticleSaved) -> None:
    """What is published is embedded; withdrawn articles take their embeddings with them."""
    if event.article.status != "published":
        return
    actor = system(event.organization_id)
    async with ledger.effect(actor):
        await ledger.enqueue(
            actor, "agent.embed", key=f"embed:{event.article.id}:{event.article.version}", organization_id=event.organization_id
        )
