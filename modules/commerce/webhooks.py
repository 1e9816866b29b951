"""What shops deliver: looked at, stored once, answered. What it means is a job's to find out."""

import time
from collections.abc import AsyncIterator, Mapping

import msgspec

from core.access import Actor, system
from core.database import by_token, transaction
from core.errors import Invalid, NotFound, TooLarge, Unauthenticated
from core.jobs import ledger
from modules.commerce.credentials import opened
from modules.commerce.platforms import PLATFORMS
from modules.commerce.platforms.contract import ForgedError, Platform
from modules.commerce.platforms.reading import MalformedError
from modules.commerce.platforms.shopify import COMPLIANCE, shop_of
from modules.commerce.settings import settings
from modules.commerce.structs import Taken

BODY_MAX = 5 * 1024 * 1024
JOB = "modules.commerce.understand"
BY_KEY = "SELECT organization_id, id, credentials, domain FROM integrations WHERE key = $1 AND platform = $2 AND credentials <> ''"
BY_DOMAIN = """
SELECT organization_id, id, credentials, domain FROM integrations WHERE domain = $1 AND platform = $2 ORDER BY credentials <> '' DESC, id DESC LIMIT 1
"""
"""Also one that has thrown us out: the law lets it ask us to forget what we know."""
STORE = """
INSERT INTO webhook_deliveries (organization_id, integration_id, topic, key, twin, state, reason, content, received_at, settled_at)
VALUES ($1, $2, $3, $4, nullif($5, ''), $6::text, $7, $8, now(), CASE WHEN $6::text <> 'received' THEN now() END)
ON CONFLICT (organization_id, integration_id, key) DO NOTHING RETURNING id
"""
HEARD = """
UPDATE integrations SET last_delivery_at = now() WHERE organization_id = $1 AND id = $2
  AND (last_delivery_at IS NULL OR last_delivery_at < now() - interval '1 minute')
"""
"""To the minute: deliveries that come together do not wait for each other at this row."""
UNKNOWN = "there is no such shop"


class _Shop(msgspec.Struct, frozen=True):
    organization_id: int
    id: int
    credentials: str
    domain: str | None

    @property
    def secrets(self) -> list[str]:
        """Shopify signs with the secret of the app that it installed; whoever was connected by hand has one of his own."""
        return settings().app_secrets if self.domain else opened(self.credentials).secrets

    @property
    def actor(self) -> Actor:
        return system(self.organization_id)


async def take(platform: str, key: str, headers: Mapping[str, str], length: int | None, chunks: AsyncIterator[bytes]) -> Taken:
    """Keep a delivery, once.

    Raises:
        NotFound: no shop has this key, or (Shopify) this domain; nothing is kept.
        TooLarge: it has over 5 MB.
        Unauthenticated: `bad_signature`, also where it is too old; nothing is kept.
        Invalid: `malformed`: signed, but nobody can tell what it is; nothing is kept.
        Unavailable: PostgreSQL is away, so nothing was kept: the shop tries again.
    """
    known = PLATFORMS.get(platform)
    shop = None if known is None else await _shop(known, key, headers)
    if known is None or shop is None:
        raise NotFound(UNKNOWN)
    raw = await whole(length, chunks, BODY_MAX)
    if known.is_ping(headers, raw):
        return Taken("ping")
    _verify(known, shop, headers, raw)
    try:
        announced = known.announce(headers, raw)
    except MalformedError as error:
        raise Invalid(str(error), code="malformed") from None
    if not shop.credentials and announced.topic not in COMPLIANCE:
        raise NotFound(UNKNOWN)
    state, reason = ("received", "") if announced.topic in known.topics else ("ignored", "topic")
    async with transaction(shop.actor) as db:
        values = (shop.id, announced.topic, announced.key, announced.twin, state, reason, raw)
        delivery_id = await db.fetch_value(STORE, shop.organization_id, *values)
        if delivery_id is None:
            return Taken("known")
        await db.execute(HEARD, shop.organization_id, shop.id)
        if state == "received":
            await ledger.enqueue(
                shop.actor, JOB, key=f"delivery:{delivery_id}", organization_id=shop.organization_id, delivery_id=delivery_id
            )
    return Taken("stored")


async def _shop(platform: Platform, key: str, headers: Mapping[str, str]) -> _Shop | None:
    """By its key; a Shopify one without a key by its domain."""
    if key:
        row = await by_token(BY_KEY, key, platform.name)
    else:
        domain = shop_of(headers) if platform.name == "shopify" else ""
        row = await by_token(BY_DOMAIN, domain, platform.name, longest=255) if domain else None
    return None if row is None else _Shop(*row)


async def whole(length: int | None, chunks: AsyncIterator[bytes], most: int) -> bytes:
    """
    Raises:
        TooLarge: it says, or turns out, to have more than `most` bytes.
    """
    raw = bytearray()
    if length is None or length <= most:
        async for chunk in chunks:
            raw += chunk
            if len(raw) > most:
                break
        else:
            return bytes(raw)
    raise TooLarge(f"this may have at most {most} bytes", limit_bytes=most)


def _verify(platform: Platform, shop: _Shop, headers: Mapping[str, str], raw: bytes) -> None:
    try:
        platform.verify(headers, raw, shop.secrets, time.time())
    except ForgedError:
        raise Unauthenticated("the signature is not right, or too old", code="bad_signature") from None
