"""Marking as read in one round trip: a stored routine that does what `actions.mark_read` does, for the same rows and events."""

from core.access import RULE_IN_ROUTINE, RULE_PARAMETERS, Actor, rule_arguments
from core.database import call
from core.events import wake
from core.tenancy import routine

MARKED = """
ON CONFLICT (organization_id, conversation_id, user_id) DO UPDATE SET seq = excluded.seq WHERE r.seq < excluded.seq RETURNING seq
"""
"""A read mark only grows; no row is returned where it did not."""

READ_EVENT = """
    SELECT 'conversation.read', 0, c.organization_id, c.id, '{}'::bigint[], ARRAY[c.inbox_id], array_remove(ARRAY[c.team_id], NULL),
           array_remove(ARRAY[c.assignee_id], NULL), p_user, true,
           (SELECT row_to_json(v) FROM (SELECT 'conversation.read' AS type, c.organization_id, c.id AS conversation_id,
                                               p_user AS user_id, mark.seq) v)::text,
           NULL
    FROM c JOIN mark ON true
"""
"""`ConversationRead` as a row for `OUTBOX`, from the conversation `c` and the mark that grew."""

OUTBOX = """
INSERT INTO outbox (type, version, organization_id, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
                    user_id, staff_only, body, public)
"""

ROUTINES = routine(
    "mark_conversation_read",
    f"p_organization bigint, {RULE_PARAMETERS}, p_conversation bigint, p_user bigint, p_seq bigint",
    "bigint",
    f"""
    WITH c AS (
        SELECT c.organization_id, c.id, c.inbox_id, c.team_id, c.assignee_id, least(p_seq, c.last_seq) AS reached FROM conversations c
        WHERE c.organization_id = p_organization AND c.id = p_conversation AND ({RULE_IN_ROUTINE})
    ), mark AS (
        INSERT INTO read_marks AS r (organization_id, conversation_id, user_id, seq)
        SELECT c.organization_id, c.id, p_user, c.reached FROM c {MARKED}
    ), told AS ({OUTBOX} {READ_EVENT})
    SELECT c.reached INTO v_answer FROM c;
    """,
)


async def mark_read(actor: Actor, conversation_id: int, seq: int) -> int | None:
    """The mark afterwards; None: the conversation is not visible to the actor."""
    values = (actor.organization_id, *rule_arguments(actor), conversation_id, actor.user_id, seq)
    reached: int | None = await call(actor, "mark_conversation_read", *values)
    if reached is not None:
        await wake.relay()
    return reached
