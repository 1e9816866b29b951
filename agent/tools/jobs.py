"""Carrying out what a person approved. The same key goes along at every attempt, so that nothing is done twice."""

import asyncio

from agent.tools import actions, queries
from agent.tools.using import bounded
from core.access import ai
from core.conversations import queries as conversations
from core.errors import LacasaError, NotFound
from core.extend import registry
from core.extend.tools import Scope
from core.jobs.define import job

TIMEOUT_S = 60
GONE = "no module here has this tool any more"
SOMEBODY_ELSE = "the conversation belongs to somebody else by now"
NOTHING = "there is nothing left that could be done"
IN_VAIN = "it failed several times; look at the shop before you try again"


async def give_up(organization_id: int, call_id: int) -> None:
    await actions.finish(ai(organization_id), call_id, None, IN_VAIN)


@job(job_class="interactive", timeout_s=TIMEOUT_S, max_attempts=4, on_dead=give_up)
async def carry_out(organization_id: int, call_id: int) -> None:
    """Do what was approved. What a tool refuses is told in its words; what it stumbles over is tried again."""
    actor = ai(organization_id)
    call = await queries.stored(actor, call_id)
    if call is None or call.status != "approved":
        return None
    tool = registry.agent_tools().get(call.tool)
    if tool is None:
        return await actions.finish(actor, call_id, None, GONE)
    try:
        conversation = await conversations.get(actor, call.conversation_id)
    except NotFound:
        return None
    if conversation.contact_id != call.contact_id:
        return await actions.finish(actor, call_id, None, SOMEBODY_ELSE)
    scope = Scope(
        actor=actor,
        conversation_id=call.conversation_id,
        contact_id=call.contact_id,
        language=call.language,
        key=f"lacasa-{organization_id}-{call_id}",
    )
    try:
        async with asyncio.timeout(TIMEOUT_S - 10):
            told = await tool.run(scope, tool.given(call.arguments))
    except LacasaError as refused:
        return await actions.finish(actor, call_id, None, refused.detail)
    return await actions.finish(actor, call_id, told and bounded(told), "" if told else NOTHING)
