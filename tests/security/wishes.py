"""Who wants which mail, for the world of the security tests."""

from datetime import UTC, datetime
from typing import Any

from core.access import Actor
from core.consent import addresses, links
from core.consent.actions import consents, suppressions, topics
from core.consent.links import Owner
from core.consent.structs import SuppressionInput, TopicInput
from core.database import pool, transaction
from core.mailing.actions import audience, mailings
from core.mailing.tracking import actions as tracking
from core.mailing.tracking import links as tracking_links
from core.mailing.tracking.actions import Seen

SENT = "UPDATE mailing_sends SET state = 'sent', handed_at = now(), settled_at = now() WHERE id = $1"
READER = "reader@example.org"
SUPPRESSION = """
WITH a AS (INSERT INTO mail_addresses (organization_id, address, digest) VALUES ($1, lower($2) || '@example.org', $2) RETURNING id)
INSERT INTO suppressions (organization_id, address_id, reason, source) SELECT $1, a.id, 'manual', 'staff' FROM a RETURNING id
"""


async def wishes(admin: Actor, canary: str, inbox_id: int) -> dict[str, Any]:
    """A topic that nobody outside sees, and a public one that a reader signed up for and confirmed; from a third topic he has unsubscribed.

    An address with the canary gets nothing, and a mail was opened. As names; what links do has been done.
    """
    hidden = await topics.create(admin, TopicInput(f"For {canary}", text=f"About {canary}", is_public=False))
    news = await topics.create(admin, TopicInput("News", inbox_id=inbox_id))
    ended = await topics.create(admin, TopicInput("Offers", opt_in="single", is_public=False))
    await consents.sign_up(token(news.form), READER, "192.0.2.0/24", "en")
    async with transaction(admin) as db:
        address_id = await addresses.keep(db, admin, READER)
        owner = await addresses.owner(db, admin, address_id)
    entry = await pool().fetchval("SELECT max(id) FROM consent_entries WHERE organization_id = $1", admin.organization_id)
    confirm = token(links.confirm(owner, entry))
    await consents.confirm(confirm, "192.0.2.0/24")
    unsubscribe = await _ended(owner, ended.id)
    await suppressions.suppress(admin, SuppressionInput(f"{canary}@example.org", f"Known for {canary}"))
    mailing = await mailings.begin(admin, "news", 1, topic_id=hidden.id)
    send_id = await audience.enlist_one(admin, mailing.id, READER, datetime.now(UTC), entry=canary)
    await pool().execute(SENT, send_id)
    await tracking.open_mail(token(tracking_links.pixel(admin.organization_id, send_id)), Seen("GET", "browser", "192.0.2.0/24"))
    held = await pool().fetchval("SELECT max(id) FROM suppressions WHERE organization_id = $1", admin.organization_id)
    return {
        "topic": hidden.id, "news": news.id, "suppression": held, "confirm": confirm, "unsubscribe": unsubscribe,
        "preferences": token(links.preferences(owner)), "form": token(news.form),
    }  # fmt: skip


async def _ended(owner: Owner, topic_id: int) -> str:
    unsubscribe = token(links.unsubscribe(owner, topic_id))
    await consents.unsubscribe(unsubscribe, "one_click", "192.0.2.0/24")
    return unsubscribe


def token(link: str) -> str:
    return link.rpartition("/")[2]
