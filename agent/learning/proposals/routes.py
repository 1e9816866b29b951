"""Changes of articles that reviews propose, over HTTP."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from agent.learning.proposals import actions, queries
from agent.learning.proposals.structs import AcceptInput, ProposalStatus, ProposalView
from core.access import STAFF, Actor
from core.knowledge.structs import ArticleView


@get("/", summary="Changes of articles that reviews propose", operation_id="list_proposals")
async def list_proposals(actor: NamedDependency[Actor], status: FromQuery[ProposalStatus] = "open") -> list[ProposalView]:
    actor.require(*STAFF)
    return await queries.page(actor, status)


@post("/{proposal_id:int}/accept", status_code=200, summary="Change the article", operation_id="accept_proposal")
async def accept_proposal(actor: NamedDependency[Actor], proposal_id: FromPath[int], data: JSONBody[AcceptInput]) -> ArticleView:
    return await actions.accept(actor, proposal_id, data)


@post("/{proposal_id:int}/dismiss", status_code=204, summary="Leave the article as it is", operation_id="dismiss_proposal")
async def dismiss_proposal(actor: NamedDependency[Actor], proposal_id: FromPath[int]) -> None:
    await actions.dismiss(actor, proposal_id)


router = Router("/api/ai/proposals", route_handlers=[list_proposals, accept_proposal, dismiss_proposal], tags=["agent"])
