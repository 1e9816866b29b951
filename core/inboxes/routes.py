"""Inboxes over HTTP."""

from litestar import Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.inboxes import actions, queries
from core.inboxes.structs import InboxChanges, InboxInput, InboxView


@get("/", summary="Inboxes", operation_id="list_inboxes")
async def list_inboxes(actor: NamedDependency[Actor]) -> list[InboxView]:
    return await queries.all_of(actor)


@post("/", summary="Open a chat inbox", operation_id="create_inbox")
async def create_inbox(actor: NamedDependency[Actor], data: JSONBody[InboxInput]) -> InboxView:
    return await actions.create(actor, data)


@patch("/{inbox_id:int}", summary="Change an inbox", operation_id="update_inbox")
async def update_inbox(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[InboxChanges]) -> InboxView:
    return await actions.update(actor, inbox_id, data)


router = Router("/api/inboxes", route_handlers=[list_inboxes, create_inbox, update_inbox], tags=["inboxes"])
