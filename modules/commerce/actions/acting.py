"""What people have done with an order at its shop: asked for once, allowed by role and limit or by an admin, carried out once, and written down."""

from decimal import Decimal

from core.access import ADMINS, STAFF, Actor, Audience, ai
from core.audit import log as audit
from core.conversations import queries as conversations
from core.database import Unit, transaction
from core.errors import Conflict, Invalid, NotFound
from core.events.log import record
from core.jobs import ledger
from core.messages import actions as messages
from core.messages.structs import NoteInput
from modules.commerce import queries
from modules.commerce.actions import allowed
from modules.commerce.actions.allowed import Order
from modules.commerce.events import OrderActionChanged
from modules.commerce.platforms.doer import Kind, Wanted
from modules.commerce.structs import ActionInput, IntegrationView, LimitsInput, OrderActionState, OrderActionView

STAFF_ONLY = Audience()
JOB = "modules.commerce.act"
BY_KEY = "SELECT id FROM order_actions WHERE organization_id = $1 AND key = $2"
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
        order = await allowed.order(db, actor, order_id, lock=True)
        if order is None:
            raise NotFound("this order does not exist")
        known = await db.fetch_value(BY_KEY, actor.organization_id, data.client_id)
        if known is not None:
            return _same(await queries.order_action(actor, known), order, data)
        amount = await _checked(db, actor, order, data)
        state: OrderActionState = "running" if allowed.may(actor, order, data.kind, amount) else "waiting"
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
        return await _announced(actor, action_id)


def _same(known: OrderActionView, order: Order, data: ActionInput) -> OrderActionView:
    if (known.order_id, known.kind) != (order.id, data.kind) or (data.amount is not None and known.amount != Decimal(data.amount)):
        raise _another()
    return known


def _another() -> Conflict:
    return Conflict("something else was asked for under the same id", code="other_request")


async def _checked(db: Unit, actor: Actor, order: Order, data: ActionInput) -> Decimal:
    """How much goes back: 0 where nothing does."""
    match allowed.trouble(order, data.kind, await allowed.kinds_open(db, actor, order.id)):
        case "not_possible":
            raise Conflict("this cannot be done at that shop from here", code="not_possible")
        case "under_way":
            raise Conflict("the same is being done already", code="under_way")
        case "not_cancellable":
            raise Conflict("it is on its way already, or over", code="not_cancellable")
    if data.conversation_id is not None:
        conversation = await conversations.get(actor, data.conversation_id)
        if conversation.contact_id != order.contact_id:
            raise Conflict("this conversation is with somebody else", code="another_customer")
    if data.kind != "refund":
        return Decimal(0)
    amount = order.left if data.amount is None else Decimal(data.amount)
    if not 0 < amount <= order.left:
        raise Invalid(f"{order.left} {order.currency} can still be given back", code="too_much")
    return amount


def _words(kind: Kind, amount: Decimal, order: Order) -> str:
    money = f" of {amount.normalize():f} {order.currency}" if kind == "refund" else ""
    return f"**{WORDS[kind]}**{money}, order {order.number}"


async def _tell(actor: Actor, conversation_id: int, name: str, words: str) -> None:
    await messages.note(actor, conversation_id, NoteInput(client_id=f"order-action-{name}", content=words))


async def _announced(actor: Actor, action_id: int) -> OrderActionView:
    action = await queries.order_action(actor, action_id)
    await record(OrderActionChanged(organization_id=actor.organization_id, action=action), STAFF_ONLY)
    return action


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
        return await _announced(actor, action_id)


async def begin(actor: Actor, action_id: int) -> tuple[int, str, Wanted, bool] | None:
    """The shop, its platform, what is wanted, and whether somebody has tried before; None: nothing is to be done."""
    async with transaction(actor) as db:
        was_tried = await db.fetch_value(TRIED, actor.organization_id, action_id)
        if was_tried is None:
            return None
        action = await queries.order_action(actor, action_id)
        order = await allowed.order(db, actor, action.order_id, lock=True)
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
        action = await _announced(actor, action_id)
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
