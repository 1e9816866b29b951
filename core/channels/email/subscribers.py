"""What goes out by mail: what people and the AI agent write in a conversation of this channel, or in a chat whose visitor has left."""

from core.access import system
from core.channels.email import confirming, sending
from core.channels.email.continuity import deciding
from core.consent.events import ConsentChanged
from core.events.contract import on
from core.messages.events import MessageCreated


@on(MessageCreated, job_class="channel-io")
async def send_by_mail(event: MessageCreated) -> None:
    if event.message.sender_type == "contact" or event.message.is_internal:
        return
    if event.conversation.channel == "email":
        await sending.queue(system(event.organization_id), event)
    elif event.conversation.channel == "chat":
        await deciding.expect(system(event.organization_id), event)


@on(ConsentChanged, job_class="channel-io")
async def ask_by_mail(event: ConsentChanged) -> None:
    if event.state == "pending":
        await confirming.queue(event)
