"""What publishing and resuming would do, in heads."""

from core.access import MARKETERS, Actor
from core.database import Unit, read
from core.errors import Conflict
from modules.workflows import definitions, queries, uses
from modules.workflows.definition.shape import Definition, Node
from modules.workflows.structs import PublishPreview, ResumePreview, StepHeads, StepOverdue

AT = """
SELECT e.version, e.step_id, count(*), count(*) FILTER (WHERE e.due_at BETWEEN coalesce(w.paused_at, e.due_at) AND clock_timestamp()), w.created_at
FROM workflow_enrollments e JOIN workflows w ON w.organization_id = e.organization_id AND w.id = e.workflow_id
WHERE e.organization_id = $1 AND e.workflow_id = $2 AND e.status = 'active' GROUP BY 1, 2, 5 ORDER BY 1, 2
"""
PAUSED = """
SELECT w.paused_at, extract(epoch FROM clock_timestamp() - w.paused_at) FROM workflows w
WHERE w.organization_id = $1 AND w.id = $2 AND w.status = 'paused'
"""


async def heads(db: Unit, actor: Actor, workflow_id: int, wanted: Definition | None) -> list[StepHeads]:
    """How many are at which step, and how each fares by `wanted`."""
    found = []
    for version, step_id, active, _, created_at in await db.fetch_rows(AT, actor.organization_id, workflow_id):
        here = (await definitions.of(db, actor, workflow_id, version, created_at)).nodes.get(step_id)
        there = None if wanted is None else wanted.nodes.get(step_id)
        same = here is not None and there is not None and here.type == there.type
        found.append(StepHeads(version, step_id, *_called(here), active, there is not None, same, "follow" if same else None))
    return found


def _called(node: Node | None) -> tuple[str, str]:
    return ("", "") if node is None else (node.title, node.type)


async def publish(actor: Actor, workflow_id: int) -> PublishPreview:
    """What is to be chosen before the draft is published.

    Raises:
        NotFound: unknown.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        workflow = await queries.get(actor, workflow_id)
        found = definitions.reading(workflow.definition)
        problems = await uses.problems(actor, found)
        counted = await heads(db, actor, workflow_id, found.definition)
    steps = [] if found.definition is None else list(found.definition.nodes)
    return PublishPreview(workflow.revision, problems, counted, steps)


async def resume(actor: Actor, workflow_id: int) -> ResumePreview:
    """What each way to resume would do.

    Raises:
        NotFound: unknown.
        Conflict: it is not paused.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        await queries.check_exists(actor, workflow_id)
        paused = await db.fetch_rows(PAUSED, actor.organization_id, workflow_id)
        if not paused:
            raise Conflict("this workflow is not paused", code="workflow_not_paused")
        steps = []
        for version, step_id, active, overdue, created_at in await db.fetch_rows(AT, actor.organization_id, workflow_id):
            node = (await definitions.of(db, actor, workflow_id, version, created_at)).nodes.get(step_id)
            steps.append(StepOverdue(version, step_id, _called(node)[0], active, overdue))
    paused_at, shift_s = paused[0]
    return ResumePreview(paused_at, sum(s.active for s in steps), sum(s.overdue for s in steps), float(shift_s), steps)
