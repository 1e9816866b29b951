"""Reads of contacts."""

from core.access import Actor
from core.contacts.structs import ContactPage, ContactView
from core.database import Unit, read
from core.errors import NotFound
from core.pages import decode_cursor, encode_cursor

COLUMNS = """
k.id, k.email, k.first_name, k.last_name, k.phone, k.tags, k.custom_fields, k.subscription_status, k.source, k.external_id,
k.last_order_date, k.total_order_value, k.order_count, k.created_at
"""
SEARCH_MAX = 500
DECLARED = "SELECT declared FROM contacts WHERE organization_id = $1 AND id = $2"
TYPED = """
SELECT k.id, lower(k.email) FROM contacts k
WHERE k.organization_id = $1 AND k.id > $2 AND k.id <= $3 AND 'email' = ANY (k.declared) AND k.email IS NOT NULL ORDER BY k.id
"""
OWNERS = """
SELECT a.address, a.contact_id FROM contacts_at($2::text[]) a JOIN contacts k ON k.organization_id = $1 AND k.id = a.contact_id
WHERE NOT 'email' = ANY (k.declared) ORDER BY a.contact_id
"""


async def get(actor: Actor, contact_id: int, *, lock: bool = False) -> ContactView:
    """One contact.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    sql = f"SELECT {COLUMNS} FROM contacts k WHERE k.organization_id = $1 AND k.id = $2" + (" FOR UPDATE" if lock else "")
    async with read(actor) as db:
        found = await db.fetch_one(ContactView, sql, actor.organization_id, contact_id)
    if found is None:
        raise NotFound("this contact does not exist")
    return found


async def complained_address(actor: Actor, contact_id: int) -> str:
    """The address, in lower case, for which alone a contact wants no mail; empty: for any, or it wants mail."""
    sql = "SELECT complained_address FROM contacts WHERE organization_id = $1 AND id = $2"
    async with read(actor) as db:
        return await db.fetch_value(sql, actor.organization_id, contact_id) or ""


async def declared(actor: Actor, contact_id: int) -> frozenset[str]:
    """Which of a contact's `email`, `first_name` and `last_name` only a visitor typed."""
    async with read(actor) as db:
        found = await db.fetch_value(DECLARED, actor.organization_id, contact_id)
    return frozenset(found or ())


async def yielding(db: Unit, actor: Actor, after: int, last: int) -> list[tuple[int, int]]:
    """Contacts, with ids above `after` up to `last`, whose address only a visitor typed, each with one whose own address it is, if there is any."""
    typed = await db.fetch_rows(TYPED, actor.organization_id, after, last)
    if not typed:
        return []
    found: dict[str, list[int]] = {}
    for address, contact_id in await db.fetch_rows(OWNERS, actor.organization_id, sorted({row[1] for row in typed})):
        found.setdefault(address, []).append(contact_id)
    return [(contact_id, owner) for contact_id, address in typed for owner in found.get(address, ())]


async def language(actor: Actor, contact_id: int | None) -> str:
    """The language that the contact's last browser prefers, as two or three small letters; empty where nobody knows."""
    if contact_id is None:
        return ""
    sql = """
        SELECT v.language FROM visitors v WHERE v.organization_id = $1 AND v.contact_id = $2 AND v.revoked_at IS NULL
        ORDER BY v.last_seen_at DESC, v.id DESC LIMIT 1
    """
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, contact_id)
    return str(rows[0][0]) if rows else ""


async def page(actor: Actor, search: str | None, after: str | None, limit: int) -> ContactPage:
    """Newest first; `search` matches the beginning of the address or of a name."""
    last_id = decode_cursor(after, "newest")[1] if after else None
    found = "AND k.id IN (SELECT search_contacts($4, $5))" if search else ""
    arguments: list[object] = [actor.organization_id, last_id, limit + 1]
    if search:
        arguments += [search, SEARCH_MAX]
    sql = f"""
        SELECT {COLUMNS} FROM contacts k WHERE k.organization_id = $1 AND ($2::bigint IS NULL OR k.id < $2) {found}
        ORDER BY k.id DESC LIMIT $3
    """
    async with read(actor) as db:
        rows = await db.fetch(ContactView, sql, *arguments)
    following = encode_cursor("newest", "", rows[limit - 1].id) if len(rows) > limit else None
    return ContactPage(rows[:limit], following)
