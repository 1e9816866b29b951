"""A mail to the contact, from a template: put into core's ledger of mail to many, which sends it, in the transaction that moves the contact on."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from core.access import Actor, system
from core.consent import standing
from core.consent.rules import MailKind
from core.contacts import queries as contacts
from core.database import read
from core.extend.steps import Failed, Foreseen, Go, Outcome, Visit, WorkflowStep
from core.mailing.actions import mailings
from core.mailing.actions.audience import enlist_one
from core.templates.blocks import Subject
from modules.workflows import posting
from modules.workflows.saying import say

MAILING = """
SELECT g.id FROM workflow_enrollments e
JOIN workflow_uses u ON u.organization_id = e.organization_id AND u.workflow_id = e.workflow_id AND u.version = e.version AND u.step_id = $3
JOIN mailings g ON g.organization_id = u.organization_id AND g.kind = 'workflow' AND g.source_id = u.id
WHERE e.organization_id = $1 AND e.id = $2
"""
STATE = "SELECT s.state, s.reason FROM mailing_sends s WHERE s.organization_id = $1 AND s.id = $2"
Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class EmailConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`subject` stands in place of the template's. Without an inbox the oldest one that has an address sends it, without a topic it is about the
    oldest topic of its kind. `transactional` mail (an order's confirmation) knows no quiet hours and no cap.
    """

    template_id: Id | None = None
    subject: Subject = ""
    inbox_id: Id | None = None
    topic_id: Id | None = None
    kind: MailKind = "marketing"


async def missing(actor: Actor, config: EmailConfig) -> Iterable[tuple[str, str]]:
    return (await posting.chosen(actor, config.template_id, config.subject, config.inbox_id, config.topic_id, config.kind)).missing


async def foresee(visit: Visit, config: EmailConfig) -> Foreseen:
    """Whether he might be mailed today, whoever asks: it is not he who sends."""
    sender = system(visit.actor.organization_id)
    chosen = await posting.chosen(sender, config.template_id, "", config.inbox_id, config.topic_id, config.kind)
    if chosen.missing:
        return Foreseen(Failed(chosen.missing[0][1]))
    reason = await standing.may_get(visit.actor, visit.values["contact"]["email"], chosen.topic_id, config.kind)
    return Foreseen(Go(detail=say("mail")) if reason is None else Go(detail=say("no_mail", reason=reason), reached=False))


async def run(visit: Visit, config: EmailConfig) -> Outcome:
    del config
    async with read(visit.actor) as db:
        mailing_id = await db.fetch_value(MAILING, visit.actor.organization_id, visit.enrollment_id, visit.step_id)
        if mailing_id is None:
            return Failed(say("no_mailing"))
        email = (await contacts.get(visit.actor, visit.contact_id)).email
        entry = str(visit.enrollment_id)
        send_id = await enlist_one(visit.actor, mailing_id, email, visit.now, contact_id=visit.contact_id, entry=entry)
        await mailings.release(visit.actor, mailing_id)
        [(state, reason)] = await db.fetch_rows(STATE, visit.actor.organization_id, send_id)
    if state == "skipped":
        return Go(detail=say("no_mail", reason=reason), reached=False)
    return Go(detail=say("mail", id=send_id))


step = WorkflowStep(
    name="email", title="Send a mail", config=EmailConfig, missing=missing, run=run, foresee=foresee, acts=True,
    reaches=lambda config: config.kind == "marketing",
)  # fmt: skip
