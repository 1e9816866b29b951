"""Proposals of changes, people's decisions about them, and what came of those that were carried out."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from agent.events import ToolCallSaved
from agent.packet import brief
from agent.tools import queries
from agent.tools.calling import kept
from agent.tools.queries import Stored
from agent.tools.structs import Proposal, ToolCallSummary, ToolCallView
from core.access import Actor
from core.audit import log as audit
from core.conversations import queries as conversations
from core.conversations.change import audience
from core.conversations.structs import ConversationView
from core.database import Unit, transaction
from core.errors import Conflict, Forbidden, NotFound
from core.events.log import record
from core.extend.panels import Fact
from core.extend.tools import Told
from core.jobs import ledger
from core.messages import actions as messages
from core.messages.structs import NoteInput

CARRY_OUT = "agent.tools.carry_out"
GONE = "no module here has this tool any more"
OPEN_MAX = 10
"""Proposals of a conversation that wait for people; beyond that nothing is proposed."""
PROPOSE = f"""
INSERT INTO ai_tool_calls AS t (organization_id, conversation_id, decision_id, contact_id, tool, title, language, arguments, digest, preview,
                                proposed_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp()
WHERE (SELECT count(*) FROM ai_tool_calls w WHERE w.organization_id = $1 AND w.conversation_id = $2 AND w.status = 'proposed') < {OPEN_MAX}
ON CONFLICT (organization_id, conversation_id, tool, digest) WHERE status IN ('proposed', 'approved', 'failed', 'withdrawn')
DO UPDATE SET status = 'proposed', decision_id = excluded.decision_id, preview = excluded.preview, trouble = '',
    proposed_at = clock_timestamp(), ended_at = NULL
WHERE t.status IN ('failed', 'withdrawn') RETURNING id
"""
"""One that failed is put before people again as it is, with its key, whether it was withdrawn since or not: it may have been done all the same."""
DECIDE = """
UPDATE ai_tool_calls t SET status = $3::text, decided_by = $4, decided_at = now(), trouble = '',
       ended_at = CASE WHEN $3::text = 'rejected' THEN now() END
WHERE t.organization_id = $1 AND t.id = $2
"""
FINISH = """
UPDATE ai_tool_calls t SET status = $3, text = $4, facts = $5, trouble = $6, preview = coalesce($7, t.preview), ended_at = now()
WHERE t.organization_id = $1 AND t.id = $2 AND t.status = 'approved'
"""
WITHDRAW = """
UPDATE ai_tool_calls t SET status = 'withdrawn', ended_at = now()
WHERE t.organization_id = $1 AND t.conversation_id = $2 AND t.status IN ('proposed', 'failed') AND ($3::timestamptz IS NULL OR t.proposed_at <= $3)
RETURNING t.id, t.title
"""
TROUBLE_MAX = 200


async def propose(
    db: Unit, actor: Actor, conversation: ConversationView, decision_id: int | None, proposals: Sequence[Proposal]
) -> list[str]:
    """Put them before people, in the open unit of work that has locked the conversation; not what is another contact's by now.

    One that waits already in this conversation is not put twice. Returns the titles of what was put.
    """
    put = []
    for one in proposals:
        if one.contact_id != conversation.contact_id:
            continue
        digest = hashlib.sha256(msgspec.json.encode([one.contact_id, one.arguments], order="deterministic")).hexdigest()
        values = (decision_id, one.contact_id, one.tool, one.title, one.language, one.arguments, digest, one.preview)
        call_id = await db.fetch_value(PROPOSE, actor.organization_id, conversation.id, *values)
        if call_id is not None:
            await _announce(actor, conversation, call_id)
            put.append(brief(one.title))
    return put


async def approve(actor: Actor, call_id: int) -> ToolCallView:
    """Have it carried out; one that failed, or whose job is gone, once more.

    Raises:
        NotFound: unknown, or in a conversation that the actor may not see.
        Forbidden: the tool asks for another role, or for a person.
        Conflict: `already_decided`: somebody was faster; `proposal_withdrawn`: the conversation ended, or went back to the AI agent; `tool_gone`:
            no module has this tool any more.
    """
    async with transaction(actor) as db:
        call = await _decidable(actor, call_id, "proposed", "failed", "approved")
        key = f"tool:{call_id}"
        if not await ledger.enqueue(actor, CARRY_OUT, key=key, organization_id=actor.organization_id, call_id=call_id):
            raise _decided_already()
        return await _decide(db, actor, call, "approved")


async def reject(actor: Actor, call_id: int) -> ToolCallView:
    """It is not done. Raises what `approve` does."""
    async with transaction(actor) as db:
        return await _decide(db, actor, await _decidable(actor, call_id, "proposed", "failed"), "rejected")


async def _decidable(actor: Actor, call_id: int, *statuses: str) -> ToolCallView:
    call = await queries.get(actor, call_id, lock=True)
    if actor.user_id is None:
        raise Forbidden("people decide on this")
    if not call.roles:
        raise Conflict(GONE, code="tool_gone")
    actor.require(*call.roles)
    is_open = call.status in {"proposed", "failed"}
    if call.status == "withdrawn" or (is_open and _is_over(await conversations.get(actor, call.conversation_id))):
        raise Conflict("this was withdrawn: the conversation ended, or went back to the AI agent", code="proposal_withdrawn")
    if call.status not in statuses:
        raise _decided_already()
    return call


def _is_over(conversation: ConversationView) -> bool:
    """Whether nobody is to decide on what is proposed in it: it ended, or the AI agent has it."""
    return conversation.status in {"resolved", "closed"} or conversation.handler == "ai"


async def withdraw(actor: Actor, conversation_id: int, before: datetime | None = None) -> None:
    """Take back what nobody has approved in a conversation that is over; of one that goes on again, what was proposed until `before`.

    A second time there is nothing left to take back.
    """
    async with ledger.effect(actor) as db:
        try:
            conversation = await conversations.get(actor, conversation_id, lock=True)
        except NotFound:
            return
        if not _is_over(conversation) and before is None:
            return
        until = None if _is_over(conversation) else before
        for call_id, title in await db.fetch_rows(WITHDRAW, actor.organization_id, conversation_id, until):
            await audit.note(actor, "tool_call.withdrawn", subject=title, call=call_id, conversation=conversation_id)
            await _announce(actor, conversation, call_id)


def _decided_already() -> Conflict:
    return Conflict("somebody has decided on this already", code="already_decided")


async def _decide(db: Unit, actor: Actor, call: ToolCallView, status: str) -> ToolCallView:
    await db.execute(DECIDE, actor.organization_id, call.id, status, actor.name)
    await audit.note(actor, f"tool_call.{status}", subject=call.title, call=call.id, conversation=call.conversation_id)
    await _announce(actor, await conversations.get(actor, call.conversation_id), call.id)
    return await queries.get(actor, call.id)


async def done(actor: Actor, call_id: int, stored: Stored, told: Told) -> None:
    """Keep what was done together with the end of its job; it stands in the conversation too, for staff, and in the audit log."""
    async with ledger.effect(actor) as db:
        conversation = await _finish(db, actor, call_id, stored, ("done", told.text, told.facts, "", None))
        if conversation is not None:
            content = f"**{stored.title}**: {told.text}"
            await messages.note(actor, conversation.id, NoteInput(client_id=f"ai-tool-{call_id:012}", content=content))


async def fail(actor: Actor, call_id: int, stored: Stored, trouble: str, preview: list[Fact] | None = None) -> None:
    """It was not done (as far as anybody knows); people may try again. `preview`: what it would be by now."""
    async with ledger.effect(actor) as db:
        await _finish(db, actor, call_id, stored, ("failed", "", [], kept(trouble, TROUBLE_MAX), preview))


async def _finish(db: Unit, actor: Actor, call_id: int, stored: Stored, values: tuple[object, ...]) -> ConversationView | None:
    """The conversation, if it is still there; the call may have gone with its contact."""
    try:
        conversation = await conversations.get(actor, stored.conversation_id, lock=True)
    except NotFound:
        conversation = None
    is_kept = await db.execute(FINISH, actor.organization_id, call_id, *values)
    await audit.note(actor, f"tool_call.{values[0]}", subject=stored.title, call=call_id, conversation=stored.conversation_id)
    if is_kept and conversation is not None:
        await _announce(actor, conversation, call_id)
    return conversation


async def _announce(actor: Actor, conversation: ConversationView, call_id: int) -> None:
    call = await queries.get(actor, call_id)
    summary = ToolCallSummary(call.id, call.conversation_id, call.tool, call.title, call.status)
    await record(ToolCallSaved(organization_id=actor.organization_id, call=summary), audience(conversation, staff_only=True))
