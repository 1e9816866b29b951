"""Stripe's API: a charge does not say when it was changed, so what happened lately is read from its events, and all else from its charges."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from modules.commerce.facts import Fact
from modules.commerce.platforms import reading, stripe
from modules.commerce.platforms.asking import Answered, Asking, RefusedError
from modules.commerce.platforms.reader import Page, Reader, Watched, Window, objects_of, read_all
from modules.commerce.settings import settings

PER_PAGE = 100
KEPT = timedelta(days=29)
"""Stripe keeps events for 30 days."""
COUNTED_MAX = 50


def ask(shop: str, access: Mapping[str, str]) -> Asking:
    del shop  # its key says whose it is
    return Asking(f"{settings().stripe_address}/v1", headers={"authorization": f"Bearer {access.get('key', '')}"})


async def verify(asking: Asking) -> str:
    objects_of((await asking.ask("GET", "/charges", params={"limit": 1})).body, "data")
    return ""


async def page(asking: Asking, window: Window) -> Page:
    """The newest first: what comes meanwhile is before us, and in the next window."""
    params: dict[str, Any] = {"limit": PER_PAGE} | ({"starting_after": window.cursor} if window.cursor else {})
    if window.since is None or window.until - window.since > KEPT:
        answered = await asking.ask("GET", "/charges", params=params)
        at = moment(answered)
        return _page(answered, lambda one: stripe.charge({"data": {"object": one}, "created": at}))
    params |= {"created[gte]": int(window.since.timestamp()), "types[]": list(stripe.TOPICS)}
    return dataclasses.replace(_page(await asking.ask("GET", "/events", params=params), _told), is_live=False)


def _told(event: Mapping[str, Any]) -> list[Fact]:
    read = stripe.TOPICS.get(str(event.get("type")))
    return read(event) if read else []


def moment(answered: Answered) -> int:
    """When it answered, by its clock, and a second before: whatever is told to have happened then or later is newer than what we read."""
    try:
        at = parsedate_to_datetime(answered.headers.get("date", ""))
    except ValueError:
        at = datetime.now(UTC)
    return int(at.timestamp()) - 1


def _page(answered: Answered, read: Callable[[Mapping[str, Any]], list[Fact]]) -> Page:
    objects = objects_of(answered.body, "data")
    facts, malformed, why = read_all(objects, read)
    last = objects[-1].get("id") if objects and isinstance(objects[-1], dict) else None
    has_more = isinstance(answered.body, dict) and answered.body.get("has_more") is True
    return Page(facts, reading.text(last, 255) if has_more else "", None, malformed, why)


async def count(asking: Asking, since: datetime, until: datetime) -> int:
    """5000 at most."""
    found, cursor = 0, ""
    for _ in range(COUNTED_MAX):
        params: dict[str, Any] = {"limit": PER_PAGE, "created[gte]": int(since.timestamp()), "created[lte]": int(until.timestamp())}
        answered = await asking.ask("GET", "/charges", params=params | ({"starting_after": cursor} if cursor else {}))
        cursor = _page(answered, lambda one: []).cursor
        found += len(objects_of(answered.body, "data"))
        if not cursor:
            break
    return found


async def watch(asking: Asking, address: Callable[[str], str], secret: str) -> Watched:
    """An endpoint's secret is told once, when it is made: where it is ours and we know no secret, it is made anew."""
    answered = await asking.ask("GET", "/webhook_endpoints", params={"limit": 100})
    known = next((one for one in reading.listed(objects_of(answered.body, "data")) if one.get("url") == address("events")), None)
    try:
        if known is not None and secret.startswith("whsec_"):
            if known.get("status") == "enabled":
                return Watched()
            await asking.ask(
                "POST", f"/webhook_endpoints/{reading.name(known.get('id'), 'the endpoint')}", data={"disabled": "false"}
            )
            return Watched(1)
        if known is not None:
            await asking.ask("DELETE", f"/webhook_endpoints/{reading.name(known.get('id'), 'the endpoint')}")
        made = await asking.ask(
            "POST", "/webhook_endpoints", data={"url": address("events"), "enabled_events[]": list(stripe.TOPICS)}
        )
    except RefusedError as refused:
        return Watched(trouble=str(refused))
    return Watched(1, secret=reading.text(reading.mapping(made.body, "the endpoint").get("secret"), 200))


READER = Reader(("orders",), "placed", ask, verify, page, count, watch)
