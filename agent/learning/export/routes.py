"""Training data over HTTP."""

from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Stream

from agent.learning.export import actions, queries
from agent.learning.export.structs import Kind, TrainingInput, TrainingView
from core.access import Actor

NAMES: dict[Kind, str] = {"chat": "training.jsonl", "provenance": "provenance.jsonl"}


@get("/training", summary="What would be exported as training data, and what not", operation_id="get_training")
async def get_training(actor: NamedDependency[Actor]) -> TrainingView:
    return await queries.view(actor)


@put("/training", summary="Say whether conversations may be used for training", operation_id="decide_training")
async def decide_training(actor: NamedDependency[Actor], data: JSONBody[TrainingInput]) -> TrainingView:
    return await actions.decide(actor, data)


@put(
    "/training/objections/{contact_id:int}",
    status_code=204,
    summary="Keep a contact out of training data",
    operation_id="object_to_training",
)
async def object_to_training(actor: NamedDependency[Actor], contact_id: FromPath[int]) -> None:
    await actions.object_to(actor, contact_id)


@delete(
    "/training/objections/{contact_id:int}", summary="Take a contact's objection back", operation_id="withdraw_training_objection"
)
async def withdraw_training_objection(actor: NamedDependency[Actor], contact_id: FromPath[int]) -> None:
    await actions.withdraw_objection(actor, contact_id)


@get("/export", summary="Download training data, or where each of its lines comes from", operation_id="export_training")
async def export_training(actor: NamedDependency[Actor], kind: FromQuery[Kind] = "chat") -> Stream:
    headers = {
        "Content-Disposition": f'attachment; filename="{NAMES[kind]}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Stream(await actions.export(actor, kind), media_type="application/jsonl", headers=headers)


router = Router(
    "/api/ai",
    route_handlers=[get_training, decide_training, object_to_training, withdraw_training_objection, export_training],
    tags=["agent"],
)
