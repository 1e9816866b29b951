"""What a report about a mail of ours changes: the message says that it came back, its conversation opens again, and a dead address is known."""

from typing import Literal

from core.access import Actor
from core.channels.email import change, names, people
from core.channels.email.continuity import actions as continuity
from core.channels.email.returned import Returned
from core.consent.actions import suppressions
from core.consent.actions.suppressions import Found
from core.consent.rules import SuppressionReason
from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges, SubscriptionStatus
from core.conversations import queries as conversations
from core.database import Unit
from core.errors import NotFound
from core.mailing import names as mailing_names
from core.mailing.actions import claims, telling

REASON_MAX = 300
MARK = """
UPDATE outbound_mails SET state = 'bounced', reason = $4, settled_at = now()
WHERE organization_id = $1 AND conversation_id = $2 AND message_id = $3 AND state IN ('sent', 'uncertain')
RETURNING id, recipients, forwards_id IS NOT NULL
"""
WENT_TO = """
SELECT recipients FROM outbound_mails WHERE organization_id = $1 AND conversation_id = $2 AND message_id = $3 AND forwards_id IS NULL
"""
OWNERS = """
SELECT k.id, a.address FROM contact_addresses a JOIN contacts k ON k.organization_id = a.organization_id AND k.id = a.contact_id
WHERE a.organization_id = $1 AND a.address = ANY ($2::text[]) AND k.subscription_status = 'subscribed'
  AND (lower(k.email) = a.address OR EXISTS (SELECT FROM message_mails w WHERE w.organization_id = $1 AND w.from_address = a.address))
UNION SELECT k.id, lower(k.email) FROM conversations c JOIN contacts k ON k.organization_id = c.organization_id AND k.id = c.contact_id
WHERE c.organization_id = $1 AND c.id = $3 AND lower(k.email) = ANY ($2::text[]) AND k.subscription_status = 'subscribed'
"""
"""From whom mail came from there, and who is said to be there, as far as it is known, or in the conversation: not who was until it was corrected."""


async def heed(db: Unit, actor: Actor, report: Returned) -> tuple[int | None, int | None]:
    """In the unit of work of the report's own row; returns the conversation and the message that it is about, as far as they are ours.

    Only a report that holds the signed Message-ID of our mail is believed, and only about whom that mail was for: nobody else knows it.
    """
    found = names.message_of_id(actor.organization_id, report.message_id)
    if found is None:
        await _heed_mailing(db, actor, report)
        return None, None
    try:
        before = await conversations.get(actor, found[0], lock=True)
    except NotFound:
        return None, None
    if report.kind == "failed":
        rows = await db.fetch_rows(MARK, actor.organization_id, *found, _words(report))
        for mail_id, recipients, is_forward in rows:
            await change.announce(db, actor, mail_id)
            if is_forward:  # to people outside: its customer has nothing to do with it
                continue
            dead = _addresses(report, recipients, hard=True)
            await _remember(actor, report, dead, "bounced")
            await _flag(db, actor, found[0], dead, "bounced")
            await change.bring_back(db, actor, before)
    elif report.kind == "complaint":
        rows = await db.fetch_rows(WENT_TO, actor.organization_id, *found)
        if rows:
            annoyed = _addresses(report, rows[0][0])
            await _remember(actor, report, annoyed, "complained")
            await _flag(db, actor, found[0], annoyed, "unsubscribed")
            for address in map(people.key, rows[0][0]) if before.channel == "chat" else ():
                await continuity.end(db, actor, found[0], address)
    return found


async def _heed_mailing(db: Unit, actor: Actor, report: Returned) -> None:
    """About a mail of a mailing: it stays counted as sent, with what became of it, and its address is held back where it is dead or complained."""
    send_id = mailing_names.send_of_id(actor.organization_id, report.message_id)
    if send_id is None or report.kind not in {"failed", "complaint"}:
        return
    reason: Literal["bounced", "complained"] = "bounced" if report.kind == "failed" else "complained"
    to = await claims.came_back(db, actor, send_id, reason, _words(report))
    await telling.returned(db, actor, send_id, reason)
    await _remember(actor, report, _addresses(report, [to] if to else [], hard=reason == "bounced"), reason)


def _words(report: Returned) -> str:
    said = next((one for one in report.recipients if one.diagnostic or one.status), None)
    return f"{said.status} {said.diagnostic}".strip()[:REASON_MAX] if said else ""


async def _remember(actor: Actor, report: Returned, addresses: list[str], reason: SuppressionReason) -> None:
    """No mail of any kind goes there from now on, whoever has the address; before any contact is touched, as everywhere."""
    said = {people.key(one.address): f"{one.status} {one.diagnostic}".strip()[:REASON_MAX] for one in report.recipients}
    for address in sorted(set(addresses)):
        await suppressions.found(
            actor, address, Found(reason, "report", {"message_id": report.message_id, "said": said.get(address, "")})
        )


async def _flag(db: Unit, actor: Actor, conversation_id: int, addresses: list[str], status: SubscriptionStatus) -> None:
    for contact_id, address in await db.fetch_rows(OWNERS, actor.organization_id, addresses, conversation_id):
        await contacts.update(actor, contact_id, ContactChanges(subscription_status=status), about=address)


def _addresses(report: Returned, recipients: list[str], *, hard: bool = False) -> list[str]:
    """Of those whom our mail was for: whoever got it knows its Message-ID, and can make up a report about anybody."""
    known = {people.key(one) for one in recipients}
    return [address for one in report.recipients if (one.hard or not hard) and (address := people.key(one.address)) in known]
