"""A new conversation with the contact, for the team: with a note, a subject, somebody who gets it."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from core import texts
from core.access import Actor, ActorKind
from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.extend.steps import Go, Visit, WorkflowStep
from core.inboxes import queries as inboxes
from core.messages import actions as messages
from core.messages.structs import CONTENT_MAX, NoteInput
from modules.workflows.saying import say

Content = Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_MAX, pattern=texts.TEXT)]


class ConversationConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`note` is read by staff alone. Who gets it and which team: nobody, unless it is said."""

    inbox_id: int
    subject: Annotated[str, msgspec.Meta(max_length=300, pattern=texts.LINE)] = ""
    note: Content | None = None
    assignee_id: int | None = None
    team_id: int | None = None


def check(config: ConversationConfig) -> Iterable[tuple[str, str]]:
    if config.note is None and not config.subject:
        yield "", "It needs a subject or a note"


async def run(visit: Visit, config: ConversationConfig) -> Go:
    inbox = await inboxes.get(visit.actor, config.inbox_id)
    opened = await conversations.create(
        visit.actor, inbox_id=inbox.id, contact_id=visit.contact_id, channel=inbox.channel, subject=config.subject, handler="human",
        client_id=visit.key,
    )  # fmt: skip
    if config.assignee_id is not None or config.team_id is not None:
        await conversations.assign(visit.actor, opened.id, AssignInput(config.assignee_id, config.team_id))
    if config.note is not None:
        writer = Actor(kind=ActorKind.system, organization_id=visit.actor.organization_id, name=visit.workflow_name)
        await messages.note(writer, opened.id, NoteInput(client_id=visit.key, content=config.note))
    return Go(detail=say("conversation", id=opened.id))


step = WorkflowStep(
    name="create_conversation", title="Open a conversation", config=ConversationConfig, check=check, run=run, acts=True
)
