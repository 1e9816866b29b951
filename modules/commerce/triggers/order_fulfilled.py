"""All of an order was handed to the carrier."""

from core.extend.triggers import Trigger
from modules.commerce.events import OrderFulfilled
from modules.commerce.triggers import occasions

trigger = Trigger(
    name="order_fulfilled",
    title="An order was fulfilled",
    event=OrderFulfilled,
    read=occasions.of_order,
    void=occasions.order_is_void,
)
