"""Two ways on: whether the contact is in a segment right now."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from core.access import Actor
from core.errors import Conflict, NotFound
from core.extend.steps import Failed, Go, Outcome, Visit, WorkflowStep
from core.segments import audience
from core.segments.structs import Explanation
from modules.workflows import segments
from modules.workflows.saying import say

Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class SegmentConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    segment_id: Id | None = None


async def missing(actor: Actor, config: SegmentConfig) -> Iterable[tuple[str, str]]:
    return await segments.missing(actor, config.segment_id)


async def run(visit: Visit, config: SegmentConfig) -> Outcome:
    if config.segment_id is None:
        return Failed(say("no_segment"))
    try:
        found = await audience.explain(visit.actor, config.segment_id, visit.contact_id)
    except (NotFound, Conflict) as error:
        return Failed(error.detail)
    return Go("true" if found.holds else "false", _told(found))


def _told(found: Explanation) -> str:
    """The first part that decides it."""
    deciding = next((clause for clause in found.clauses if clause.path != "$" and clause.holds == found.holds), None)
    code = "in_segment" if found.holds else "outside_segment"
    if deciding is None or deciding.found is None:
        return say(code)
    return say(code, path=deciding.path, found=msgspec.json.encode(deciding.found).decode()[:100])


step = WorkflowStep(name="segment", title="By segment", config=SegmentConfig, missing=missing, run=run, branches=("true", "false"))
