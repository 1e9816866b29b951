"""The contact's conversation, given to somebody."""

from collections.abc import Iterable

import msgspec

from core.conversations import actions
from core.conversations.structs import AssignInput
from core.extend.steps import Failed, Go, Outcome, Visit, WorkflowStep
from modules.workflows import threads
from modules.workflows.saying import say


class AssignConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Absent: unchanged. null: nobody."""

    assignee_id: int | msgspec.UnsetType | None = msgspec.UNSET
    team_id: int | msgspec.UnsetType | None = msgspec.UNSET


def check(config: AssignConfig) -> Iterable[tuple[str, str]]:
    if config == AssignConfig():
        yield "", "It needs an assignee, a team, or both"


async def run(visit: Visit, config: AssignConfig) -> Outcome:
    conversation_id = await threads.of(visit)
    if conversation_id is None:
        return Failed(threads.NONE)
    await actions.assign(visit.actor, conversation_id, AssignInput(config.assignee_id, config.team_id))
    return Go(detail=say("conversation", id=conversation_id))


step = WorkflowStep(name="assign", title="Assign", config=AssignConfig, check=check, run=run, acts=True)
