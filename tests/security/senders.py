"""What a world has of mail to many on its way: limits of an inbox, a domain that wants less, an answer to a mailing."""

from datetime import UTC, datetime
from typing import Any

from core.access import Actor
from core.channels.email.bulk import actions, answers, rates
from core.channels.email.bulk.answers import Answered
from core.channels.email.bulk.structs import MailingSettingsInput
from core.database import transaction
from core.mailing.actions import audience, mailings


async def an_answered_mailing(admin: Actor, canary: str, inbox_id: int, conversation_id: int) -> dict[str, Any]:
    """As names."""
    await actions.save(admin, inbox_id, MailingSettingsInput(per_hour=1000))
    await rates.learn(admin, inbox_id, {f"{canary}.example": f"421 no more, {canary}"}, ())
    mailing = await mailings.begin(admin, "news", 2, topic_id=None)
    send_id = await audience.enlist_one(admin, mailing.id, f"{canary}@example.net", datetime.now(UTC), entry=canary)
    await mailings.halt(admin, mailing.id, "sender_refused", canary)
    async with transaction(admin) as db:
        await answers.keep(db, admin.organization_id, conversation_id, Answered(send_id, mailing.id, 0, True))
    return {"mailing": mailing.id}
