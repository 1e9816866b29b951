"""Contacts over HTTP."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.contacts import actions, queries
from core.contacts.structs import ContactChanges, ContactInput, ContactPage, ContactView
from core.pages import After, Limit, Search


@get("/", summary="Contacts, newest first", operation_id="list_contacts")
async def list_contacts(
    actor: NamedDependency[Actor],
    q: Search = None,
    cursor: After = None,
    limit: Limit = 25,
) -> ContactPage:
    return await queries.page(actor, q, cursor, limit)


@post("/", summary="Add a contact", operation_id="create_contact")
async def create_contact(actor: NamedDependency[Actor], data: JSONBody[ContactInput]) -> ContactView:
    return await actions.create(actor, data)


@get("/{contact_id:int}", summary="One contact", operation_id="get_contact")
async def get_contact(actor: NamedDependency[Actor], contact_id: FromPath[int]) -> ContactView:
    return await queries.get(actor, contact_id)


@patch("/{contact_id:int}", summary="Change a contact", operation_id="update_contact")
async def update_contact(actor: NamedDependency[Actor], contact_id: FromPath[int], data: JSONBody[ContactChanges]) -> ContactView:
    return await actions.update(actor, contact_id, data)


@delete("/{contact_id:int}", summary="Remove a contact", operation_id="delete_contact")
async def delete_contact(actor: NamedDependency[Actor], contact_id: FromPath[int]) -> None:
    await actions.delete(actor, contact_id)


router = Router(
    "/api/contacts",
    route_handlers=[list_contacts, create_contact, get_contact, update_contact, delete_contact],
    tags=["contacts"],
)
