"""How a request becomes an actor: the dependencies `actor` (staff, by cookie) and `visitor` (a widget's bearer token)."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.params import FromPath

from core.access import Actor, ActorKind
from core.auth import limits, sessions, tickets
from core.errors import Forbidden, Unauthenticated
from core.languages import preferred
from core.settings import settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Incoming = Request[Any, Any, Any]
TOUCH_S = 60.0
TOUCHED_MAX = 10_000

_touched: dict[int, float] = {}


async def actor(request: Incoming) -> Actor:
    """The signed-in member of staff.

    A cookie travels by itself, so a request that changes something must also come from one of our own pages.

    Raises:
        Unauthenticated: no valid session.
        Forbidden: the request comes from another website.
    """
    cookie = request.cookies.get(sessions.COOKIE)
    if cookie is None:
        raise Unauthenticated
    if request.method not in SAFE:
        check_same_origin(request)
    found = await sessions.actor_of(sessions.session_of(cookie))
    await _touch(found.session_id or 0)
    return found


async def _touch(session_id: int) -> None:
    """Note that the session is in use, about once a minute and process."""
    now = time.monotonic()
    if now - _touched.get(session_id, -TOUCH_S) >= TOUCH_S:
        if len(_touched) > TOUCHED_MAX:
            _touched.clear()
        _touched[session_id] = now
        await sessions.touch(session_id)


def check_same_origin(request: Incoming) -> None:
    """Refuse what another website made the browser send. Browsers send Origin with every changing request."""
    if not tickets.is_own_origin(request.headers.get("origin"), request.headers.get("host")):
        raise Forbidden("this request must come from Lacasa's own pages", code="csrf")


async def widget(request: Incoming, key: FromPath[str]) -> tickets.Widget:
    """The inbox of the widget key in the path, if the embedding page may use it.

    Raises:
        TooManyRequests: this network address asks too often.
    """
    limits.of_visitors().read(address_of(request))
    found = await tickets.widget(key)
    tickets.check_origin(found, request.headers.get("origin"))
    return found


async def visitor(request: Incoming, key: FromPath[str]) -> Actor:
    """The visitor whose token stands in `Authorization: Bearer`.

    Raises:
        Unauthenticated: there is none, or it is not valid here.
        TooManyRequests: this visitor, or this network address, changes too much.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        await widget(request, key)  # what is wrong with the widget or the page is told first
        raise Unauthenticated("this request needs the visitor's token")
    limits.of_visitors().read(address_of(request))
    actor = await tickets.visiting(token, key, request.headers.get("origin"))
    if request.method not in SAFE:
        limits.of_visitors().write(actor.nonce or "", address_of(request))
    return actor


def somebody(found: tickets.Widget) -> Actor:
    """An unknown visitor of a widget: may read what is public, and nothing else."""
    return Actor(kind=ActorKind.visitor, organization_id=found.organization_id, inbox_id=found.inbox_id)


def announced(request: Incoming) -> int | None:
    """How many bytes of body the request says it has; None where it does not say."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None


def language_of(request: Incoming) -> str:
    """The language that the browser prefers; empty where it does not say."""
    return preferred(request.headers.get("accept-language", ""))


@asynccontextmanager
async def waiting(request: Incoming) -> AsyncIterator[Callable[[], bool]]:
    """Whether whoever asked still waits for the answer, for long work: to be opened once the body was read."""

    async def leaving() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    left = asyncio.create_task(leaving())
    try:
        yield lambda: not left.done()
    finally:
        left.cancel()


def address_of(request: Incoming) -> str:
    """The peer's network address, for throttling and the audit log."""
    return request.client.host if request.client else ""


def user_agent_of(request: Incoming) -> str:
    return request.headers.get("user-agent", "")


def session_cookie(session_id: int) -> Cookie:
    return Cookie(
        key=sessions.COOKIE,
        value=sessions.cookie_for(session_id),
        httponly=True,
        secure=settings().secure_cookies,
        samesite="lax",
        path="/",
        max_age=int(sessions.LIFETIME.total_seconds()),
    )


def no_cookie() -> Cookie:
    return Cookie(
        key=sessions.COOKIE, value="", httponly=True, secure=settings().secure_cookies, samesite="lax", path="/", max_age=0
    )
