"""Shopify's Admin API: pages by a cursor in the Link header, a bucket that leaks, a day's orders counted by the shop itself."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from modules.commerce.platforms import reading, shopify
from modules.commerce.platforms.asking import Answered, Asking, RefusedError
from modules.commerce.platforms.reader import Page, Reader, Resource, Watched, Window, iso, objects_of, read_all
from modules.commerce.settings import settings

VERSION = "2026-07"
PER_PAGE = 100
PATHS: dict[Resource, tuple[str, str]] = {"orders": ("/orders.json", "orders"), "carts": ("/checkouts.json", "checkouts")}
READ = {"orders": shopify.order, "carts": shopify.cart}
WATCHED = [topic for topic in shopify.TOPICS if topic not in shopify.COMPLIANCE]
FULL = 0.8
"""How full the bucket may be before we wait for it to leak."""
STALE = frozenset({400, 410})


def ask(shop: str, access: Mapping[str, str]) -> Asking:
    base = f"{settings().shopify_address.format(shop=shop)}/admin/api/{VERSION}"
    return Asking(base, headers={"x-shopify-access-token": access.get("token", "")}, pause=pause_s)


def pause_s(headers: Mapping[str, str]) -> float:
    """`38/40`: of a bucket of 40 requests, 38 are in it; a twentieth of its size leaks out each second."""
    used, _, size = headers.get("x-shopify-shop-api-call-limit", "").partition("/")
    if not (used.isdecimal() and size.isdecimal() and 0 < int(size) <= 10_000):
        return 0.0
    return max(0.0, (int(used) - FULL * int(size)) / (int(size) / 20))


async def verify(asking: Asking) -> str:
    answered = await asking.ask("GET", "/shop.json")
    shop = reading.mapping(answered.body, "the answer").get("shop")
    return reading.text(shop.get("name"), 80) if isinstance(shop, dict) else ""


async def page(asking: Asking, window: Window) -> Page:
    """What changed last comes last, so whatever changes meanwhile is behind us in no page: it falls out of this window and into the next."""
    path, name = PATHS[window.resource]
    params: dict[str, Any] = {"limit": PER_PAGE}
    if window.cursor:
        params["page_info"] = window.cursor
    else:
        params |= {"order": "updated_at asc", "updated_at_max": iso(window.until)} | ({"status": "any"} if name == "orders" else {})
        params |= {} if window.since is None else {"updated_at_min": iso(window.since)}
    try:
        answered = await asking.ask("GET", path, params=params)
    except RefusedError as refused:
        if window.cursor and refused.status in STALE:
            return Page([], "", is_lost=True)
        raise
    total = window.total
    if not window.cursor and name == "orders":
        total = await _count(asking, {name: value for name, value in params.items() if name.startswith("updated_at")})
    facts, malformed, why = read_all(objects_of(answered.body, name), READ[window.resource])
    return Page(facts, _cursor(answered), total, malformed, why)


def _cursor(answered: Answered) -> str:
    found = parse_qs(urlsplit(answered.following).query).get("page_info", [""])
    return found[0][:2000]


async def count(asking: Asking, since: datetime, until: datetime) -> int:
    return await _count(asking, {"updated_at_min": iso(since), "updated_at_max": iso(until)})


async def _count(asking: Asking, span: dict[str, str]) -> int:
    answered = await asking.ask("GET", "/orders/count.json", params={"status": "any"} | span)
    return reading.count(reading.mapping(answered.body, "the answer").get("count"))


async def watch(asking: Asking, address: Callable[[str], str], secret: str) -> Watched:
    """Shopify takes a subscription away after eight failures in a row. It signs with the app's secret, whatever we would like."""
    del secret
    answered = await asking.ask("GET", "/webhooks.json", params={"limit": 250})
    known = {(reading.text(one.get("topic")), one.get("address")) for one in reading.listed(objects_of(answered.body, "webhooks"))}
    mended = 0
    for topic in WATCHED:
        if (topic, address(topic)) not in known:
            try:
                await asking.ask(
                    "POST", "/webhooks.json", json={"webhook": {"topic": topic, "address": address(topic), "format": "json"}}
                )
            except RefusedError as refused:
                return Watched(mended, trouble=str(refused))
            mended += 1
    return Watched(mended)


READER = Reader(("orders", "carts"), "changed", ask, verify, page, count, watch, optional=frozenset({"carts"}))
