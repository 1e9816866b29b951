"""Teams over HTTP."""

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.teams import actions
from core.teams.structs import TeamInput, TeamView


@get("/", summary="Teams", operation_id="list_teams")
async def list_teams(actor: NamedDependency[Actor]) -> list[TeamView]:
    return await actions.all_of(actor)


@post("/", summary="Make a team", operation_id="create_team")
async def create_team(actor: NamedDependency[Actor], data: JSONBody[TeamInput]) -> TeamView:
    return await actions.create(actor, data)


@put("/{team_id:int}", summary="Set a team's name and members", operation_id="update_team")
async def update_team(actor: NamedDependency[Actor], team_id: FromPath[int], data: JSONBody[TeamInput]) -> TeamView:
    return await actions.update(actor, team_id, data)


@delete("/{team_id:int}", summary="Remove a team", operation_id="delete_team")
async def delete_team(actor: NamedDependency[Actor], team_id: FromPath[int]) -> None:
    await actions.delete(actor, team_id)


router = Router("/api/teams", route_handlers=[list_teams, create_team, update_team, delete_team], tags=["teams"])
