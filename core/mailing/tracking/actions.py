"""What is kept of an open or a click: all of them, with evidence, and what they are taken for."""

from typing import Literal

import msgspec

from core.access import Actor, system
from core.database import Unit, transaction
from core.mailing.actions import telling
from core.mailing.tracking import links
from core.mailing.tracking.judging import HASTE_S, MANY, RULES, Agent, Evidence, Label, Touch, label_of

ROWS_MAX = 100
"""Rows of one mail; touches beyond are counted in its last one."""
AFTER = """
SELECT floor(extract(epoch FROM now() - coalesce(s.handed_at, s.settled_at)))::int FROM mailing_sends s WHERE s.organization_id = $1 AND s.id = $2
FOR NO KEY UPDATE
"""
"""One touch of a mail after the other: a scanner tries all links at once."""
COUNT = "SELECT count(*) FROM mailing_touches WHERE organization_id = $1 AND send_id = $2"
ADD = """
INSERT INTO mailing_touches (organization_id, send_id, touch, url, method, agent, network, after_s, label, rules)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
"""
AGAIN = """
UPDATE mailing_touches SET times = times + 1 WHERE organization_id = $1 AND id = (
    SELECT max(id) FROM mailing_touches WHERE organization_id = $1 AND send_id = $2)
"""
BURST = """
SELECT count(DISTINCT t.url) FROM mailing_touches t
WHERE t.organization_id = $1 AND t.send_id = $2 AND t.touch = 'click' AND t.created_at > now() - make_interval(secs => $3)
"""
ALL_BOTS = """
UPDATE mailing_touches SET label = 'bot', is_burst = true
WHERE organization_id = $1 AND send_id = $2 AND touch = 'click' AND created_at > now() - make_interval(secs => $3)
"""
KEPT = """
SELECT id, touch, method, agent, after_s, is_burst FROM mailing_touches
WHERE organization_id = $1 AND id > $2 AND rules < $3 ORDER BY id LIMIT $4
"""
RELABEL = """
UPDATE mailing_touches t SET label = u.label, rules = $4 FROM unnest($2::bigint[], $3::text[]) AS u (id, label)
WHERE t.organization_id = $1 AND t.id = u.id
"""
BATCH = 1000


class Seen(msgspec.Struct, frozen=True):
    """How somebody asked; `network` without its last part."""

    method: Literal["GET", "HEAD"]
    agent: Agent
    network: str


async def open_mail(token: str, seen: Seen) -> None:
    """Raises:
    NotFound: the image's address is none that we made.
    """
    found = links.opened(token)
    await _touch(system(found.organization_id), found.send_id, "open", "", seen)


async def follow(token: str, url: str, seen: Seen) -> None:
    """Raises:
    NotFound: the link is none that we made, or we made it for another address: there it leads nowhere.
    """
    found = links.clicked(token, url)
    await _touch(system(found.organization_id), found.send_id, "click", url, seen)


async def _touch(actor: Actor, send_id: int, touch: Touch, url: str, seen: Seen) -> None:
    async with transaction(actor) as db:
        rows = await db.fetch_rows(AFTER, actor.organization_id, send_id)
        if not rows:
            return  # the mailing was deleted; its links still lead where they did
        if await db.fetch_value(COUNT, actor.organization_id, send_id) >= ROWS_MAX:
            await db.execute(AGAIN, actor.organization_id, send_id)
            return
        evidence = Evidence(touch=touch, method=seen.method, agent=seen.agent, after_s=rows[0][0])
        values = (url, seen.method, seen.agent, seen.network, evidence.after_s, label_of(evidence), RULES)
        touch_id = int(await db.fetch_value(ADD, actor.organization_id, send_id, touch, *values))
        if touch == "click":
            await _judge_together(db, actor, send_id)
        await telling.expect(db, actor, touch_id)


async def _judge_together(db: Unit, actor: Actor, send_id: int) -> None:
    if await db.fetch_value(BURST, actor.organization_id, send_id, HASTE_S) >= MANY:
        await db.execute(ALL_BOTS, actor.organization_id, send_id, HASTE_S)


async def relabel(actor: Actor) -> int:
    """Judge anew, by the rules of today, whatever was judged by older ones; returns how many. Safe to repeat."""
    done, last = 0, 0
    while True:
        async with transaction(actor) as db:
            rows = await db.fetch_rows(KEPT, actor.organization_id, last, RULES, BATCH)
            labels: dict[int, Label] = {
                row["id"]: label_of(
                    Evidence(
                        touch=row["touch"],
                        method=row["method"],
                        agent=row["agent"],
                        after_s=row["after_s"],
                        is_burst=row["is_burst"],
                    )
                )
                for row in rows
            }
            await db.execute(RELABEL, actor.organization_id, list(labels), list(labels.values()), RULES)
        done += len(rows)
        if len(rows) < BATCH:
            return done
        last = rows[-1]["id"]
