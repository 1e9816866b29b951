"""What people have done with an order at its shop: asked for once, allowed by role and limit or by an admin, carried out once, and written down."""

from decimal import Decimal

import msgspec

from core.access import ADMINS, STAFF, Actor, ai
from core.audit import log as audit
from core.conversations import queries as conversations
from core.database import Unit, transaction
from core.errors import Conflict, Invalid, NotFound
from core.jobs import ledger
from core.messages import actions as messages
from core.messages.structs import NoteInput
from modules.commerce import queries
from modules.commerce.credentials import opened
from modules.commerce.platforms import DOERS
from modules.commerce.platforms.doer import Kind, Wanted
from modules.commerce.structs import ActionInput, IntegrationView, LimitsInput, OrderActionState, OrderActionView

JOB = "modules.commerce.act"
OPEN: tuple[OrderActionState, ...] = ("waiting", "running", "uncertain")
"""While one of these is open, nothing else of its kind is asked for."""
ORDER = """
SELECT o.id, o.integration_id, i.platform, o.external_order_id, o.order_number, o.contact_id, o.total_price, o.refunded, o.currency, o.status,
       o.fulfillment_status, i.credentials, i.refund_limit, i.staff_may_cancel
FROM orders o JOIN integrations i ON i.organization_id = o.organization_id AND i.id = o.integration_id
WHERE o.organization_id = $1 AND o.id = $2 FOR UPDATE OF o
"""
BY_KEY = "SELECT id FROM order_actions WHERE organization_id = $1 AND key = $2"
IS_OPEN = "SELECT EXISTS (SELECT FROM order_actions WHERE organization_id = $1 AND order_id = $2 AND kind = $3 AND state = ANY ($4::text[]))"
INSERT = """
INSERT INTO order_actions (organization_id, order_id, conversation_id, kind, amount, note, key, state, asked_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now()) ON CONFLICT (organization_id, key) DO NOTHING RETURNING id
"""
DECIDE = """
UPDATE order_actions SET state = $3::text, decided_by = $4, attempted_at = NULL, trouble = '',
    settled_at = CASE WHEN $3::text = 'rejected' THEN now() END
WHERE organization_id = $1 AND id = $2 AND state = ANY ($5::text[]) RETURNING id
"""
TRIED = "SELECT attempted_at IS NOT NULL FROM order_actions WHERE organization_id = $1 AND id = $2 AND state = 'running'"
ATTEMPT = "UPDATE order_actions SET attempted_at = now() WHERE organization_id = $1 AND id = $2 AND state = 'running'"
END = """
UPDATE order_actions SET state = $3, external_id = $4, trouble = $5, settled_at = now() WHERE organization_id = $1 AND id = $2 AND state = 'running'
RETURNING conversation_id
"""
LIMITS = "UPDATE integrations SET refund_limit = $3, staff_may_cancel = $4 WHERE organization_id = $1 AND id = $2 RETURNING id"
WORDS: dict[Kind, str] = {"refund": "Refund", "cancel": "Cancellation", "resend": "Confirmation sent again"}


class _Order(msgspec.Struct, frozen=True):
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


async def ask(actor: Actor, order_id: int, data: ActionInput) -> OrderActionView:
    """Have something done with an order: at once where the actor may do so, else once an admin says yes. Safe to repeat by its `client_id`.

    Raises:
        NotFound: the order, or the conversation, is unknown to the actor.
        Invalid: `too_much`: more than is left of what was paid.
        Conflict: `not_possible` at that shop; `not_cancellable`: it is on its way, or over; `under_way`: the same is being done;
            `other_request`: this `client_id` stands for something else; `another_customer`: the conversation is with somebody else.
    """
    actor.require(*STAFF)
    async with transaction(actor) as db:
        order = await db.fetch_one(_Order, ORDER, actor.organization_id, order_id)
        if order is None:
            raise NotFound("this order does not exist")
        known = await db.fetch_value(BY_KEY, actor.organization_id, data.client_id)
        if known is not None:
            return _same(await queries.order_action(actor, known), order, data)
        amount = await _checked(db, actor, order, data)
        state: OrderActionState = "running" if _may(actor, order, data.kind, amount) else "waiting"
        values = (order.id, data.conversation_id, data.kind, amount, data.note, data.client_id, state, actor.user_id)
        action_id = await db.fetch_value(INSERT, actor.organization_id, *values)
        if action_id is None:
            raise _another()
        await audit.note(
            actor, "order_action.asked", subject=f"{data.kind} {order.number}", order_action=action_id, amount=str(amount)
        )
        if data.conversation_id is not None:
            waits = "" if state == "running" else ": an admin has to say yes"
            await _tell(actor, data.conversation_id, f"asked-{action_id:012}", f"{_words(data.kind, amount, order)}{waits}")
        if state == "running":
            await _enqueue(actor, action_id)
        return await queries.order_action(actor, action_id)


def _same(known: OrderActionView, order: _Order, data: ActionInput) -> OrderActionView:
    if (known.order_id, known.kind) != (order.id, data.kind) or (data.amount is not None and known.amount != Decimal(data.amount)):
        raise _another()
    return known


def _another() -> Conflict:
    return Conflict("something else was asked for under the same id", code="other_request")


async def _checked(db: Unit, actor: Actor, order: _Order, data: ActionInput) -> Decimal:
    """How much goes back: 0 where nothing does."""
    doer = DOERS.get(order.platform)
    if doer is None or data.kind not in doer.kinds or not order.credentials or not opened(order.credentials).access:
        raise Conflict("this cannot be done at that shop from here", code="not_possible")
    if await db.fetch_value(IS_OPEN, actor.organization_id, order.id, data.kind, list(OPEN)):
        raise Conflict("the same is being done already", code="under_way")
    if data.kind == "cancel" and (order.status != "open" or order.fulfillment_status != "unfulfilled"):
        raise Conflict("it is on its way already, or over", code="not_cancellable")
    if data.conversation_id is not None:
        conversation = await conversations.get(actor, data.conversation_id)
        if conversation.contact_id != order.contact_id:
            raise Conflict("this conversation is with somebody else", code="another_customer")
    if data.kind != "refund":
        return Decimal(0)
    left = order.total - order.refunded
    amount = left if data.amount is None else Decimal(data.amount)
    if not 0 < amount <= left:
        raise Invalid(f"{left} {order.currency} can still be given back", code="too_much")
    return amount


def _may(actor: Actor, order: _Order, kind: Kind, amount: Decimal) -> bool:
    """Whether nobody else needs to say yes. The limit is for all that is given back of an order, so that parts are no way around it."""
    if actor.role in ADMINS or kind == "resend":
        return True
    return order.staff_may_cancel if kind == "cancel" else order.refunded + amount <= order.refund_limit


def _words(kind: Kind, amount: Decimal, order: _Order) -> str:
    money = f" of {amount.normalize():f} {order.currency}" if kind == "refund" else ""
    return f"**{WORDS[kind]}**{money}, order {order.number}"


async def _tell(actor: Actor, conversation_id: int, name: str, words: str) -> None:
    await messages.note(actor, conversation_id, NoteInput(client_id=f"order-action-{name}", content=words))


async def _enqueue(actor: Actor, action_id: int) -> None:
    await ledger.enqueue(actor, JOB, key=f"order-action:{action_id}", organization_id=actor.organization_id, action_id=action_id)


async def decide(actor: Actor, action_id: int, *, is_right: bool) -> OrderActionView:
    """An admin says yes or no to what somebody asked for.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `already_decided`.
    """
    return await _decided(actor, action_id, "running" if is_right else "rejected", ("waiting",))


async def again(actor: Actor, action_id: int) -> OrderActionView:
    """What failed, or of which nobody knows whether it was done: the shop is looked at first. Raises what `decide` does."""
    return await _decided(actor, action_id, "running", ("failed", "uncertain"))


async def _decided(actor: Actor, action_id: int, state: OrderActionState, of: tuple[OrderActionState, ...]) -> OrderActionView:
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        before = await queries.order_action(actor, action_id)
        if await db.fetch_value(DECIDE, actor.organization_id, action_id, state, actor.user_id, list(of)) is None:
            raise Conflict("somebody has decided on this already", code="already_decided")
        await audit.note(actor, f"order_action.{state}", subject=f"{before.kind} {before.order_number}", order_action=action_id)
        if state == "running":
            await _enqueue(actor, action_id)
        return await queries.order_action(actor, action_id)


async def begin(actor: Actor, action_id: int) -> tuple[int, str, Wanted, bool] | None:
    """The shop, its platform, what is wanted, and whether somebody has tried before; None: nothing is to be done."""
    async with transaction(actor) as db:
        was_tried = await db.fetch_value(TRIED, actor.organization_id, action_id)
        if was_tried is None:
            return None
        action = await queries.order_action(actor, action_id)
        order = await db.fetch_one(_Order, ORDER, actor.organization_id, action.order_id)
    if order is None:
        return None
    wanted = Wanted(
        action.kind, order.external_id, action.amount, order.currency, action.note, f"{actor.organization_id}-{action_id}"
    )
    return order.integration_id, order.platform, wanted, was_tried


async def attempt(actor: Actor, action_id: int) -> None:
    """Noted before anything is tried."""
    async with transaction(actor) as db:
        await db.execute(ATTEMPT, actor.organization_id, action_id)


async def give_up(actor: Actor, action_id: int) -> None:
    """No attempt came through."""
    begun = await begin(actor, action_id)
    if begun is not None:
        await end(actor, action_id, "uncertain" if begun[3] else "failed", trouble="the shop did not come through")


async def end(actor: Actor, action_id: int, state: OrderActionState, *, external_id: str = "", trouble: str = "") -> None:
    """How it ended; it stands in the conversation too, for staff, and in the audit log."""
    async with transaction(actor) as db:
        rows = await db.fetch_rows(END, actor.organization_id, action_id, state, external_id, trouble[:300])
        if not rows:
            return
        action = await queries.order_action(actor, action_id)
        await audit.note(actor, f"order_action.{state}", subject=f"{action.kind} {action.order_number}", order_action=action_id)
        conversation_id = rows[0][0]
        if conversation_id is not None:
            ended = {"done": "done", "failed": f"not done: {trouble}"}.get(
                state, "nobody knows whether it was done: look at the shop"
            )
            words = f"**{WORDS[action.kind]}**, order {action.order_number}: {ended}"
            await _tell(ai(actor.organization_id, "Lacasa"), conversation_id, f"{state}-{action_id:012}", words)


async def limit(actor: Actor, integration_id: int, data: LimitsInput) -> IntegrationView:
    """What staff that are no admins may have done without one.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        values = (integration_id, Decimal(data.refund_limit), data.staff_may_cancel)
        if await db.fetch_value(LIMITS, actor.organization_id, *values) is None:
            raise NotFound("this shop is not connected")
        await audit.note(actor, "integration.limited", subject=str(integration_id), refund_limit=data.refund_limit)
        return await queries.shop(actor, integration_id)
