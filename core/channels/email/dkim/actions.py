"""Making a domain's key, switching signing on and off, and throwing the key away."""

import asyncio
import secrets
from datetime import timedelta

from core.access import ADMINS, Actor
from core.audit import log as audit
from core.auth import sealing, throttle
from core.channels.email import queries as inboxes
from core.channels.email.dkim import queries, signing
from core.channels.email.dkim.queries import PrivateKey
from core.channels.email.dkim.structs import RecordCheck, SigningInput, SigningView
from core.database import transaction
from core.errors import NotFound

MAKE = """
INSERT INTO dkim_keys (organization_id, domain, selector, public_key, sealed_key) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, domain) DO NOTHING
"""
SWITCH = "UPDATE dkim_keys SET is_on = $3 WHERE organization_id = $1 AND domain = $2 AND is_on <> $3"
REMOVE = "DELETE FROM dkim_keys WHERE organization_id = $1 AND domain = $2"
TRIES = 20
WINDOW = timedelta(minutes=10)


async def make(actor: Actor, inbox_id: int) -> SigningView:
    """A key for the domain of an inbox, if it has none; nothing is signed yet. Admins only; safe to repeat.

    Raises:
        NotFound: it is no e-mail inbox of the actor's organization.
        TooManyRequests: the organization has asked too often.
    """
    actor.require(*ADMINS)
    before = await queries.view(actor, inbox_id)
    if before.key is not None:
        return before
    await throttle.attempt("dkim key", str(actor.organization_id), most=TRIES, window=WINDOW)
    key = await asyncio.to_thread(signing.new_key)
    sealed = sealing.seal(queries.purpose(actor, before.domain), PrivateKey(key))
    selector = f"lacasa-{secrets.token_hex(4)}"
    async with transaction(actor) as db:
        public = signing.public_half(key)
        if await db.execute(MAKE, actor.organization_id, before.domain, selector, public, sealed):
            await audit.note(actor, "signing.key_made", subject=before.domain, selector=selector)
        return await queries.view(actor, inbox_id)


async def switch(actor: Actor, inbox_id: int, data: SigningInput) -> SigningView:
    """Begin or stop to sign. Admins only; safe to repeat.

    Raises:
        NotFound: as `make`, or the domain has no key.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        domain = (await queries.view(actor, inbox_id)).domain
        if await db.execute(SWITCH, actor.organization_id, domain, data.is_on):
            await audit.note(actor, "signing.switched", subject=domain, on=data.is_on)
        found = await queries.view(actor, inbox_id)
    if found.key is None:
        raise NotFound("there is no key for this domain yet")
    return found


async def remove(actor: Actor, inbox_id: int) -> None:
    """Throw the key of an inbox's domain away: nothing is signed any more. Admins only; safe to repeat.

    Raises:
        NotFound: as `make`.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        domain = queries.domain_of((await inboxes.inbox(actor, inbox_id)).address)
        if await db.execute(REMOVE, actor.organization_id, domain):
            await audit.note(actor, "signing.key_removed", subject=domain)


async def check(actor: Actor, inbox_id: int) -> RecordCheck:
    """As `queries.check`, and counted.

    Raises:
        NotFound: as `switch`.
        TooManyRequests: the organization has asked too often.
    """
    actor.require(*ADMINS)
    await throttle.attempt("dkim check", str(actor.organization_id), most=TRIES, window=WINDOW)
    return await queries.check(actor, inbox_id)
