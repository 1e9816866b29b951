"""Reads of mailboxes, for admins alone."""

import msgspec

from core.access import ADMINS, Actor
from core.channels.email.fetching.structs import MailboxView, SignIn
from core.database import columns, read
from core.errors import NotFound

VIEW = columns(MailboxView, "m", has_secret="m.sealed <> ''")  # noqa: S106 (an expression)
ONE = f"SELECT {VIEW} FROM email_mailboxes m WHERE m.organization_id = $1 AND m.inbox_id = $2"
STORED = """
SELECT m.host, m.port, m.username, m.sign_in, m.token_url, m.client_id, m.folder, m.start, m.sealed
FROM email_mailboxes m WHERE m.organization_id = $1 AND m.inbox_id = $2
"""


class Stored(msgspec.Struct, frozen=True):
    host: str
    port: int
    username: str
    sign_in: SignIn
    token_url: str
    client_id: str
    folder: str
    start: str
    sealed: str


async def get(actor: Actor, inbox_id: int) -> MailboxView:
    """Raises:
    NotFound: nothing is fetched for this inbox, or it is unknown to the actor's organization.
    """
    actor.require(*ADMINS)
    async with read(actor) as db:
        found = await db.fetch_one(MailboxView, ONE, actor.organization_id, inbox_id)
    if found is None:
        raise NotFound("no mail is fetched for this inbox")
    return found


async def stored(actor: Actor, inbox_id: int) -> Stored | None:
    """What is there of it already, the sealed secrets included; they leave no route."""
    async with read(actor) as db:
        return await db.fetch_one(Stored, STORED, actor.organization_id, inbox_id)
