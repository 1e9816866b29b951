"""Who gets a mailing: a row for each, settled at one time, with the reason where somebody gets none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from core.access import Actor
from core.consent import addresses
from core.consent.standing import FIRST, ONE, arguments, judging
from core.contacts.addresses import digest_sql, normal, normal_sql
from core.database import transaction
from core.errors import Conflict
from core.mailing import queries

CHUNK = 20_000
OWN = FIRST + 5
"""The first parameter of an audience's own. Before: those of the judgement, the mailing, when it is due, the chunk's begin and size, who yields."""


class Audience(NamedTuple):
    """`sql`: a SELECT of `key` (a contact's id) and `email` over `contacts` of organization `$1`; its own parameters begin at `$OWN`.

    `yielding`: of them, those who share their address with another of the whole audience whose own it is, so that he gets the mail: at most a few.
    """

    sql: str
    arguments: Sequence[Any] = ()
    yielding: Sequence[int] = ()


def _chunk(audience: str) -> str:
    return f"SELECT w.key, w.email FROM ({audience}) w WHERE w.key > ${FIRST + 2} ORDER BY w.key LIMIT ${FIRST + 3}"


def _keep(audience: str) -> str:
    """Addresses that are new to us get their row, in one order for all. `given` names the parameters that only the judgement needs."""
    return f"""
        WITH given AS (SELECT $2::bigint, $3::text, ${FIRST}::bigint, ${FIRST + 1}::timestamptz, ${FIRST + 4}::bigint[])
        INSERT INTO mail_addresses (organization_id, address, digest)
        SELECT DISTINCT ON (n.digest) $1::bigint, n.address, n.digest
        FROM (SELECT p.address, {digest_sql("p.address", 4)} AS digest
              FROM (SELECT {normal_sql("q.email")} AS address FROM ({_chunk(audience)}) q) p
              WHERE p.address <> '' AND NOT EXISTS (
                  SELECT FROM mail_addresses a WHERE a.organization_id = $1 AND a.address = p.address AND a.address <> '')) n
        ORDER BY n.digest
        ON CONFLICT (organization_id, digest) DO UPDATE SET address = excluded.address, erased_at = NULL
    """


def _enlist(audience: str) -> str:
    """Who shares an address gets one mail together, so the others say `duplicate`. `taken` is settled before the first row is written."""
    return f"""
        WITH {judging(_chunk(audience))}, j AS MATERIALIZED (
            SELECT key, address_id, why_not, key = ANY (${FIRST + 4}::bigint[]) AS yields FROM judged
        ), taken AS MATERIALIZED (
            SELECT DISTINCT o.address_id FROM j JOIN mailing_sends o ON o.organization_id = $1 AND o.address_id = j.address_id
            WHERE o.mailing_id = ${FIRST} AND o.entry = '' AND o.state <> 'skipped'
        ), n AS (
            SELECT j.key, j.address_id, coalesce(j.why_not, CASE
                WHEN t.address_id IS NOT NULL OR j.yields
                     OR row_number() OVER (PARTITION BY j.address_id, j.why_not IS NULL AND NOT j.yields ORDER BY j.key) > 1
                THEN 'duplicate' END) AS reason
            FROM j LEFT JOIN taken t ON t.address_id = j.address_id
        ), added AS (
            INSERT INTO mailing_sends (organization_id, mailing_id, contact_id, address_id, state, reason, due_at, settled_at)
            SELECT $1, ${FIRST}, n.key, n.address_id, CASE WHEN n.reason IS NULL THEN 'queued' ELSE 'skipped' END, coalesce(n.reason, ''),
                   ${FIRST + 1}, CASE WHEN n.reason IS NOT NULL THEN now() END
            FROM n ORDER BY n.key ON CONFLICT (organization_id, mailing_id, contact_id, entry) DO NOTHING
        )
        SELECT max(j.key), count(*) FROM j
    """


async def enlist(
    actor: Actor, mailing_id: int, audience: Audience, due_at: datetime, *, after: int = 0, most: int = CHUNK
) -> int | None:
    """Settle who of the next `most` of an audience, in order of their ids, gets a mailing, after id `after`; returns the last one, None at the end.

    Each part is a unit of work of its own, or a part of the open one, and safe to repeat: who has a row keeps it.

    Raises:
        NotFound: the mailing is unknown to the actor's organization.
        Conflict: `canceled`.
    """
    async with transaction(actor) as db:
        mailing = await queries.mailing(
            actor, mailing_id, lock=True
        )  # one part after the other: or two would both mail one address
        if mailing.state == "canceled":
            raise Conflict("this mailing was canceled", code="canceled")
        values = (
            *arguments(actor, mailing.topic_id, mailing.mail_kind),
            mailing_id,
            due_at,
            after,
            most,
            audience.yielding,
            *audience.arguments,
        )
        await db.execute(_keep(audience.sql), *values)
        [(last, count)] = await db.fetch_rows(_enlist(audience.sql), *values)
    return int(last) if count == most else None


PUT = f"""
WITH {judging(ONE)}
INSERT INTO mailing_sends (organization_id, mailing_id, contact_id, entry, address_id, state, reason, due_at, settled_at)
SELECT $1, ${FIRST + 1}, ${FIRST + 2}, ${FIRST + 3}, ${FIRST + 4}::bigint, CASE WHEN j.why_not IS NULL THEN 'queued' ELSE 'skipped' END,
       coalesce(j.why_not, ''), ${FIRST + 5}, CASE WHEN j.why_not IS NOT NULL THEN now() END
FROM judged j ON CONFLICT (organization_id, mailing_id, contact_id, entry) DO UPDATE SET reason = mailing_sends.reason RETURNING id
"""


async def enlist_one(
    actor: Actor, mailing_id: int, email: str | None, due_at: datetime, *, contact_id: int = 0, entry: str = ""
) -> int:
    """One mail for one person; returns its id. Safe to repeat: the same contact and `entry` are the same mail.

    Raises:
        NotFound: the mailing is unknown to the actor's organization.
    """
    async with transaction(actor) as db:
        mailing = await queries.mailing(actor, mailing_id)
        address = normal(email)
        address_id = await addresses.keep(db, actor, address) if address else None
        values = (
            *arguments(actor, mailing.topic_id, mailing.mail_kind),
            address,
            mailing_id,
            contact_id,
            entry,
            address_id,
            due_at,
        )
        return int(await db.fetch_value(PUT, *values))
