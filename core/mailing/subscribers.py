"""What is forgotten with a person: words of mail servers, which name his address, and from where he opened what he got."""

from core.access import system
from core.contacts.events import ContactDeleted
from core.database import transaction
from core.events.contract import on

FORGOTTEN = """
a.organization_id = $1 AND a.digest = $2 AND s.organization_id = $1 AND s.address_id = a.id
AND NOT EXISTS (SELECT FROM contacts_at(ARRAY[a.address::text]))
"""
DETAILS = f"UPDATE mailing_sends s SET detail = '' FROM mail_addresses a WHERE {FORGOTTEN} AND s.detail <> ''"
NETWORKS = f"""
UPDATE mailing_touches t SET network = '' FROM mailing_sends s, mail_addresses a
WHERE {FORGOTTEN} AND t.organization_id = $1 AND t.send_id = s.id AND t.network <> ''
"""


@on(ContactDeleted)
async def forget(event: ContactDeleted) -> None:
    """Safe to repeat. What was sent, and how often it was opened, stays counted."""
    if event.address_digest:
        async with transaction(system(event.organization_id)) as db:
            for statement in (DETAILS, NETWORKS):
                await db.execute(statement, event.organization_id, event.address_digest)
