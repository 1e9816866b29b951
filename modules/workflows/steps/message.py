"""A message to the contact, which opens a conversation: by the channel of the inbox, and whoever answers it finds the team."""

from typing import Annotated

import msgspec

from core import texts
from core.access import Actor, ActorKind
from core.conversations import actions as conversations
from core.extend.steps import Go, Visit, WorkflowStep
from core.inboxes import queries as inboxes
from core.messages import actions as messages
from core.messages.structs import CONTENT_MAX
from modules.workflows.saying import say


class MessageConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`sender` is the name that the contact reads."""

    inbox_id: int
    content: Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_MAX, pattern=texts.TEXT)]
    sender: Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=texts.NAME)]
    subject: Annotated[str, msgspec.Meta(max_length=300, pattern=texts.LINE)] = ""


async def run(visit: Visit, config: MessageConfig) -> Go:
    inbox = await inboxes.get(visit.actor, config.inbox_id)
    writer = Actor(kind=ActorKind.system, organization_id=visit.actor.organization_id, name=config.sender)
    opened = await conversations.create(
        writer, inbox_id=inbox.id, contact_id=visit.contact_id, channel=inbox.channel, subject=config.subject, handler="human",
        client_id=visit.key,
    )  # fmt: skip
    await messages.send(
        writer,
        opened.id,
        config.content,
        if_epoch=opened.handler_epoch,
        if_seq=None,
        client_id=visit.key,
        sources=[],
        answers=False,
    )
    return Go(detail=say("conversation", id=opened.id))


step = WorkflowStep(name="send_message", title="Write to the contact", config=MessageConfig, run=run, acts=True, reaches=True)
