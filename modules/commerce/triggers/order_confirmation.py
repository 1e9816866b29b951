"""An order was paid: for its confirmation."""

from core.extend.triggers import Trigger
from modules.commerce.events import OrderPaid
from modules.commerce.triggers import occasions

trigger = Trigger(
    name="order_confirmation", title="An order was paid", event=OrderPaid, read=occasions.of_order, void=occasions.order_is_void
)
