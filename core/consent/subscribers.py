"""What contacts' pages say of mail, and what is known of addresses, follow each other."""

from core.access import Actor, ActorKind, system
from core.consent import addresses
from core.consent.actions import erasing, suppressions
from core.consent.actions.suppressions import Found
from core.consent.rules import SuppressionReason
from core.contacts import actions as contacts
from core.contacts import queries as contact_queries
from core.contacts.events import ContactCreated, ContactDeleted, ContactUpdated
from core.contacts.structs import ContactChanges, ContactView
from core.database import transaction
from core.errors import NotFound
from core.events.contract import on

SAID_BY_STAFF = """
SELECT reason FROM suppressions
WHERE organization_id = $1 AND address_id = $2 AND (reason = 'bounced' OR (reason = 'unsubscribed' AND source = 'staff'))
"""


@on(ContactCreated)
async def show_what_is_known(event: ContactCreated) -> None:
    """Somebody who wanted no mail wants none when he is imported anew, and his page says so."""
    actor = system(event.organization_id)
    async with transaction(actor) as db:
        address_id = await addresses.find(db, actor, event.contact.email or "")
        held = None if address_id is None else await addresses.lock(db, actor, address_id)
        contact = await _now(actor, event.contact)
        if held is not None and held.stops and contact is not None and contact.subscription_status == "subscribed":
            status = suppressions.status_for(held.stops)
            await contacts.update(
                actor, contact.id, ContactChanges(subscription_status=status), about=(contact.email or "").lower()
            )


@on(ContactUpdated)
async def heed_staff(event: ContactUpdated) -> None:
    """What staff says on a contact's page holds for its address. What the person said himself, or a complaint, is taken back in the list alone."""
    if not event.subscription_said or event.by.kind not in {ActorKind.user, ActorKind.api_key}:
        return
    actor = system(event.organization_id)
    async with transaction(actor) as db:
        contact = await _now(actor, event.contact)
        if contact is None or (contact.email, contact.subscription_status) != (
            event.contact.email,
            event.contact.subscription_status,
        ):
            return  # a later change has an event of its own
        if contact.subscription_status != "subscribed":
            reason: SuppressionReason = contact.subscription_status
            evidence = {"contact_id": contact.id, "by": event.by.name}
            await suppressions.found(actor, contact.email or "", Found(reason, "staff", evidence))
            return
        address_id = await addresses.find(db, actor, contact.email or "")
        held = None if address_id is None else await addresses.lock(db, actor, address_id)
        if held is not None:
            rows = await db.fetch_rows(SAID_BY_STAFF, actor.organization_id, held.id)
            await suppressions.lift(db, actor, held, *(reason for (reason,) in rows))


@on(ContactDeleted)
async def forget(event: ContactDeleted) -> None:
    if event.address_digest:
        await erasing.forget(system(event.organization_id), event.address_digest)


async def _now(actor: Actor, known: ContactView) -> ContactView | None:
    try:
        return await contact_queries.get(actor, known.id)
    except NotFound:
        return None
