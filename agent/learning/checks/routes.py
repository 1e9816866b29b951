"""Questions that must hold, over HTTP."""

from litestar import Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from agent.learning.checks import actions, queries
from agent.learning.checks.structs import CheckInput, ChecksView
from core.access import STAFF, Actor


@get("/", summary="Questions that must hold, and the last runs", operation_id="list_checks")
async def list_checks(actor: NamedDependency[Actor]) -> ChecksView:
    actor.require(*STAFF)
    return await queries.overview(actor)


@post("/", status_code=204, summary="Keep a question that must hold", operation_id="keep_check")
async def keep_check(actor: NamedDependency[Actor], data: JSONBody[CheckInput]) -> None:
    await actions.keep(actor, data, "hand")


@delete("/{check_id:int}", summary="Ask a question no more", operation_id="drop_check")
async def drop_check(actor: NamedDependency[Actor], check_id: FromPath[int]) -> None:
    await actions.drop(actor, check_id)


@post("/run", status_code=204, summary="Ask all of them now", operation_id="run_checks")
async def run_checks(actor: NamedDependency[Actor]) -> None:
    await actions.start(actor)


@post("/stop", status_code=204, summary="Stop asking", operation_id="stop_checks")
async def stop_checks(actor: NamedDependency[Actor]) -> None:
    await actions.stop(actor)


router = Router("/api/ai/checks", route_handlers=[list_checks, keep_check, drop_check, run_checks, stop_checks], tags=["agent"])
