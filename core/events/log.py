"""Recording: an event is kept in the unit of work and written to `outbox` just before COMMIT, when every row lock is held.

That order is what makes position order equal commit order within a conversation. After COMMIT the relay is woken
over NATS; a lost wake costs one poll of the relay, nothing more.
"""

import msgspec

from core.access import Audience
from core.database import Unit, current
from core.events import wake
from core.events.contract import Event, type_of

INSERT = """
INSERT INTO outbox (organization_id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
                    user_id, staff_only, marketers_only, body, public)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""

_encode = msgspec.json.Encoder().encode


async def record(event: Event, audience: Audience) -> None:
    """Announce `event` to `audience` if, and only if, the open unit of work commits."""
    unit = current()
    if unit is None:
        raise RuntimeError("events are recorded inside a unit of work")
    public = None if audience.staff_only else event.public()
    unit.events.append(
        (
            event.organization_id,
            type_of(type(event)),
            event.version,
            audience.conversation_id,
            audience.contact_ids,
            audience.inbox_ids,
            audience.team_ids,
            audience.assignee_ids,
            audience.user_id,
            audience.staff_only,
            audience.marketers_only,
            _encode(event).decode(),
            None if public is None else _encode(public).decode(),
        )
    )
    unit.before_commit["events"] = _write
    unit.after_commit["events"] = wake.relay


async def _write(unit: Unit) -> None:
    if unit.events:
        await unit.connection.executemany(INSERT, unit.events)
