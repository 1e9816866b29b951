"""Somebody ordered something, paid or not."""

from core.extend.triggers import Trigger
from modules.commerce.events import OrderCreated
from modules.commerce.triggers import occasions

trigger = Trigger(
    name="order_created", title="An order was placed", event=OrderCreated, read=occasions.of_order, void=occasions.order_is_void
)
