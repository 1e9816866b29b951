"""Links of a mail that tell who followed them. Each is sealed together with where it leads: nobody makes ours lead anywhere else."""

import re
from typing import TypeVar
from urllib.parse import quote

import msgspec

from core.auth.tokens import digest, seal, unseal
from core.errors import Invalid, NotFound, Unauthenticated
from core.settings import settings

S = TypeVar("S", bound=msgspec.Struct)
CLICK, OPEN = "mailing-click", "mailing-open"
URL = re.compile(r"https?://[!-~]+\Z")
URL_MAX = 2000
DIGITS = 32


class Opened(msgspec.Struct, frozen=True, array_like=True):
    """In few letters, for it stands in addresses."""

    organization_id: int
    send_id: int


class Clicked(msgspec.Struct, frozen=True, array_like=True):
    """`target`: a keyed hash of the address that the link leads to."""

    organization_id: int
    send_id: int
    target: str


def click(organization_id: int, send_id: int, url: str) -> str:
    """The link that stands in a mail in place of `url`.

    Raises:
        Invalid: it is no address of the web, in ASCII, or too long.
    """
    if not is_target(url):
        raise Invalid("a link leads to an address of the web", code="bad_link")
    return f"{settings().origin}/mail/click/{seal(CLICK, Clicked(organization_id, send_id, target(url)))}?to={quote(url, safe='')}"


def pixel(organization_id: int, send_id: int) -> str:
    """The address of the image by which it is told that a mail was opened."""
    return f"{settings().origin}/mail/open/{seal(OPEN, Opened(organization_id, send_id))}"


def clicked(token: str, url: str) -> Clicked:
    """What a link is about.

    Raises:
        NotFound: it is none that we made, or we made it for another address.
    """
    found = _opened(CLICK, token, Clicked)
    if not is_target(url) or found.target != target(url):
        raise NotFound("this link is not valid")
    return found


def opened(token: str) -> Opened:
    """Raises:
    NotFound: it is none that we made.
    """
    return _opened(OPEN, token, Opened)


def is_target(url: str) -> bool:
    return len(url) <= URL_MAX and URL.match(url) is not None


def target(url: str) -> str:
    return digest("mailing-target", url)[:DIGITS]


def _opened(purpose: str, token: str, struct: type[S]) -> S:
    try:
        return unseal(purpose, token, struct)
    except Unauthenticated:
        raise NotFound("this link is not valid") from None
