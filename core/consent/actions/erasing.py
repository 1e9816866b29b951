"""Forgetting a person: what an address wanted goes, what is held back from it stays, and is found by a keyed hash alone."""

from core.access import Actor
from core.consent import addresses
from core.database import transaction

FIND = "SELECT id, address FROM mail_addresses WHERE organization_id = $1 AND digest = $2 AND address <> '' FOR NO KEY UPDATE"
FORGET = """
UPDATE mail_addresses SET address = '', language = '', erased_at = now(), nonce = replace(gen_random_uuid()::text, '-', '')
WHERE organization_id = $1 AND id = $2
"""
CONSENTS = "DELETE FROM consents WHERE organization_id = $1 AND address_id = $2 AND state <> 'unsubscribed'"
UNKNOWN = (
    "UPDATE consents SET network = '' WHERE organization_id = $1 AND address_id = $2",
    "UPDATE consent_entries SET network = '', note = '' WHERE organization_id = $1 AND address_id = $2",
    "UPDATE suppressions SET evidence = '{}' WHERE organization_id = $1 AND address_id = $2",
)


async def forget(actor: Actor, address_digest: str) -> None:
    """Forget the address with this keyed hash, unless another contact has it; safe to repeat. Links that went there are worthless from now on."""
    async with transaction(actor) as db:
        for address_id, address in await db.fetch_rows(FIND, actor.organization_id, address_digest):
            if await addresses.contacts(db, address):
                continue
            await db.execute(FORGET, actor.organization_id, address_id)
            await db.execute(CONSENTS, actor.organization_id, address_id)
            for statement in UNKNOWN:
                await db.execute(statement, actor.organization_id, address_id)
