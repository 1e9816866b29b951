"""The AI agent's help for agents over HTTP."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from agent.copilot import actions, queries
from agent.copilot.structs import SentInput, SuggestionView
from agent.reviews.structs import ReviewView
from core.access import STAFF, Actor


@get(
    "/conversations/{conversation_id:int}/suggestion", summary="What the AI agent suggests to answer", operation_id="get_suggestion"
)
async def get_suggestion(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> SuggestionView:
    actor.require(*STAFF)
    return SuggestionView(await queries.suggestion(actor, conversation_id))


@post("/ai/decisions/{decision_id:int}/sent", status_code=200, summary="Say what was sent of a draft", operation_id="tell_sent")
async def tell_sent(actor: NamedDependency[Actor], decision_id: FromPath[int], data: JSONBody[SentInput]) -> ReviewView:
    return await actions.sent(actor, decision_id, data.content)


router = Router("/api", route_handlers=[get_suggestion, tell_sent], tags=["agent"])
