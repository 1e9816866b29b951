"""Everybody of a campaign's audience, and what became of each, as CSV."""

import csv
import io
from collections.abc import AsyncIterator, Iterable

from core.access import MARKETERS, Actor
from core.audit import log as audit
from core.database import transaction
from modules.campaigns import queries
from modules.campaigns.structs import REASONS, CampaignRecipient

PAGE = 1000
HEADER = ("contact_id", "name", "address", "variant", "state", "reason", "words", "detail", "opened", "clicked", "settled_at")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


async def export(actor: Actor, campaign_id: int) -> AsyncIterator[bytes]:
    """As UTF-8 with a header. Admins and users; it is noted who did.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*MARKETERS)
    async with transaction(actor):
        campaign = await queries.get(actor, campaign_id)
        await audit.note(actor, "campaign.exported", subject=campaign.name)
    return _pieces(actor, campaign_id)


async def _pieces(actor: Actor, campaign_id: int) -> AsyncIterator[bytes]:
    yield _written([HEADER])
    cursor: str | None = None
    while True:
        page = await queries.recipients(actor, campaign_id, None, None, None, cursor, PAGE)
        yield _written(_line(one) for one in page.items)
        cursor = page.next
        if cursor is None:
            return


def _line(one: CampaignRecipient) -> tuple[object, ...]:
    at = one.settled_at.isoformat() if one.settled_at else ""
    words = REASONS.get(one.reason, "")
    texts = (_harmless(text) for text in (one.name, one.address, one.variant, one.state, one.reason, words, one.detail))
    return (one.contact_id, *texts, one.opened, one.clicked, at)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _written(lines: Iterable[tuple[object, ...]]) -> bytes:
    found = io.StringIO()
    csv.writer(found).writerows(lines)
    return found.getvalue().encode()
