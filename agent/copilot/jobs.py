"""What agents ask of the copilot, done by workers: where language models and embeddings are."""

from agent.copilot import actions, queries
from agent.copilot.structs import CopilotAnswer
from core.access import ai
from core.database import system_transaction
from core.jobs.define import job

TIMEOUT_S = 60
FORGET = "DELETE FROM ai_copilot WHERE created_at < now() - interval '1 hour'"
FAILED = "the copilot failed at this; try again"


async def give_up(organization_id: int, request_id: int) -> None:
    await actions.finish(ai(organization_id), request_id, CopilotAnswer(), FAILED)


@job(job_class="ai", timeout_s=TIMEOUT_S, max_attempts=1, on_dead=give_up)
async def work(organization_id: int, request_id: int) -> None:
    """Do what was asked for; whatever a language model does wrong is told in words."""
    from agent.copilot import tasks
    from agent.llm.chat import ModelFailed
    from agent.llm.writer import Unsupported

    actor = ai(organization_id)
    found = await queries.stored(actor, request_id)
    if found is None or found.status != "working":
        return
    try:
        answer, trouble = await tasks.do(actor, found.conversation_id, found.asked), ""
    except ModelFailed as failed:
        answer, trouble = CopilotAnswer(), str(failed)
    except Unsupported as refused:
        answer, trouble = CopilotAnswer(), f"the draft did not hold: {refused}"
    except TimeoutError:
        answer, trouble = CopilotAnswer(), "it was not done in time"
    await actions.finish(actor, request_id, answer, trouble)


@job(job_class="bulk", timeout_s=60)
async def forget() -> None:
    """Every five minutes: what was asked more than an hour ago, and what came of it."""
    async with system_transaction("what was asked of the copilot is forgotten in all organizations") as db:
        await db.execute(FORGET)
