"""What is done with an order at a WooCommerce shop: money goes back by its payment plugin, mails are sent by the shop."""

from modules.commerce.facts import Fact
from modules.commerce.platforms import reading, woocommerce
from modules.commerce.platforms.asking import Asking
from modules.commerce.platforms.doer import Doer, Wanted
from modules.commerce.platforms.reader import objects_of


async def do(asking: Asking, wanted: Wanted) -> str:
    match wanted.kind:
        case "cancel":
            await asking.ask("PUT", f"/orders/{wanted.order_id}", json={"status": "cancelled"})
            return wanted.order_id
        case "resend":
            await asking.ask("POST", f"/orders/{wanted.order_id}/actions/send_order_details", json={})
            return wanted.order_id
        case "refund":
            body = {"amount": str(wanted.amount), "reason": wanted.mark, "api_refund": True}
            answered = await asking.ask("POST", f"/orders/{wanted.order_id}/refunds", json=body)
            return reading.name(reading.mapping(answered.body, "the refund").get("id"), "the refund")


async def find(asking: Asking, wanted: Wanted) -> str | None:
    """Of a mail that was sent, nothing is kept."""
    if wanted.kind == "resend":
        return None
    if wanted.kind == "cancel":
        answered = await asking.ask("GET", f"/orders/{wanted.order_id}")
        return wanted.order_id if reading.mapping(answered.body, "the order").get("status") == "cancelled" else None
    answered = await asking.ask("GET", f"/orders/{wanted.order_id}/refunds", params={"per_page": 100})
    for one in reading.listed(objects_of(answered.body)):
        if f"[lacasa {wanted.key}]" in str(one.get("reason")):
            return reading.text(one.get("id"), 100)
    return None


async def look(asking: Asking, order_id: str) -> list[Fact]:
    answered = await asking.ask("GET", f"/orders/{order_id}")
    return woocommerce.order(reading.mapping(answered.body, "the order"))


DOER = Doer(frozenset({"refund", "cancel", "resend"}), repeats=False, do=do, find=find, look=look)
