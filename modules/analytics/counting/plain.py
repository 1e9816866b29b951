"""What facts of anything but conversations add to the rollups: each by itself. Pure."""

from modules.analytics.counting.cells import EVERYTHING, Dimensions, Fact, Tally

ORDERS = {
    "order_created": "orders",
    "order_paid": "orders_paid",
    "order_fulfilled": "orders_fulfilled",
    "order_shipped": "orders_shipped",
    "order_refunded": "orders_refunded",
    "cart_abandoned": "carts_abandoned",
}
MONEY = {"order_created": "ordered", "order_paid": "revenue", "order_refunded": "refunded", "cart_abandoned": "abandoned"}
"""Sums of money, in ten-thousandths of their currency."""
RETURNED = ("bounced", "complained")
RUNS = {"workflow_enrolled": "enrolled", "workflow_completed": "completed", "workflow_exited": "exited"}


def add(fact: Fact, counted: Tally) -> None:
    """Of a kind that nobody knows any more, nothing."""
    if fact.kind in ORDERS:
        _order(fact, counted)
    elif fact.kind == "mail_returned" and fact.metadata.get("reason") in RETURNED:
        counted.add(fact.metadata["reason"], fact.at, (*EVERYTHING, ("mailing", str(fact.metadata.get("mailing_id", "")))))
    elif fact.kind in RUNS:
        workflow = ("workflow", str(fact.metadata.get("workflow_id", "")))
        reason = [("exit", str(fact.metadata["reason"]))] if fact.kind == "workflow_exited" and fact.metadata.get("reason") else []
        counted.add(RUNS[fact.kind], fact.at, (*EVERYTHING, workflow, *reason))


def _order(fact: Fact, counted: Tally) -> None:
    currency = ("currency", str(fact.metadata.get("currency", "")))
    platform = ("platform", str(fact.metadata.get("platform", "")))
    here: Dimensions = (*EVERYTHING, currency, platform)
    counted.add(ORDERS[fact.kind], fact.at, here)
    amount = int(fact.metadata.get("amount", 0))
    if fact.kind in MONEY:
        counted.add(MONEY[fact.kind], fact.at, (currency,), amount)
    credit = fact.metadata.get("credit")
    if fact.kind == "order_paid" and credit:
        source = f"{credit['kind']}:{credit['source_id']}"
        counted.add("attributed_orders", fact.at, (*here, ("source", source)))
        counted.add("attributed", fact.at, (currency, ("source", f"{source}:{currency[1]}")), amount)
