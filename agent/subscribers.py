"""What makes the AI agent work: a customer's message in a conversation that it handles."""

from core.access import ai
from core.events.contract import on
from core.jobs import ledger
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
