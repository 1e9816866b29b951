"""When members came to see more than before: what happened until then is not replayed to them.

A replay goes by whom an event concerned when it happened. Somebody new in a team would hear what was written in
conversations that have left the team since, and that no list shows them.
"""

from core.database import Unit

NOW = "(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM outbox_id_seq)"
"""The id of the newest event there is, of any organization; 0 before the first."""
WIDEN = f"""
UPDATE memberships SET sees_from = greatest(sees_from, {NOW}) WHERE id IN (
    SELECT id FROM memberships WHERE organization_id = $1 AND ($2::bigint[] IS NULL OR user_id = ANY($2)) ORDER BY id FOR NO KEY UPDATE
)
"""
"""The lock lets those pass who only refer to a membership: replies, read marks, teams."""


async def widened(db: Unit, organization_id: int, user_ids: set[int] | None) -> None:
    """These members (None: all of the organization) see more from now on."""
    if user_ids is None or user_ids:
        await db.execute(WIDEN, organization_id, None if user_ids is None else sorted(user_ids))
