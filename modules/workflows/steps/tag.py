"""Tags given to the contact or to his conversation, or taken away."""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from core.contacts import actions as contacts
from core.contacts import queries
from core.contacts.structs import ContactChanges
from core.conversations import actions as conversations
from core.conversations.structs import Tag
from core.extend.steps import Failed, Foreseen, Go, Outcome, Visit, WorkflowStep
from modules.workflows import threads
from modules.workflows.saying import say

TAGS_MAX = 50
FULL = Failed(say("tags_full", count=TAGS_MAX))
Tags = Annotated[list[Tag], msgspec.Meta(max_length=20)]


class TagConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`tag` is short for `add` with one."""

    add: Tags = []
    remove: Tags = []
    tag: Tag | None = None
    on: Literal["contact", "conversation"] = "contact"

    @property
    def added(self) -> list[str]:
        return [*self.add, *([] if self.tag is None else [self.tag])]


def check(config: TagConfig) -> Iterable[tuple[str, str]]:
    if not config.added and not config.remove:
        yield "", "There is no tag to add or to remove"


def _tags(before: list[str], config: TagConfig) -> list[str]:
    kept = [name for name in before if name not in config.remove]
    return list(dict.fromkeys([*kept, *config.added]))


async def foresee(visit: Visit, config: TagConfig) -> Foreseen:
    if config.on == "conversation":
        return Foreseen(Go())
    tags = _tags(visit.values["contact"]["tags"], config)
    return Foreseen(FULL) if len(tags) > TAGS_MAX else Foreseen(Go(), {"tags": tags})


async def run(visit: Visit, config: TagConfig) -> Outcome:
    if config.on == "conversation":
        conversation_id = await threads.of(visit)
        if conversation_id is None:
            return Failed(threads.NONE)
        await conversations.tag(visit.actor, conversation_id, config.added, config.remove)
        return Go()
    before = await queries.get(visit.actor, visit.contact_id, lock=True)
    tags = _tags(before.tags, config)
    if len(tags) > TAGS_MAX:
        return FULL
    await contacts.update(visit.actor, visit.contact_id, ContactChanges(tags=tags))
    return Go()


step = WorkflowStep(name="tag", title="Tag", config=TagConfig, check=check, run=run, foresee=foresee, acts=True)
