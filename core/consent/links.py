"""Links that the owner of an address gets by mail: sealed, so that nobody makes one up, and with a random part of the address's own."""

import time
from typing import TypeVar

import msgspec

from core.auth.tokens import seal, unseal
from core.errors import NotFound, Unauthenticated
from core.settings import settings

S = TypeVar("S", bound=msgspec.Struct)
CONFIRM_S = 7 * 24 * 3600
CONFIRM, PREFERENCES, UNSUBSCRIBE, FORM = "consent-confirm", "consent-preferences", "consent-unsubscribe", "consent-form"


class Owner(msgspec.Struct, frozen=True, array_like=True):
    """Whoever gets mail at an address. In few letters, for it stands in addresses of pages."""

    organization_id: int
    address_id: int
    nonce: str


class Confirmation(msgspec.Struct, frozen=True, array_like=True):
    """`entry_id`: what the owner is asked to confirm, until `until` (seconds since 1970)."""

    owner: Owner
    entry_id: int
    until: int


class Unsubscription(msgspec.Struct, frozen=True, array_like=True):
    """`topic_id`: what a mail was about; 0: nothing that can be chosen, so it is about all that advertises."""

    owner: Owner
    topic_id: int = 0


class Form(msgspec.Struct, frozen=True, array_like=True):
    """The page on which anybody signs up for a topic."""

    organization_id: int
    topic_id: int


def confirm(owner: Owner, entry_id: int) -> str:
    """The link that confirms a consent; good for a week."""
    return _link("confirm", CONFIRM, Confirmation(owner, entry_id, int(time.time()) + CONFIRM_S))


def preferences(owner: Owner) -> str:
    """The page on which the owner of an address chooses what mail comes there."""
    return _link("preferences", PREFERENCES, owner)


def unsubscribe(owner: Owner, topic_id: int | None) -> str:
    """The link that ends mail about a topic; without one, all mail that advertises."""
    return _link("unsubscribe", UNSUBSCRIBE, Unsubscription(owner, topic_id or 0))


def form(organization_id: int, topic_id: int) -> str:
    return _link("subscribe", FORM, Form(organization_id, topic_id))


def opened(purpose: str, token: str, struct: type[S]) -> S:
    """What a link is about.

    Raises:
        NotFound: the link is none that we made, or too old.
    """
    try:
        found = unseal(purpose, token, struct)
    except Unauthenticated:
        raise NotFound("this link is not valid") from None
    if isinstance(found, Confirmation) and found.until < time.time():
        raise NotFound("this link is too old")
    return found


def _link(page: str, purpose: str, content: msgspec.Struct) -> str:
    return f"{settings().origin}/mail/{page}/{seal(purpose, content)}"


def one_click(link: str) -> bytes:
    """Both headers of RFC 8058, as they stand in a mail; none without a link.

    Written by hand: a word that is too long for a line would be encoded, and nobody looks for an address in that.
    """
    if not link:
        return b""
    return f"List-Unsubscribe: <{link}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".encode()
