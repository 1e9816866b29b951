"""Writing and reading the audit log."""

from datetime import datetime
from typing import Any

import msgspec

from core.access import Actor
from core.database import current, read

INSERT = """
INSERT INTO audit_log (organization_id, actor_kind, actor_id, action, subject, data, address) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
SUBJECT_MAX = 120
PAGE = """
SELECT a.id, a.actor_kind, a.actor_id, u.name, a.action, a.subject, a.data, a.created_at
FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id AND a.actor_kind = 'user'
WHERE a.organization_id = $1 AND ($2::bigint IS NULL OR a.id < $2) ORDER BY a.id DESC LIMIT $3
"""


class AuditView(msgspec.Struct):
    id: int
    actor_kind: str
    actor_id: int | None
    actor_name: str | None
    action: str
    subject: str
    data: dict[str, Any]
    created_at: datetime


async def note(actor: Actor, action: str, *, subject: str = "", address: str = "", **data: Any) -> None:
    """Write down, with the open unit of work, that `actor` did `action` (`noun.happened`) to `subject`."""
    unit = current()
    if unit is None:
        raise RuntimeError("audit entries are written inside a unit of work")
    await unit.execute(INSERT, actor.organization_id, actor.kind, actor.id, action, subject[:SUBJECT_MAX], data, address)


async def page(actor: Actor, before: int | None, limit: int) -> list[AuditView]:
    """Newest first; `before` is the id of the last one seen."""
    async with read(actor) as db:
        return await db.fetch(AuditView, PAGE, actor.organization_id, before, limit)
