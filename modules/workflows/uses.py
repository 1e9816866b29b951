"""What versions refer to: templates, inboxes, topics and segments. Rows say so, and keep it from being deleted while somebody may still need it."""

import msgspec

from core.access import Actor
from core.database import Unit, read
from core.mailing.actions import mailings
from modules.workflows import posting, segments
from modules.workflows.definition.problems import Problem, Problems
from modules.workflows.definition.reading import Reading
from modules.workflows.definition.shape import Definition, Node
from modules.workflows.steps.email import EmailConfig
from modules.workflows.steps.segment import SegmentConfig
from modules.workflows.triggers.segment_entered import SegmentTriggerConfig

KEEP = """
INSERT INTO workflow_uses (organization_id, workflow_id, version, step_id, template_id, inbox_id, topic_id, segment_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
LET_GO = """
UPDATE workflow_uses u SET template_id = NULL, inbox_id = NULL, topic_id = NULL, segment_id = NULL
WHERE u.organization_id = $1 AND u.workflow_id = $2 AND u.version < $3 AND NOT EXISTS (
    SELECT FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.workflow_id = $2 AND e.version = u.version AND e.status = 'active')
  AND NOT EXISTS (
    SELECT FROM mailings g JOIN mailing_sends s ON s.organization_id = g.organization_id AND s.mailing_id = g.id AND s.state IN ('queued', 'sending')
    WHERE g.organization_id = $1 AND g.kind = 'workflow' AND g.source_id = u.id)
"""
"""What only versions need that nobody is in, and none of whose mail is on its way."""
PAUSED = """
SELECT g.id, g.pause_reason, g.pause_detail FROM workflow_uses u
JOIN mailings g ON g.organization_id = u.organization_id AND g.kind = 'workflow' AND g.source_id = u.id
WHERE u.organization_id = $1 AND u.workflow_id = $2 AND g.state = 'paused' ORDER BY g.id
"""


async def problems(actor: Actor, found: Reading) -> list[Problem]:
    """All that is wrong with a definition that was read, and all that is still to be chosen."""
    chosen = [] if found.definition is None else await missing(actor, found.definition)
    return [*found.problems, *chosen][: Problems.MOST]


async def missing(actor: Actor, definition: Definition) -> list[Problem]:
    """What is still to be chosen before anybody can be let in."""
    found: list[Problem] = []
    async with read(actor):
        if isinstance(definition.trigger_config, SegmentTriggerConfig):
            chosen = await segments.missing(actor, definition.trigger_config.segment_id)
            found += [Problem("$.trigger", message, missing=True) for _, message in chosen]
        asked: dict[tuple[str, bytes], list[tuple[str, str]]] = {}
        for node in definition.nodes.values():
            if node.step is not None and node.step.missing is not None:
                key = node.type, msgspec.json.encode(node.config)
                if key not in asked:
                    asked[key] = [*await node.step.missing(actor, node.config)]
                where = node.path if node.is_flat else f"{node.path}.config"
                found += [Problem(where + below, message, missing=True) for below, message in asked[key]]
    return found


async def keep(db: Unit, actor: Actor, workflow_id: int, version: int, definition: Definition) -> None:
    """Write down what a version that is being published refers to, and begin its mailings."""
    await db.execute(LET_GO, actor.organization_id, workflow_id, version)
    for node in definition.nodes.values():
        if isinstance(node.config, EmailConfig):
            await _mail(db, actor, workflow_id, version, node, node.config)
        elif isinstance(node.config, SegmentConfig):
            values = (workflow_id, version, node.id, None, None, None, node.config.segment_id)
            await db.fetch_value(KEEP, actor.organization_id, *values)
    if isinstance(definition.trigger_config, SegmentTriggerConfig):
        values = (workflow_id, version, "", None, None, None, definition.trigger_config.segment_id)
        await db.fetch_value(KEEP, actor.organization_id, *values)


async def _mail(db: Unit, actor: Actor, workflow_id: int, version: int, node: Node, config: EmailConfig) -> None:
    chosen = await posting.chosen(actor, config.template_id, config.subject, config.inbox_id, config.topic_id, config.kind)
    values = (workflow_id, version, node.id, config.template_id, chosen.inbox_id, chosen.topic_id, None)
    use_id = await db.fetch_value(KEEP, actor.organization_id, *values)
    await mailings.begin(actor, "workflow", use_id, topic_id=chosen.topic_id, mail_kind=config.kind)


async def resume(db: Unit, actor: Actor, workflow_id: int) -> None:
    """Let its mailings go on that had to stop: whatever stopped them, somebody says now that it is mended."""
    for mailing_id, *_ in await db.fetch_rows(PAUSED, actor.organization_id, workflow_id):
        await mailings.resume(actor, mailing_id)


async def trouble_detail(db: Unit, actor: Actor, workflow_id: int) -> str:
    """What a server said when mail of a workflow had to stop last; empty: nothing."""
    rows = await db.fetch_rows(PAUSED, actor.organization_id, workflow_id)
    return next((str(detail) for _, reason, detail in reversed(rows) if reason), "")
