"""The job ledger over HTTP, for admins; and the events that the relay could not move."""

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from core import texts
from core.access import Actor
from core.events import dead_letters
from core.jobs import admin
from core.pages import Limit

Name = Annotated[str, QueryParameter(max_length=200, pattern=texts.TEXT, description="A part of the job's name, in any case.")]


@get("/", summary="Jobs of a status, newest first", operation_id="list_jobs")
async def list_jobs(
    actor: NamedDependency[Actor],
    status: FromQuery[admin.StatusName] = "dead",
    name: Name = "",
    before: FromQuery[int | None] = None,
    limit: Limit = 50,
) -> list[admin.JobView]:
    return await admin.page(actor, status, name, before, limit)


@get("/counts", summary="How many jobs and refused events there are", operation_id="count_jobs")
async def count_jobs(actor: NamedDependency[Actor]) -> admin.JobCounts:
    return await admin.counts(actor)


@get("/events", summary="Events that PostgreSQL refused, newest first", operation_id="list_dead_events")
async def list_dead_events(
    actor: NamedDependency[Actor], before: FromQuery[int | None] = None, limit: Limit = 50
) -> list[dead_letters.DeadEventView]:
    return await dead_letters.page(actor, before, limit)


@post("/events/{event_id:int}/retry", status_code=204, summary="Announce a refused event again", operation_id="retry_event")
async def retry_event(actor: NamedDependency[Actor], event_id: FromPath[int]) -> None:
    await dead_letters.retry(actor, event_id)


@post("/events/{event_id:int}/drop", status_code=204, summary="Give up a refused event", operation_id="drop_event")
async def drop_event(actor: NamedDependency[Actor], event_id: FromPath[int]) -> None:
    await dead_letters.drop(actor, event_id)


@post("/{job_id:int}/retry", status_code=204, summary="Queue a dead job again", operation_id="retry_job")
async def retry_job(actor: NamedDependency[Actor], job_id: FromPath[int]) -> None:
    await admin.retry(actor, job_id)


@post("/{job_id:int}/drop", status_code=204, summary="Give up a queued or dead job", operation_id="drop_job")
async def drop_job(actor: NamedDependency[Actor], job_id: FromPath[int]) -> None:
    await admin.drop(actor, job_id)


HANDLERS = [list_jobs, count_jobs, list_dead_events, retry_event, drop_event, retry_job, drop_job]
router = Router("/api/jobs", route_handlers=HANDLERS, tags=["jobs"])
