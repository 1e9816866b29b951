"""A list of suppressions from elsewhere, taken in as a whole."""

from core.access import MARKETERS, Actor
from core.audit import log as audit
from core.consent.actions import suppressions
from core.consent.addresses import CONTACTS_MAX
from core.consent.rules import SuppressionReason
from core.consent.structs import ImportInput, ImportReport, ImportRow
from core.contacts import addresses
from core.database import Unit, transaction

INVALID_MAX = 100
KNOWN = """
SELECT count(*) FROM unnest($2::text[], $3::text[]) AS n (digest, reason)
JOIN mail_addresses a ON a.organization_id = $1 AND a.digest = n.digest
JOIN suppressions s ON s.organization_id = a.organization_id AND s.address_id = a.id AND s.reason = n.reason
"""
AT = "SELECT address, contact_id FROM contacts_at($1::text[]) ORDER BY contact_id"
KEEP = """
INSERT INTO mail_addresses AS a (organization_id, address, digest)
SELECT $1, n.address, n.digest FROM unnest($2::text[], $3::text[]) AS n (address, digest) ORDER BY n.digest
ON CONFLICT (organization_id, digest) DO UPDATE SET address = excluded.address, erased_at = NULL
"""
"""In one order for all, or two lists would wait for each other."""
ADD = """
INSERT INTO suppressions (organization_id, address_id, reason, source, evidence, by_id)
SELECT $1, a.id, n.reason, 'import', CASE WHEN n.note = '' THEN '{}' ELSE jsonb_build_object('note', n.note) END, $5
FROM unnest($2::text[], $3::text[], $4::text[]) AS n (digest, reason, note)
JOIN mail_addresses a ON a.organization_id = $1 AND a.digest = n.digest ORDER BY a.id, n.reason
ON CONFLICT (organization_id, address_id, reason) DO NOTHING
RETURNING address_id, reason, (SELECT a.address FROM mail_addresses a WHERE a.organization_id = $1 AND a.id = address_id)
"""
Wanted = dict[tuple[str, SuppressionReason], ImportRow]
"""By address and reason."""


async def take_in(actor: Actor, data: ImportInput) -> ImportReport:
    """All of it or nothing; dry: only what would become of it. Safe to repeat: what is known stays as it is."""
    actor.require(*MARKETERS)
    wanted: Wanted = {}
    invalid = []
    for number, row in enumerate(data.rows):
        address = addresses.normal(row.address.strip())
        if address:
            wanted.setdefault((address, row.reason), row)
        else:
            invalid.append(number)
    async with transaction(actor) as db:
        digests = [addresses.digest(actor.organization_id, address) for address, _ in wanted]
        known = await db.fetch_value(KNOWN, actor.organization_id, digests, [reason for _, reason in wanted])
        at: dict[str, list[int]] = {}
        for address, contact_id in await db.fetch_rows(AT, sorted({address for address, _ in wanted})):
            at.setdefault(address, []).append(contact_id)
        if not data.dry_run:
            await _write(db, actor, wanted, digests, at)
            await audit.note(actor, "suppressions.imported", subject=str(len(wanted) - known), rows=len(data.rows))
    reached = sum(map(len, at.values()))
    return ImportReport(data.dry_run, len(wanted) - known, known, reached, invalid[:INVALID_MAX], len(invalid))


async def _write(db: Unit, actor: Actor, wanted: Wanted, digests: list[str], at: dict[str, list[int]]) -> None:
    unique = {digest: address for digest, (address, _) in zip(digests, wanted, strict=True)}
    await db.execute(KEEP, actor.organization_id, list(unique.values()), list(unique))
    values = (digests, [reason for _, reason in wanted], [row.note for row in wanted.values()], actor.user_id)
    added = await db.fetch_rows(ADD, actor.organization_id, *values)
    await db.execute(suppressions.STOPS, actor.organization_id, sorted({address_id for address_id, _, _ in added}))
    for address_id, reason, address in added:
        reached = tuple(at.get(address, ()))[:CONTACTS_MAX]
        if reached:
            await suppressions.show(db, actor, address, suppressions.status_for([reason]), instead_of=("subscribed",))
        await suppressions.announce(actor, address_id, reason, reached, is_active=True)
