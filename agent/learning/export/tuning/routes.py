"""Training a language model, over HTTP."""

from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from agent.learning.export.tuning import actions, queries
from agent.learning.export.tuning.structs import PlanInput, TuningPage
from agent.llm.structs import ModelView
from core.access import Actor


@get("/", summary="What is trained and when, and the last trainings", operation_id="get_fine_tuning")
async def get_fine_tuning(actor: NamedDependency[Actor]) -> TuningPage:
    return await queries.page(actor)


@put("/", summary="Say what is trained and when", operation_id="plan_fine_tuning")
async def plan_fine_tuning(actor: NamedDependency[Actor], data: JSONBody[PlanInput]) -> TuningPage:
    return await actions.keep_plan(actor, data)


@post("/start", status_code=204, summary="Begin a training", operation_id="start_fine_tuning")
async def start_fine_tuning(actor: NamedDependency[Actor]) -> None:
    await actions.start(actor)


@post("/{run_id:int}/cancel", status_code=204, summary="End a training", operation_id="cancel_fine_tuning")
async def cancel_fine_tuning(actor: NamedDependency[Actor], run_id: FromPath[int]) -> None:
    await actions.cancel(actor, run_id)


@post("/{run_id:int}/choose", status_code=200, summary="Write with what came of a training", operation_id="choose_fine_tuning")
async def choose_fine_tuning(actor: NamedDependency[Actor], run_id: FromPath[int]) -> ModelView:
    return await actions.choose(actor, run_id)


router = Router(
    "/api/ai/fine-tuning",
    route_handlers=[get_fine_tuning, plan_fine_tuning, start_fine_tuning, cancel_fine_tuning, choose_fine_tuning],
    tags=["agent"],
)
