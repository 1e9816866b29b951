"""Reasons why an address gets no mail: found, imported, and taken away again."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from core.access import MARKETERS, Actor, ActorKind, Audience
from core.audit import log as audit
from core.consent import addresses, queries
from core.consent.addresses import Held
from core.consent.events import SuppressionChanged
from core.consent.rules import SuppressionReason
from core.consent.structs import RemovalInput, SuppressionInput, SuppressionSource, SuppressionView
from core.contacts import actions as contacts
from core.contacts import addresses as contact_addresses
from core.contacts import queries as contact_queries
from core.contacts.structs import ContactChanges, SubscriptionStatus
from core.database import Unit, transaction
from core.errors import NotFound
from core.events.log import record

ADD = """
INSERT INTO suppressions (organization_id, address_id, reason, source, evidence, by_id) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organization_id, address_id, reason) DO NOTHING RETURNING id
"""
REMOVE = "DELETE FROM suppressions WHERE organization_id = $1 AND address_id = $2 AND reason = $3 RETURNING id"
STOPS = """
UPDATE mail_addresses a SET stops = ARRAY(SELECT s.reason::text FROM suppressions s
                                          WHERE s.organization_id = a.organization_id AND s.address_id = a.id ORDER BY s.reason)
WHERE a.organization_id = $1 AND a.id = ANY ($2::bigint[])
"""
ADDRESS_OF = "SELECT address_id, reason FROM suppressions WHERE organization_id = $1 AND id = $2"


class Found(NamedTuple):
    """A reason, where it comes from, and how it is known: whatever tells people later why."""

    reason: SuppressionReason
    source: SuppressionSource
    evidence: dict[str, Any]


async def found(actor: Actor, email: str, why: Found) -> bool:
    """In the open unit of work or one of its own: `email` gets no such mail from now on, whoever has it or will have it. Safe to repeat.

    False: that was known already; what was known first stays. Addresses that mail is never sent to are no error, and nothing is kept of them.
    """
    if not contact_addresses.normal(email):
        return False
    async with transaction(actor) as db:
        address_id = await addresses.keep(db, actor, email)
        held = await addresses.lock(db, actor, address_id)
        return held is not None and await add(db, actor, held, why) is not None


async def add(db: Unit, actor: Actor, held: Held, why: Found) -> int | None:
    """The same for an address that is locked already; returns the new row's id."""
    by_id = actor.id if actor.kind == ActorKind.user else None
    values = (actor.organization_id, held.id, why.reason, why.source, why.evidence, by_id)
    added: int | None = await db.fetch_value(ADD, *values)
    if added is None:
        return None
    await db.execute(STOPS, actor.organization_id, [held.id])
    await show(db, actor, held.address, status_for([why.reason]), instead_of=("subscribed",))
    await announce(actor, held.id, why.reason, await addresses.contacts(db, held.address), is_active=True)
    return added


def status_for(stops: Sequence[str]) -> SubscriptionStatus:
    """What a contact's page says of an address with these reasons."""
    return "bounced" if "bounced" in stops else "unsubscribed" if stops else "subscribed"


async def lift(db: Unit, actor: Actor, held: Held, *reasons: SuppressionReason) -> list[SuppressionReason]:
    """These reasons hold no more for an address that is locked already; returns those that did."""
    lifted = [reason for reason in reasons if await db.fetch_value(REMOVE, actor.organization_id, held.id, reason) is not None]
    if lifted:
        await db.execute(STOPS, actor.organization_id, [held.id])
        after = await addresses.lock(db, actor, held.id)
        if after is not None and not after.stops:
            await show(db, actor, held.address, "subscribed", instead_of=("bounced", "unsubscribed"))
        for reason in lifted:
            await announce(actor, held.id, reason, await addresses.contacts(db, held.address), is_active=False)
    return lifted


async def show(
    db: Unit, actor: Actor, address: str, status: SubscriptionStatus, *, instead_of: tuple[SubscriptionStatus, ...]
) -> None:
    """Contacts with this address say so. What staff said of one, whatever its address, stays as it is."""
    for contact_id in await addresses.contacts(db, address):
        before = await contact_queries.get(actor, contact_id, lock=True)
        if before.subscription_status not in instead_of:
            continue
        if status != "subscribed":
            await contacts.update(actor, contact_id, ContactChanges(subscription_status=status), about=address)
        elif before.subscription_status == "bounced" or await contact_queries.complained_address(actor, contact_id) == address:
            await contacts.update(actor, contact_id, ContactChanges(subscription_status=status))


async def announce(
    actor: Actor, address_id: int, reason: SuppressionReason, contact_ids: tuple[int, ...], *, is_active: bool
) -> None:
    event = SuppressionChanged(
        organization_id=actor.organization_id, address_id=address_id, reason=reason, is_active=is_active, contact_ids=contact_ids,
        by=actor.ref,
    )  # fmt: skip
    await record(event, Audience())


async def suppress(actor: Actor, data: SuppressionInput) -> SuppressionView:
    """Staff wants no mail to go to an address. Safe to repeat: what was written first stays."""
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        address_id = await addresses.keep(db, actor, data.address)
        held = await addresses.lock(db, actor, address_id)
        if held is None:
            raise RuntimeError("a locked address vanished")
        added = await add(db, actor, held, Found("manual", "staff", {"why": data.why}))
        if added is not None:
            await audit.note(actor, "suppression.added", subject=str(added), reason="manual", why=data.why)
        return await queries.suppression(actor, address_id, "manual")


async def remove(actor: Actor, suppression_id: int, data: RemovalInput) -> None:
    """Staff takes a reason away; what it was, and why it went, stands in the audit log.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        rows = await db.fetch_rows(ADDRESS_OF, actor.organization_id, suppression_id)
        held = await addresses.lock(db, actor, rows[0][0]) if rows else None
        if held is None or not await lift(db, actor, held, rows[0][1]):
            raise NotFound("this suppression does not exist")
        await audit.note(actor, "suppression.removed", subject=str(suppression_id), reason=rows[0][1], why=data.why)
