"""Changes tried on questions of the past, over HTTP."""

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from agent.replay import actions, queries, threshold, writing
from agent.replay.structs import CaseKind, ReplayCases, ReplayInput, ReplayView, ThresholdView, WritingEstimate, WritingInput
from core.access import Actor
from core.pages import After, Limit

Value = Annotated[float | None, QueryParameter(ge=0, le=1, description="None: the one in force.")]
Last = Annotated[int, QueryParameter(ge=1, le=1000)]


@get("/threshold", summary="What the last decisions would have been at another threshold", operation_id="replay_threshold")
async def replay_threshold(actor: NamedDependency[Actor], value: Value = None, last: Last = 1000) -> ThresholdView:
    return await threshold.at(actor, value, last)


@get("/runs", summary="Changes that were tried on questions of the past", operation_id="list_replays")
async def list_replays(actor: NamedDependency[Actor]) -> list[ReplayView]:
    return await queries.runs(actor)


@post("/runs", status_code=201, summary="Try an article as it would be", operation_id="start_replay")
async def start_replay(actor: NamedDependency[Actor], data: JSONBody[ReplayInput]) -> ReplayView:
    return await actions.start(actor, data)


@get("/writing", summary="What trying another language model would take", operation_id="estimate_writing_replay")
async def estimate_writing_replay(actor: NamedDependency[Actor]) -> WritingEstimate:
    return await writing.estimate(actor)


@post("/writing", status_code=201, summary="Try another language model or other instructions", operation_id="start_writing_replay")
async def start_writing_replay(actor: NamedDependency[Actor], data: JSONBody[WritingInput]) -> ReplayView:
    return await actions.start_writing(actor, data)


@get("/runs/{replay_id:int}/cases", summary="What a change makes of each question", operation_id="list_replay_cases")
async def list_replay_cases(
    actor: NamedDependency[Actor],
    replay_id: FromPath[int],
    kind: FromQuery[CaseKind] = "different",
    cursor: After = None,
    limit: Limit = 50,
) -> ReplayCases:
    return await queries.cases(actor, replay_id, kind, cursor, limit)


@post("/runs/{replay_id:int}/stop", status_code=204, summary="Stop trying", operation_id="stop_replay")
async def stop_replay(actor: NamedDependency[Actor], replay_id: FromPath[int]) -> None:
    await actions.stop(actor, replay_id)


@post("/runs/{replay_id:int}/resume", status_code=204, summary="Go on where it was stopped", operation_id="resume_replay")
async def resume_replay(actor: NamedDependency[Actor], replay_id: FromPath[int]) -> None:
    await actions.resume(actor, replay_id)


router = Router(
    "/api/ai/replay",
    route_handlers=[
        replay_threshold,
        list_replays,
        start_replay,
        estimate_writing_replay,
        start_writing_replay,
        list_replay_cases,
        stop_replay,
        resume_replay,
    ],
    tags=["agent"],
)
