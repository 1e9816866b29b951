"""What campaigns add to the organizations of the security tests."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from core.access import Actor
from core.channels.email.servers import actions as servers
from core.channels.email.servers.structs import SmtpServerInput
from core.consent.actions import topics
from core.consent.structs import TopicInput
from core.database import pool
from core.segments import actions as segments
from core.segments.structs import SegmentInput
from core.templates import actions as templates
from core.templates.blocks import TextBlock
from core.templates.structs import TemplateInput
from modules.campaigns import jobs
from modules.campaigns.actions import drafts, running, starting, touching
from modules.campaigns.structs import CampaignInput, CampaignStart, CampaignVariantInput, CampaignView
from tests.factories import client_id
from tests.mail.gateway import a_mailbox
from tests.security.call import STAFF, Call

HERE = "/api/campaigns/{campaign_id:int}"
ORDER = """
INSERT INTO campaign_orders (organization_id, campaign_id, send_id, order_id, amount, currency, rule)
SELECT $1, $2, s.id, 1, 12, 'EUR', 1 FROM mailing_sends s WHERE s.organization_id = $1 AND s.contact_id = $3 ORDER BY s.id DESC LIMIT 1
"""
SENDING = "SELECT max(inbox_id) FROM email_servers WHERE organization_id = $1"


async def fill(admin: Actor, canary: str, contact_id: int) -> dict[str, int]:
    """A campaign that has begun, whose reader opened it and bought something; the word is in all that it says."""
    mailbox = await a_mailbox(admin, f"{canary}-news@example.com")
    await servers.save(admin, mailbox.inbox_id, SmtpServerInput("mail.invalid", 587, "starttls"))
    begun = await _begun(admin, canary)
    await touching.remember(admin, begun.id, contact_id, "open")
    await pool().execute(ORDER, admin.organization_id, begun.id, contact_id)
    return {"campaign": begun.id}


async def _draft(admin: Actor, word: str) -> CampaignView:
    inbox_id = await pool().fetchval(SENDING, admin.organization_id)
    topic = await topics.create(admin, TopicInput(f"News {word} {client_id()}", opt_in="single", is_public=False))
    template = await templates.create(admin, TemplateInput(f"News {word}", f"About {word}", blocks=[TextBlock(word)]))
    segment = await segments.create(admin, SegmentInput(f"For {word} {client_id()}", tree={"all": []}))
    variants = [CampaignVariantInput(template.id), CampaignVariantInput(template.id)]
    return await drafts.create(admin, CampaignInput(f"Spring {word}", topic.id, inbox_id, variants, [segment.id]))


async def _begun(admin: Actor, word: str) -> CampaignView:
    draft = await _draft(admin, word)
    started = await starting.start(admin, draft.id, CampaignStart(draft.revision))
    await jobs.enlist.function(admin.organization_id, draft.id)
    return started


async def _another(world: Any) -> dict[str, Any]:
    return {"campaign": (await _draft(world.admin, "passing")).id}


async def _another_begun(world: Any) -> dict[str, Any]:
    return {"campaign": (await _begun(world.admin, "passing")).id}


async def _another_paused(world: Any) -> dict[str, Any]:
    begun = await _begun(world.admin, "passing")
    await running.pause(world.admin, begun.id)
    return {"campaign": begun.id}


def _soon(_names: Any) -> dict[str, Any]:
    return {"revision": 1, "at": (datetime.now(UTC) + timedelta(days=1)).isoformat(), "time_zone": "Europe/Vienna"}


FRESH: dict[str, Callable[[Any], Awaitable[dict[str, Any]]]] = {
    "draft_campaign": _another,
    "begun_campaign": _another_begun,
    "paused_campaign": _another_paused,
}
CALLS = [
    # campaigns: who markets writes and reads them; what a conversation answers, whoever sees it
    Call("GET /api/campaigns", "admin user"),
    Call("POST /api/campaigns", "admin user", lambda names: {"name": "Spring", "topic_id": names["topic"]}, refers=True),
    Call("POST /api/campaigns/audience", "admin user", lambda names: {"include": [names["segment"]]}, refers=True),
    Call("GET /api/campaigns/panels/conversation", STAFF, query="?conversation_id={conversation}"),
    Call(f"GET {HERE}", "admin user"),
    Call(f"PATCH {HERE}", "admin user", lambda names: {"revision": 1, "name": "Summer"}, fresh="draft_campaign"),
    Call(f"DELETE {HERE}", "admin user", fresh="draft_campaign"),
    Call(f"POST {HERE}/duplicate", "admin user", lambda names: {"client_id": client_id()}, fresh="draft_campaign"),
    Call(f"POST {HERE}/test", "admin user", lambda names: {"contact_id": names["contact"]}, refers=True),
    Call(f"POST {HERE}/schedule", "admin user", _soon, fresh="draft_campaign"),
    Call(f"POST {HERE}/unschedule", "admin user", fresh="draft_campaign"),
    Call(f"POST {HERE}/start", "admin user", lambda names: {"revision": 1}, fresh="draft_campaign"),
    Call(f"POST {HERE}/pause", "admin user", fresh="begun_campaign"),
    Call(f"POST {HERE}/resume", "admin user", fresh="paused_campaign"),
    Call(f"POST {HERE}/cancel", "admin user", fresh="begun_campaign"),
    Call(f"GET {HERE}/progress", "admin user"),
    Call(f"GET {HERE}/recipients", "admin user"),
    Call(f"GET {HERE}/report", "admin user"),
    Call(f"GET {HERE}/replies", "admin user"),
    Call(f"GET {HERE}/export", "admin user"),
]
