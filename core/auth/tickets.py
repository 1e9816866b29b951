"""How sockets learn who is there: staff by a short-lived ticket, visitors by their token. And their cursors."""

import time

import msgspec

from core.access import Actor, ActorKind
from core.auth import sessions
from core.auth.tokens import random_token, seal, unseal
from core.database import by_token, pool
from core.errors import Forbidden, Unauthenticated
from core.settings import settings

TICKET_S = 60
VISITOR_S = 365 * 24 * 3600

INBOX = "SELECT id, organization_id, allowed_origins FROM inboxes WHERE widget_key = $1 AND channel = 'chat'"
VISITOR = """
SELECT v.id, v.contact_id, trim(c.first_name || ' ' || c.last_name), v.revoked_at IS NOT NULL
FROM visitors v JOIN contacts c ON c.organization_id = v.organization_id AND c.id = v.contact_id
WHERE v.organization_id = $1 AND v.inbox_id = $2 AND v.nonce = $3
"""


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


async def staff(ticket: str) -> Actor:
    """Whose ticket this is.

    Raises:
        Unauthenticated: it is not ours, too old, or its session has ended.
    """
    opened = unseal("ticket", ticket, Ticket)
    if opened.expires_at < time.time():
        raise Unauthenticated("this ticket is too old")
    return await sessions.actor_of(opened.session_id)


async def widget(key: str) -> Widget:
    """The chat inbox with this widget key.

    Raises:
        Unauthenticated: there is none.
    """
    row = await by_token(INBOX, key)
    if row is None:
        raise Unauthenticated("this widget is unknown", code="unknown_widget")
    return Widget(*row)


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
    """Whether a browser's Origin header names one of our own pages: those of the public address, or of the host it asked."""
    if origin is None or origin == "null":
        return False
    return origin == settings().origin or origin.partition("://")[2] == host


def visitor_token_for(found: Widget) -> str:
    """A new visitor's token. Nothing is stored until the visitor writes."""
    return seal("visitor", VisitorToken(found.organization_id, found.inbox_id, random_token(), int(time.time())))


async def visitor(token: str, found: Widget) -> Actor:
    """Who this visitor is. `contact_id` is None until the first message.

    Raises:
        Unauthenticated: the token is not ours, is of another inbox, too old, or was revoked.
    """
    opened = unseal("visitor", token, VisitorToken)
    if (opened.organization_id, opened.inbox_id) != (found.organization_id, found.inbox_id):
        raise Unauthenticated("this token is of another widget")
    if opened.issued_at + VISITOR_S < time.time():
        raise Unauthenticated("this token is too old")
    row = await pool().fetchrow(VISITOR, opened.organization_id, opened.inbox_id, opened.nonce)
    visitor_id, contact_id, name, revoked = row or (None, None, "", False)
    if revoked:
        raise Unauthenticated("this visitor was signed out")
    return Actor(
        kind=ActorKind.visitor,
        organization_id=opened.organization_id,
        id=visitor_id,
        name=name,
        inbox_id=opened.inbox_id,
        contact_id=contact_id,
        nonce=opened.nonce,
    )


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


async def again(actor: Actor) -> Actor:
    """The same staff member or visitor with today's rights.

    Raises:
        Unauthenticated: the session has ended, or the visitor was signed out.
    """
    if actor.is_staff:
        return await sessions.actor_of(actor.session_id or 0)
    row = await pool().fetchrow(VISITOR, actor.organization_id, actor.inbox_id, actor.nonce)
    visitor_id, contact_id, name, revoked = row or (None, None, "", False)
    if revoked:
        raise Unauthenticated("this visitor was signed out")
    return msgspec.structs.replace(actor, id=visitor_id, contact_id=contact_id, name=name)
