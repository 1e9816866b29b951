"""What workflows and the steps that mail are called, for figures about them."""

from collections.abc import Mapping, Sequence

from core.access import MARKETERS, Actor
from core.database import read
from core.extend.naming import Names

CALLED = "SELECT w.id, w.name FROM workflows w WHERE w.organization_id = $1 AND w.id = ANY ($2::bigint[])"
MAILS = """
SELECT u.id, w.name || ' · ' || u.step_id || ' · ' || u.version FROM workflow_uses u
JOIN workflows w ON w.organization_id = u.organization_id AND w.id = u.workflow_id
WHERE u.organization_id = $1 AND u.id = ANY ($2::bigint[])
"""


async def called(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """None to whoever may see no workflows."""
    return await _named(actor, CALLED, ids)


async def mails(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """By what a mailing of a workflow is for: its name, the step that mails, and the version."""
    return await _named(actor, MAILS, ids)


async def _named(actor: Actor, sql: str, ids: Sequence[int]) -> Mapping[int, str]:
    if actor.role not in MARKETERS:
        return {}
    async with read(actor) as db:
        return dict(await db.fetch_rows(sql, actor.organization_id, list(ids)))


NAMES = Names(kind="workflow", called=called)
