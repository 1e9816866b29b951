"""What others are told of a mail: that a person opened it or followed a link in it, or that it came back.

A click is told when nothing can turn up any more that makes a scanner of whoever clicked: `judging` looks at what happens within some seconds.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from core.access import Actor, Audience
from core.database import Unit
from core.events.log import record
from core.jobs import timers
from core.jobs.ledger import effect
from core.mailing.events import MailingReturned, MailingTouched
from core.mailing.tracking.judging import HASTE_S, Touch

TELL = "core.mailing.tell_touch"
WAIT = timedelta(seconds=HASTE_S + 1)
SEND = "s.mailing_id, g.kind, g.source_id, s.id AS send_id, s.contact_id, s.entry"
OF_TOUCH = f"""
SELECT {SEND}, t.touch, t.url FROM mailing_touches t
JOIN mailing_sends s ON s.organization_id = t.organization_id AND s.id = t.send_id
JOIN mailings g ON g.organization_id = s.organization_id AND g.id = s.mailing_id
WHERE t.organization_id = $1 AND t.id = $2 AND t.label = 'human' AND NOT EXISTS (
    SELECT FROM mailing_touches e WHERE e.organization_id = $1 AND e.send_id = t.send_id AND e.touch = t.touch AND e.url = t.url
      AND e.label = 'human' AND e.id < t.id)
"""
OF_SEND = f"""
SELECT {SEND} FROM mailing_sends s JOIN mailings g ON g.organization_id = s.organization_id AND g.id = s.mailing_id
WHERE s.organization_id = $1 AND s.id = $2
"""


class _Touched(msgspec.Struct, frozen=True):
    mailing_id: int
    kind: str
    source_id: int
    send_id: int
    contact_id: int
    entry: str
    touch: Touch
    url: str


async def expect(db: Unit, actor: Actor, touch_id: int) -> None:
    """In the unit of work that wrote a touch down: tell of it, now or soon, if it is a person's and the first of its kind."""
    found = await db.fetch_one(_Touched, OF_TOUCH, actor.organization_id, touch_id)
    if found is None:
        return
    if found.touch == "open":
        await _record(actor, found)
        return
    arguments = {"organization_id": actor.organization_id, "touch_id": touch_id}
    await timers.set_timer(actor, TELL, key=f"touch:{touch_id}", due_at=datetime.now(UTC) + WAIT, **arguments)


async def tell(actor: Actor, touch_id: int) -> None:
    """Tell of a click that is taken for a person's still."""
    async with effect(actor) as db:
        found = await db.fetch_one(_Touched, OF_TOUCH, actor.organization_id, touch_id)
        if found is not None:
            await _record(actor, found)


async def returned(db: Unit, actor: Actor, send_id: int, reason: Literal["bounced", "complained"]) -> None:
    """In the unit of work that notes it: a mail came back."""
    for mailing_id, kind, source_id, _, contact_id, entry in await db.fetch_rows(OF_SEND, actor.organization_id, send_id):
        event = MailingReturned(
            organization_id=actor.organization_id, mailing_id=mailing_id, kind=kind, source_id=source_id, send_id=send_id,
            contact_id=contact_id, entry=entry, reason=reason, by=actor.ref,
        )  # fmt: skip
        await record(event, Audience(marketers_only=True))


async def _record(actor: Actor, found: _Touched) -> None:
    event = MailingTouched(organization_id=actor.organization_id, by=actor.ref, **msgspec.structs.asdict(found))
    await record(event, Audience(marketers_only=True))
