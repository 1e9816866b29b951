"""E-mail inboxes that need an admin: mail does not come, is not understood, or does not go out. Told from the ledgers alone, by one query.

Each look is a few steps in an index made for it, however many mails there are.
"""

from core.access import ADMINS, Actor
from core.channels.email.confirming import KIND
from core.channels.email.structs import InboxAlert
from core.database import read

MOST = 100
"""What is counted, is counted no further."""
SILENT = """
SELECT e.inbox_id, 'silent' AS kind, last.received_at AS since, 0 AS count, '' AS words
FROM email_inboxes e
CROSS JOIN LATERAL (SELECT m.received_at FROM inbound_mails m
                    WHERE m.organization_id = e.organization_id AND m.inbox_id = e.inbox_id ORDER BY m.received_at DESC LIMIT 1) last
CROSS JOIN LATERAL (
    SELECT count(*) AS hours, min(hour) AS first, (array_agg(gap ORDER BY gap DESC NULLS LAST))[2] AS usual
    FROM (SELECT hour, lead(hour) OVER (ORDER BY hour) - hour AS gap
          FROM generate_series(date_trunc('hour', last.received_at) - interval '28 days', last.received_at, interval '1 hour') hour
          CROSS JOIN LATERAL (SELECT FROM inbound_mails m WHERE m.organization_id = e.organization_id AND m.inbox_id = e.inbox_id
                              AND m.received_at >= hour AND m.received_at < hour + interval '1 hour' LIMIT 1) came
          WHERE last.received_at < now() - interval '24 hours') heard) before
WHERE e.organization_id = $1 AND before.hours >= 20 AND before.first < last.received_at - interval '14 days'
  AND now() - last.received_at >= greatest(interval '24 hours', 4 * before.usual)
"""
"""For at least a day, and four times as long as the longest gap but one of the four weeks before its last mail: one outage is not what is usual.

Gaps are told in hours in which mail came. Where it came in fewer than 20 of them, or for less than two weeks, nobody knows what is usual.
"""


def _counted(kind: str, source: str, since: str, words: str, where: str, order: str = "") -> str:
    """Mails of each inbox for which `where` holds, in `order` (else that of `since`), of which the first and the number are told."""
    return f"""
        SELECT e.inbox_id, '{kind}', min(found.since), count(*), (array_agg(found.words ORDER BY found.since))[1]
        FROM email_inboxes e
        CROSS JOIN LATERAL (SELECT {since} AS since, {words} AS words FROM {source} m
                            WHERE m.organization_id = e.organization_id AND m.inbox_id = e.inbox_id AND {where}
                            ORDER BY {order or since} LIMIT {MOST}) found
        WHERE e.organization_id = $1 GROUP BY e.inbox_id
    """


UNREAD = _counted(
    "unread",
    "inbound_mails",
    "m.received_at",
    "''",
    "m.state = 'received' AND m.received_at < now() - interval '15 minutes'",
    "m.id",
)
UNREADABLE = _counted(
    "unreadable",
    "inbound_mails",
    "m.processed_at",
    "''",
    "m.state = 'quarantined' AND m.reason = 'failed' AND m.processed_at > now() - interval '7 days'",
)
WAITING = _counted(
    "waiting",
    "outbound_mails",
    "m.created_at",
    "m.reason",
    "m.state IN ('queued', 'sending') AND m.attempts >= 3 AND m.created_at < now() - interval '10 minutes'",
)
ASKING = f"""
SELECT e.inbox_id, 'asking', min(found.created_at), least(count(*), {MOST}), (array_agg(found.detail ORDER BY found.created_at))[1]
FROM mailings g JOIN topics t ON t.organization_id = g.organization_id AND t.id = g.source_id
CROSS JOIN LATERAL (SELECT e.inbox_id FROM email_inboxes e WHERE e.organization_id = g.organization_id
                    ORDER BY e.inbox_id IS DISTINCT FROM t.inbox_id, e.inbox_id LIMIT 1) e
CROSS JOIN LATERAL (SELECT s.created_at, s.detail FROM mailing_sends s
                    WHERE s.organization_id = g.organization_id AND s.mailing_id = g.id AND s.state = 'queued' AND s.attempt >= 3
                    AND s.created_at < now() - interval '10 minutes' ORDER BY s.due_at, s.id LIMIT {MOST}) found
WHERE g.organization_id = $1 AND g.kind = '{KIND}' GROUP BY e.inbox_id
"""
"""Who signed up waits for the mail that asks him to confirm, and gets none of what he wants."""
UNCERTAIN = _counted(
    "uncertain", "outbound_mails", "m.created_at", "m.reason", "m.state = 'uncertain' AND m.created_at > now() - interval '1 day'"
)
UNSENT = """
SELECT e.inbox_id, 'unsent', min(latest.created_at) FILTER (WHERE latest.state = 'failed'), count(*) FILTER (WHERE latest.state = 'failed'),
       (array_agg(latest.reason ORDER BY latest.id DESC) FILTER (WHERE latest.state = 'failed'))[1]
FROM email_inboxes e
CROSS JOIN LATERAL (SELECT m.id, m.state, m.reason, m.created_at FROM outbound_mails m
                    WHERE m.organization_id = e.organization_id AND m.inbox_id = e.inbox_id AND m.state IN ('sent', 'failed', 'bounced', 'uncertain')
                    ORDER BY m.id DESC LIMIT 20) latest
WHERE e.organization_id = $1 AND latest.created_at > now() - interval '1 day'
GROUP BY e.inbox_id
HAVING count(*) FILTER (WHERE latest.state = 'failed') >= 3 AND count(*) FILTER (WHERE latest.state = 'failed') * 2 >= count(*)
"""
"""Of its last 20 mails half could not be sent: not one dead address, which stands under the message itself."""
ALL = f"""
WITH a (inbox_id, kind, since, count, words) AS MATERIALIZED (
    {SILENT} UNION ALL {UNREAD} UNION ALL {UNREADABLE} UNION ALL {WAITING} UNION ALL {ASKING} UNION ALL {UNCERTAIN} UNION ALL {UNSENT})
SELECT a.inbox_id, i.name, a.kind, a.since, a.count::int, a.words
FROM a JOIN inboxes i ON i.organization_id = $1 AND i.id = a.inbox_id ORDER BY a.inbox_id, a.kind
"""
"""Materialized: else all of it is looked up once more for each inbox."""


async def of(actor: Actor) -> list[InboxAlert]:
    """What is wrong with the organization's e-mail inboxes; nothing where all is well. Admins only."""
    actor.require(*ADMINS)
    async with read(actor) as db:
        return await db.fetch(InboxAlert, ALL, actor.organization_id)
