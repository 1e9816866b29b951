"""Reviews and calibration over HTTP."""

from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from agent.reviews import actions, queries
from agent.reviews.structs import CalibrationView, PinInput, ReviewInput, ReviewQueue, ReviewView
from core.access import STAFF, Actor
from core.pages import After, Limit


@get("/reviews", summary="Drafts of the AI agent that wait for a review", operation_id="list_reviews")
async def list_reviews(actor: NamedDependency[Actor], cursor: After = None, limit: Limit = 25) -> ReviewQueue:
    actor.require(*STAFF)
    return await queries.queue(actor, cursor, limit)


@put("/decisions/{decision_id:int}/review", summary="Say what a draft is worth", operation_id="review_decision")
async def review_decision(actor: NamedDependency[Actor], decision_id: FromPath[int], data: JSONBody[ReviewInput]) -> ReviewView:
    return await actions.review(actor, decision_id, data)


@get("/calibration", summary="How well the AI agent's confidence holds", operation_id="get_calibration")
async def get_calibration(actor: NamedDependency[Actor]) -> CalibrationView:
    actor.require(*STAFF)
    return await queries.calibration_of(actor)


@put("/calibration/pin", status_code=204, summary="Hold fast what was learned at one time", operation_id="pin_calibrator")
async def pin_calibrator(actor: NamedDependency[Actor], data: JSONBody[PinInput]) -> None:
    await actions.pin(actor, data.calibrator_id)


@delete("/calibration/pin", summary="Let reviews decide again", operation_id="unpin_calibrator")
async def unpin_calibrator(actor: NamedDependency[Actor]) -> None:
    await actions.unpin(actor)


router = Router(
    "/api/ai", route_handlers=[list_reviews, review_decision, get_calibration, pin_calibrator, unpin_calibrator], tags=["agent"]
)
