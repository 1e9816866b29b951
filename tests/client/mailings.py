"""Mail to many in a scene: no screen shows it yet, but staff hears how far it is. Nobody sends it, for no module knows its kind."""

import secrets
from datetime import UTC, datetime

from core.database import transaction
from core.mailing.actions import audience, mailings, telling
from core.mailing.tracking import actions as tracking
from core.mailing.tracking import links
from core.mailing.tracking.actions import Seen
from tests.client.actions import action, pick
from tests.client.scene import Scene
from tests.factories import an_address


@action
async def mail_many(scene: Scene, n: int) -> None:
    """A mailing is released; its mail is opened and comes back; then nothing of it is left."""
    actor = scene.admin.actor
    mailing = await mailings.begin(actor, "scene", secrets.randbelow(2**60), topic_id=None, mail_kind="transactional")
    send_id = await audience.enlist_one(actor, mailing.id, an_address(), datetime.now(UTC))
    await mailings.release(actor, mailing.id)
    await mailings.halt(actor, mailing.id, "no_source")
    await tracking.open_mail(links.pixel(actor.organization_id, send_id).rpartition("/")[2], Seen("GET", "browser", "192.0.2.0/24"))
    async with transaction(actor) as db:
        await telling.returned(db, actor, send_id, pick(("bounced", "complained"), n))
    await mailings.cancel(actor, mailing.id)
    await mailings.finish(actor, mailing.id)
