"""What makes the AI agent work: a customer's message in a conversation that it handles, and what it has to know or to forget."""

from agent.reviews import actions as reviews
from agent.settings import settings
from core.access import Actor, ai, system
from core.events.contract import on
from core.inboxes import queries as inboxes
from core.jobs import ledger
from core.knowledge.events import ArticleDeleted, ArticleSaved
from core.messages.events import MessageCreated, MessageWithdrawn


@on(MessageCreated, job_class="interactive")
async def answer_customer(event: MessageCreated) -> None:
    """One job per message: a key that a running job still holds would swallow the next message.

    Of a burst, the job of the last message answers all; the others see that there is a newer one, and end. Where people have the
    conversation, they get a draft, if the inbox is one in which the AI agent suggests.
    """
    message = event.message
    if message.sender_type != "contact" or message.is_internal:
        return
    actor = ai(event.organization_id)
    answers = event.conversation.handler == "ai"
    if not answers and await inboxes.ai_mode(actor, event.conversation.inbox_id) != "suggest":
        return
    async with ledger.effect(actor):
        await ledger.enqueue(
            actor,
            "agent.answer" if answers else "agent.suggest",
            key=f"{'answer' if answers else 'suggest'}:{message.conversation_id}:{message.seq}",
            organization_id=event.organization_id,
            conversation_id=message.conversation_id,
            seq=message.seq,
        )


@on(MessageWithdrawn, job_class="interactive")
async def forget_review(event: MessageWithdrawn) -> None:
    """What was never sent of a suggestion is no review of it."""
    await reviews.withdraw(system(event.organization_id), event.message.id)


@on(ArticleSaved, job_class="bulk")
async def learn(event: ArticleSaved) -> None:
    """What is published is embedded; copies of earlier versions are dropped."""
    actor, article = system(event.organization_id), event.article
    async with ledger.effect(actor):
        if article.status == "published":
            await ledger.enqueue(
                actor, "agent.embed", key=f"embed:{article.id}:{article.version}", organization_id=event.organization_id
            )
        await _forget(actor, article.id)


@on(ArticleDeleted, job_class="bulk")
async def unlearn(event: ArticleDeleted) -> None:
    actor = system(event.organization_id)
    async with ledger.effect(actor):
        await _forget(actor, event.article_id)


async def _forget(actor: Actor, article_id: int) -> None:
    """PostgreSQL's own embeddings have gone with their passages; an index outside of it must be told."""
    if settings().index != "postgres":
        await ledger.enqueue(actor, "agent.forget", organization_id=actor.organization_id, article_id=article_id)
