"""Shops and orders over HTTP, and where shops deliver."""

from typing import Annotated

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Redirect

from core.access import Actor
from core.auth.edge import Incoming, announced
from core.errors import Conflict, Invalid, LimitReached, NotFound
from core.extend.panels import PanelDocument
from core.pages import After, Limit, Search
from modules.commerce import panels, queries, webhooks
from modules.commerce.actions import acting, allowed, connecting, shops, syncs
from modules.commerce.structs import (
    ActionInput,
    BeginInput,
    Begun,
    Connected,
    ConnectInput,
    DeliveryPage,
    DeliveryState,
    IntegrationView,
    KeyInput,
    LimitsInput,
    OrderActionView,
    OrderDetails,
    OrderFilter,
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
    return await shops.connect(actor, data)


@get("/api/integrations/{integration_id:int}", summary="A connected shop, and how far it was read", operation_id="get_integration")
async def get_integration(actor: NamedDependency[Actor], integration_id: FromPath[int]) -> IntegrationView:
    return await queries.shop(actor, integration_id)


@post("/api/integrations/begin", status_code=200, summary="Have a shop's owner give us a key", operation_id="begin_integration")
async def begin_integration(actor: NamedDependency[Actor], data: JSONBody[BeginInput]) -> Begun:
    return await connecting.begin(actor, data)


@get("/api/integrations/shopify/callback", summary="Where Shopify sends its owner back", operation_id="finish_shopify")
async def finish_shopify(actor: NamedDependency[Actor], request: Incoming) -> Redirect:
    """A browser is sent here by GET: that it may change something stands in the signed query, and in the invitation of this very admin.

    Whoever is sent here reads no problem documents: why it did not work, says the page that the browser goes back to.
    """
    try:
        made = await connecting.finish_shopify(actor, list(request.query_params.multi_items()))
    except (Invalid, NotFound, Conflict, LimitReached) as error:
        if not request.headers.get("accept", "").startswith("text/html"):
            raise
        return Redirect(f"{connecting.BACK}?refused={error.reason}")
    return Redirect(f"{connecting.BACK}?connected={made.id}")


@post(
    "/connect/woocommerce", status_code=200, summary="The keys that a shop brings", operation_id="finish_woocommerce",
    opt={"streams": True}, request_max_body_size=None,
)  # fmt: skip
async def finish_woocommerce(request: Incoming) -> Taken:
    await connecting.finish_woocommerce(announced(request), request.stream())
    return Taken("stored")


@post("/api/integrations/{integration_id:int}/sync", status_code=200, summary="Read a shop now", operation_id="sync_integration")
async def sync_integration(actor: NamedDependency[Actor], integration_id: FromPath[int]) -> IntegrationView:
    return await syncs.now(actor, integration_id)


@post(
    "/api/integrations/{integration_id:int}/pause", status_code=200, summary="Stop reading a shop", operation_id="pause_integration"
)
async def pause_integration(actor: NamedDependency[Actor], integration_id: FromPath[int]) -> IntegrationView:
    return await syncs.pause(actor, integration_id)


@put("/api/integrations/{integration_id:int}/key", summary="Another key to a shop's API", operation_id="rekey_integration")
async def rekey_integration(
    actor: NamedDependency[Actor], integration_id: FromPath[int], data: JSONBody[KeyInput]
) -> IntegrationView:
    return await shops.rekey(actor, integration_id, data)


@post("/api/integrations/{integration_id:int}/rotate", status_code=200, summary="A new secret", operation_id="rotate_integration")
async def rotate_integration(actor: NamedDependency[Actor], integration_id: FromPath[int]) -> Connected:
    return await shops.rotate(actor, integration_id)


@delete(
    "/api/integrations/{integration_id:int}", status_code=200, summary="Disconnect a shop", operation_id="disconnect_integration"
)
async def disconnect_integration(actor: NamedDependency[Actor], integration_id: FromPath[int]) -> IntegrationView:
    return await shops.disconnect(actor, integration_id)


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
    actor: NamedDependency[Actor],
    contact_id: FromQuery[int | None] = None,
    integration_id: FromQuery[int | None] = None,
    of_state: Annotated[OrderFilter | None, QueryParameter(name="state")] = None,
    q: Search = None,
    cursor: After = None,
    limit: Limit = 50,
) -> OrderPage:
    wanted = queries.Wanted(contact_id=contact_id, integration_id=integration_id, state=of_state, search=q)
    return await queries.page(actor, wanted, cursor, limit)


@get("/api/orders/{order_id:int}", summary="An order", operation_id="get_order")
async def get_order(actor: NamedDependency[Actor], order_id: FromPath[int]) -> OrderView:
    return await queries.get(actor, order_id)


@get("/api/orders/{order_id:int}/details", summary="An order with all that belongs to it", operation_id="get_order_details")
async def get_order_details(actor: NamedDependency[Actor], order_id: FromPath[int]) -> OrderDetails:
    return await allowed.details(actor, order_id)


@get("/api/orders/{order_id:int}/actions", summary="What was done with an order", operation_id="list_order_actions")
async def list_order_actions(actor: NamedDependency[Actor], order_id: FromPath[int]) -> list[OrderActionView]:
    return await queries.order_actions(actor, order_id)


@post(
    "/api/orders/{order_id:int}/actions",
    status_code=200,
    summary="Have something done with an order",
    operation_id="ask_order_action",
)
async def ask_order_action(actor: NamedDependency[Actor], order_id: FromPath[int], data: JSONBody[ActionInput]) -> OrderActionView:
    return await acting.ask(actor, order_id, data)


@post("/api/order-actions/{order_action_id:int}/approve", status_code=200, summary="Say yes", operation_id="approve_order_action")
async def approve_order_action(actor: NamedDependency[Actor], order_action_id: FromPath[int]) -> OrderActionView:
    return await acting.decide(actor, order_action_id, is_right=True)


@post("/api/order-actions/{order_action_id:int}/reject", status_code=200, summary="Say no", operation_id="reject_order_action")
async def reject_order_action(actor: NamedDependency[Actor], order_action_id: FromPath[int]) -> OrderActionView:
    return await acting.decide(actor, order_action_id, is_right=False)


@post(
    "/api/order-actions/{order_action_id:int}/again", status_code=200, summary="Try once more", operation_id="repeat_order_action"
)
async def repeat_order_action(actor: NamedDependency[Actor], order_action_id: FromPath[int]) -> OrderActionView:
    return await acting.again(actor, order_action_id)


@put(
    "/api/integrations/{integration_id:int}/limits",
    summary="What staff may have done by themselves",
    operation_id="limit_integration",
)
async def limit_integration(
    actor: NamedDependency[Actor], integration_id: FromPath[int], data: JSONBody[LimitsInput]
) -> IntegrationView:
    return await acting.limit(actor, integration_id, data)


@get("/api/commerce/panels/contact", summary="Panel: a contact's orders", operation_id="commerce_contact_panel")
async def contact_panel(actor: NamedDependency[Actor], contact_id: FromQuery[int]) -> PanelDocument:
    return await panels.of_contact(actor, contact_id)


HANDLERS = [
    take_webhook, list_integrations, get_integration, begin_integration, finish_shopify, finish_woocommerce, sync_integration, connect_integration,
    pause_integration, rekey_integration, get_order_details,
    rotate_integration, disconnect_integration, limit_integration, list_deliveries, list_orders, get_order, list_order_actions, ask_order_action,
    approve_order_action, reject_order_action, repeat_order_action, contact_panel,
]  # fmt: skip
router = Router("/", route_handlers=HANDLERS, tags=["commerce"])
PUBLIC = ("POST /webhooks/{platform:str}/{event:str}", "POST /connect/woocommerce")
