"""Whom a campaign is for: segments and lists as one tree, worked through by ranges of ids, or looked at before anything is sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from core.access import MARKETERS, Actor
from core.consent.standing import FIRST, arguments, judging
from core.contacts import queries as contacts
from core.database import Unit
from core.mailing.actions import audience as mailing
from core.mailing.actions.audience import Audience
from core.segments import audience as segments
from core.segments.selection import LAST, Selection
from modules.campaigns.structs import CampaignAudience, CampaignAudienceView

LOOK_S = 4.0
NEWEST = 20_000
"""Contacts that are looked at where there is no time for all."""
FLOOR = "SELECT k.id FROM contacts k WHERE k.organization_id = $1 ORDER BY k.id DESC OFFSET $2 LIMIT 1"
PARAMETER = re.compile(r"\$(\d+)")
COUNTED = """
SELECT f.reason, count(*) FROM (
    SELECT coalesce(j.why_not, CASE WHEN row_number() OVER (PARTITION BY j.address, j.why_not IS NULL ORDER BY j.key) > 1 THEN 'duplicate'
                               ELSE '' END) AS reason
    FROM judged j) f GROUP BY 1
"""


def tree_of(include: Sequence[int], exclude: Sequence[int]) -> dict[str, Any]:
    """Whoever is in one of `include` (none: everybody), and in none of `exclude`."""
    parts: list[dict[str, Any]] = []
    if include:
        parts.append({"any": [{"segment": segment_id} for segment_id in include]})
    if exclude:
        parts.append({"not": {"any": [{"segment": segment_id} for segment_id in exclude]}})
    return {"all": parts}


async def between(db: Unit, actor: Actor, tree: Mapping[str, Any], now: datetime, after: int, last: int) -> Audience:
    """Those that a tree chooses as of `now`, of the contacts with ids above `after` up to `last`.

    Raises:
        Invalid: `bad_segment`.
    """
    chosen = await segments.select(db, actor, dict(tree), now)
    _, *values = chosen.arguments(after + 1, last + 1)
    return Audience(_from_parameter(chosen, mailing.OWN), values, await _yielding(db, actor, chosen, after, last))


async def _yielding(db: Unit, actor: Actor, chosen: Selection, after: int, last: int) -> list[int]:
    """Of these contacts, those whose address only a visitor typed, and is the own one of somebody else whom the selection has."""
    pairs = await contacts.yielding(db, actor, after, last)
    if not pairs:
        return []
    owners = sorted({owner for _, owner in pairs})
    sql = f"{chosen.rows('k.id')} AND k.id = ANY (${len(chosen.parameters) + 3}::bigint[])"
    found = {row[0] for row in await db.fetch_rows(sql, *chosen.arguments(owners[0], owners[-1] + 1), owners)}
    return sorted({contact_id for contact_id, owner in pairs if owner in found})


async def look(actor: Actor, data: CampaignAudience) -> CampaignAudienceView:
    """How many would get mail about a topic, and how many not and why, by the rule that holds when it is sent. Admins and users.

    Raises:
        Invalid: `bad_segment`: a segment is unknown, or cannot be used any more.
        TooManyRequests: the organization looks at too much at once.
    """
    actor.require(*MARKETERS)
    tree = tree_of(data.include, data.exclude)
    try:
        return await _count(actor, tree, data.topic_id, whole=True)
    except asyncpg.QueryCanceledError:
        pass  # then as many as can be looked at
    try:
        return await _count(actor, tree, data.topic_id, whole=False)
    except asyncpg.QueryCanceledError:
        return CampaignAudienceView(0, 0, {}, exact=False)


async def _count(actor: Actor, tree: dict[str, Any], topic_id: int | None, *, whole: bool) -> CampaignAudienceView:
    async with segments.looking_at(actor) as db:
        first = 0 if whole else (await db.fetch_value(FLOOR, actor.organization_id, NEWEST - 1) or 0)
        chosen = await segments.select(db, actor, tree)
        _, *values = chosen.arguments(first, LAST)
        await db.execute(f"SET LOCAL statement_timeout = {int(LOOK_S * 1000)}")
        sql = f"WITH {judging(_from_parameter(chosen, FIRST))} {COUNTED}"
        found = dict(await db.fetch_rows(sql, *arguments(actor, topic_id, "marketing"), *values))
    recipients = found.pop("", 0)
    return CampaignAudienceView(recipients + sum(found.values()), recipients, found, exact=whole)


def _from_parameter(chosen: Selection, first: int) -> str:
    """The selection's people, with its own parameters (`$2` on) from `first` on, for statements that have others before."""
    sql = chosen.rows("k.id AS key, k.email")
    return PARAMETER.sub(lambda found: f"${int(found[1]) + first - 2}" if found[1] != "1" else "$1", sql)
