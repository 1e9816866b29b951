"""Figures over HTTP."""

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from core.access import Actor
from core.extend.panels import PanelDocument
from core.pages import Limit
from modules.analytics import panels, queries
from modules.analytics.structs import Activity, Overview, Stats

Days = Annotated[int, QueryParameter(ge=1, le=365)]


@get("/overview", summary="What happened per day; an agent's own figures for agents", operation_id="analytics_overview")
async def overview(actor: NamedDependency[Actor], days: Days = 30) -> Overview:
    return await queries.overview(actor, days)


@get("/panels/contact", summary="Panel: a contact's history", operation_id="analytics_contact_panel")
async def contact_panel(actor: NamedDependency[Actor], contact_id: FromQuery[int]) -> PanelDocument:
    return await panels.of_contact(actor, contact_id)


@get("/panels/days", summary="Panel: what happened per day", operation_id="analytics_days_panel")
async def days_panel(actor: NamedDependency[Actor], days: Days = 30) -> PanelDocument:
    return await panels.of_days(actor, days)


@get("/stats", summary="How things stand, each number with its formula", operation_id="dashboard_stats")
async def stats(actor: NamedDependency[Actor]) -> Stats:
    return await queries.stats(actor)


@get("/recent-activity", summary="What happened last, where you may see it", operation_id="dashboard_recent_activity")
async def recent_activity(actor: NamedDependency[Actor], limit: Limit = 20) -> list[Activity]:
    return await queries.recent(actor, limit)


analytics = Router("/api/analytics", route_handlers=[overview, contact_panel, days_panel], tags=["analytics"])
dashboard = Router("/api/dashboard", route_handlers=[stats, recent_activity], tags=["dashboard"])
