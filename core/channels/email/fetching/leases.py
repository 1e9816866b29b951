"""Exactly one reader per mailbox: a lease on its row, and every write of a reader is fenced by it."""

import random
from datetime import datetime
from typing import Any

import msgspec

from core.access import Actor, system
from core.auth import sealing
from core.channels.email.fetching.session import Door
from core.channels.email.fetching.structs import Secrets, Security, SignIn, Start
from core.channels.email.fetching.troubles import LASTING, Trouble, TroubleCode
from core.channels.email.gateway.addresses import Inbox
from core.database import columns, system_transaction, transaction
from core.errors import LacasaError, Unauthenticated
from core.extend.sealing import Sealed

LEASE_S = 15
PAUSE_S = 60.0
"""Between two looks where the server does not tell of new mail by itself."""
FIRST_S, MOST_S, MOST_LASTING_S = 15.0, 900.0, 3600.0


class Held(msgspec.Struct):
    """A mailbox in the hands of this reader, as its row is."""

    id: int
    organization_id: int
    inbox_id: int
    host: str
    port: int
    security: Security
    username: str
    sign_in: SignIn
    token_url: str
    client_id: str
    sealed: str
    folder: str
    done_folder: str
    start: Start
    began_at: datetime
    uid_validity: int | None
    last_uid: int
    settled_uid: int
    old_until: int
    missed: dict[str, int]
    failed_rounds: int
    reader: str
    address: str = ""
    """Of the inbox."""

    @property
    def actor(self) -> Actor:
        return system(self.organization_id)

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.organization_id, self.inbox_id, self.address)

    def door(self) -> Door:
        """Raises:
        Trouble: `sealed`.
        """
        secrets = unsealed(self.actor, self.sealed)
        return Door(self.host, self.port, self.security, self.username, self.sign_in, self.token_url, self.client_id, secrets)


ROW = columns(Held, "m", address="e.address")
CLAIM = f"""
UPDATE email_mailboxes m SET reader = $1, lease_until = now() + make_interval(secs => {LEASE_S})
FROM email_inboxes e
WHERE e.organization_id = m.organization_id AND e.inbox_id = m.inbox_id AND m.id = ANY (ARRAY(
    SELECT id FROM email_mailboxes
    WHERE next_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND id <> ALL ($3::bigint[])
    ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED))
RETURNING {ROW}
"""
RENEW = f"""
UPDATE email_mailboxes SET lease_until = now() + make_interval(secs => {LEASE_S}) WHERE reader = $1 AND id = ANY ($2::bigint[]) RETURNING id
"""
LEAVE = "UPDATE email_mailboxes SET reader = '', lease_until = NULL, next_at = now() WHERE reader = $1"
RELEASE = """
UPDATE email_mailboxes SET reader = '', lease_until = NULL, next_at = now() + make_interval(secs => $4)
WHERE organization_id = $1 AND id = $2 AND reader = $3
"""
LOOKED = """
UPDATE email_mailboxes SET last_fetched_at = now(), failed_rounds = 0, state = $4, error_code = $5, error = $6
WHERE organization_id = $1 AND id = $2 AND reader = $3
"""
FAILED = """
UPDATE email_mailboxes SET reader = '', lease_until = NULL, next_at = now() + make_interval(secs => $4), state = 'failing',
       error_code = $5, error = $6, failed_rounds = failed_rounds + 1
WHERE organization_id = $1 AND id = $2 AND reader = $3
"""


class LeaseLost(LacasaError):
    """Somebody else reads this mailbox by now, or its settings were changed."""

    code, title = "lease_lost", "This mailbox is read by another worker now"


def purpose(actor: Actor) -> str:
    """What secrets are sealed for: another organization cannot open them."""
    return f"mailbox {actor.organization_id}"


SEALED = (Sealed(table="email_mailboxes", column="sealed", purpose=lambda row: purpose(system(row["organization_id"]))),)


def sealed(actor: Actor, secrets: Secrets) -> str:
    return sealing.seal(purpose(actor), secrets) if secrets != Secrets() else ""


def unsealed(actor: Actor, sealed: str) -> Secrets:
    """Raises:
    Trouble: `sealed`.
    """
    try:
        return sealing.unseal(purpose(actor), sealed, Secrets) if sealed else Secrets()
    except Unauthenticated:
        raise Trouble("sealed") from None


async def claim(reader: str, most: int, but: list[int]) -> list[Held]:
    """Take up to `most` mailboxes that are due and that nobody holds; those that have waited longest first."""
    async with system_transaction("mailboxes of all organizations are due") as db:
        return await db.fetch(Held, CLAIM, reader, most, but)


async def renew(reader: str, ids: list[int]) -> set[int]:
    """Hold them for longer; returns those that are still ours."""
    async with system_transaction("a worker reads mailboxes of all organizations") as db:
        return {row["id"] for row in await db.fetch_rows(RENEW, reader, ids)}


async def leave(reader: str) -> None:
    """Give back all of them, for others to take at once."""
    async with system_transaction("a worker reads mailboxes of all organizations") as db:
        await db.execute(LEAVE, reader)


async def note(held: Held, **values: Any) -> None:
    """Write columns of a mailbox's row, whose names are ours, and keep them in `held`.

    Raises:
        LeaseLost: it is not ours any more; nothing is written.
    """
    assigned = ", ".join(f"{name} = ${number}" for number, name in enumerate(values, 4))
    sql = f"UPDATE email_mailboxes SET {assigned} WHERE organization_id = $1 AND id = $2 AND reader = $3"
    async with transaction(held.actor) as db:
        if not await db.execute(sql, held.organization_id, held.id, held.reader, *values.values()):
            raise LeaseLost
    for name, value in values.items():
        setattr(held, name, value)


async def renew_secret(held: Held, refresh_token: str) -> None:
    """The token's server gave another refresh token, and the one before may be worth nothing from now on."""
    secrets = msgspec.structs.replace(unsealed(held.actor, held.sealed), refresh_token=refresh_token)
    await note(held, sealed=sealed(held.actor, secrets))


async def looked(held: Held, wrong: Trouble | None) -> None:
    """Mail is fetched; `wrong` is what is to be said nevertheless.

    Raises:
        LeaseLost
    """
    code, words = (wrong.code, wrong.words) if wrong is not None else ("", "")
    async with transaction(held.actor) as db:
        if not await db.execute(LOOKED, held.organization_id, held.id, held.reader, "failing" if code else "well", code, words):
            raise LeaseLost
    held.failed_rounds = 0


async def release(held: Held, pause_s: float) -> None:
    """Let go; it is due again in `pause_s`."""
    async with transaction(held.actor) as db:
        await db.execute(RELEASE, held.organization_id, held.id, held.reader, pause_s)


async def failed(held: Held, code: TroubleCode, words: str) -> None:
    """Let go; it is due again later and later."""
    pause_s = backoff_s(held.failed_rounds, MOST_LASTING_S if code in LASTING else MOST_S)
    async with transaction(held.actor) as db:
        await db.execute(FAILED, held.organization_id, held.id, held.reader, pause_s, code, words)


def backoff_s(failed_before: int, most_s: float) -> float:
    return float(min(most_s, FIRST_S * 2.0 ** min(failed_before, 20)) * random.uniform(0.5, 1.0))  # noqa: S311 (jitter, no secret)
