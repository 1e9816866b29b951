"""Rows of commerce: connected shops, what they delivered, and orders, carts and customers as they were last told."""

from decimal import Decimal

from piccolo.columns import JSONB, BigInt, Boolean, Bytea, Integer, Numeric, SmallInt, Text, Timestamptz, Varchar

from core.tenancy import OrganizationTable

MONEY = (14, 3)
NOTHING = Decimal(0)


class Integration(OrganizationTable, tablename="integrations"):
    """A connected shop. `key` is the random part of the address that its webhooks go to; `credentials` are sealed, empty where it was disconnected.

    `shop` names it among those of its platform: a domain, an address, an account. `domain` is Shopify's own word for it, where it gave it
    us itself: one shop is then in one organization. `status` is `active`, `inactive` or `error`. `connected_at`: since when it is, for the last time;
    what happened before is history, of which nobody is told.

    `next_read_at`: when its API is asked again; null: never, for there is no key. `sync_status`: `none`, `first` (the first reading is under way),
    `ready`, `failed` (`failures` times in a row). `drift_*`: orders of 24 hours up to `drift_at`, in the shop and here.

    `paused_at`: somebody stopped its reading then; what it delivers by webhooks is taken all the same.

    `refund_limit`: of an order so much may be given back without an admin; `staff_may_cancel`: likewise.
    """

    platform = Varchar(length=20, null=False)
    shop = Varchar(length=255, null=False)
    domain = Varchar(length=255, null=True, default=None)
    name = Varchar(length=80, null=False)
    status = Varchar(length=20, null=False, default="active")
    key = Varchar(length=22, null=False)
    credentials = Text(null=False, default="")
    created_by = BigInt(null=True, default=None)
    last_sync_at = Timestamptz(null=True, default=None)
    last_delivery_at = Timestamptz(null=True, default=None)
    sync_status = Varchar(length=20, null=False, default="none")
    error_message = Varchar(length=300, null=False, default="")
    created_at = Timestamptz(null=False)
    connected_at = Timestamptz(null=False)
    next_read_at = Timestamptz(null=True, default=None)
    failures = SmallInt(null=False, default=0)
    drift_shop = Integer(null=True, default=None)
    drift_here = Integer(null=True, default=None)
    drift_at = Timestamptz(null=True, default=None)
    webhook_trouble = Varchar(length=300, null=False, default="")
    refund_limit = Numeric(digits=MONEY, null=False, default=NOTHING)
    staff_may_cancel = Boolean(null=False, default=False)
    paused_at = Timestamptz(null=True, default=None)


class WebhookDelivery(OrganizationTable, tablename="webhook_deliveries"):
    """What a shop delivered, once each. `key` tells deliveries apart, `twin` happenings (null: nobody can tell); `content` are its bytes.

    `state`: `received`, `processed`, `ignored` (`reason`: `topic`, `twin`), `failed` (`reason`: what is wrong with it).
    """

    integration_id = BigInt(null=False)
    topic = Varchar(length=100, null=False)
    key = Varchar(length=120, null=False)
    twin = Varchar(length=220, null=True, default=None)
    state = Varchar(length=20, null=False, default="received")
    reason = Varchar(length=200, null=False, default="")
    content = Bytea(null=False)
    received_at = Timestamptz(null=False)
    settled_at = Timestamptz(null=True, default=None)


class Order(OrganizationTable, tablename="orders"):
    """An order as the shop had it at `changed_at`. `told`: events that were told of it already, each once. `erased_at`: its buyer was forgotten then.
    `is_read`: read at the shop, not told by it.

    `refunded`: what was given back, by the shop's own sum (`stated_refund`, if it tells one) or that of its refunds, whichever is more.
    `said` is the shop's JSON.
    """

    integration_id = BigInt(null=False)
    contact_id = BigInt(null=True, default=None)
    external_order_id = Varchar(length=100, null=False)
    order_number = Varchar(length=60, null=False)
    platform = Varchar(length=20, null=False)
    status = Varchar(length=20, null=False)
    financial_status = Varchar(length=20, null=False)
    fulfillment_status = Varchar(length=20, null=False)
    total_price = Numeric(digits=MONEY, null=False)
    refunded = Numeric(digits=MONEY, null=False, default=NOTHING)
    stated_refund = Numeric(digits=MONEY, null=True, default=None)
    currency = Varchar(length=3, null=False)
    email = Varchar(length=320, null=False, default="")
    buyer = JSONB(null=False, default="{}")
    items = JSONB(null=False, default="[]")
    shipping_address = JSONB(null=False, default="{}")
    tracking_number = Varchar(length=100, null=False, default="")
    tracking_url = Varchar(length=2000, null=False, default="")
    url = Varchar(length=2000, null=False, default="")
    cart = Varchar(length=100, null=False, default="")
    is_test = Boolean(null=False, default=False)
    order_date = Timestamptz(null=False)
    changed_at = Timestamptz(null=False)
    told = JSONB(null=False, default="[]")
    said = JSONB(null=False, default="{}")
    erased_at = Timestamptz(null=True, default=None)
    is_read = Boolean(null=False, default=False)


class OrderPart(OrganizationTable, tablename="order_parts"):
    """A shipment or refund of an order, which may be told before the order is: so it names that as the shop does."""

    integration_id = BigInt(null=False)
    external_order_id = Varchar(length=100, null=False)
    kind = Varchar(length=20, null=False)
    external_id = Varchar(length=100, null=False)
    changed_at = Timestamptz(null=False)
    amount = Numeric(digits=MONEY, null=False, default=NOTHING)
    body = JSONB(null=False, default="{}")


class Cart(OrganizationTable, tablename="carts"):
    """A checkout that was begun. Whether it was abandoned is a state, read when somebody wants to know: never a fact that is kept.

    `told_at`: that it was, was told then, once.
    """

    integration_id = BigInt(null=False)
    contact_id = BigInt(null=True, default=None)
    external_id = Varchar(length=100, null=False)
    email = Varchar(length=320, null=False, default="")
    total_price = Numeric(digits=MONEY, null=False)
    currency = Varchar(length=3, null=False)
    items = JSONB(null=False, default="[]")
    url = Varchar(length=2000, null=False, default="")
    begun_at = Timestamptz(null=False)
    changed_at = Timestamptz(null=False)
    completed_at = Timestamptz(null=True, default=None)
    gone_at = Timestamptz(null=True, default=None)
    told_at = Timestamptz(null=True, default=None)


class ShopCustomer(OrganizationTable, tablename="shop_customers"):
    """Which contact a customer of a shop is."""

    integration_id = BigInt(null=False)
    external_id = Varchar(length=100, null=False)
    contact_id = BigInt(null=True, default=None)
    changed_at = Timestamptz(null=False)


class Reading(OrganizationTable, tablename="shop_readings"):
    """How far a shop's API was read: what changed after `since` (null: all there is) until `until`, by `cursor`; until `done_until` all is here.

    `read_count` of `total` were read in this window; `malformed` could not be understood. `oldest_at`: the oldest that the shop has shown us.
    """

    integration_id = BigInt(null=False)
    resource = Varchar(length=20, null=False)
    since = Timestamptz(null=True, default=None)
    until = Timestamptz(null=False)
    cursor = Varchar(length=2000, null=False, default="")
    done_until = Timestamptz(null=True, default=None)
    read_count = Integer(null=False, default=0)
    total = Integer(null=True, default=None)
    malformed = Integer(null=False, default=0)
    why = Varchar(length=300, null=False, default="")
    oldest_at = Timestamptz(null=True, default=None)


class Invitation(OrganizationTable, tablename="shop_invitations"):
    """A shop that somebody is about to connect, at the shop itself: known by a random token, whose `digest` alone is kept, and used once."""

    digest = Varchar(length=64, null=False)
    platform = Varchar(length=20, null=False)
    shop = Varchar(length=255, null=False)
    name = Varchar(length=80, null=False)
    created_by = BigInt(null=False)
    expires_at = Timestamptz(null=False)


class OrderAction(OrganizationTable, tablename="order_actions"):
    """What somebody wants done with an order at its shop, once per `key`. `attempted_at`: the shop was asked; `external_id`: what it calls it.

    `state`: `waiting` (for an admin), `running`, `done`, `failed`, `rejected`, or `uncertain`: the shop did not say whether it was done.
    """

    order_id = BigInt(null=False)
    conversation_id = BigInt(null=True, default=None)
    kind = Varchar(length=20, null=False)
    amount = Numeric(digits=MONEY, null=False, default=NOTHING)
    note = Varchar(length=300, null=False, default="")
    key = Varchar(length=64, null=False)
    state = Varchar(length=20, null=False)
    asked_by = BigInt(null=True, default=None)
    decided_by = BigInt(null=True, default=None)
    trouble = Varchar(length=300, null=False, default="")
    external_id = Varchar(length=100, null=False, default="")
    created_at = Timestamptz(null=False)
    attempted_at = Timestamptz(null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)
