"""All that commerce adds to Lacasa."""

from core.extend.module import Module, Panel
from modules.commerce import credentials, events, jobs, merge_fields, routes, schedules, segments, tools, triggers
from modules.commerce.settings import Settings
from modules.commerce.tables import (
    Cart,
    Integration,
    Invitation,
    Order,
    OrderAction,
    OrderPart,
    Reading,
    ShopCustomer,
    WebhookDelivery,
)

TABLES = (Integration, WebhookDelivery, Order, OrderPart, Cart, ShopCustomer, Reading, Invitation, OrderAction)

module = Module(
    name="commerce",
    tables=TABLES,
    migrations="migrations.commerce.piccolo_app",
    routes=[routes.router],
    public_routes=routes.PUBLIC,
    events=events.EVENTS,
    jobs=(jobs.understand, jobs.read_shop, jobs.read_due, jobs.notice_cart, jobs.act),
    schedules=schedules.ALL,
    settings=Settings,
    sealed=credentials.SEALED,
    merge_fields=merge_fields.FIELDS,
    segment_fields=segments.FIELDS,
    agent_tools=(tools.FIND_ORDER,),
    triggers=triggers.ALL,
    panels=[Panel("commerce.contact", "Orders", place="contact", path="/api/commerce/panels/contact")],
)
