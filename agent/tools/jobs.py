"""Carrying out what a person approved. The same key goes along at every attempt, so that nothing is done twice."""

from agent.tools import actions, queries
from agent.tools.calling import ToolFailed, call, facts, readable
from agent.tools.queries import Stored
from core.access import Actor, ai
from core.channels.email import senders
from core.conversations import queries as conversations
from core.errors import LacasaError, NotFound, TooManyRequests, Unavailable
from core.extend import registry
from core.extend.tools import AgentTool, Scope, Told
from core.jobs import ledger
from core.jobs.define import job

TIMEOUT_S = 60
RUN_S = 40.0
DONE = "It was done, but nothing readable was told of it."
SOMEBODY_ELSE = "the conversation belongs to somebody else by now"
DOUBTED = "whoever wrote last may be somebody else than this customer"
NOTHING = "there is nothing left that could be done"
CHANGED = "it would be something else by now: look again"
IN_VAIN = "it failed several times, and may have been done all the same: look there before you try again"


async def give_up(organization_id: int, call_id: int) -> None:
    actor = ai(organization_id)
    if (stored := await queries.stored(actor, call_id)) is not None:
        await actions.fail(actor, call_id, stored, IN_VAIN)


@job(job_class="channel-io", timeout_s=TIMEOUT_S, max_attempts=4, on_dead=give_up)
async def carry_out(organization_id: int, call_id: int) -> None:
    """Do what was approved. What a tool refuses is told in its words; what it stumbles over is tried again."""
    actor = ai(organization_id)
    stored = await queries.stored(actor, call_id)
    if stored is None or stored.status != "approved":
        return
    tool = registry.agent_tools().get(stored.tool)
    if tool is None:
        await actions.fail(actor, call_id, stored, actions.GONE)
    elif not await _is_still_his(actor, stored):
        await actions.fail(actor, call_id, stored, SOMEBODY_ELSE)
    elif await senders.is_doubted(actor, stored.conversation_id):
        await actions.fail(actor, call_id, stored, DOUBTED)
    else:
        await _carry_out(actor, call_id, stored, tool)


async def _is_still_his(actor: Actor, stored: Stored) -> bool:
    try:
        return (await conversations.get(actor, stored.conversation_id)).contact_id == stored.contact_id
    except NotFound:
        return False


async def _carry_out(actor: Actor, call_id: int, stored: Stored, tool: AgentTool) -> None:
    scope = Scope(
        actor=actor,
        conversation_id=stored.conversation_id,
        contact_id=stored.contact_id,
        language=stored.language,
        key=f"lacasa-{actor.organization_id}-{call_id}",
    )
    try:
        arguments = tool.given(stored.arguments)
        if _is_first_attempt() and tool.preview is not None:
            preview = await call(tool, tool.preview, scope, arguments, tool.timeout_s)
            if preview is None:
                return await actions.fail(actor, call_id, stored, NOTHING)
            if facts(preview) != stored.preview:
                return await actions.fail(actor, call_id, stored, CHANGED, facts(preview))
        found = await call(tool, tool.run, scope, arguments, RUN_S)
    except (Unavailable, TooManyRequests, ToolFailed):
        raise  # of passing things: it is tried again
    except LacasaError as refused:
        return await actions.fail(actor, call_id, stored, refused.detail)
    if found is None:
        return await actions.fail(actor, call_id, stored, NOTHING)
    return await actions.done(actor, call_id, stored, readable(found) or Told(DONE))


def _is_first_attempt() -> bool:
    """What was done in an earlier one could not be proposed any more."""
    attempt = ledger.running.get()
    return attempt is None or attempt.attempt <= 1
