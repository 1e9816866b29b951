"""What is counted besides conversations: events of whatever else runs in this installation, by their types' names.

Nothing here knows those modules: a type that nobody announces is not listened to, and what an event lacks counts as not said.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from core.access import Actor, system
from core.database import read
from core.events.contract import Event, type_of
from core.extend import registry
from core.extend.module import Handler
from core.jobs.ledger import effect
from modules.analytics import actions

UNITS = 10_000
"""Money is counted in ten-thousandths of its currency."""
CREDIT_RULE = 1
CREDIT_DAYS = 7
CREDIT = f"""
SELECT m.kind, m.source_id, t.created_at FROM contacts k
JOIN mail_addresses a ON a.organization_id = $1 AND a.address = lower(k.email)
JOIN mailing_sends s ON s.organization_id = $1 AND s.address_id = a.id
JOIN mailing_touches t ON t.organization_id = $1 AND t.send_id = s.id AND t.touch = 'click' AND t.label = 'human'
JOIN mailings m ON m.organization_id = $1 AND m.id = s.mailing_id
WHERE k.organization_id = $1 AND k.id = $2 AND k.email <> '' AND t.created_at <= $3
  AND t.created_at > $3 - interval '{CREDIT_DAYS} days'
ORDER BY t.created_at DESC, t.id DESC LIMIT 1
"""
"""Rule 1: an order that is paid counts to the mailing in which its buyer last followed a link, as a person, within seven days before it."""

Count = Callable[[Actor, str, Any], Awaitable[None]]


async def _decided(actor: Actor, kind: str, event: Any) -> None:
    decision = event.decision
    held = {"decision": decision.id, "outcome": decision.outcome, "reason": decision.reason, "talk": getattr(decision, "talk", "")}
    await actions.write(
        actor, kind, "conversation", decision.conversation_id, at=datetime.now(UTC), contact_id=None, user_id=None, metadata=held
    )


async def _ordered(actor: Actor, kind: str, event: Any) -> None:
    order = event.order
    if getattr(order, "is_test", False):
        return
    at = order.order_date if kind in ("order_created", "order_paid") else order.changed_at
    amount = order.refunded if kind == "order_refunded" else order.total_price
    held = {"currency": order.currency, "platform": order.platform, "amount": _units(amount)}
    if kind == "order_paid" and (credit := await _credit(actor, order.contact_id, at)) is not None:
        held["credit"] = credit
    await actions.write(actor, kind, "order", order.id, at=at, contact_id=order.contact_id, user_id=None, metadata=held)


async def _left(actor: Actor, kind: str, event: Any) -> None:
    cart = event.cart
    held = {"currency": cart.currency, "platform": cart.platform, "amount": _units(cart.total_price)}
    await actions.write(actor, kind, "cart", cart.id, at=cart.changed_at, contact_id=cart.contact_id, user_id=None, metadata=held)


async def _ran(actor: Actor, kind: str, event: Any) -> None:
    held = {"workflow_id": event.workflow_id, "reason": getattr(event, "reason", "")}
    await actions.write(
        actor,
        kind,
        "enrollment",
        event.enrollment_id,
        at=datetime.now(UTC),
        contact_id=event.contact_id,
        user_id=None,
        metadata=held,
    )


async def _returned(actor: Actor, kind: str, event: Any) -> None:
    held = {"mailing_id": event.mailing_id, "reason": event.reason}
    await actions.write(
        actor, kind, "send", event.send_id, at=datetime.now(UTC), contact_id=event.contact_id, user_id=None, metadata=held
    )


def _units(amount: Decimal) -> int:
    return int((amount * UNITS).to_integral_value())


async def _credit(actor: Actor, contact_id: int | None, at: datetime) -> dict[str, Any] | None:
    if contact_id is None:
        return None
    async with read(actor) as db:
        rows = await db.fetch_rows(CREDIT, actor.organization_id, contact_id, at)
    return {"kind": rows[0][0], "source_id": rows[0][1], "at": rows[0][2], "rule": CREDIT_RULE} if rows else None


HEARD: Mapping[str, tuple[str, Count]] = {
    "agent.decided": ("ai_decided", _decided),
    "order.created": ("order_created", _ordered),
    "order.paid": ("order_paid", _ordered),
    "order.fulfilled": ("order_fulfilled", _ordered),
    "order.shipped": ("order_shipped", _ordered),
    "order.refunded": ("order_refunded", _ordered),
    "cart.abandoned": ("cart_abandoned", _left),
    "mailing.returned": ("mail_returned", _returned),
    "workflow.enrolled": ("workflow_enrolled", _ran),
    "workflow.completed": ("workflow_completed", _ran),
    "workflow.exited": ("workflow_exited", _ran),
}


def follows() -> Sequence[Handler]:
    """A handler for each of these events that some module of this process announces."""
    announced = {type_of(event): event for module in registry.modules() for event in module.events}
    return [_handler(name, event) for name, event in announced.items() if name in HEARD]


def _handler(name: str, event_type: Any) -> Handler:
    kind, count = HEARD[name]

    async def hear(event: Event) -> None:
        actor = system(event.organization_id)
        async with effect(actor):
            await count(actor, kind, event)

    return Handler(name=f"modules.analytics.count_{kind}", event=event_type, function=hear, job_class="bulk")
