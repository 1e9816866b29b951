"""An order is on its way, and its parcel can be followed."""

from core.extend.triggers import Trigger
from modules.commerce.events import OrderShipped
from modules.commerce.triggers import occasions

trigger = Trigger(
    name="shipping", title="An order was shipped", event=OrderShipped, read=occasions.of_order, void=occasions.order_is_void
)
