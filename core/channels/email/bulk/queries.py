"""Reads of how mail to many goes out of an inbox, and of what conversations began with an answer to one."""

from core.access import MARKETERS, STAFF, Actor
from core.channels.email.bulk import pace, rates
from core.channels.email.bulk.pace import Rate
from core.channels.email.bulk.structs import AnsweredMailing, MailingSettingsView, SlowDomain
from core.conversations import queries as conversations
from core.database import columns, read, system_transaction
from core.errors import NotFound

SLOW_MAX = 50
DUE = """
SELECT g.organization_id, g.id FROM mailings g
WHERE g.id > $2 AND g.released_at IS NOT NULL AND g.finished_at IS NULL AND g.state = 'active' AND (EXISTS (
    SELECT FROM mailing_sends s WHERE s.organization_id = g.organization_id AND s.mailing_id = g.id AND s.state = 'queued' AND s.due_at <= now()
) OR EXISTS (
    SELECT FROM mailing_sends s
    WHERE s.organization_id = g.organization_id AND s.mailing_id = g.id AND s.state = 'sending' AND s.claimed_until < now()
) OR NOT EXISTS (
    SELECT FROM mailing_sends s WHERE s.organization_id = g.organization_id AND s.mailing_id = g.id AND s.state IN ('queued', 'sending')))
ORDER BY g.id LIMIT $1
"""
INBOX = "SELECT 1 FROM email_inboxes WHERE organization_id = $1 AND inbox_id = $2"
OWN = "SELECT {columns} FROM mail_rates r WHERE r.organization_id = $1 AND r.inbox_id = $2 AND {which}"
RATE = columns(Rate, "r")
SERVER = OWN.format(columns=RATE, which="r.domain = ''")
SLOW = (
    OWN.format(columns=RATE, which="r.domain <> '' AND (r.per_s IS NOT NULL OR r.holds > 0)")
    + f" ORDER BY r.per_s, r.id LIMIT {SLOW_MAX}"
)
PLAN = """
SELECT emails_limit, CASE WHEN emails_since < date_trunc('month', now())::date THEN 0 ELSE emails_used END FROM organizations WHERE id = $1
"""
ANSWERED = """
SELECT m.mailing_id, g.kind, g.source_id, m.send_id, m.is_recipient, CASE WHEN m.is_recipient THEN s.contact_id END
FROM conversation_mailings m JOIN mailings g ON g.organization_id = m.organization_id AND g.id = m.mailing_id
JOIN mailing_sends s ON s.organization_id = m.organization_id AND s.id = m.send_id
WHERE m.organization_id = $1 AND m.conversation_id = $2
"""


async def due(limit: int, after: int) -> list[tuple[int, int]]:
    """Organization and id of mailings of which something should be sent by now, or nothing is left and nobody has said so.

    In the order of their ids, those behind `after`.
    """
    async with system_transaction("mailings of all organizations are looked after") as db:
        return [(organization_id, mailing_id) for organization_id, mailing_id in await db.fetch_rows(DUE, limit, after)]


async def settings_of(actor: Actor, inbox_id: int) -> MailingSettingsView:
    """How fast an inbox may send mail to many, and how fast servers let it. For admins and users.

    Raises:
        NotFound: it is no e-mail inbox of the actor's organization.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        if await db.fetch_value(INBOX, actor.organization_id, inbox_id) is None:
            raise NotFound("this e-mail inbox does not exist")
        own = await rates.limits(actor, inbox_id)
        now = await db.fetch_value(rates.NOW)
        found = await db.fetch_one(Rate, SERVER, actor.organization_id, inbox_id)
        slow = await db.fetch(Rate, SLOW, actor.organization_id, inbox_id)
        [(emails_limit, emails_used)] = await db.fetch_rows(PLAN, actor.organization_id)
    held = found is not None and found.held_until is not None and found.held_until > now
    return MailingSettingsView(
        inbox_id=inbox_id,
        per_hour=own.per_hour,
        domain_per_hour=own.domain_per_hour,
        is_warming=own.warming_on is not None,
        warming_on=own.warming_on,
        today_limit=pace.cap_of(own.warming_on, now.date()),
        today_count=found.counted if found is not None and found.counted_on == now.date() else 0,
        held_until=found.held_until if found is not None and held else None,
        held_reason=found.said if found is not None and held else "",
        slow_domains=[_slow(one) for one in slow],
        emails_limit=emails_limit,
        emails_used=emails_used,
    )


def _slow(rate: Rate) -> SlowDomain:
    return SlowDomain(rate.domain, None if rate.per_s is None else rate.per_s * pace.HOUR_S, rate.held_until, rate.said)


async def answered(actor: Actor, conversation_id: int) -> AnsweredMailing | None:
    """The mailing whose mail a conversation began with as its answer; None: it began otherwise.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        await conversations.get(actor, conversation_id)
        return await db.fetch_one(AnsweredMailing, ANSWERED, actor.organization_id, conversation_id)
