"""Shopify's way to give an app a key to a shop: a code that its owner's browser brings, signed, for tokens that end and renew."""

import hmac
import re
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from modules.commerce.platforms import reading
from modules.commerce.platforms.asking import Asking, DeniedError, RefusedError
from modules.commerce.settings import settings

SHOP = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com\Z")
DAY_S = 86_400
AHEAD_S = 300
LASTS_S = 3600


def is_shop(name: str) -> bool:
    return SHOP.match(name) is not None


def address(shop: str, state: str, redirect: str) -> str:
    """Where the owner of a shop says yes."""
    asked = {
        "client_id": settings().shopify_client_id,
        "scope": settings().shopify_scopes.replace(" ", ","),
        "redirect_uri": redirect,
        "state": state,
    }
    return f"{settings().shopify_address.format(shop=shop)}/admin/oauth/authorize?{urlencode(asked)}"


def is_signed(query: Sequence[tuple[str, str]], now: float) -> bool:
    """Whether Shopify wrote this query, within a day: hexadecimal HMAC-SHA256 over all but `hmac`, sorted and joined."""
    given = [value for name, value in query if name == "hmac"]
    names = [name for name, _ in query]
    if len(given) != 1 or len(names) != len(set(names)):
        return False
    pairs = sorted((_plain(name, "%&="), _plain(value, "%&")) for name, value in query if name != "hmac")
    statement = "&".join(f"{name}={value}" for name, value in pairs).encode()
    right = False
    for secret in settings().app_secrets:
        made = hmac.digest(secret.encode(), statement, "sha256").hex().encode()
        right |= hmac.compare_digest(made, given[0].encode("utf-8", "replace"))
    at = dict(query).get("timestamp", "")
    return right and at.isascii() and at.isdigit() and len(at) <= 12 and -AHEAD_S <= now - int(at) <= DAY_S


def _plain(text: str, marks: str) -> str:
    for mark in marks:
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


async def granted(shop: str, code: str) -> dict[str, str]:
    """Tokens for a code: what `Credentials.access` holds.

    Raises:
        ShopError: the shop gives none.
    """
    return await _asked(shop, {"code": code, "expiring": 1})


async def refreshed(shop: str, refresh_token: str) -> dict[str, str]:
    """
    Raises:
        ShopError: the shop gives no other.
    """
    return await _asked(shop, {"grant_type": "refresh_token", "refresh_token": refresh_token})


async def _asked(shop: str, more: dict[str, object]) -> dict[str, str]:
    ours = {"client_id": settings().shopify_client_id, "client_secret": settings().shopify_client_secret}
    async with Asking(settings().shopify_address.format(shop=shop)) as asking:
        try:
            answered = await asking.ask("POST", "/admin/oauth/access_token", json=ours | more)
        except RefusedError as refused:
            raise DeniedError("the shop gives us no key any more: connect it anew", refused.status) from refused
    body = reading.mapping(answered.body, "the answer")
    token = reading.text(body.get("access_token"), 400)
    if not token:
        raise DeniedError("the shop gives us no key", 200)
    access = {"token": token, "scope": reading.text(body.get("scope"), 2000)}
    renewing = reading.text(body.get("refresh_token"), 2000)
    if renewing:
        access |= {"refresh_token": renewing, "until": str(int(time.time()) + (reading.count(body.get("expires_in")) or LASTS_S))}
    return access
