"""The organization's language model over HTTP."""

from typing import Annotated

from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter

from agent.llm import actions, queries
from agent.llm.structs import ModelInput, ModelView, UsageDay
from core.access import Actor


@get("/model", summary="The language model of the AI agent", operation_id="get_ai_model")
async def get_model(actor: NamedDependency[Actor]) -> ModelView:
    return await queries.view(actor)


@put("/model", summary="Choose the language model of the AI agent", operation_id="choose_ai_model")
async def choose_model(actor: NamedDependency[Actor], data: JSONBody[ModelInput]) -> ModelView:
    return await actions.choose(actor, data)


@post("/model/try", status_code=204, summary="Ask the language model something short", operation_id="try_ai_model")
async def try_model(actor: NamedDependency[Actor]) -> None:
    await actions.try_out(actor)


@get("/usage", summary="What language models used, by day", operation_id="list_ai_usage")
async def list_usage(
    actor: NamedDependency[Actor], days: Annotated[FromQuery[int], QueryParameter(ge=1, le=31)] = 31
) -> list[UsageDay]:
    return await queries.usage(actor, days)


router = Router("/api/ai", route_handlers=[get_model, choose_model, try_model, list_usage], tags=["agent"])
