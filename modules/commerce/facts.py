"""What a shop says about an order, a cart or a customer, in our words: what every platform's JSON is read into, whichever way it came."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec

Status = Literal["open", "closed", "cancelled"]
Financial = Literal["pending", "failed", "authorized", "partially_paid", "paid", "partially_refunded", "refunded", "voided"]
Fulfilment = Literal["unfulfilled", "partial", "fulfilled"]
"""Each in the order in which an order goes through them."""
PAID: frozenset[Financial] = frozenset({"paid", "partially_refunded", "refunded"})
"""What can only be after all was paid."""


class Buyer(msgspec.Struct, frozen=True):
    """Who bought, as the shop knows them. `external_id` is empty for a guest, `email` in lower case or empty."""

    external_id: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is enough to know them again: a telephone alone is not (families and offices share one)."""
        return bool(self.external_id or self.email)


class Item(msgspec.Struct, frozen=True):
    """A line of an order or cart; `price` of one piece."""

    external_id: str
    title: str
    sku: str
    quantity: int
    price: Decimal
    product_id: str = ""


class Shipment(msgspec.Struct, frozen=True):
    external_id: str
    order_id: str
    status: str
    changed_at: datetime
    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""


class Refund(msgspec.Struct, frozen=True):
    """Money given back. `order_id` is the shop's name of the order."""

    external_id: str
    order_id: str
    amount: Decimal
    at: datetime
    reason: str = ""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it was at `changed_at`, by the shop's clock. `refunded` is the shop's own sum, None where it does not tell one."""

    external_id: str
    number: str
    status: Status
    financial_status: Financial
    fulfillment_status: Fulfilment
    total: Decimal
    currency: str
    placed_at: datetime
    changed_at: datetime
    buyer: Buyer
    items: list[Item] = []
    shipments: list[Shipment] = []
    refunds: list[Refund] = []
    refunded: Decimal | None = None
    shipping_address: dict[str, str] = {}
    url: str = ""
    cart: str = ""
    is_test: bool = False
    raw: dict[str, Any] = {}


class Cart(msgspec.Struct, frozen=True, kw_only=True):
    """A checkout that was begun. `completed_at`: it became an order then."""

    external_id: str
    buyer: Buyer
    total: Decimal
    currency: str
    begun_at: datetime
    changed_at: datetime
    items: list[Item] = []
    url: str = ""
    completed_at: datetime | None = None


class CartGone(msgspec.Struct, frozen=True):
    """The shop has deleted a checkout."""

    external_id: str


class Customer(msgspec.Struct, frozen=True):
    buyer: Buyer
    changed_at: datetime


class Erase(msgspec.Struct, frozen=True):
    """The law asks for it: forget a buyer (`buyer` and these orders), or, without one, all that came from the shop."""

    buyer: Buyer | None = None
    orders: list[str] = []


class Request(msgspec.Struct, frozen=True):
    """A buyer wants to know what is kept of them; people answer that."""

    buyer: Buyer
    orders: list[str] = []


class Gone(msgspec.Struct, frozen=True):
    """The shop has thrown us out: its credentials are worth nothing any more."""


Fact = Order | Cart | CartGone | Customer | Shipment | Refund | Erase | Request | Gone
