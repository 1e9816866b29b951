"""Staff over HTTP."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.auth.structs import ProfileInput
from core.users import actions, queries
from core.users.structs import Colleague, NewUser, RoleInput, UserInput, UserView


@get("/users", summary="The organization's staff", operation_id="list_users")
async def list_users(actor: NamedDependency[Actor]) -> list[UserView]:
    return await queries.all_of(actor)


@get("/colleagues", summary="The names of the organization's staff", operation_id="list_colleagues")
async def list_colleagues(actor: NamedDependency[Actor]) -> list[Colleague]:
    return await queries.colleagues(actor)


@post("/users", summary="Add a member; a new account's password is shown once", operation_id="add_user")
async def add_user(actor: NamedDependency[Actor], data: JSONBody[UserInput]) -> NewUser:
    return await actions.add(actor, data)


@patch("/users/{user_id:int}", summary="Change a member's role", operation_id="set_role")
async def set_role(actor: NamedDependency[Actor], user_id: FromPath[int], data: JSONBody[RoleInput]) -> UserView:
    return await actions.set_role(actor, user_id, data.role)


@delete("/users/{user_id:int}", summary="End a membership", operation_id="remove_user")
async def remove_user(actor: NamedDependency[Actor], user_id: FromPath[int]) -> None:
    await actions.remove(actor, user_id)


@patch("/profile", summary="Change your own name", operation_id="update_profile")
async def update_profile(actor: NamedDependency[Actor], data: JSONBody[ProfileInput]) -> UserView:
    return await actions.rename(actor, data.name)


router = Router(
    "/api", route_handlers=[list_users, list_colleagues, add_user, set_role, remove_user, update_profile], tags=["users"]
)
