"""What came of the AI agent's answers, over HTTP."""

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from agent.outcomes import panels, queries
from agent.outcomes.structs import OutcomesView
from core.access import Actor
from core.extend.panels import PanelDocument

Days = Annotated[int, QueryParameter(ge=1, le=92)]


@get("/outcomes", summary="What came of the AI agent's answers", operation_id="ai_outcomes")
async def outcomes(actor: NamedDependency[Actor], days: Days = 30) -> OutcomesView:
    return await queries.outcomes(actor, days)


@get("/panels/outcomes", summary="Panel: what came of the AI agent's answers", operation_id="ai_outcomes_panel")
async def outcomes_panel(actor: NamedDependency[Actor], days: Days = 30) -> PanelDocument:
    return await panels.of_days(actor, days)


router = Router("/api/ai", route_handlers=[outcomes, outcomes_panel], tags=["agent"])
