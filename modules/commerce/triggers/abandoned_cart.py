"""A checkout was left, an hour ago. That is a state and no fact: it is read again right before each mail, so no buyer is reminded of his cart."""

from core.extend.triggers import Occasion, Trigger
from modules.commerce.events import CartAbandoned
from modules.commerce.triggers import occasions


def read(event: CartAbandoned) -> Occasion | None:
    return occasions.of_cart(event.cart)


trigger = Trigger(name="abandoned_cart", title="A cart was abandoned", event=CartAbandoned, read=read, void=occasions.cart_is_void)
