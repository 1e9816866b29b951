"""The AI agent's help for agents over HTTP."""

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from agent.copilot import actions, queries
from agent.copilot.structs import ArticleFound, CopilotInput, CopilotState, CopilotView, SuggestionView
from core.access import STAFF, Actor
from core.messages.structs import ReplyInput, Sent


@get(
    "/conversations/{conversation_id:int}/suggestion", summary="What the AI agent suggests to answer", operation_id="get_suggestion"
)
async def get_suggestion(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> SuggestionView:
    actor.require(*STAFF)
    return SuggestionView(await queries.suggestion(actor, conversation_id))


@post("/ai/decisions/{decision_id:int}/send", summary="Answer the customer with a suggestion", operation_id="send_suggestion")
async def send_suggestion(actor: NamedDependency[Actor], decision_id: FromPath[int], data: JSONBody[ReplyInput]) -> Sent:
    actor.require(*STAFF)
    return await actions.send(actor, decision_id, data)


@get("/copilot", summary="What the copilot can do", operation_id="get_copilot")
async def get_copilot(actor: NamedDependency[Actor]) -> CopilotState:
    actor.require(*STAFF)
    return await queries.state(actor)


@post("/conversations/{conversation_id:int}/copilot", status_code=200, summary="Ask the copilot", operation_id="ask_copilot")
async def ask_copilot(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[CopilotInput]) -> CopilotView:
    return await actions.ask(actor, conversation_id, data)


@get("/copilot/{request_id:int}", summary="What came of a request to the copilot", operation_id="get_copilot_request")
async def get_copilot_request(actor: NamedDependency[Actor], request_id: FromPath[int]) -> CopilotView:
    actor.require(*STAFF)
    return await actions.result(actor, request_id)


@get("/copilot/articles", summary="Find passages to quote", operation_id="find_articles")
async def find_articles(
    actor: NamedDependency[Actor], q: Annotated[FromQuery[str], QueryParameter(min_length=1, max_length=500)]
) -> list[ArticleFound]:
    actor.require(*STAFF)
    return await queries.articles(actor, q)


router = Router(
    "/api",
    route_handlers=[get_suggestion, send_suggestion, get_copilot, ask_copilot, get_copilot_request, find_articles],
    tags=["agent"],
)
