"""The organization and its audit log over HTTP."""

from litestar import Router, get, patch
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from core.access import ADMINS, Actor
from core.audit import log as audit
from core.organizations import actions, queries
from core.organizations.structs import OrganizationChanges, OrganizationView
from core.pages import Limit


@get("/organization", summary="The organization", operation_id="get_organization")
async def get_organization(actor: NamedDependency[Actor]) -> OrganizationView:
    actor.require(*ADMINS)
    return await queries.get(actor)


@patch("/organization", summary="Change the organization", operation_id="update_organization")
async def update_organization(actor: NamedDependency[Actor], data: JSONBody[OrganizationChanges]) -> OrganizationView:
    return await actions.update(actor, data)


@get("/audit", summary="The audit log, newest first", operation_id="list_audit")
async def list_audit(
    actor: NamedDependency[Actor], before: FromQuery[int | None] = None, limit: Limit = 50
) -> list[audit.AuditView]:
    actor.require(*ADMINS)
    return await audit.page(actor, before, limit)


router = Router("/api", route_handlers=[get_organization, update_organization, list_audit], tags=["organization"])
