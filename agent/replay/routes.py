"""Changes tried on questions of the past, over HTTP."""

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from agent.replay import threshold
from agent.replay.structs import ThresholdView
from core.access import Actor

Value = Annotated[float | None, QueryParameter(ge=0, le=1, description="None: the one in force.")]
Last = Annotated[int, QueryParameter(ge=1, le=1000)]


@get("/threshold", summary="What the last decisions would have been at another threshold", operation_id="replay_threshold")
async def replay_threshold(actor: NamedDependency[Actor], value: Value = None, last: Last = 1000) -> ThresholdView:
    return await threshold.at(actor, value, last)


router = Router("/api/ai/replay", route_handlers=[replay_threshold], tags=["agent"])
