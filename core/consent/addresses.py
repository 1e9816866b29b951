"""The one row of an address: found in clear, or by its keyed hash where the person was forgotten; made where it is needed."""

import msgspec

from core.access import Actor
from core.consent.links import Owner
from core.contacts import addresses
from core.database import Unit
from core.errors import Invalid, NotFound

CONTACTS_MAX = 50
KEEP = """
INSERT INTO mail_addresses AS a (organization_id, address, digest) VALUES ($1, $2, $3)
ON CONFLICT (organization_id, digest) DO UPDATE SET address = excluded.address, erased_at = NULL RETURNING a.id
"""
"""Whose address is given to us again is no longer forgotten. The row is locked from here on, before any contact's."""
FIND = "SELECT a.id FROM mail_addresses a WHERE a.organization_id = $1 AND a.digest = $2"
LOCK = "SELECT a.id, a.address, a.stops FROM mail_addresses a WHERE a.organization_id = $1 AND a.id = $2 FOR NO KEY UPDATE"
NONCE = "SELECT nonce FROM mail_addresses WHERE organization_id = $1 AND id = $2"
LOCK_OWNED = """
SELECT a.id, a.address, a.stops FROM mail_addresses a
WHERE a.organization_id = $1 AND a.id = $2 AND a.nonce = $3 AND a.address <> '' FOR NO KEY UPDATE
"""
CONTACTS = "SELECT contact_id FROM contacts_at(ARRAY[$1::text]) ORDER BY contact_id LIMIT $2"


class Held(msgspec.Struct, frozen=True):
    """An address whose row the unit of work has locked."""

    id: int
    address: str
    stops: list[str]


async def keep(db: Unit, actor: Actor, email: str) -> int:
    """The row of an address, made if there is none, and locked.

    Raises:
        Invalid: it is no address that mail is sent to.
    """
    address = addresses.normal(email)
    if not address:
        raise Invalid("this is no e-mail address", code="no_address")
    known = addresses.digest(actor.organization_id, address)
    return int(await db.fetch_value(KEEP, actor.organization_id, address, known))


async def find(db: Unit, actor: Actor, email: str) -> int | None:
    """The row of an address; None: nothing is known of it."""
    address = addresses.normal(email)
    if not address:
        return None
    found: int | None = await db.fetch_value(FIND, actor.organization_id, addresses.digest(actor.organization_id, address))
    return found


async def lock(db: Unit, actor: Actor, address_id: int) -> Held | None:
    return await db.fetch_one(Held, LOCK, actor.organization_id, address_id)


async def contacts(db: Unit, address: str) -> tuple[int, ...]:
    """Those who have it now, at most 50; nobody has what was forgotten."""
    if not address:
        return ()
    rows = await db.fetch_rows(CONTACTS, address, CONTACTS_MAX)
    return tuple(contact_id for (contact_id,) in rows)


async def owner(db: Unit, actor: Actor, address_id: int) -> Owner:
    """Whoever gets mail there, as links name him.

    Raises:
        NotFound: there is no such address.
    """
    nonce = await db.fetch_value(NONCE, actor.organization_id, address_id)
    if nonce is None:
        raise NotFound("this address is gone")
    return Owner(actor.organization_id, address_id, nonce)


async def lock_owned(db: Unit, named: Owner) -> Held:
    """The row of the address whose link somebody follows.

    Raises:
        NotFound: the address was forgotten since, or its links were made worthless.
    """
    found = await db.fetch_one(Held, LOCK_OWNED, named.organization_id, named.address_id, named.nonce)
    if found is None:
        raise NotFound("this link is not valid any more")
    return found
