"""What the pages show to whoever follows a link: as little as will do, for mail is forwarded."""

import msgspec

from core.access import system
from core.consent import choices, links, queries
from core.consent.addresses import Held
from core.consent.choices import Choice
from core.consent.links import Confirmation, Form, Owner, Unsubscription
from core.consent.rules import ALWAYS
from core.consent.structs import TopicView
from core.database import Unit, read
from core.errors import NotFound
from core.plain import House

OWNED = "SELECT a.id, a.address, a.stops FROM mail_addresses a WHERE a.organization_id = $1 AND a.id = $2 AND a.nonce = $3 AND a.address <> ''"
ENTRY = "SELECT topic_id FROM consent_entries WHERE organization_id = $1 AND address_id = $2 AND id = $3"
HOUSE = "SELECT name, accent_color FROM organizations WHERE id = $1"
SHOWN = 2
"""Letters of an address before the `@` that are shown."""


class Preferences(msgspec.Struct, frozen=True):
    """`is_held_back`: whatever is chosen, nothing comes."""

    address: str
    choices: list[Choice]
    is_held_back: bool
    house: House


def masked(address: str) -> str:
    """Enough of an address for its owner to know it."""
    local, _, domain = address.partition("@")
    return f"{local[:SHOWN]}•••@{domain}"


async def house(organization_id: int) -> House:
    """Whose page it is."""
    async with read(system(organization_id)) as db:
        rows = await db.fetch_rows(HOUSE, organization_id)
    if not rows:
        raise NotFound("this link is not valid any more")
    return House(*rows[0])


async def confirmation(token: str) -> tuple[TopicView, str, House]:
    """What is to be confirmed, part of the address, and who asks.

    Raises:
        NotFound: the link is none that we made, too old, or its address was forgotten.
    """
    meant = links.opened(links.CONFIRM, token, Confirmation)
    actor = system(meant.owner.organization_id)
    async with read(actor) as db:
        held = await _owned(db, meant.owner)
        topic_id = await db.fetch_value(ENTRY, actor.organization_id, held.id, meant.entry_id)
        return await queries.topic(actor, topic_id or 0), masked(held.address), await house(actor.organization_id)


async def unsubscription(token: str) -> tuple[TopicView | None, str, str, House]:
    """What ends (None: all that advertises), part of the address, where else its owner may choose, and whose mail it was.

    Raises:
        NotFound: the link is none that we made, or its address was forgotten.
    """
    meant = links.opened(links.UNSUBSCRIBE, token, Unsubscription)
    actor = system(meant.owner.organization_id)
    async with read(actor) as db:
        held = await _owned(db, meant.owner)
        topic = await queries.topic(actor, meant.topic_id) if meant.topic_id else None
        return topic, masked(held.address), links.preferences(meant.owner), await house(actor.organization_id)


async def preferences(token: str) -> Preferences:
    """Raises:
    NotFound: as `unsubscription`.
    """
    owner = links.opened(links.PREFERENCES, token, Owner)
    actor = system(owner.organization_id)
    async with read(actor) as db:
        held = await _owned(db, owner)
        offered = await choices.of_address(db, actor, held)
        whose = await house(actor.organization_id)
    return Preferences(masked(held.address), offered, any(reason in held.stops for reason in ALWAYS), whose)


async def form(token: str) -> tuple[TopicView, House]:
    """The topic that a page is for, and whose it is.

    Raises:
        NotFound: the link is none that we made, or the topic is offered no more.
    """
    meant = links.opened(links.FORM, token, Form)
    topic = await queries.topic(system(meant.organization_id), meant.topic_id)
    if topic.archived_at is not None:
        raise NotFound("this topic is not offered any more")
    return topic, await house(meant.organization_id)


async def _owned(db: Unit, owner: Owner) -> Held:
    found = await db.fetch_one(Held, OWNED, owner.organization_id, owner.address_id, owner.nonce)
    if found is None:
        raise NotFound("this link is not valid any more")
    return found
