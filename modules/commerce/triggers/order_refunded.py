"""Some of an order was given back, for the first time."""

from core.extend.triggers import Trigger
from modules.commerce.events import OrderRefunded
from modules.commerce.triggers import occasions

trigger = Trigger(name="order_refunded", title="An order was refunded", event=OrderRefunded, read=occasions.of_order)
