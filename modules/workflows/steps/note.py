"""A note for the team, in the contact's conversation."""

from typing import Annotated

import msgspec

from core import texts
from core.extend.steps import Failed, Go, Outcome, Visit, WorkflowStep
from core.messages import actions
from core.messages.structs import CONTENT_MAX, NoteInput
from modules.workflows import threads
from modules.workflows.saying import say


class NoteConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    content: Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_MAX, pattern=texts.TEXT)]


async def run(visit: Visit, config: NoteConfig) -> Outcome:
    conversation_id = await threads.of(visit)
    if conversation_id is None:
        return Failed(threads.NONE)
    await actions.note(visit.actor, conversation_id, NoteInput(client_id=visit.key, content=config.content))
    return Go(detail=say("conversation", id=conversation_id))


step = WorkflowStep(name="create_note", title="Write a note", config=NoteConfig, run=run, acts=True)
