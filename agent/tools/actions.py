"""Proposals of changes, people's decisions about them, and what came of those that were carried out."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from agent.events import ToolCallSaved
from agent.tools import queries
from agent.tools.structs import Proposal, ToolCallSummary, ToolCallView
from core.access import Actor
from core.audit import log as audit
from core.conversations import queries as conversations
from core.conversations.change import audience
from core.database import Unit, transaction
from core.errors import Conflict
from core.events.log import record
from core.extend.tools import Told
from core.jobs import ledger
from core.messages import actions as messages
from core.messages.structs import NoteInput

CARRY_OUT = "agent.tools.carry_out"
LOST_AFTER = timedelta(minutes=30)
"""What was approved and has not ended after so long has no job any more: people may decide on it again."""
OPEN_MAX = 10
"""Proposals of a conversation that wait for people; beyond that nothing is proposed."""
PROPOSE = f"""
INSERT INTO ai_tool_calls (organization_id, conversation_id, decision_id, contact_id, tool, title, language, arguments, digest, preview)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
WHERE (SELECT count(*) FROM ai_tool_calls t WHERE t.organization_id = $1 AND t.conversation_id = $2 AND t.status = 'proposed') < {OPEN_MAX}
ON CONFLICT DO NOTHING RETURNING id
"""
DECIDE = """
UPDATE ai_tool_calls t SET status = $3::text, decided_by = $4, decided_at = now(), trouble = '',
       ended_at = CASE WHEN $3::text = 'rejected' THEN now() END
WHERE t.organization_id = $1 AND t.id = $2
"""
FINISH = """
UPDATE ai_tool_calls t SET status = $3, text = $4, facts = $5, trouble = $6, ended_at = now()
WHERE t.organization_id = $1 AND t.id = $2 AND t.status = 'approved'
"""
TROUBLE_MAX = 200


async def propose(db: Unit, actor: Actor, conversation_id: int, decision_id: int | None, proposals: Sequence[Proposal]) -> None:
    """Put them before people, in the open unit of work. One that waits already in this conversation is not put twice."""
    for one in proposals:
        digest = hashlib.sha256(msgspec.json.encode([one.contact_id, one.arguments], order="deterministic")).hexdigest()
        values = (decision_id, one.contact_id, one.tool, one.title, one.language, one.arguments, digest, one.preview)
        call_id = await db.fetch_value(PROPOSE, actor.organization_id, conversation_id, *values)
        if call_id is not None:
            await _announce(actor, call_id)


async def approve(actor: Actor, call_id: int) -> ToolCallView:
    """Have it carried out; one that failed, once more.

    Raises:
        NotFound: unknown, or in a conversation that the actor may not see.
        Forbidden: the tool asks for another role.
        Conflict: `already_decided`: somebody was faster; `tool_gone`: no module has this tool any more.
    """
    async with transaction(actor) as db:
        call = await _decidable(actor, call_id)
        await _decide(db, actor, call, "approved")
        await ledger.enqueue(actor, CARRY_OUT, organization_id=actor.organization_id, call_id=call_id)
        return await queries.get(actor, call_id)


async def reject(actor: Actor, call_id: int) -> ToolCallView:
    """It is not done. Raises what `approve` does."""
    async with transaction(actor) as db:
        call = await _decidable(actor, call_id)
        await _decide(db, actor, call, "rejected")
        return await queries.get(actor, call_id)


async def _decidable(actor: Actor, call_id: int) -> ToolCallView:
    call = await queries.get(actor, call_id, lock=True)
    if not call.roles:
        raise Conflict("no module here has this tool any more", code="tool_gone")
    actor.require(*call.roles)
    is_lost = call.status == "approved" and call.decided_at is not None and call.decided_at < datetime.now(UTC) - LOST_AFTER
    if call.status not in {"proposed", "failed"} and not is_lost:
        raise Conflict("somebody has decided on this already", code="already_decided")
    return call


async def _decide(db: Unit, actor: Actor, call: ToolCallView, status: str) -> None:
    await db.execute(DECIDE, actor.organization_id, call.id, status, actor.name)
    await audit.note(actor, f"tool_call.{status}", subject=call.title, call=call.id, conversation=call.conversation_id)
    await _announce(actor, call.id)


async def finish(actor: Actor, call_id: int, told: Told | None, trouble: str = "") -> None:
    """Keep what came of an approved call together with the end of its job; what was done stands in the conversation too, for staff."""
    status = "failed" if told is None else "done"
    text, facts = ("", []) if told is None else (told.text, told.facts)
    async with ledger.effect(actor) as db:
        if not await db.execute(FINISH, actor.organization_id, call_id, status, text, facts, trouble[:TROUBLE_MAX]):
            return
        call = await queries.get(actor, call_id)
        await _announce(actor, call_id)
        if told is not None:
            note = NoteInput(client_id=f"ai-tool-{call_id:012}", content=f"**{call.title}**: {text}")
            await messages.note(actor, call.conversation_id, note)


async def _announce(actor: Actor, call_id: int) -> None:
    call = await queries.get(actor, call_id)
    conversation = await conversations.get(actor, call.conversation_id)
    summary = ToolCallSummary(call.id, call.conversation_id, call.tool, call.title, call.status)
    await record(ToolCallSaved(organization_id=actor.organization_id, call=summary), audience(conversation, staff_only=True))
