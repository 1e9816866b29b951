"""The key to a shop's API, renewed where it ends by itself: one at a time, and kept before it is used."""

import time
from datetime import datetime

import msgspec

from core.access import Actor
from core.database import Unit, transaction
from modules.commerce.credentials import Credentials, opened, sealed
from modules.commerce.platforms import shopify_oauth

EARLY_S = 300.0
FOUND = """
SELECT id, platform, shop, key, connected_at, credentials FROM integrations WHERE organization_id = $1 AND id = $2 AND credentials <> ''
"""
KEEP = "UPDATE integrations SET credentials = $3 WHERE organization_id = $1 AND id = $2 AND credentials <> ''"


class Shop(msgspec.Struct, frozen=True):
    """A connected shop, with what opens it."""

    id: int
    platform: str
    shop: str
    key: str
    connected_at: datetime
    credentials: Credentials


async def shop(actor: Actor, integration_id: int, *, refused: str = "") -> Shop | None:
    """A shop and a key that holds; None: it was disconnected. `refused`: an access token that the shop took no more.

    Raises:
        ShopError: the key ended, and the shop gives no other.
    """
    async with transaction(actor) as db:
        found = await _found(db, actor, integration_id)
    if found is None or not _is_over(found, refused):
        return found
    async with transaction(actor) as db:
        await db.execute("SELECT pg_advisory_xact_lock(hashtextextended('shop token', $1))", integration_id)
        found = await _found(db, actor, integration_id)
        if found is None or not _is_over(found, refused):
            return found
        access = await shopify_oauth.refreshed(found.shop, found.credentials.access["refresh_token"])
        renewed = msgspec.structs.replace(found.credentials, access=found.credentials.access | access)
        await db.execute(KEEP, actor.organization_id, integration_id, sealed(renewed))
    return msgspec.structs.replace(found, credentials=renewed)


async def _found(db: Unit, actor: Actor, integration_id: int) -> Shop | None:
    for row in await db.fetch_rows(FOUND, actor.organization_id, integration_id):
        return Shop(row[0], row[1], row[2], row[3], row[4], opened(row[5]))
    return None


def _is_over(found: Shop, refused: str) -> bool:
    access = found.credentials.access
    if not access.get("refresh_token"):
        return False
    return float(access.get("until", "0")) - EARLY_S < time.time() or access.get("token") == refused


async def learned(actor: Actor, integration_id: int, secret: str) -> None:
    """The shop itself chose what it signs with from now on; the last is taken as well."""
    async with transaction(actor) as db:
        await db.execute("SELECT pg_advisory_xact_lock(hashtextextended('shop token', $1))", integration_id)
        found = await _found(db, actor, integration_id)
        if found is not None:
            now = msgspec.structs.replace(found.credentials, secrets=[secret, *found.credentials.secrets[:1]])
            await db.execute(KEEP, actor.organization_id, integration_id, sealed(now))
