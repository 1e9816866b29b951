"""Whose an address is, and who takes part in a conversation by mail."""

import re
from collections.abc import Collection, Iterable

import msgspec

from core import texts
from core.access import Actor
from core.channels.email.gateway import addresses
from core.channels.email.parsing import Address
from core.contacts import actions as contacts
from core.contacts.structs import ContactInput
from core.database import Unit

NAME_MAX = 80
PARTICIPANTS_MAX = 100
ADDRESS_MAX = 254
_UNSEEN = re.compile(f"[{texts.UNSEEN}]+")
_ADDRESS = re.compile(texts.ADDRESS)

FIND = """
SELECT a.contact_id, trim(k.first_name || ' ' || k.last_name) FROM contact_addresses a
JOIN contacts k ON k.organization_id = a.organization_id AND k.id = a.contact_id WHERE a.organization_id = $1 AND a.address = $2
  AND (lower(k.email) = a.address OR EXISTS (SELECT FROM message_mails w WHERE w.organization_id = $1 AND w.from_address = a.address))
"""
"""Not where staff wrote to an address first, and corrected it before anything came from there."""
KNOWN = """
SELECT k.id, trim(k.first_name || ' ' || k.last_name) FROM contacts k
WHERE k.organization_id = $1 AND lower(k.email) = $2
  AND NOT EXISTS (SELECT FROM visitors v WHERE v.organization_id = k.organization_id AND v.contact_id = k.id)
ORDER BY k.id LIMIT 1
"""
"""Whom staff keep under an address. What a visitor says of himself makes nobody's mail his."""
LIKELY = """
SELECT k.id, trim(k.first_name || ' ' || k.last_name) FROM contacts k WHERE k.organization_id = $1 AND lower(k.email) = $2 AND k.id = $3
  AND NOT EXISTS (SELECT FROM visitors v WHERE v.organization_id = k.organization_id AND v.contact_id = k.id)
"""
KEEP = """
INSERT INTO contact_addresses (organization_id, contact_id, address) VALUES ($1, $2, $3)
ON CONFLICT (organization_id, address) DO UPDATE SET contact_id = excluded.contact_id
"""
OURS = "SELECT address FROM email_inboxes WHERE organization_id = $1"
ADDRESS = f"{OURS} AND inbox_id = $2"
JOIN = f"""
INSERT INTO conversation_participants (organization_id, conversation_id, address, name, is_declared)
SELECT $1, $2, p.address, p.name, $5 OR EXISTS (
    SELECT FROM conversations c JOIN contacts k ON k.organization_id = c.organization_id AND k.id = c.contact_id
    WHERE c.organization_id = $1 AND c.id = $2 AND lower(k.email) = p.address)
FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS p (address, name, place)
WHERE (SELECT count(*) FROM conversation_participants q WHERE q.organization_id = $1 AND q.conversation_id = $2) + p.place <= {PARTICIPANTS_MAX}
ORDER BY p.address ON CONFLICT (organization_id, conversation_id, address) DO NOTHING
"""
"""In one order for all: a mail that comes in and one that goes out may name the same people at once, and would wait for each other."""
DECLARED = """
SELECT k.email FROM conversations c JOIN contacts k ON k.organization_id = c.organization_id AND k.id = c.contact_id
WHERE c.organization_id = $1 AND c.id = $2
"""
CORRECTED = """
p.is_declared AND (c.contact_id IS NOT NULL OR EXISTS (
    SELECT FROM conversation_participants n WHERE n.organization_id = p.organization_id AND n.conversation_id = p.conversation_id
      AND n.is_declared AND n.id > p.id))
AND NOT EXISTS (
    SELECT FROM contacts k WHERE k.organization_id = c.organization_id AND k.id = c.contact_id AND lower(k.email) = p.address)
AND NOT EXISTS (
    SELECT FROM message_mails w JOIN conversations o ON o.organization_id = w.organization_id AND o.id = w.conversation_id
    WHERE w.organization_id = c.organization_id AND w.from_address = p.address AND (o.contact_id = c.contact_id OR o.id = c.id))
"""
"""Of a participant `p` of a conversation `c`: it was a slip, which its contact or staff has corrected, and nobody has written from there.
Where the contact was deleted, whoever was said to be it last is the customer."""
SLIPS = f"""
SELECT p.address FROM conversation_participants p JOIN conversations c ON c.organization_id = p.organization_id AND c.id = p.conversation_id
WHERE p.organization_id = $1 AND p.conversation_id = $2 AND {CORRECTED}
"""
VISITOR = """
SELECT k.id, trim(k.first_name || ' ' || k.last_name) FROM conversations c
JOIN contacts k ON k.organization_id = c.organization_id AND k.id = c.contact_id
WHERE c.organization_id = $1 AND c.id = $2 AND EXISTS (
    SELECT FROM continuity_mails m WHERE m.organization_id = c.organization_id AND m.conversation_id = c.id AND m.address = $3)
"""


class Person(msgspec.Struct, frozen=True):
    contact_id: int
    name: str


def key(address: str) -> str:
    """An address as it is compared: in lower case; empty where it cannot be one."""
    lowered = address.strip().lower()
    return lowered if len(lowered) <= ADDRESS_MAX and _ADDRESS.search(lowered) else ""


def line(name: str, length: int = NAME_MAX) -> str:
    """A stranger's words on one line."""
    return " ".join(_UNSEEN.sub(" ", name).split())[:length].strip()


async def one_by_one(db: Unit, organization_id: int, what: str) -> None:
    """Whoever deals with the same thing (mail of an address, or what is no address: a cap) waits here until the other's unit of work ends."""
    await db.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, $2))", what, organization_id)


async def person(db: Unit, actor: Actor, sender: Address, *, source: str = "email", likely_id: int = 0) -> Person:
    """Whose address this is, whose mails come `one_by_one`: who wrote from it, else contact `likely_id` if it is his (he answers a mail that went
    there), else whom staff keep under it; made now if nobody is known.

    Raises:
        LimitReached: the plan allows no more contacts.
    """
    address = key(sender.address)
    rows = await db.fetch_rows(FIND, actor.organization_id, address)
    if rows:
        return Person(*rows[0])
    likely = await db.fetch_one(Person, LIKELY, actor.organization_id, address, likely_id) if likely_id else None
    known = likely or await db.fetch_one(Person, KNOWN, actor.organization_id, address)
    if known is not None:
        await db.execute(KEEP, actor.organization_id, known.contact_id, address)
        return known
    first, _, last = line(sender.name, 2 * NAME_MAX).partition(" ")
    data = ContactInput(email=address, first_name=first[:NAME_MAX], last_name=last[:NAME_MAX])
    made = await contacts.create(actor, data, source=source)
    await db.execute(KEEP, actor.organization_id, made.id, address)
    return Person(made.id, f"{made.first_name} {made.last_name}".strip())


async def visitor(db: Unit, actor: Actor, conversation_id: int | None, address: str) -> Person | None:
    """The visitor who is meant where an answer to a mail about his chat comes from where that went. The address does not become one of his by it:
    he may have typed anybody's, whose mails would then be shown to him."""
    return None if conversation_id is None else await db.fetch_one(Person, VISITOR, actor.organization_id, conversation_id, address)


def is_one_of(address: str, ours: Collection[str]) -> bool:
    """Whether an address, with or without its tag, is one of these."""
    return any(one in ours for one in (key(address), *addresses.bases(key(address))))


async def slips(db: Unit, organization_id: int, conversation_id: int) -> frozenset[str]:
    """Addresses that take no part in a conversation any more: corrected before anybody wrote from there."""
    return frozenset(address for (address,) in await db.fetch_rows(SLIPS, organization_id, conversation_id))


async def our_addresses(db: Unit, organization_id: int) -> frozenset[str]:
    """Of all inboxes of the organization, in lower case."""
    return frozenset(address for (address,) in await db.fetch_rows(OURS, organization_id))


async def address_of(db: Unit, organization_id: int, inbox_id: int) -> str | None:
    """Where an inbox has its mail; None: it has none."""
    address: str | None = await db.fetch_value(ADDRESS, organization_id, inbox_id)
    return address


async def declared(db: Unit, organization_id: int, conversation_id: int) -> str:
    """The address that a conversation's contact is said to have, as it is compared; empty: none."""
    return key(await db.fetch_value(DECLARED, organization_id, conversation_id) or "")


async def join(
    db: Unit, organization_id: int, conversation_id: int, people: Iterable[Address], *, is_declared: bool = False
) -> None:
    """These take part from now on; our own addresses never do, and no more than `PARTICIPANTS_MAX` together.

    `is_declared`: it was the contact's when the mail was written, which may have been corrected by now.
    """
    ours = await our_addresses(db, organization_id)
    named: dict[str, str] = {}
    for one in people:
        address = key(one.address)
        if address and not is_one_of(address, ours):
            named.setdefault(address, line(one.name, 160))
    await db.execute(JOIN, organization_id, conversation_id, list(named), list(named.values()), is_declared)
