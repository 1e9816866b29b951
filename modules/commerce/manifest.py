"""All that commerce adds to Lacasa."""

from core.extend.module import Module, Panel
from modules.commerce import events, jobs, routes
from modules.commerce.tables import Cart, Integration, Order, OrderPart, ShopCustomer, WebhookDelivery

TABLES = (Integration, WebhookDelivery, Order, OrderPart, Cart, ShopCustomer)

module = Module(
    name="commerce",
    tables=TABLES,
    migrations="migrations.commerce.piccolo_app",
    routes=[routes.router],
    public_routes=routes.PUBLIC,
    events=events.EVENTS,
    jobs=(jobs.understand,),
    panels=[Panel("commerce.contact", "Orders", place="contact", path="/api/commerce/panels/contact")],
)
