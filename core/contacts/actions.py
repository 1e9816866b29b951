"""What can be done to contacts, and how a browser becomes one."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import msgspec

from core.access import Actor, Audience
from core.audit import log as audit
from core.contacts import addresses, queries
from core.contacts.events import ContactCreated, ContactDeleted, ContactUpdated
from core.contacts.queries import COLUMNS
from core.contacts.structs import ContactChanges, ContactInput, ContactView, DeclaredInput, SubscriptionStatus
from core.database import transaction
from core.errors import Conflict, Forbidden, LimitReached
from core.events.log import record

STAFF_ONLY = Audience()
DECLARABLE = frozenset({"email", "first_name", "last_name"})
FIND = """
SELECT v.id, v.contact_id, trim(c.first_name || ' ' || c.last_name), v.language
FROM visitors v JOIN contacts c ON c.organization_id = v.organization_id AND c.id = v.contact_id
WHERE v.organization_id = $1 AND v.nonce = $2
"""
COUNTED = """
UPDATE organizations SET contacts_used = contacts_used + 1
WHERE id = $1 AND (contacts_limit < 0 OR contacts_used < contacts_limit) RETURNING id
"""

RESERVED = """
UPDATE organizations o SET contacts_used = o.contacts_used + r.n FROM (
    SELECT id, CASE WHEN contacts_limit < 0 THEN $2 ELSE greatest(0, least($2, contacts_limit - contacts_used)) END AS n
    FROM organizations WHERE id = $1 FOR UPDATE) r
WHERE o.id = r.id RETURNING r.n
"""
"""As many as the plan allows, of so many."""
INSERT_MANY = f"""
INSERT INTO contacts AS k (organization_id, source, email, first_name, last_name, phone, tags, custom_fields, external_id)
SELECT $1, $2, c.v ->> 'email', c.v ->> 'first_name', c.v ->> 'last_name', c.v ->> 'phone',
       ARRAY(SELECT t.v FROM jsonb_array_elements_text(c.v -> 'tags') WITH ORDINALITY t (v, n) ORDER BY t.n), c.v -> 'custom_fields',
       c.v ->> 'external_id'
FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY c (v, n) ORDER BY c.n RETURNING {COLUMNS}
"""


async def create(actor: Actor, data: ContactInput, *, source: str = "agent") -> ContactView:
    """Add a contact.

    Raises:
        Conflict: `external_id` is taken.
        LimitReached: the plan allows no more contacts.
    """
    async with transaction(actor) as db:
        if await db.fetch_value(COUNTED, actor.organization_id) is None:
            raise LimitReached("the plan's limit of contacts is reached", limit="contacts")
        values = msgspec.structs.asdict(data) | {"source": source}
        names = ", ".join(values)
        numbers = ", ".join(f"${number}" for number in range(2, 2 + len(values)))
        sql = f"INSERT INTO contacts AS k (organization_id, {names}) VALUES ($1, {numbers}) RETURNING {COLUMNS}"
        try:
            created = await db.fetch_one(ContactView, sql, actor.organization_id, *values.values())
        except asyncpg.UniqueViolationError:
            raise Conflict("a contact with this external id exists already", code="duplicate_contact") from None
        if created is None:
            raise RuntimeError("an inserted contact was not returned")
        await record(ContactCreated(organization_id=actor.organization_id, contact=created, by=actor.ref), STAFF_ONLY)
    return created


async def create_many(actor: Actor, data: Sequence[ContactInput], *, source: str) -> list[int]:
    """Add contacts, of which the plan may not allow the last ones; the ids of those that were added, in their order.

    Raises:
        Conflict: an `external_id` is taken.
    """
    if not data:
        return []
    async with transaction(actor) as db:
        count = await db.fetch_value(RESERVED, actor.organization_id, len(data))
        try:
            created = await db.fetch(ContactView, INSERT_MANY, actor.organization_id, source, msgspec.to_builtins(data[:count]))
        except asyncpg.UniqueViolationError:
            raise Conflict("a contact with this external id exists already", code="duplicate_contact") from None
        created.sort(key=lambda contact: contact.id)
        for contact in created:
            await record(ContactCreated(organization_id=actor.organization_id, contact=contact, by=actor.ref), STAFF_ONLY)
    return [contact.id for contact in created]


async def update(actor: Actor, contact_id: int, data: ContactChanges | DeclaredInput, *, about: str = "") -> ContactView:
    """Change what is set in `data`; what staff or a program says, even again, is no longer what only a visitor typed.

    `about`: the address, in lower case, for which alone its `subscription_status` holds; none: whatever it is.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    changes: dict[str, Any] = {
        name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET
    }  # fmt: skip
    async with transaction(actor) as db:
        before = await queries.get(actor, contact_id, lock=True)
        declared = await _declared(actor, before, data, changes)
        if declared is None and all(getattr(before, name) == value for name, value in changes.items()):
            return before
        if declared is not None:
            changes["declared"] = declared
        if "subscription_status" in changes:
            if changes["subscription_status"] != "bounced":
                changes["complained_address"] = about if changes["subscription_status"] == "unsubscribed" else ""
        elif changes.get("email", before.email) != before.email:
            complained = await queries.complained_address(actor, contact_id)
            changes["subscription_status"] = _status(before, changes["email"], complained)
        assignments = ", ".join(f"{name} = ${number}" for number, name in enumerate(changes, 3))
        sql = f"UPDATE contacts k SET {assignments} WHERE k.organization_id = $1 AND k.id = $2 RETURNING {COLUMNS}"
        after = await db.fetch_one(ContactView, sql, actor.organization_id, contact_id, *changes.values())
        if after is None:
            raise RuntimeError("a locked contact vanished")
        said = getattr(data, "subscription_status", msgspec.UNSET) is not msgspec.UNSET
        event = ContactUpdated(organization_id=actor.organization_id, contact=after, by=actor.ref, subscription_said=said)
        await record(event, STAFF_ONLY)
    return after


async def _declared(actor: Actor, before: ContactView, data: object, changes: Mapping[str, Any]) -> list[str] | None:
    """What of a contact only a visitor typed from now on; None: what it was."""
    said = DECLARABLE & changes.keys()
    if not said:
        return None
    known = await queries.declared(actor, before.id)
    after = (
        known | {name for name in said if getattr(before, name) != changes[name]}
        if isinstance(data, DeclaredInput)
        else known - said
    )
    return None if after == known else sorted(after)


def _status(before: ContactView, email: str | None, complained: str) -> SubscriptionStatus:
    """What it is under another address: what was said of the one before, or of this one, holds for that alone."""
    old, new = (before.email or "").lower(), (email or "").lower()
    if complained and complained in {old, new} and old != new:
        return "unsubscribed" if complained == new else "subscribed"
    return "subscribed" if before.subscription_status == "bounced" else before.subscription_status


async def delete(actor: Actor, contact_id: int) -> None:
    """Remove a contact; its conversations stay, without a name."""
    async with transaction(actor) as db:
        before = await queries.get(actor, contact_id, lock=True)
        await db.execute("DELETE FROM contacts WHERE organization_id = $1 AND id = $2", actor.organization_id, contact_id)
        await db.execute(
            "UPDATE organizations SET contacts_used = greatest(contacts_used - 1, 0) WHERE id = $1", actor.organization_id
        )
        await audit.note(actor, "contact.deleted", subject=str(contact_id))
        address = addresses.normal(before.email)
        known = addresses.digest(actor.organization_id, address) if address else ""
        event = ContactDeleted(organization_id=actor.organization_id, contact_id=contact_id, by=actor.ref, address_digest=known)
        await record(event, STAFF_ONLY)


async def check_exists(actor: Actor, contact_id: int) -> None:
    await queries.get(actor, contact_id)


async def ensure_visitor(actor: Actor, language: str = "") -> Actor:
    """The visitor with a contact: found, or made now. One visitor's requests wait for each other here.

    `language`: what his browser prefers today; empty changes nothing.
    """
    if actor.nonce is None or actor.inbox_id is None:
        raise Forbidden("only visitors write through a widget")
    async with transaction(actor) as db:
        await db.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", actor.nonce)
        rows = await db.fetch_rows(FIND, actor.organization_id, actor.nonce)
        if rows:
            visitor_id, contact_id, name, before = rows[0]
            if language not in {"", before}:
                await db.execute(
                    "UPDATE visitors SET language = $3 WHERE organization_id = $1 AND id = $2",
                    actor.organization_id, visitor_id, language,
                )  # fmt: skip
        else:
            contact = await create(actor, ContactInput(), source="widget")
            contact_id, name = contact.id, ""
            visitor_id = await db.fetch_value(
                "INSERT INTO visitors (organization_id, inbox_id, contact_id, nonce, language) VALUES ($1, $2, $3, $4, $5) RETURNING id",
                actor.organization_id, actor.inbox_id, contact_id, actor.nonce, language,
            )  # fmt: skip
    return msgspec.structs.replace(actor, id=visitor_id, contact_id=contact_id, name=name)
