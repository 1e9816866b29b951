"""The job ledger over HTTP, for admins."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.access import Actor
from core.jobs import admin
from core.pages import Limit


@get("/", summary="Jobs of a status, newest first", operation_id="list_jobs")
async def list_jobs(
    actor: NamedDependency[Actor],
    status: FromQuery[admin.StatusName] = "dead",
    before: FromQuery[int | None] = None,
    limit: Limit = 50,
) -> list[admin.JobView]:
    return await admin.page(actor, status, before, limit)


@post("/{job_id:int}/retry", status_code=204, summary="Queue a dead job again", operation_id="retry_job")
async def retry_job(actor: NamedDependency[Actor], job_id: FromPath[int]) -> None:
    await admin.retry(actor, job_id)


@post("/{job_id:int}/drop", status_code=204, summary="Give up a queued or dead job", operation_id="drop_job")
async def drop_job(actor: NamedDependency[Actor], job_id: FromPath[int]) -> None:
    await admin.drop(actor, job_id)


router = Router("/api/jobs", route_handlers=[list_jobs, retry_job, drop_job], tags=["jobs"])
