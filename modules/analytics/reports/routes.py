"""Reports over HTTP."""

from datetime import date
from typing import Annotated

from litestar import Response, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter

from core.access import Actor
from modules.analytics.reports import actions, export, queries
from modules.analytics.reports.structs import (
    DAYS_MAX,
    KEEP_MIN,
    AnalyticsSettings,
    AnalyticsSettingsChange,
    By,
    Forgetting,
    Name,
    Report,
    ReportQuestion,
)

USUAL_DAYS = 30
Last = Annotated[int, QueryParameter(ge=1, le=DAYS_MAX, description="So many days up to `until`, where `since` is not given.")]
Day = Annotated[
    date | None, QueryParameter(description="A day of the organization's calendar; without `until`, today is the last.")
]
Key = Annotated[str, QueryParameter(max_length=100, description="Which inbox, team, agent (their id), tag or channel.")]
Part = Annotated[str, QueryParameter(max_length=40, description="`numbers`, or the key of a plot or a table.")]
Keep = Annotated[int, QueryParameter(ge=KEEP_MIN, le=36_500)]


async def _asked(actor: Actor, last: int, since: date | None, until: date | None, by: By | None, key: str) -> ReportQuestion:
    end = until or await queries.today(actor)
    return ReportQuestion(since or date.fromordinal(max(1, end.toordinal() - last + 1)), end, by, key)


@get("/report", summary="A report: numbers with their formulas, plots, tables", operation_id="analytics_report")
async def report(
    actor: NamedDependency[Actor], name: FromQuery[Name], last: Last = USUAL_DAYS, since: Day = None, until: Day = None,
    by: FromQuery[By | None] = None, key: Key = "",
) -> Report:  # fmt: skip
    return await queries.report(actor, name, await _asked(actor, last, since, until, by, key))


@get("/report/csv", summary="A part of a report as CSV", operation_id="analytics_report_csv", media_type="text/csv")
async def report_csv(
    actor: NamedDependency[Actor], name: FromQuery[Name], part: Part = export.NUMBERS, last: Last = USUAL_DAYS, since: Day = None, until: Day = None,
    by: FromQuery[By | None] = None, key: Key = "",
) -> Response[str]:  # fmt: skip
    found = await queries.report(actor, name, await _asked(actor, last, since, until, by, key))
    file = f"{name}-{part}-{found.since}-{found.until}.csv"
    written = export.to_csv(found, part)
    return Response(
        written, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )


@get("/settings", summary="Time zone and retention of figures", operation_id="analytics_settings")
async def settings(actor: NamedDependency[Actor]) -> AnalyticsSettings:
    return await actions.settings(actor)


@patch("/settings", summary="Change time zone or retention of figures", operation_id="analytics_change_settings")
async def change_settings(actor: NamedDependency[Actor], data: JSONBody[AnalyticsSettingsChange]) -> AnalyticsSettings:
    return await actions.change(actor, data)


@get("/settings/retention", summary="What would go, were figures kept for so many days", operation_id="analytics_retention_preview")
async def retention(actor: NamedDependency[Actor], keep_days: Keep) -> Forgetting:
    return await actions.preview(actor, keep_days)


@post("/rebuild", status_code=200, summary="Make all figures anew, in the background", operation_id="analytics_rebuild")
async def rebuild(actor: NamedDependency[Actor]) -> AnalyticsSettings:
    return await actions.rebuild(actor)


router = Router(
    "/api/analytics", route_handlers=[report, report_csv, settings, change_settings, retention, rebuild], tags=["analytics"]
)
