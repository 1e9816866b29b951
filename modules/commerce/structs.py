"""What commerce takes and shows."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from core import texts
from core.messages.structs import ClientId
from modules.commerce.facts import Financial, Fulfilment, Item, Status
from modules.commerce.platforms.contract import Name as PlatformName
from modules.commerce.platforms.doer import Kind
from modules.commerce.platforms.reader import Resource

IntegrationStatus = Literal["active", "inactive", "error"]
OrderActionState = Literal["waiting", "running", "done", "failed", "rejected", "uncertain"]
OrderFilter = Literal["unpaid", "to_ship", "fulfilled", "refunded", "cancelled", "waiting"]
"""What a list of orders shows of them; `waiting`: something is asked for, and an admin has to say yes."""
CartState = Literal["open", "abandoned", "bought", "gone"]
SyncStatus = Literal["none", "first", "ready", "failed"]
DeliveryState = Literal["received", "processed", "ignored", "failed"]
Money = Annotated[str, msgspec.Meta(max_length=14, pattern=r"^[0-9]{1,10}(?:\.[0-9]{1,3})?\Z")]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=texts.NAME)]


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


class ListedOrder(OrderSummary):
    """`contact_name` is empty where nobody is known. `waits`: something is asked for, and an admin has to say yes."""

    contact_name: str
    waits: bool


class CartView(msgspec.Struct):
    """A checkout that was begun. `state` holds for this moment alone: `abandoned` an hour after its last change, unless it is `bought` (also where
    the same customer placed another order since) or `gone` from the shop."""

    id: int
    integration_id: int
    platform: PlatformName
    external_id: str
    contact_id: int | None
    email: str
    total_price: Decimal
    currency: str
    items: list[Item]
    url: str
    begun_at: datetime
    changed_at: datetime
    state: CartState


class ActionInput(msgspec.Struct, forbid_unknown_fields=True):
    """`amount` of a refund; null: all that is left. `conversation_id`: where it is asked for, and told how it ended. `note`: why, for the shop."""

    client_id: ClientId
    kind: Kind
    amount: Money | None = None
    note: Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)] = ""
    conversation_id: int | None = None


class OrderActionView(msgspec.Struct):
    """What somebody wants done with an order. `waiting` for an admin; `uncertain`: the shop did not say whether it was done."""

    id: int
    order_id: int
    order_number: str
    kind: Kind
    amount: Decimal
    note: str
    state: OrderActionState
    asked_by: int | None
    decided_by: int | None
    trouble: str
    created_at: datetime
    settled_at: datetime | None


class Ability(msgspec.Struct):
    """What whoever asks may have done with an order. `trouble`: why it cannot be; empty: it can be asked for.

    `most` of a refund can still be given back; up to `alone_most` nobody else has to say yes. `is_alone`: likewise for all else.
    """

    kind: Kind
    trouble: Literal["", "not_possible", "not_cancellable", "under_way", "nothing_left"]
    is_alone: bool
    most: Decimal
    alone_most: Decimal


class ShipmentView(msgspec.Struct):
    status: str
    carrier: str
    tracking_number: str
    tracking_url: str
    at: datetime


class RefundView(msgspec.Struct):
    amount: Decimal
    reason: str
    at: datetime


class OrderDetails(msgspec.Struct):
    """An order with all that belongs to it; shipments and refunds oldest first, `actions` newest first. `shop`: what we call its shop."""

    order: OrderView
    shop: str
    contact_name: str
    shipments: list[ShipmentView]
    refunds: list[RefundView]
    actions: list[OrderActionView]
    abilities: list[Ability]


class LimitsInput(msgspec.Struct, forbid_unknown_fields=True):
    """What staff that are no admins may have done by themselves: give back so much of an order, cancel one."""

    refund_limit: Money
    staff_may_cancel: bool


class OrderPage(msgspec.Struct):
    orders: list[ListedOrder]
    cursor: str | None


class Drift(msgspec.Struct):
    """Orders that changed (Stripe: were placed) in the 24 hours up to `at`: as many as the shop counts should be here."""

    shop: int
    here: int
    at: datetime


class ReadingView(msgspec.Struct):
    """How far a shop's API was read. `since` null: all there is; done once `done_until` is `until`. `total` null: the shop does not say how many.

    `oldest_at`: the oldest of all that the shop showed us; it may keep older ones from us.
    """

    resource: Resource
    since: datetime | None
    until: datetime
    done_until: datetime | None
    count: int
    total: int | None
    malformed: int
    why: str
    oldest_at: datetime | None


class IntegrationView(msgspec.Struct):
    """A connected shop. Its credentials are never told. `webhook_url`: where its webhooks go, with the event in place of `{event}`; empty for
    who may not change it. `webhook_trouble`: why the shop delivers nothing, so that it is only asked every 15 minutes.

    `is_connected`: it was not let go of. `is_readable`: there is a key to its API. `chooses_secret`: it signs with a secret that it chose itself.
    `paused_at`: somebody stopped its reading then.
    """

    id: int
    platform: PlatformName
    shop: str
    name: str
    status: IntegrationStatus
    webhook_url: str
    last_sync_at: datetime | None
    last_delivery_at: datetime | None
    sync_status: SyncStatus
    error_message: str
    created_at: datetime
    connected_at: datetime
    webhook_trouble: str
    refund_limit: Decimal
    staff_may_cancel: bool
    is_connected: bool
    is_readable: bool
    chooses_secret: bool
    paused_at: datetime | None
    drift: "Drift | None" = None
    readings: list["ReadingView"] = []


class ConnectInput(msgspec.Struct, forbid_unknown_fields=True):
    """A shop whose webhooks are set up by hand, or, with a key to its API, by us. `secret`: what they are signed with; null: one is made.

    `shop`: Shopify's domain (`name.myshopify.com`), WooCommerce's address (`https://…`); else any name. `key`: Shopify's access token, WooCommerce's
    consumer key (its secret in `key_secret`), Stripe's secret or restricted key.
    """

    platform: PlatformName
    shop: Annotated[str, msgspec.Meta(min_length=1, max_length=255, pattern=texts.NAME)]
    name: Label
    secret: Annotated[str, msgspec.Meta(min_length=8, max_length=200, pattern=texts.NAME)] | None = None
    key: Annotated[str, msgspec.Meta(max_length=400, pattern=texts.LINE)] = ""
    key_secret: Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)] = ""


class KeyInput(msgspec.Struct, forbid_unknown_fields=True):
    """Another key to the API of a shop that is connected, in place of the last. As in `ConnectInput`."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=400, pattern=texts.LINE)]
    key_secret: Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)] = ""


class BeginInput(msgspec.Struct, forbid_unknown_fields=True):
    """A shop whose owner gives us a key himself, at the address that is answered."""

    platform: Literal["shopify", "woocommerce"]
    shop: Annotated[str, msgspec.Meta(min_length=1, max_length=255, pattern=texts.NAME)]
    name: Label


class Begun(msgspec.Struct):
    """`url`: where the browser goes next; within half an hour."""

    url: str


class Connected(msgspec.Struct):
    """`secret` is shown this once; empty where nobody needs to know it."""

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
