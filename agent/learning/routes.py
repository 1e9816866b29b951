"""What the AI agent is to learn, over HTTP."""

from typing import Literal

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from agent.learning import actions, queries
from agent.learning.structs import AssignGapInput, GapPage, GapStatus
from core.access import STAFF, Actor
from core.knowledge.structs import ArticleView

KINDS: dict[str, list[GapStatus]] = {"open": ["open"], "handled": ["written", "assigned"], "dismissed": ["dismissed"]}


@get("/gaps", summary="Questions that the AI agent could not answer, by what they mean", operation_id="list_gaps")
async def list_gaps(actor: NamedDependency[Actor], kind: FromQuery[Literal["open", "handled", "dismissed"]] = "open") -> GapPage:
    actor.require(*STAFF)
    return await queries.page(actor, KINDS[kind])


@post("/gaps/find", status_code=204, summary="Look for unanswered questions now", operation_id="find_gaps")
async def find_gaps(actor: NamedDependency[Actor]) -> None:
    await actions.look(actor)


@post("/gaps/{gap_id:int}/article", status_code=201, summary="Begin an article that answers them", operation_id="write_gap_article")
async def write_gap_article(actor: NamedDependency[Actor], gap_id: FromPath[int]) -> ArticleView:
    return await actions.write(actor, gap_id)


@post("/gaps/{gap_id:int}/assign", status_code=204, summary="Say which article answers them", operation_id="assign_gap")
async def assign_gap(actor: NamedDependency[Actor], gap_id: FromPath[int], data: JSONBody[AssignGapInput]) -> None:
    await actions.assign(actor, gap_id, data.article_id)


@post("/gaps/{gap_id:int}/dismiss", status_code=204, summary="Nothing for the AI agent", operation_id="dismiss_gap")
async def dismiss_gap(actor: NamedDependency[Actor], gap_id: FromPath[int]) -> None:
    await actions.dismiss(actor, gap_id)


@post("/gaps/{gap_id:int}/reopen", status_code=204, summary="Take back what was decided", operation_id="reopen_gap")
async def reopen_gap(actor: NamedDependency[Actor], gap_id: FromPath[int]) -> None:
    await actions.reopen(actor, gap_id)


router = Router(
    "/api/ai",
    route_handlers=[list_gaps, find_gaps, write_gap_article, assign_gap, dismiss_gap, reopen_gap],
    tags=["agent"],
)
