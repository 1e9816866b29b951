"""Reads of mailings."""

from datetime import datetime

from core.access import MARKETERS, Actor
from core.database import columns, read
from core.errors import NotFound
from core.mailing.structs import MailingProgress, MailingView, Tally

MAILING = columns(MailingView, "g")
ONE = f"SELECT {MAILING} FROM mailings g WHERE g.organization_id = $1 AND g.id = $2"
TALLY = """
SELECT s.state, s.reason, count(*) FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 GROUP BY s.state, s.reason
"""
PACE = """
SELECT CASE WHEN g.paced_at > now() - interval '15 seconds' THEN g.per_minute ELSE 0 END, (
    SELECT s.due_at FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 AND s.state = 'queued' ORDER BY s.due_at LIMIT 1)
FROM mailings g WHERE g.organization_id = $1 AND g.id = $2
"""


async def mailing(actor: Actor, mailing_id: int, *, lock: bool = False) -> MailingView:
    """Raises:
    NotFound: unknown to the actor's organization.
    """
    async with read(actor) as db:
        found = await db.fetch_one(MailingView, ONE + (" FOR NO KEY UPDATE" if lock else ""), actor.organization_id, mailing_id)
    if found is None:
        raise NotFound("this mailing does not exist")
    return found


async def tally(actor: Actor, mailing_id: int) -> Tally:
    """Counted now."""
    counts: dict[str, int] = {}
    skipped: dict[str, int] = {}
    async with read(actor) as db:
        for state, reason, count in await db.fetch_rows(TALLY, actor.organization_id, mailing_id):
            if state == "skipped":
                skipped[reason] = count
            else:
                counts[state] = counts.get(state, 0) + count
    return Tally(**counts, skipped=skipped)


async def progress(actor: Actor, mailing_id: int) -> MailingProgress:
    """How far a mailing is, for admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        found, counted = await mailing(actor, mailing_id), await tally(actor, mailing_id)
        [(per_minute, due_at)] = await db.fetch_rows(PACE, actor.organization_id, mailing_id)
    return MailingProgress(found, counted, counted.audience, per_minute, due_at)


async def next_due(actor: Actor, mailing_id: int) -> datetime | None:
    """When the next mail that waits may go; None: none waits."""
    async with read(actor) as db:
        rows = await db.fetch_rows(PACE, actor.organization_id, mailing_id)
    return rows[0][1] if rows else None
