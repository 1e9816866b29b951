"""Shops and orders over HTTP, and where shops deliver."""

from typing import Annotated

from litestar import Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from core.access import Actor
from core.auth.edge import Incoming, announced
from core.extend.panels import PanelDocument
from core.pages import After, Limit
from modules.commerce import actions, panels, queries, webhooks
from modules.commerce.structs import (
    Connected,
    ConnectInput,
    DeliveryPage,
    DeliveryState,
    IntegrationView,
    OrderPage,
    OrderView,
    Taken,
)

Key = Annotated[str, QueryParameter(max_length=64, description="The random part of the shop's address.")]


@post(
    "/webhooks/{platform:str}/{event:str}", status_code=200, summary="What a shop delivers, signed", operation_id="take_webhook",
    opt={"streams": True}, request_max_body_size=None,
)  # fmt: skip
async def take_webhook(request: Incoming, platform: FromPath[str], event: FromPath[str], key: Key = "") -> Taken:
    del event  # for people who read logs: what it is, says the signed delivery
    return await webhooks.take(platform, key, request.headers, announced(request), request.stream())


@get("/api/integrations", summary="Connected shops", operation_id="list_integrations")
async def list_integrations(actor: NamedDependency[Actor]) -> list[IntegrationView]:
    return await queries.shops(actor)


@post("/api/integrations", summary="Connect a shop by hand", operation_id="connect_integration")
async def connect_integration(actor: NamedDependency[Actor], data: JSONBody[ConnectInput]) -> Connected:
    return await actions.connect(actor, data)


@post("/api/integrations/{integration_id:int}/rotate", status_code=200, summary="A new secret", operation_id="rotate_integration")
async def rotate_integration(actor: NamedDependency[Actor], integration_id: FromPath[int]) -> Connected:
    return await actions.rotate(actor, integration_id)


@delete("/api/integrations/{integration_id:int}", status_code=200, summary="Disconnect a shop", operation_id="disconnect_integration")
async def disconnect_integration(actor: NamedDependency[Actor], integration_id: FromPath[int]) -> IntegrationView:
    return await actions.disconnect(actor, integration_id)


@get("/api/integrations/{integration_id:int}/deliveries", summary="What a shop delivered", operation_id="list_deliveries")
async def list_deliveries(
    actor: NamedDependency[Actor],
    integration_id: FromPath[int],
    of_state: Annotated[DeliveryState | None, QueryParameter(name="state")] = None,  # Litestar keeps `state` for itself
    before: FromQuery[int | None] = None,
    limit: Limit = 50,
) -> DeliveryPage:
    return await queries.deliveries(actor, integration_id, of_state, before, limit)


@get("/api/orders", summary="Orders, newest first", operation_id="list_orders")
async def list_orders(
    actor: NamedDependency[Actor], contact_id: FromQuery[int | None] = None, cursor: After = None, limit: Limit = 50
) -> OrderPage:
    return await queries.page(actor, contact_id, cursor, limit)


@get("/api/orders/{order_id:int}", summary="An order", operation_id="get_order")
async def get_order(actor: NamedDependency[Actor], order_id: FromPath[int]) -> OrderView:
    return await queries.get(actor, order_id)


@get("/api/commerce/panels/contact", summary="Panel: a contact's orders", operation_id="commerce_contact_panel")
async def contact_panel(actor: NamedDependency[Actor], contact_id: FromQuery[int]) -> PanelDocument:
    return await panels.of_contact(actor, contact_id)


HANDLERS = [
    take_webhook, list_integrations, connect_integration, rotate_integration, disconnect_integration, list_deliveries, list_orders, get_order,
    contact_panel,
]  # fmt: skip
router = Router("/", route_handlers=HANDLERS, tags=["commerce"])
PUBLIC = ("POST /webhooks/{platform:str}/{event:str}",)
