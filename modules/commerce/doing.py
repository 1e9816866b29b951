"""Carrying out what was asked for, at the shop: never twice, and where nobody can tell, people are told so."""

import asyncio

from core.access import Actor
from modules.commerce.actions import acting, taking, tokens
from modules.commerce.platforms import DOERS, READERS
from modules.commerce.platforms.asking import Asking, BusyError, RefusedError, ShopError
from modules.commerce.platforms.doer import Doer, Wanted
from modules.commerce.platforms.reading import MalformedError

SETTLES_S = 2.0
"""After a request without an answer the shop may still be at it."""
UNKNOWN = "the shop did not say whether it was done"
SERVER_ERROR = 500


async def act(actor: Actor, action_id: int) -> None:
    """
    Raises:
        ShopError: the shop did not come through, and asking it again does nothing twice.
    """
    begun = await acting.begin(actor, action_id)
    if begun is None:
        return
    integration_id, platform, wanted, was_tried = begun
    try:
        shop = await tokens.shop(actor, integration_id)
    except ShopError as error:
        await acting.end(actor, action_id, "failed", trouble=str(error))
        return
    if shop is None or platform not in DOERS:
        await acting.end(actor, action_id, "failed", trouble="this shop is not connected any more")
        return
    async with READERS[platform].ask(shop.shop, shop.credentials.access) as asking:
        if await _done(actor, action_id, DOERS[platform], asking, wanted, was_tried=was_tried):
            await _look(actor, integration_id, DOERS[platform], asking, wanted.order_id)


async def _done(actor: Actor, action_id: int, doer: Doer, asking: Asking, wanted: Wanted, *, was_tried: bool) -> bool:
    external_id: str | None = None
    try:
        if not doer.repeats:
            external_id = await doer.find(asking, wanted)
        if external_id is None and was_tried and not doer.repeats:
            await acting.end(actor, action_id, "uncertain", trouble=UNKNOWN)
            return False
        if external_id is None:
            await acting.attempt(actor, action_id)
            external_id = await _tried(doer, asking, wanted)
    except BusyError as busy:
        await acting.end(actor, action_id, "failed", trouble=str(busy))
        return False
    except RefusedError as refused:
        await acting.end(actor, action_id, "failed", trouble=str(refused))
        return False
    if external_id is None:
        await acting.end(actor, action_id, "uncertain", trouble=UNKNOWN)
        return False
    await acting.end(actor, action_id, "done", external_id=external_id)
    return True


async def _tried(doer: Doer, asking: Asking, wanted: Wanted) -> str | None:
    """What the shop calls it; None: nobody knows whether it was done.

    Raises:
        RefusedError, BusyError: it was not.
        ShopError: nobody knows, and asking again does nothing twice.
    """
    try:
        return await doer.do(asking, wanted)
    except BusyError:
        raise
    except (ShopError, MalformedError) as error:
        if isinstance(error, RefusedError) and error.status < SERVER_ERROR:
            raise
        if doer.repeats:
            raise ShopError(str(error)) from error
    await asyncio.sleep(SETTLES_S)
    try:
        return await doer.find(asking, wanted)
    except (ShopError, MalformedError):
        return None


async def _look(actor: Actor, integration_id: int, doer: Doer, asking: Asking, order_id: str) -> None:
    """The order as it is now; where that fails, the next poll brings it."""
    try:
        facts = await doer.look(asking, order_id)
    except (ShopError, MalformedError):
        return
    for fact in facts:
        await taking.take(actor, integration_id, fact, is_read=True)
