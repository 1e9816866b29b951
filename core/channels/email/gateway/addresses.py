"""Which inbox an address means. A local part may carry a tag (`support+x7f@example.com`) that says more than whose it is."""

import time

import msgspec

from core.channels.email.gateway import errors
from core.database import by_token

ADDRESS_MAX = 320
"""Bytes of an envelope's address that are looked at: 64 before the `@`, 255 after it."""
KNOWN_S = 5.0
KNOWN_MAX = 10_000
FIND = """
SELECT organization_id, inbox_id, address FROM email_inboxes
WHERE address = $1 OR address = ANY ($2::text[]) ORDER BY length(address) DESC LIMIT 1
"""
"""An inbox may have an address with a tag of its own; it is nearer than the one without."""


class Inbox(msgspec.Struct, frozen=True):
    organization_id: int
    inbox_id: int
    address: str


_known: dict[str, tuple[float, Inbox]] = {}


def folded(recipient: str) -> str:
    """An address as it is compared: in lower case, without what only quotes it."""
    local, _, domain = recipient.strip().removeprefix("<").removesuffix(">").rpartition("@")
    if len(local) > 1 and local[0] == local[-1] == '"':
        local = local[1:-1]
    return f"{local}@{domain.rstrip('.')}".lower()


def bases(address: str) -> list[str]:
    """The folded address without its last tag, then without the one before that, and so on: an inbox's own address may have one."""
    local, _, domain = address.rpartition("@")
    found = []
    while "+" in local:
        local = local.rpartition("+")[0]
        found.append(f"{local}@{domain}")
    return found


async def find(recipient: str, *, afresh: bool = False) -> Inbox:
    """The inbox of an address; what was found is believed for five seconds (whoever stores a mail checks it again) unless `afresh`.

    Raises:
        UnknownRecipient: nobody here has this address.
        Unavailable: PostgreSQL is away.
    """
    address = folded(recipient)
    if not (address.isascii() and address.isprintable()) or len(address) > ADDRESS_MAX:
        raise errors.unknown()
    seen_at, inbox = _known.get(address, (0.0, None))
    if inbox is not None and not afresh and time.monotonic() - seen_at < KNOWN_S:
        return inbox
    with errors.honest():
        row = await by_token(FIND, address, bases(address), longest=ADDRESS_MAX)
    if row is None:
        _known.pop(address, None)
        raise errors.unknown()
    if len(_known) >= KNOWN_MAX:
        _known.clear()
    found = Inbox(*row)
    _known[address] = (time.monotonic(), found)
    return found
