"""Sending and receiving in one round trip: stored routines for the ordinary case.

Ordinary: an open or pending conversation that is not snoozed and that the actor may see, a new client id, no files,
nothing newer than the writer has seen. For all else the answer is None, nothing has happened, and the general action
takes over. What both do must stay equal, rows and events: tests hold them side by side.

The statement has the shape that the order of the log rests on: the conversation's row is locked by its UPDATE, the
outbox row is made from what that returns, so its id is taken under the lock.
"""

import asyncpg
import msgspec

from core.access import RULE_IN_ROUTINE, RULE_PARAMETERS, Actor, ActorKind, rule_arguments
from core.conversations.fast import MARKED, OUTBOX, READ_EVENT
from core.conversations.queries import JSON as CONVERSATION
from core.conversations.queries import VISITOR_JSON as VISITOR_CONVERSATION
from core.database import call, current
from core.events import wake
from core.messages.events import MessageCreated
from core.messages.queries import JSON as MESSAGE
from core.messages.queries import VISITOR_JSON as VISITOR_MESSAGE
from core.messages.structs import ReplyInput, Sent, preview_of
from core.tenancy import routine

TYPE = "'message.created'"
_decode = msgspec.json.Decoder(MessageCreated).decode


def _sending(name: str, parameters: str, *, where: str, sets: str, sender: str, also: str = "", also_tells: str = "") -> str:
    """A routine that adds the next message to the conversation `where`, which it changes by `sets`; answers the event's body."""
    return routine(
        name,
        f"p_organization bigint, {RULE_PARAMETERS}, p_content text, p_preview text, p_client_id text, {parameters}",
        "text",
        f"""
    WITH c AS (
        UPDATE conversations c SET version = c.version + 1, last_seq = c.last_seq + 1, public_seq = c.last_seq + 1,
               last_activity_at = clock_timestamp(), preview = p_preview, {sets}
        WHERE c.organization_id = p_organization AND {where} AND ({RULE_IN_ROUTINE})
          AND c.status IN ('open', 'pending') AND c.snoozed_until IS NULL RETURNING c.*
    ), m AS (
        INSERT INTO messages AS m (organization_id, conversation_id, seq, content, client_id, sender_type, sender_id, sender_name)
        SELECT c.organization_id, c.id, c.last_seq, p_content, p_client_id, {sender} FROM c RETURNING m.*
    ), {also} said AS MATERIALIZED (
        SELECT c.*, (SELECT row_to_json(v) FROM (SELECT {TYPE} AS type, c.organization_id,
                                                 {CONVERSATION} AS conversation, {MESSAGE} AS message) v)::text AS body,
               (SELECT row_to_json(v) FROM (SELECT {TYPE} AS type, {VISITOR_CONVERSATION} AS conversation,
                                            {VISITOR_MESSAGE} AS message) v)::text AS public
        FROM c JOIN m ON true
    ), told AS (
        {OUTBOX}
        SELECT {TYPE}, c.version, c.organization_id, c.id, array_remove(ARRAY[c.contact_id], NULL), ARRAY[c.inbox_id],
               array_remove(ARRAY[c.team_id], NULL), array_remove(ARRAY[c.assignee_id], NULL), NULL, false, c.body, c.public
        FROM said c {also_tells}
    )
    SELECT said.body INTO v_answer FROM said;
    """,
    )


REPLY = _sending(
    "send_reply",
    "p_conversation bigint, p_user bigint, p_name text, p_expected_seq bigint",
    where="c.id = p_conversation AND (p_expected_seq IS NULL OR c.last_seq <= p_expected_seq)",
    sets="""status = 'pending', resolved_at = NULL, waiting_since = NULL,
            first_response_at = coalesce(c.first_response_at, clock_timestamp()), handler = 'human',
            handler_epoch = c.handler_epoch + 1, assignee_id = coalesce(c.assignee_id, p_user)""",
    sender="'user', p_user, p_name",
    also=f"""mark AS (
        INSERT INTO read_marks AS r (organization_id, conversation_id, user_id, seq)
        SELECT c.organization_id, c.id, p_user, c.last_seq FROM c WHERE p_user IS NOT NULL {MARKED}
    ),""",
    also_tells=f"UNION ALL {READ_EVENT}",
)
RECEIVE = _sending(
    "receive_message",
    "p_token text",
    where="c.token = p_token",
    sets="status = 'open', waiting_since = coalesce(c.waiting_since, clock_timestamp()), contact_read_seq = c.last_seq + 1",
    sender="""'contact', c.contact_id, (SELECT trim(k.first_name || ' ' || k.last_name) FROM contacts k
                           WHERE k.organization_id = c.organization_id AND k.id = c.contact_id)""",
)
ROUTINES = REPLY + RECEIVE


async def reply(actor: Actor, conversation_id: int, data: ReplyInput) -> Sent | None:
    """`actions.reply` in the ordinary case; None: nothing has happened, the general action must say what is the matter."""
    if not actor.is_staff or data.files or not data.content.strip():
        return None
    return await _sent(
        actor, "send_reply", data.content, data.client_id, conversation_id, actor.user_id, actor.name, data.expected_seq
    )


async def receive(actor: Actor, token: str, client_id: str, content: str) -> Sent | None:
    """`actions.receive` into a known visitor's conversation, in the ordinary case; None: as for `reply`."""
    if actor.kind != ActorKind.visitor or actor.contact_id is None:
        return None
    return await _sent(actor, "receive_message", content, client_id, token)


async def _sent(actor: Actor, name: str, content: str, client_id: str, *arguments: object) -> Sent | None:
    if current() is not None:
        return None
    values = (actor.organization_id, *rule_arguments(actor), content, preview_of(content), client_id, *arguments)
    try:
        body = await call(actor, name, *values)
    except asyncpg.UniqueViolationError:
        return None  # sent before under this client id
    if body is None:
        return None
    await wake.relay()
    event = _decode(body)
    return Sent(event.message, event.conversation)
