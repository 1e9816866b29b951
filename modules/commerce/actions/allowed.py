"""What may be done with an order: by what it is, by its shop, and by whoever asks."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, get_args

import msgspec

from core.access import ADMINS, STAFF, Actor
from core.database import Unit, read
from core.errors import NotFound
from modules.commerce import queries
from modules.commerce.credentials import opened
from modules.commerce.platforms import DOERS
from modules.commerce.platforms.doer import Kind
from modules.commerce.structs import Ability, OrderActionState, OrderDetails

Trouble = Literal["", "not_possible", "not_cancellable", "under_way", "nothing_left"]
OPEN: tuple[OrderActionState, ...] = ("waiting", "running", "uncertain")
"""While one of these is open, nothing else of its kind is asked for."""
GIVEN_BACK = """
CASE WHEN o.stated_refund IS NULL OR EXISTS (
    SELECT FROM order_parts p WHERE p.organization_id = o.organization_id AND p.integration_id = o.integration_id
      AND p.external_order_id = o.external_order_id AND p.kind = 'refund')
THEN greatest(o.refunded, coalesce((
    SELECT sum(p.amount) FROM order_parts p WHERE p.organization_id = o.organization_id AND p.integration_id = o.integration_id
      AND p.external_order_id = o.external_order_id AND p.kind = 'refund'), 0) + coalesce((
    SELECT sum(a.amount) FROM order_actions a WHERE a.organization_id = o.organization_id AND a.order_id = o.id AND a.kind = 'refund'
      AND a.state = 'done' AND NOT EXISTS (
        SELECT FROM order_parts p WHERE p.organization_id = o.organization_id AND p.integration_id = o.integration_id
          AND p.external_order_id = o.external_order_id AND p.kind = 'refund' AND p.external_id = a.external_id)), 0))
ELSE o.refunded + coalesce((
    SELECT sum(a.amount) FROM order_actions a WHERE a.organization_id = o.organization_id AND a.order_id = o.id AND a.kind = 'refund'
      AND a.state = 'done' AND date_trunc('second', a.attempted_at) - interval '1 second' > o.changed_at), 0) END
"""
"""What was given back of an order, with what was done here and not read back yet: known again by the shop's name of the refund, or, of a shop that
tells nothing but a sum, by that sum's time (in whole seconds, and one before: `stripe_reader.moment`). However often it is
read back, it counts once."""
ORDER = f"""
SELECT o.id, o.integration_id, i.platform, o.external_order_id, o.order_number, o.contact_id, o.total_price, {GIVEN_BACK} AS refunded, o.currency,
       o.status, o.fulfillment_status, i.credentials, i.refund_limit, i.staff_may_cancel
FROM orders o JOIN integrations i ON i.organization_id = o.organization_id AND i.id = o.integration_id
WHERE o.organization_id = $1 AND o.id = $2
"""
KINDS_OPEN = "SELECT DISTINCT kind FROM order_actions WHERE organization_id = $1 AND order_id = $2 AND state = ANY ($3::text[])"


class Order(msgspec.Struct, frozen=True):
    """As much of an order, and of its shop, as decides what may be done with it. `refunded`: with what is not read back yet."""

    id: int
    integration_id: int
    platform: str
    external_id: str
    number: str
    contact_id: int | None
    total: Decimal
    refunded: Decimal
    currency: str
    status: str
    fulfillment_status: str
    credentials: str
    refund_limit: Decimal
    staff_may_cancel: bool

    @property
    def left(self) -> Decimal:
        """What can still be given back."""
        return max(Decimal(0), self.total - self.refunded)


async def order(db: Unit, actor: Actor, order_id: int, *, lock: bool = False) -> Order | None:
    return await db.fetch_one(Order, f"{ORDER} FOR UPDATE OF o" if lock else ORDER, actor.organization_id, order_id)


async def kinds_open(db: Unit, actor: Actor, order_id: int) -> frozenset[str]:
    """What is being done with an order, or waits for a yes."""
    return frozenset(row[0] for row in await db.fetch_rows(KINDS_OPEN, actor.organization_id, order_id, list(OPEN)))


def trouble(order: Order, kind: Kind, under_way: frozenset[str]) -> Trouble:
    """Why it cannot be asked for; empty: it can."""
    doer = DOERS.get(order.platform)
    if doer is None or kind not in doer.kinds or not order.credentials or not opened(order.credentials).access:
        return "not_possible"
    if kind in under_way:
        return "under_way"
    if kind == "cancel" and (order.status != "open" or order.fulfillment_status != "unfulfilled"):
        return "not_cancellable"
    return "nothing_left" if kind == "refund" and not order.left else ""


def may(actor: Actor, order: Order, kind: Kind, amount: Decimal) -> bool:
    """Whether nobody else needs to say yes. The limit is for all that is given back of an order, so that parts are no way around it."""
    if actor.role in ADMINS or kind == "resend":
        return True
    return order.staff_may_cancel if kind == "cancel" else order.refunded + amount <= order.refund_limit


def _ability(actor: Actor, order: Order, kind: Kind, under_way: frozenset[str]) -> Ability:
    alone = order.left if actor.role in ADMINS else min(order.left, max(Decimal(0), order.refund_limit - order.refunded))
    most, alone_most = (order.left, alone) if kind == "refund" else (Decimal(0), Decimal(0))
    return Ability(kind, trouble(order, kind, under_way), may(actor, order, kind, most), most, alone_most)


def abilities(actor: Actor, order: Order, under_way: frozenset[str], kinds: Sequence[Kind] = get_args(Kind)) -> list[Ability]:
    return [_ability(actor, order, kind, under_way) for kind in kinds]


async def details(actor: Actor, order_id: int) -> OrderDetails:
    """An order, all that belongs to it, and what the actor may have done with it.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        shown = await queries.by_id(db, actor, order_id)
        found = await order(db, actor, order_id)
        if found is None:
            raise NotFound("this order does not exist")
        shop, contact_name = await queries.names(db, actor, order_id)
        shipments, refunds = await queries.parts(db, actor, order_id)
        able = abilities(actor, found, await kinds_open(db, actor, order_id))
        done = await queries.order_actions(actor, order_id)
    return OrderDetails(shown, shop, contact_name, shipments, refunds, done, able)
