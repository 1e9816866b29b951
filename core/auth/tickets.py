"""How sockets learn who is there: staff by a short-lived ticket, visitors by their token. And their cursors."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec

from core.access import Actor, ActorKind
from core.auth import sessions
from core.auth.tokens import random_token, seal, unseal
from core.database import TOKEN_MAX, by_token, pool
from core.errors import Forbidden, Unauthenticated
from core.events.batching import Loader
from core.networks import network_of as network_of  # for sockets, which may import this module and not that one
from core.settings import settings

TICKET_S = 60
VISITOR_S = 365 * 24 * 3600
PORTS = {"http": 80, "https": 443}

INBOX = "SELECT id, organization_id, allowed_origins FROM inboxes WHERE widget_key = $1 AND channel = 'chat'"
INBOXES = (
    "SELECT id, organization_id, allowed_origins, widget_key FROM inboxes WHERE widget_key = ANY($1::text[]) AND channel = 'chat'"
)
VISITOR = "v.id, v.contact_id, trim(c.first_name || ' ' || c.last_name), v.revoked_at IS NOT NULL"
"""A `VisitorRow`."""
INBOX_AND_VISITOR = f"""
SELECT i.id, i.organization_id, i.allowed_origins, {VISITOR}
FROM inboxes i
LEFT JOIN (visitors v JOIN contacts c ON c.organization_id = v.organization_id AND c.id = v.contact_id)
    ON v.organization_id = i.organization_id AND v.inbox_id = i.id AND v.nonce = $2
WHERE i.widget_key = $1 AND i.channel = 'chat'
"""
VISITORS = f"""
SELECT v.organization_id, v.inbox_id, v.nonce, {VISITOR}
FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS k (organization_id, inbox_id, nonce)
JOIN visitors v ON v.organization_id = k.organization_id AND v.inbox_id = k.inbox_id AND v.nonce = k.nonce
JOIN contacts c ON c.organization_id = v.organization_id AND c.id = v.contact_id
"""
VisitorKey = tuple[int, int, str]
"""Organization, inbox, nonce."""
VisitorRow = tuple[int, int, str, bool]
"""Id, contact, name, whether it was signed out."""


class Ticket(msgspec.Struct):
    session_id: int
    expires_at: int


class VisitorToken(msgspec.Struct):
    organization_id: int
    inbox_id: int
    nonce: str
    issued_at: int


class Cursor(msgspec.Struct, frozen=True):
    """A place in an organization's event log."""

    epoch: int
    position: int


class Widget(msgspec.Struct, frozen=True):
    """The inbox that a widget key names."""

    inbox_id: int
    organization_id: int
    allowed_origins: list[str]


def ticket_for(session_id: int) -> str:
    """A ticket that opens a socket for this session within a minute."""
    return seal("ticket", Ticket(session_id, int(time.time()) + TICKET_S))


async def widget(key: str) -> Widget:
    """The chat inbox with this widget key.

    Raises:
        Unauthenticated: there is none.
    """
    return _known(await by_token(INBOX, key))


def _known(row: Sequence[Any] | None) -> Widget:
    """The widget that a row begins with."""
    if row is None:
        raise Unauthenticated("this widget is unknown", code="unknown_widget")
    return Widget(*row[:3])


def check_origin(found: Widget, origin: str | None) -> None:
    """Refuse pages that the inbox does not list. Our own pages, and programs that are no browser (no Origin), pass.

    Raises:
        Forbidden: the page's origin is not allowed to embed this widget.
    """
    if origin is None or origin == settings().origin or "*" in found.allowed_origins:
        return
    if origin.lower() not in {allowed.lower().rstrip("/") for allowed in found.allowed_origins}:
        raise Forbidden("this website is not allowed to use this widget", code="origin_not_allowed")


def is_own_origin(origin: str | None, host: str | None) -> bool:
    """Whether a browser's Origin header names one of our own pages: those of the public address, or of the host it asked.

    The host of the public address has that one's scheme and port alone: what speaks for it in plain text is somebody in between.
    """
    asking, public = _place(origin or ""), _place(settings().origin)
    if asking is None or host is None:
        return False
    if asking == public:
        return True
    asked = _place(f"{asking[0]}://{host}")
    return asking == asked and (public is None or asked[1] != public[1] or public[0] == "http")


def _place(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port that an origin names; None: it names no website."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or parts.path or parts.query or parts.fragment:
        return None
    return parts.scheme, parts.hostname, PORTS[parts.scheme] if port is None else port


def visitor_token_for(found: Widget) -> str:
    """A new visitor's token. Nothing is stored until the visitor writes."""
    return seal("visitor", VisitorToken(found.organization_id, found.inbox_id, random_token(), int(time.time())))


async def visitor(token: str, found: Widget) -> Actor:
    """Who this visitor is. `contact_id` is None until the first message.

    Raises:
        Unauthenticated: the token is not ours, is of another inbox, too old, or was revoked.
    """
    opened = _opened(token, found)
    key = (opened.organization_id, opened.inbox_id, opened.nonce)
    return _as_visitor(key, (await _visitors([key])).get(key))


async def visiting(token: str, key: str, origin: str | None) -> Actor:
    """The visitor of this token at the widget with this key, on a page of this origin: `widget`, `check_origin` and `visitor` in one query.

    Raises:
        Unauthenticated: the widget is unknown; or as `visitor`.
        Forbidden: as `check_origin`.
    """
    try:
        opened = unseal("visitor", token, VisitorToken)
    except Unauthenticated:
        check_origin(await widget(key), origin)  # what is wrong with the page is told first
        raise
    row = await by_token(INBOX_AND_VISITOR, key, opened.nonce)
    found = _known(row)
    check_origin(found, origin)
    _check_of(opened, found)
    known = None if row is None or row[3] is None else tuple(row[3:])
    return _as_visitor((opened.organization_id, opened.inbox_id, opened.nonce), known)


def _opened(token: str, found: Widget) -> VisitorToken:
    opened = unseal("visitor", token, VisitorToken)
    _check_of(opened, found)
    return opened


def _check_of(opened: VisitorToken, found: Widget) -> None:
    if (opened.organization_id, opened.inbox_id) != (found.organization_id, found.inbox_id):
        raise Unauthenticated("this token is of another widget")
    if opened.issued_at + VISITOR_S < time.time():
        raise Unauthenticated("this token is too old")


def _as_visitor(key: VisitorKey, row: VisitorRow | None) -> Actor:
    organization_id, inbox_id, nonce = key
    visitor_id, contact_id, name, revoked = row or (None, None, "", False)
    if revoked:
        raise Unauthenticated("this visitor was signed out")
    return Actor(
        kind=ActorKind.visitor,
        organization_id=organization_id,
        id=visitor_id,
        name=name,
        inbox_id=inbox_id,
        contact_id=contact_id,
        nonce=nonce,
    )


async def _visitors(keys: list[VisitorKey]) -> dict[VisitorKey, VisitorRow]:
    rows = await pool().fetch(VISITORS, *(list(column) for column in zip(*keys, strict=True)))
    return {tuple(row[:3]): tuple(row[3:]) for row in rows}


def cursor_for(actor: Actor, cursor: Cursor) -> str:
    """A cursor as the wire carries it: plain for staff, opaque for visitors (it would tell how busy the organization is)."""
    return f"{cursor.epoch}.{cursor.position}" if actor.is_staff else seal_cursor(actor.organization_id, cursor)


class SealedCursor(msgspec.Struct):
    organization_id: int
    epoch: int
    position: int


def seal_cursor(organization_id: int, cursor: Cursor) -> str:
    return seal("cursor", SealedCursor(organization_id, cursor.epoch, cursor.position))


def read_cursor(actor: Actor, text: str) -> Cursor | None:
    """The cursor that the wire carried; None: it is not one of this actor's organization."""
    if not actor.is_staff:
        try:
            sealed = unseal("cursor", text, SealedCursor)
        except Unauthenticated:
            return None
        return Cursor(sealed.epoch, sealed.position) if sealed.organization_id == actor.organization_id else None
    epoch, _, position = text.partition(".")
    if len(text) > 40 or not (epoch.isascii() and epoch.isdigit() and position.isascii() and position.isdigit()):
        return None
    return Cursor(int(epoch), int(position))


class Admitted(msgspec.Struct, frozen=True):
    """Somebody at the door of the socket, and until when they may stay without showing something newer."""

    actor: Actor
    until: datetime


async def _widgets(keys: list[str]) -> dict[str, Widget]:
    return {row[3]: Widget(*row[:3]) for row in await pool().fetch(INBOXES, keys)}


_open_sessions: Loader[int, tuple[Actor, datetime]] = Loader(sessions.open_sessions)
_known_widgets: Loader[str, Widget] = Loader(_widgets)
_known_visitors: Loader[VisitorKey, VisitorRow] = Loader(_visitors)


def queries() -> int:
    """How many queries this process has sent for sockets' authentication and rights."""
    return sum(loader.queries for loader in (_open_sessions, _known_widgets, _known_visitors))


async def admit_staff(ticket: str) -> Admitted:
    """Whose ticket this is. Many who come at once are looked up together.

    Raises:
        Unauthenticated: it is not ours, too old, or its session has ended.
    """
    opened = unseal("ticket", ticket, Ticket)
    if opened.expires_at < time.time():
        raise Unauthenticated("this ticket is too old")
    found = await _open_sessions.load(opened.session_id)
    if found is None:
        raise Unauthenticated("this session has ended")
    return Admitted(*found)


async def admit_visitor(token: str, key: str, origin: str | None) -> Admitted:
    """Who this visitor is. Many who come at once are looked up together.

    Raises:
        Unauthenticated: the widget is unknown; the token is not ours, is of another inbox, too old, or was revoked.
        Forbidden: the page's origin is not allowed to embed this widget.
    """
    found = await _known_widgets.load(key[:TOKEN_MAX].replace("\x00", ""))
    if found is None:
        raise Unauthenticated("this widget is unknown", code="unknown_widget")
    check_origin(found, origin)
    opened = _opened(token, found)
    visitor_key = (opened.organization_id, opened.inbox_id, opened.nonce)
    actor = _as_visitor(visitor_key, await _known_visitors.load(visitor_key))
    return Admitted(actor, datetime.fromtimestamp(opened.issued_at, UTC) + timedelta(seconds=VISITOR_S))


async def again(actors: Sequence[Actor]) -> list[Actor | None]:
    """The same staff members and visitors with today's rights, in the same order, in at most two queries.

    None: the session has ended, or the visitor was signed out.
    """
    session_ids = [actor.session_id or 0 for actor in actors if actor.is_staff]
    keys = [_key_of(actor) for actor in actors if not actor.is_staff]
    staff = await sessions.open_sessions(session_ids) if session_ids else {}
    visitors = await _visitors(keys) if keys else {}

    def look(actor: Actor) -> Actor | None:
        if actor.is_staff:
            found = staff.get(actor.session_id or 0)
            return None if found is None else found[0]
        row = visitors.get(_key_of(actor))
        return None if row is not None and row[3] else _as_visitor(_key_of(actor), row)

    return [look(actor) for actor in actors]


async def again_one(actor: Actor) -> Actor | None:
    """`again` for one of many who ask at the same moment: they are looked up together."""
    if actor.is_staff:
        found = await _open_sessions.load(actor.session_id or 0)
        return None if found is None else found[0]
    row = await _known_visitors.load(_key_of(actor))
    return None if row is not None and row[3] else _as_visitor(_key_of(actor), row)


def _key_of(visitor: Actor) -> VisitorKey:
    return (visitor.organization_id, visitor.inbox_id or 0, visitor.nonce or "")
