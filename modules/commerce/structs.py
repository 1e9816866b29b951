"""What commerce takes and shows."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from core import texts
from modules.commerce.facts import Financial, Fulfilment, Item, Status
from modules.commerce.platforms.contract import Name as PlatformName

IntegrationStatus = Literal["active", "inactive", "error"]
DeliveryState = Literal["received", "processed", "ignored", "failed"]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=texts.LINE)]


class OrderSummary(msgspec.Struct):
    """An order in a list. `refunded` of `total_price` was given back."""

    id: int
    integration_id: int
    platform: PlatformName
    order_number: str
    contact_id: int | None
    email: str
    status: Status
    financial_status: Financial
    fulfillment_status: Fulfilment
    total_price: Decimal
    refunded: Decimal
    currency: str
    order_date: datetime
    changed_at: datetime
    is_test: bool


class OrderView(OrderSummary):
    """`url`: the buyer's own page of it. `external_order_id` is the shop's name of it."""

    external_order_id: str
    items: list[Item]
    shipping_address: dict[str, str]
    tracking_number: str
    tracking_url: str
    url: str


class OrderPage(msgspec.Struct):
    orders: list[OrderSummary]
    cursor: str | None


class IntegrationView(msgspec.Struct):
    """A connected shop. Its credentials are never told. `webhook_url`: where its webhooks go, with the event in place of `{event}`; empty for
    who may not change it."""

    id: int
    platform: PlatformName
    shop: str
    name: str
    status: IntegrationStatus
    webhook_url: str
    last_sync_at: datetime | None
    last_delivery_at: datetime | None
    sync_status: str
    error_message: str
    created_at: datetime


class ConnectInput(msgspec.Struct, forbid_unknown_fields=True):
    """A shop of one's own, or one whose webhooks are set up by hand. `secret`: what its webhooks are signed with; empty: one is made and told once."""

    platform: PlatformName
    shop: Annotated[str, msgspec.Meta(min_length=1, max_length=255, pattern=texts.LINE)]
    name: Label
    secret: Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)] = ""


class Connected(msgspec.Struct):
    """`secret` is shown this once."""

    integration: IntegrationView
    secret: str


class DeliveryView(msgspec.Struct):
    id: int
    topic: str
    state: DeliveryState
    reason: str
    size: int
    received_at: datetime
    settled_at: datetime | None


class DeliveryPage(msgspec.Struct):
    """`before`: what to ask for the next page with; null: there is none."""

    deliveries: list[DeliveryView]
    before: int | None


class Taken(msgspec.Struct):
    """What became of a delivery: `stored` now, `known` already, or a `ping`."""

    result: Literal["stored", "known", "ping"]
