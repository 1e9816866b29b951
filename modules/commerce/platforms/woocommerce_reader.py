"""WooCommerce's REST API: numbered pages, whose counts stand in headers; times are UTC only where that is asked for."""

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from modules.commerce.platforms import reading, woocommerce
from modules.commerce.platforms.asking import Answered, Asking, RefusedError
from modules.commerce.platforms.contract import fingerprint
from modules.commerce.platforms.reader import Page, Reader, Watched, Window, objects_of, read_all

PER_PAGE = 100
PAGES_MAX = 20_000


def ask(shop: str, access: Mapping[str, str]) -> Asking:
    """`by` `query`: for shops behind a server that drops the header in which keys belong."""
    base, key, secret = f"{shop.rstrip('/')}/wp-json/wc/v3", access.get("key", ""), access.get("secret", "")
    if access.get("by") == "query":
        return Asking(base, params={"consumer_key": key, "consumer_secret": secret})
    return Asking(base, login=(key, secret))


async def verify(asking: Asking) -> str:
    objects_of((await asking.ask("GET", "/orders", params={"per_page": 1})).body)
    return ""


def _plain(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")


async def page(asking: Asking, window: Window) -> Page:
    """By number of the order, and without an end in time: what changes meanwhile stays among them, and what is new comes last.

    Where some went away (deleted), those behind have moved up: as many pages are read once more.
    """
    number = int(window.cursor) if window.cursor.isdecimal() and int(window.cursor) <= PAGES_MAX else 1
    params: dict[str, Any] = {"per_page": PER_PAGE, "page": number, "orderby": "id", "order": "asc", "status": "any"}
    if window.since is not None:
        params |= {"modified_after": _plain(window.since), "dates_are_gmt": "true"}
    answered = await asking.ask("GET", "/orders", params=params)
    pages, total = _of(answered, "x-wp-totalpages"), _of(answered, "x-wp-total")
    facts, malformed, why = read_all(objects_of(answered.body), woocommerce.order)
    gone = max(0, (window.total or 0) - (total or 0)) if number > 1 else 0
    following = max(1, number - math.ceil(gone / PER_PAGE)) if gone else number + 1
    is_last = not gone and (number >= pages if pages is not None else len(facts) + malformed < PER_PAGE)
    return Page(facts, "" if is_last or following > PAGES_MAX else str(following), total, malformed, why)


def _of(answered: Answered, header: str) -> int | None:
    told = answered.headers.get(header, "")
    return int(told) if told.isdecimal() and len(told) < 12 else None


async def count(asking: Asking, since: datetime, until: datetime) -> int:
    """Its own `after` and `before` leave out the very seconds that they name."""
    second = timedelta(seconds=1)
    span = {"modified_after": _plain(since - second), "modified_before": _plain(until + second), "dates_are_gmt": "true"}
    return _of(await asking.ask("GET", "/orders", params={"per_page": 1, "status": "any"} | span), "x-wp-total") or 0


async def watch(asking: Asking, address: Callable[[str], str], secret: str) -> Watched:
    """A webhook is turned off after five failures. Nobody can read its secret again, so its name says which it is."""
    name = f"Lacasa {fingerprint(secret.encode())[:8]}"
    answered = await asking.ask("GET", "/webhooks", params={"per_page": 100})
    ours = {(reading.text(one.get("topic")), one.get("delivery_url")): one for one in reading.listed(objects_of(answered.body))}
    mended = 0
    for topic in woocommerce.TOPICS:
        known = ours.get((topic, address(topic)))
        if known is not None and (known.get("status"), known.get("name")) == ("active", name):
            continue
        wanted = {"name": name, "topic": topic, "delivery_url": address(topic), "secret": secret, "status": "active"}
        path = "/webhooks" if known is None else f"/webhooks/{reading.name(known.get('id'), 'the webhook')}"
        try:
            await asking.ask("POST" if known is None else "PUT", path, json=wanted)
        except RefusedError as refused:
            return Watched(mended, trouble=str(refused))
        mended += 1
    return Watched(mended)


READER = Reader(("orders",), "changed", ask, verify, page, count, watch)
