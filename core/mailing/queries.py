"""Reads of mailings."""

from core.access import Actor
from core.database import columns, read
from core.errors import NotFound
from core.mailing.structs import MailingView, Tally

MAILING = columns(MailingView, "g")
ONE = f"SELECT {MAILING} FROM mailings g WHERE g.organization_id = $1 AND g.id = $2"
TALLY = """
SELECT s.state, s.reason, count(*) FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 GROUP BY s.state, s.reason
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
