"""Reads of the server by which an inbox sends."""

import msgspec

from core.access import ADMINS, Actor, system
from core.channels.email import queries as inboxes
from core.channels.email.servers import domains
from core.channels.email.servers.reaching import Server
from core.channels.email.servers.structs import Security, SendingView, SmtpServerView
from core.database import read
from core.extend.sealing import Sealed
from core.settings import settings

ROW = "SELECT host, port, security, username, sealed_password FROM email_servers WHERE organization_id = $1 AND inbox_id = $2"


class Stored(msgspec.Struct, frozen=True):
    host: str
    port: int
    security: Security
    username: str
    sealed_password: str


def purpose(actor: Actor, inbox_id: int) -> str:
    """What a password is sealed for: no other inbox can open it."""
    return f"mail-server {actor.organization_id} {inbox_id}"


SEALED = (
    Sealed(
        table="email_servers",
        column="sealed_password",
        purpose=lambda row: purpose(system(row["organization_id"]), row["inbox_id"]),
        reads=("inbox_id",),
    ),
)


async def stored(actor: Actor, inbox_id: int) -> Stored | None:
    async with read(actor) as db:
        return await db.fetch_one(Stored, ROW, actor.organization_id, inbox_id)


async def of_inbox(actor: Actor, inbox_id: int) -> Server | None:
    """An inbox's own server; None: it sends by the installation's."""
    found = await stored(actor, inbox_id)
    if found is None:
        return None
    return Server(
        host=found.host, port=found.port, security=found.security, username=found.username, sealed_password=found.sealed_password,
        sealed_for=purpose(actor, inbox_id), is_own=True,
    )  # fmt: skip


async def view(actor: Actor, inbox_id: int) -> SendingView:
    """By what an inbox sends, as admins see it.

    Raises:
        NotFound: it is no e-mail inbox of the actor's organization.
    """
    actor.require(*ADMINS)
    async with read(actor):
        address = (await inboxes.inbox(actor, inbox_id)).address
        found = await stored(actor, inbox_id)
    own = (
        None
        if found is None
        else SmtpServerView(found.host, found.port, found.security, found.username, bool(found.sealed_password))
    )
    known = settings()
    return SendingView(own, known.smtp_url is not None, domains.is_served(address), list(known.mail_domains))


async def can_send(actor: Actor, inbox_id: int, address: str) -> bool:
    """Whether there is a server that sends for an inbox with this address."""
    by_installation = settings().smtp_url is not None and domains.is_served(address)
    return by_installation or await stored(actor, inbox_id) is not None
