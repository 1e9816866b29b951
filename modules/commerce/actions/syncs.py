"""How far a shop's API was read, a page at a time: whoever goes on after a crash reads the last page again, which changes nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from core.access import ADMINS, Actor
from core.audit import log as audit
from core.database import transaction
from core.errors import Conflict
from modules.commerce import queries
from modules.commerce.facts import Cart, Fact, Order
from modules.commerce.platforms.reader import Page, Resource, Window
from modules.commerce.structs import IntegrationView

EVERY = timedelta(minutes=15)
OVERLAP = timedelta(minutes=15)
"""Read twice: a shop shows some changes only a while after the time that it gives them."""
KEPT = timedelta(days=30)
TIDIED_MAX = 5000
AGAIN_MAX_S = 3600
BROKEN = 5
"""Failures in a row after which a shop is said to be in trouble; one refusal of our key is enough."""

BEGIN = """
INSERT INTO shop_readings AS r (organization_id, integration_id, resource, until) VALUES ($1, $2, $3, date_trunc('second', now()))
ON CONFLICT (organization_id, integration_id, resource) DO UPDATE SET
    since = CASE WHEN r.done_until = r.until THEN r.done_until - $4::interval ELSE r.since END,
    until = CASE WHEN r.done_until = r.until THEN excluded.until ELSE r.until END,
    cursor = CASE WHEN r.done_until = r.until THEN '' ELSE r.cursor END,
    read_count = CASE WHEN r.done_until = r.until THEN 0 ELSE r.read_count END,
    total = CASE WHEN r.done_until = r.until THEN NULL ELSE r.total END,
    malformed = CASE WHEN r.done_until = r.until THEN 0 ELSE r.malformed END,
    why = CASE WHEN r.done_until = r.until THEN '' ELSE r.why END
RETURNING resource, since, until, cursor, total
"""
TAKEN = """
UPDATE shop_readings SET cursor = $6, total = $7, read_count = read_count + $8, malformed = malformed + $9,
    why = CASE WHEN why = '' THEN $10 ELSE why END,
    oldest_at = least(oldest_at, $11), done_until = CASE WHEN $12 THEN until ELSE done_until END
WHERE organization_id = $1 AND integration_id = $2 AND resource = $3 AND until = $4 AND cursor = $5
"""
READY = """
UPDATE integrations SET status = 'active', sync_status = 'ready', error_message = '', failures = 0, drift_shop = $3, drift_here = $4, drift_at = $5,
    webhook_trouble = $6, next_read_at = now() + $7::interval * (0.95 + 0.1 * random()),
    last_sync_at = (SELECT min(done_until) FROM shop_readings WHERE organization_id = $1 AND integration_id = $2)
WHERE organization_id = $1 AND id = $2 AND credentials <> ''
"""
FAILED = """
UPDATE integrations SET failures = least(failures + 1, 1000), sync_status = 'failed', error_message = $3,
    status = CASE WHEN $4 OR failures + 1 >= $5 THEN 'error' ELSE status END,
    next_read_at = now() + make_interval(secs => least($6, 30 * 2 ^ least(failures, 12)))
WHERE organization_id = $1 AND id = $2 AND credentials <> ''
"""
LATER = "UPDATE integrations SET next_read_at = now() + make_interval(secs => $3) WHERE organization_id = $1 AND id = $2 AND credentials <> ''"
STARTED = """
UPDATE integrations SET sync_status = CASE WHEN last_sync_at IS NULL THEN 'first' ELSE sync_status END WHERE organization_id = $1 AND id = $2
"""
PAUSE = """
UPDATE integrations SET paused_at = coalesce(paused_at, now()) WHERE organization_id = $1 AND id = $2 AND credentials <> ''
  AND next_read_at IS NOT NULL RETURNING id
"""
PAUSED = "SELECT paused_at IS NOT NULL FROM integrations WHERE organization_id = $1 AND id = $2"
NOW = """
UPDATE integrations SET next_read_at = now(), paused_at = NULL WHERE organization_id = $1 AND id = $2 AND credentials <> ''
  AND next_read_at IS NOT NULL RETURNING id
"""
TIDY = """
DELETE FROM webhook_deliveries WHERE organization_id = $1 AND id = ANY (ARRAY(
    SELECT id FROM webhook_deliveries WHERE organization_id = $1 AND integration_id = $2 AND state <> 'received'
      AND received_at < now() - $3::interval ORDER BY id LIMIT $4))
"""
HERE = {
    "changed": "SELECT count(*) FROM orders WHERE organization_id = $1 AND integration_id = $2 AND changed_at >= $3 AND changed_at < $4",
    "placed": "SELECT count(*) FROM orders WHERE organization_id = $1 AND integration_id = $2 AND order_date >= $3 AND order_date < $4",
}


class Standing(msgspec.Struct, frozen=True):
    """How a shop and what is here stand to each other after a reading."""

    shop: int
    here: int
    at: datetime
    trouble: str


async def begin(actor: Actor, integration_id: int, resource: Resource) -> Window:
    """The window that is being read; a new one, where the last was read to its end."""
    async with transaction(actor) as db:
        await db.execute(STARTED, actor.organization_id, integration_id)
        found = await db.fetch_one(Window, BEGIN, actor.organization_id, integration_id, resource, OVERLAP)
    if found is None:
        raise RuntimeError("a row that was just written is gone")
    return found


async def taken(actor: Actor, integration_id: int, window: Window, page: Page) -> Window | None:
    """All of a page is here: go on behind it. None: this was the last."""
    is_done = not page.cursor and not page.is_lost
    count, oldest = len(page.facts) + page.malformed, min(_times(page.facts), default=None)
    values = (
        window.resource,
        window.until,
        window.cursor,
        page.cursor,
        page.total,
        count,
        page.malformed,
        page.why[:300],
        oldest,
        is_done,
    )
    async with transaction(actor) as db:
        await db.execute(TAKEN, actor.organization_id, integration_id, *values)
    return None if is_done else msgspec.structs.replace(window, cursor=page.cursor, total=page.total)


def _times(facts: Sequence[Fact]) -> list[datetime]:
    return [fact.placed_at if isinstance(fact, Order) else fact.begun_at for fact in facts if isinstance(fact, Order | Cart)]


async def here(actor: Actor, integration_id: int, by: str, since: datetime, until: datetime) -> int:
    """Orders that are kept here and lie within both, to the second."""
    async with transaction(actor) as db:
        sql = HERE[by]
        return int(await db.fetch_value(sql, actor.organization_id, integration_id, since, until + timedelta(seconds=1)))


async def ready(actor: Actor, integration_id: int, standing: Standing) -> None:
    """All was read: again in a quarter of an hour. What was settled a month ago is forgotten."""
    values = (standing.shop, standing.here, standing.at, standing.trouble[:300], EVERY)
    async with transaction(actor) as db:
        await db.execute(READY, actor.organization_id, integration_id, *values)
    await tidy(actor, integration_id)


async def tidy(actor: Actor, integration_id: int) -> None:
    async with transaction(actor) as db:
        await db.execute(TIDY, actor.organization_id, integration_id, KEPT, TIDIED_MAX)


async def failed(actor: Actor, integration_id: int, words: str, *, is_denied: bool = False) -> None:
    """Tried again in half a minute, then in twice that, and so on up to an hour."""
    async with transaction(actor) as db:
        await db.execute(FAILED, actor.organization_id, integration_id, words[:300], is_denied, BROKEN, AGAIN_MAX_S)


async def later(actor: Actor, integration_id: int, wait_s: float) -> None:
    async with transaction(actor) as db:
        await db.execute(LATER, actor.organization_id, integration_id, wait_s)


async def now(actor: Actor, integration_id: int) -> IntegrationView:
    """Have a shop read at once, also where somebody had stopped that.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
        Conflict: `not_readable`: it was disconnected, or there is no key to its API.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await queries.shop(actor, integration_id)
        if await db.fetch_value(NOW, actor.organization_id, integration_id) is None:
            raise Conflict("there is no key with which this shop could be read", code="not_readable")
        await audit.note(actor, "integration.read", subject=str(integration_id))
        return await queries.shop(actor, integration_id)


async def pause(actor: Actor, integration_id: int) -> IntegrationView:
    """Stop reading a shop, at the latest after the page that is being read; `now` goes on where it was. Webhooks are taken all the same.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
        Conflict: `not_readable`: it was disconnected, or there is no key to its API.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await queries.shop(actor, integration_id)
        if await db.fetch_value(PAUSE, actor.organization_id, integration_id) is None:
            raise Conflict("there is no key with which this shop could be read", code="not_readable")
        await audit.note(actor, "integration.paused", subject=str(integration_id))
        return await queries.shop(actor, integration_id)


async def is_paused(actor: Actor, integration_id: int) -> bool:
    async with transaction(actor) as db:
        return bool(await db.fetch_value(PAUSED, actor.organization_id, integration_id))
