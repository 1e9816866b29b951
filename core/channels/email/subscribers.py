"""Messages that go out by mail: what people and the AI agent write in a conversation of this channel."""

from core.access import system
from core.channels.email import sending
from core.events.contract import on
from core.messages.events import MessageCreated


@on(MessageCreated, job_class="channel-io")
async def send_by_mail(event: MessageCreated) -> None:
    if event.conversation.channel == "email" and event.message.sender_type != "contact" and not event.message.is_internal:
        await sending.queue(system(event.organization_id), event)
