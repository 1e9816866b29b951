"""What is done with an order at Shopify: money goes back by the payment that it came by; a cancelled order sends its mail itself."""

from decimal import Decimal
from typing import Any

from modules.commerce.facts import Fact
from modules.commerce.platforms import reading, shopify
from modules.commerce.platforms.asking import Asking, RefusedError
from modules.commerce.platforms.doer import Doer, Wanted
from modules.commerce.platforms.reader import objects_of

PAID_BY = frozenset({"sale", "capture"})
UNPROCESSABLE = 422


async def do(asking: Asking, wanted: Wanted) -> str:
    if wanted.kind == "cancel":
        await asking.ask("POST", f"/orders/{wanted.order_id}/cancel.json", json={"email": True, "reason": "customer"})
        return wanted.order_id
    body = {"note": wanted.mark, "notify": True, "currency": wanted.currency, "transactions": await _payments(asking, wanted)}
    answered = await asking.ask("POST", f"/orders/{wanted.order_id}/refunds.json", json={"refund": body})
    made = reading.mapping(answered.body, "the answer").get("refund")
    return reading.name(made.get("id") if isinstance(made, dict) else None, "the refund")


async def _payments(asking: Asking, wanted: Wanted) -> list[dict[str, Any]]:
    """The payments that it goes back by, the newest first; each gives back no more than it brought.

    Raises:
        RefusedError: together they brought less.
    """
    answered = await asking.ask("GET", f"/orders/{wanted.order_id}/transactions.json")
    told = reading.listed(objects_of(answered.body, "transactions"))
    back: dict[str, Decimal] = {}
    for one in told:
        if one.get("kind") == "refund" and one.get("status") == "success":
            parent = reading.text(one.get("parent_id"))
            back[parent] = back.get(parent, Decimal(0)) + reading.money(one.get("amount"))
    left, found = wanted.amount, []
    for one in reversed(told):
        if one.get("kind") in PAID_BY and one.get("status") == "success":
            payment = reading.name(one.get("id"), "the payment")
            part = min(left, reading.money(one.get("amount")) - back.get(payment, Decimal(0)))
            if part > 0:
                found.append(
                    {"parent_id": one.get("id"), "amount": str(part), "kind": "refund", "gateway": reading.text(one.get("gateway"))}
                )
                left -= part
    if left > 0:
        raise RefusedError("less than that was paid", UNPROCESSABLE)
    return found


async def find(asking: Asking, wanted: Wanted) -> str | None:
    if wanted.kind == "cancel":
        order = await _order(asking, wanted.order_id)
        return wanted.order_id if order.get("cancelled_at") else None
    answered = await asking.ask("GET", f"/orders/{wanted.order_id}/refunds.json")
    for one in reading.listed(objects_of(answered.body, "refunds")):
        if f"[lacasa {wanted.key}]" in str(one.get("note")):
            return reading.text(one.get("id"), 100)
    return None


async def _order(asking: Asking, order_id: str) -> Any:
    answered = await asking.ask("GET", f"/orders/{order_id}.json")
    return reading.mapping(reading.mapping(answered.body, "the answer").get("order"), "the order")


async def look(asking: Asking, order_id: str) -> list[Fact]:
    return shopify.order(await _order(asking, order_id))


DOER = Doer(frozenset({"refund", "cancel"}), repeats=False, do=do, find=find, look=look)
