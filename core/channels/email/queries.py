"""Reads of e-mail inboxes and of the ledger of mail that came in. For admins alone: mail that is not understood yet is nobody's conversation."""

from collections.abc import AsyncIterator

from core.access import ADMINS, Actor
from core.channels.email.structs import EmailInboxView, MailCounts, MailPage, MailState, MailView
from core.database import columns, read
from core.errors import NotFound
from core.settings import settings

COUNTED = 1000
PIECE = 1024 * 1024
MAIL = columns(MailView, "m")
PAGE = f"""
SELECT {MAIL} FROM inbound_mails m
WHERE m.organization_id = $1 AND m.inbox_id = $2 AND ($3::bigint IS NULL OR m.id < $3) ORDER BY m.id DESC LIMIT $4
"""
PAGE_OF_STATE = f"""
SELECT {MAIL} FROM inbound_mails m
WHERE m.organization_id = $1 AND m.inbox_id = $2 AND m.state = $5 AND ($3::bigint IS NULL OR m.id < $3) ORDER BY m.id DESC LIMIT $4
"""
ONE = f"SELECT {MAIL} FROM inbound_mails m WHERE m.organization_id = $1 AND m.id = $2"
COUNTS = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM (SELECT FROM inbound_mails WHERE organization_id = $1 AND inbox_id = $2 AND state = '{state}' LIMIT {COUNTED}) s)"
    for state in MailCounts.__struct_fields__
)
RAW = "SELECT substring(content FROM $3 FOR $4) FROM inbound_mails WHERE organization_id = $1 AND id = $2"
INBOX = """
SELECT e.inbox_id, e.address, e.from_name, e.numbers_subjects,
       (SELECT m.received_at FROM inbound_mails m
        WHERE m.organization_id = e.organization_id AND m.inbox_id = e.inbox_id ORDER BY m.id DESC LIMIT 1), $3::boolean
FROM email_inboxes e WHERE e.organization_id = $1 AND e.inbox_id = $2
"""


async def inbox(actor: Actor, inbox_id: int) -> EmailInboxView:
    """Raises:
    NotFound: it is no e-mail inbox of the actor's organization.
    """
    actor.require(*ADMINS)
    async with read(actor) as db:
        found = await db.fetch_one(EmailInboxView, INBOX, actor.organization_id, inbox_id, bool(settings().mail_authserv_id))
    if found is None:
        raise NotFound("this e-mail inbox does not exist")
    return found


async def page(actor: Actor, inbox_id: int, state: MailState | None, before: int | None, limit: int) -> MailPage:
    """An inbox's mails, newest first; `before`: the id after which the page begins."""
    actor.require(*ADMINS)
    values = (actor.organization_id, inbox_id, before, limit + 1)
    async with read(actor) as db:
        await inbox(actor, inbox_id)
        found = await (db.fetch(MailView, PAGE, *values) if state is None else db.fetch(MailView, PAGE_OF_STATE, *values, state))
    return MailPage(found[:limit], found[limit - 1].id if len(found) > limit else None)


async def counts(actor: Actor, inbox_id: int) -> MailCounts:
    actor.require(*ADMINS)
    async with read(actor) as db:
        await inbox(actor, inbox_id)
        found = await db.fetch(MailCounts, COUNTS, actor.organization_id, inbox_id)
    return found[0]


async def mail(actor: Actor, mail_id: int) -> MailView:
    """Raises:
    NotFound: unknown to the actor's organization.
    """
    actor.require(*ADMINS)
    async with read(actor) as db:
        found = await db.fetch_one(MailView, ONE, actor.organization_id, mail_id)
    if found is None:
        raise NotFound("this mail does not exist")
    return found


async def raw(actor: Actor, mail_id: int) -> AsyncIterator[bytes]:
    """What came, byte by byte, in pieces of 1 MB; none where there is no such mail."""
    actor.require(*ADMINS)
    at = 1
    while True:
        async with read(actor) as db:
            piece: bytes | None = await db.fetch_value(RAW, actor.organization_id, mail_id, at, PIECE)
        if not piece:
            return
        yield piece
        at += len(piece)
