"""Reading a shop by its API, a piece per job: at first all there is, then every quarter of an hour what changed. Webhooks get lost; this finds it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from core.access import Actor
from core.settings import settings
from modules.commerce.actions import syncs, taking, tokens
from modules.commerce.actions.syncs import Standing
from modules.commerce.actions.tokens import Shop
from modules.commerce.platforms import READERS
from modules.commerce.platforms.asking import Asking, BusyError, DeniedError, RefusedError, ShopError
from modules.commerce.platforms.reader import Reader, Resource, Watched
from modules.commerce.platforms.reading import MalformedError

BUDGET_S = 60.0
"""After so long the rest is another job's, that others have their turn."""
MEASURED = timedelta(hours=24)
NO_KEY = 401


async def read(actor: Actor, integration_id: int) -> None:
    """A piece of it; what goes wrong is kept where admins look, and tried again."""
    try:
        await _read(actor, integration_id)
    except BusyError as busy:
        await syncs.later(actor, integration_id, busy.retry_after_s)
    except MalformedError as error:
        await syncs.failed(actor, integration_id, f"the shop answers what cannot be: {error}")
    except ShopError as error:
        await syncs.failed(actor, integration_id, str(error), is_denied=isinstance(error, DeniedError))


async def _read(actor: Actor, integration_id: int) -> None:
    shop = await tokens.shop(actor, integration_id)
    reader = None if shop is None else READERS.get(shop.platform)
    if shop is None or reader is None or await syncs.is_paused(actor, integration_id):
        return
    try:
        await _piece(actor, shop, reader)
    except DeniedError as denied:
        renewed = await tokens.shop(actor, integration_id, refused=shop.credentials.access.get("token", ""))
        if denied.status != NO_KEY or renewed is None or renewed.credentials.access == shop.credentials.access:
            raise
        await _piece(actor, renewed, reader)


async def _piece(actor: Actor, shop: Shop, reader: Reader) -> None:
    until = time.monotonic() + BUDGET_S
    async with reader.ask(shop.shop, shop.credentials.access) as asking:
        for resource in reader.resources:
            if not await _windows(actor, shop, reader, asking, resource, until):
                await syncs.later(actor, shop.id, 0)
                return
        await syncs.ready(actor, shop.id, await _standing(actor, shop, reader, asking))


async def _windows(actor: Actor, shop: Shop, reader: Reader, asking: Asking, resource: Resource, until: float) -> bool:
    """Read a window to its end. False: there was no time for that."""
    window = await syncs.begin(actor, shop.id, resource)
    while True:
        try:
            page = await reader.page(asking, window)
        except RefusedError as refused:
            if resource in reader.optional and refused.status != NO_KEY:
                return True  # this key does not open it, and all else goes on
            raise
        for fact in page.facts:
            await taking.take(actor, shop.id, fact, is_read=page.is_live)
        following = await syncs.taken(actor, shop.id, window, page)
        if following is None:
            return True
        if page.is_lost or time.monotonic() >= until or await syncs.is_paused(actor, shop.id):
            return False
        window = following


async def _standing(actor: Actor, shop: Shop, reader: Reader, asking: Asking) -> Standing:
    watched = await _watched(actor, shop, reader, asking)
    at = datetime.now(shop.connected_at.tzinfo).replace(microsecond=0)
    there = await reader.count(asking, at - MEASURED, at)
    return Standing(there, await syncs.here(actor, shop.id, reader.by, at - MEASURED, at), at, watched.trouble)


async def _watched(actor: Actor, shop: Shop, reader: Reader, asking: Asking) -> Watched:
    try:
        found = await reader.watch(asking, address_of(shop.platform, shop.key), shop.credentials.secrets[0])
    except RefusedError as refused:
        if refused.status == NO_KEY:
            raise
        return Watched(trouble=str(refused))
    if found.secret:
        await tokens.learned(actor, shop.id, found.secret)
    return found


def address_of(platform: str, key: str) -> Callable[[str], str]:
    """Where a shop delivers a topic."""
    return lambda topic: f"{settings().origin}/webhooks/{platform}/{topic.replace('/', '-')}?key={key}"
