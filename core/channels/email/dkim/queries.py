"""Reads of the keys that sign mail, and signing."""

import asyncio
import time
from datetime import datetime

import msgspec

from core.access import ADMINS, Actor
from core.auth import tokens
from core.channels.email import queries as inboxes
from core.channels.email.dkim import records, signing
from core.channels.email.dkim.structs import RecordCheck, SigningKeyView, SigningView
from core.channels.email.servers.reaching import Trouble
from core.database import read
from core.errors import NotFound, Unauthenticated

KEY = "SELECT domain, selector, public_key, is_on, created_at FROM dkim_keys WHERE organization_id = $1 AND domain = $2"
IN_USE = "SELECT selector, sealed_key FROM dkim_keys WHERE organization_id = $1 AND domain = $2 AND is_on"


class Stored(msgspec.Struct, frozen=True):
    domain: str
    selector: str
    public_key: str
    is_on: bool
    created_at: datetime


class PrivateKey(msgspec.Struct, frozen=True):
    der: bytes


def purpose(actor: Actor, domain: str) -> str:
    """What a key is sealed for: nobody signs for another organization or domain with it."""
    return f"dkim {actor.organization_id} {domain}"


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


async def key_of(actor: Actor, domain: str) -> Stored:
    """Raises:
    NotFound: there is none for this domain.
    """
    async with read(actor) as db:
        found = await db.fetch_one(Stored, KEY, actor.organization_id, domain)
    if found is None:
        raise NotFound("there is no key for this domain yet")
    return found


async def view(actor: Actor, inbox_id: int) -> SigningView:
    """How an inbox's mail is signed, as admins see it.

    Raises:
        NotFound: it is no e-mail inbox of the actor's organization.
    """
    actor.require(*ADMINS)
    async with read(actor) as db:
        domain = domain_of((await inboxes.inbox(actor, inbox_id)).address)
        found = await db.fetch_one(Stored, KEY, actor.organization_id, domain)
    if found is None:
        return SigningView(domain, None)
    name, value = records.name(domain, found.selector), records.value(found.public_key)
    return SigningView(domain, SigningKeyView(name, value, found.is_on, found.created_at))


async def check(actor: Actor, inbox_id: int) -> RecordCheck:
    """Whether DNS has the record of the inbox's domain. Admins only.

    Raises:
        NotFound: as `view`, or there is no key.
    """
    actor.require(*ADMINS)
    found = await key_of(actor, domain_of((await inboxes.inbox(actor, inbox_id)).address))
    return await records.check(found.domain, found.selector, found.public_key)


class Key(msgspec.Struct, frozen=True):
    """A key that mail is signed with."""

    domain: str
    selector: str
    der: bytes


async def key_in_use(actor: Actor, from_address: str) -> Key | None:
    """What signs mail from this address; None: nothing does.

    Raises:
        Trouble: `sealed`: the key was sealed by another secret of the installation.
    """
    domain = domain_of(from_address)
    async with read(actor) as db:
        rows = await db.fetch_rows(IN_USE, actor.organization_id, domain)
    if not rows:
        return None
    [(selector, sealed)] = rows
    try:
        return Key(domain, selector, tokens.unseal(purpose(actor, domain), sealed, PrivateKey, longest=tokens.STORED_MAX).der)
    except Unauthenticated:
        raise Trouble("sealed") from None


async def signed(actor: Actor, from_address: str, raw: bytes) -> bytes:
    """The mail, signed if signing is on for its sender's domain.

    Raises:
        Trouble: as `key_in_use`.
    """
    key = await key_in_use(actor, from_address)
    return raw if key is None else await asyncio.to_thread(signed_by, key, raw)


def signed_by(key: Key, raw: bytes) -> bytes:
    return signing.signed(raw, domain=key.domain, selector=key.selector, key=key.der, at_s=int(time.time()))
