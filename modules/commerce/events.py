"""What happened in a shop, each told once per order, whatever came first. Staff alone hear of it."""

from typing import Literal, get_args

from core.events.contract import Event
from modules.commerce.structs import CartView, OrderActionView, OrderView

Fact = Literal["created", "paid", "fulfilled", "shipped", "refunded"]


class OrderEvent(Event, frozen=True, kw_only=True):
    """Base: the order as it is now. `contact_id` is its buyer's, where he is known."""

    order: OrderView


class OrderCreated(OrderEvent, frozen=True, kw_only=True, tag="order.created"):
    pass


class OrderPaid(OrderEvent, frozen=True, kw_only=True, tag="order.paid"):
    pass


class OrderFulfilled(OrderEvent, frozen=True, kw_only=True, tag="order.fulfilled"):
    pass


class OrderShipped(OrderEvent, frozen=True, kw_only=True, tag="order.shipped"):
    """There is a number by which its parcel can be followed."""


class OrderRefunded(OrderEvent, frozen=True, kw_only=True, tag="order.refunded"):
    """Some of it was given back, for the first time."""


class OrderChanged(OrderEvent, frozen=True, kw_only=True, tag="order.changed"):
    """Anything else about it: pages that show it are drawn anew."""


class OrderActionChanged(Event, frozen=True, kw_only=True, tag="order.action_changed"):
    """Something is asked for with an order, was decided, or has come to its end."""

    action: OrderActionView


class CartAbandoned(Event, frozen=True, kw_only=True, tag="cart.abandoned"):
    """A checkout was left an hour ago; told once. Whoever acts on it looks again first (`queries.cart`): it may have been bought since."""

    cart: CartView


FACTS: tuple[Fact, ...] = get_args(Fact)
"""In the order in which they are told."""
EVENTS: tuple[type[Event], ...] = (
    OrderCreated,
    OrderPaid,
    OrderFulfilled,
    OrderShipped,
    OrderRefunded,
    OrderChanged,
    OrderActionChanged,
    CartAbandoned,
)
