"""What workflows may begin with in a shop, wait for, and reach, one a file: each order and each cart is a run of its own."""

from modules.commerce.triggers import (
    abandoned_cart,
    order_confirmation,
    order_created,
    order_fulfilled,
    order_refunded,
    shipping,
)

ALL = (
    abandoned_cart.trigger,
    order_confirmation.trigger,
    shipping.trigger,
    order_created.trigger,
    order_fulfilled.trigger,
    order_refunded.trigger,
)
