"""What people say about topics: themselves, by links that went to their address, or through staff."""

from typing import NamedTuple

from core.access import MARKETERS, Actor, Audience, system
from core.audit import log as audit
from core.consent import addresses, choices, links, queries
from core.consent.actions import suppressions
from core.consent.addresses import Held
from core.consent.events import ConsentChanged
from core.consent.links import Confirmation, Form, Owner, Unsubscription
from core.consent.rules import ConsentState
from core.consent.structs import ConsentInput, ConsentSource, ContactConsents, TopicView
from core.contacts import queries as contacts
from core.contacts.addresses import normal
from core.database import Unit, transaction
from core.errors import Conflict, NotFound
from core.events.log import record

ASKED_PER_DAY = 3
"""Confirmations that one address is sent in a day, about whatever topic: anybody can type anybody's."""
READS = "UPDATE mail_addresses SET language = $3::text WHERE organization_id = $1 AND id = $2 AND language <> $3::text AND $3::text <> ''"
CURRENT = "SELECT state, confirmed_at IS NOT NULL FROM consents WHERE organization_id = $1 AND address_id = $2 AND topic_id = $3"
SET = """
INSERT INTO consents (organization_id, address_id, topic_id, state, source, network, text_version, confirmed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8::boolean THEN now() END)
ON CONFLICT (organization_id, address_id, topic_id) DO UPDATE SET state = excluded.state, source = excluded.source, network = excluded.network,
    text_version = excluded.text_version, confirmed_at = excluded.confirmed_at, changed_at = now()
"""
ENTER = """
INSERT INTO consent_entries (organization_id, address_id, topic_id, state, source, network, text_version, by_id, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""
ASKED = """
SELECT count(*) FROM consent_entries
WHERE organization_id = $1 AND address_id = $2 AND state = 'pending' AND created_at > now() - interval '1 day'
"""
ENTRY = "SELECT topic_id, text_version FROM consent_entries WHERE organization_id = $1 AND address_id = $2 AND id = $3 AND state = 'pending'"
WANTED = """
SELECT c.topic_id FROM consents c JOIN topics t ON t.organization_id = c.organization_id AND t.id = c.topic_id
WHERE c.organization_id = $1 AND c.address_id = $2 AND c.state <> 'unsubscribed' AND t.kind = 'marketing' ORDER BY c.topic_id
"""


class Said(NamedTuple):
    """How it was said: `network` of whoever did, `note` of staff. `is_proven`: by somebody who reads mail at that address."""

    source: ConsentSource
    network: str = ""
    note: str = ""
    is_proven: bool = False


async def say(actor: Actor, contact_id: int, topic_id: int, data: ConsentInput) -> ContactConsents:
    """Staff says what a contact wants. Where the topic asks for a confirmation, the contact is asked by mail, and gets nothing until then.

    Raises:
        NotFound: the contact or the topic is unknown to the actor's organization.
        Invalid: `no_address`: the contact has none that mail is sent to.
        Conflict: `topic_archived`; `asked_already`: it was sent three confirmations today.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        address = normal((await contacts.get(actor, contact_id)).email)
        topic = await queries.topic(actor, topic_id)
        held = await _held(db, actor, address)
        said = Said("staff", note=data.note)
        if data.state == "unsubscribed":
            await _settle(db, actor, held, topic, "unsubscribed", said)
        elif not await _wish(db, actor, held, topic, said):
            raise Conflict("this address was asked to confirm already, several times today", code="asked_already")
        await audit.note(actor, "consent.said", subject=str(contact_id), topic_id=topic_id, state=data.state)
        return await queries.of_contact(actor, contact_id)


async def sign_up(token: str, email: str, network: str, language: str) -> TopicView:
    """Somebody, who may have typed anybody's address, asks for a topic on its page. What was known before makes no difference to what he is told.

    Raises:
        NotFound: the link is none that we made, or the topic is archived.
        Invalid: `no_address`: it is none that mail is sent to.
    """
    meant = links.opened(links.FORM, token, Form)
    actor = system(meant.organization_id)
    async with transaction(actor) as db:
        topic = await queries.topic(actor, meant.topic_id)
        if topic.archived_at is not None:
            raise NotFound("this topic is not offered any more")
        held = await _held(db, actor, email)
        await db.execute(READS, actor.organization_id, held.id, language)
        await _wish(db, actor, held, topic, Said("form", network))
    return topic


async def confirm(token: str, network: str) -> TopicView:
    """The owner of an address confirms what was asked for; safe to repeat.

    Raises:
        NotFound: the link is none that we made, is too old, or was overtaken by a later word of the owner.
    """
    meant = links.opened(links.CONFIRM, token, Confirmation)
    actor = system(meant.owner.organization_id)
    async with transaction(actor) as db:
        held = await addresses.lock_owned(db, meant.owner)
        rows = await db.fetch_rows(ENTRY, actor.organization_id, held.id, meant.entry_id)
        if not rows:
            raise NotFound("this link is not valid any more")
        topic = await queries.topic(actor, rows[0][0])
        before, _ = await _current(db, actor, held, topic.id)
        if before == "unsubscribed":
            raise NotFound("this link is not valid any more")
        if before == "pending":
            said = Said("confirmation", network, is_proven=True)
            await _settle(db, actor, held, topic, "subscribed", said, text_version=rows[0][1])
            await suppressions.lift(db, actor, held, *choices.RESUMED)
    return topic


async def unsubscribe(token: str, source: ConsentSource, network: str) -> TopicView | None:
    """Whoever got a mail ends what it was about (None: all that advertises); safe to repeat.

    Raises:
        NotFound: the link is none that we made, or its address was forgotten.
    """
    meant = links.opened(links.UNSUBSCRIBE, token, Unsubscription)
    actor = system(meant.owner.organization_id)
    async with transaction(actor) as db:
        held = await addresses.lock_owned(db, meant.owner)
        said = Said(source, network, is_proven=True)
        if not meant.topic_id:
            await _end_all(db, actor, held, said)
            return None
        topic = await queries.topic(actor, meant.topic_id)
        await _settle(db, actor, held, topic, "unsubscribed", said)
        return topic


async def choose(token: str, wanted: frozenset[int], network: str) -> None:
    """The owner of an address wants these topics of all that are public, and no other; safe to repeat.

    Raises:
        NotFound: as `unsubscribe`.
    """
    owner = links.opened(links.PREFERENCES, token, Owner)
    actor = system(owner.organization_id)
    async with transaction(actor) as db:
        held = await addresses.lock_owned(db, owner)
        said = Said("preferences", network, is_proven=True)
        offered = await choices.of_address(db, actor, held)
        for choice in offered:
            topic = await queries.topic(actor, choice.topic_id)
            if choice.topic_id in wanted and not choice.is_on:
                await _settle(db, actor, held, topic, "subscribed", said)
            elif choice.topic_id not in wanted and (choice.is_on or choice.state != "none"):
                await _settle(db, actor, held, topic, "unsubscribed", said)
        if any(choice.topic_id in wanted and choice.kind == "marketing" for choice in offered):
            await suppressions.lift(db, actor, held, *choices.RESUMED)


async def end_all(token: str, network: str) -> None:
    """The owner of an address wants nothing that advertises, of whatever topic; safe to repeat.

    Raises:
        NotFound: as `unsubscribe`.
    """
    owner = links.opened(links.PREFERENCES, token, Owner)
    actor = system(owner.organization_id)
    async with transaction(actor) as db:
        await _end_all(db, actor, await addresses.lock_owned(db, owner), Said("preferences", network, is_proven=True))


async def _end_all(db: Unit, actor: Actor, held: Held, said: Said) -> None:
    """Each topic ends as well: who asks for one again later gets that one alone."""
    for (topic_id,) in await db.fetch_rows(WANTED, actor.organization_id, held.id):
        await _settle(db, actor, held, await queries.topic(actor, topic_id), "unsubscribed", said)
    evidence = {"by": said.source, "network": said.network}
    await suppressions.add(db, actor, held, suppressions.Found("unsubscribed", "person", evidence))


async def _held(db: Unit, actor: Actor, email: str) -> Held:
    held = await addresses.lock(db, actor, await addresses.keep(db, actor, email))
    if held is None:
        raise RuntimeError("a locked address vanished")
    return held


async def _wish(db: Unit, actor: Actor, held: Held, topic: TopicView, said: Said) -> bool:
    """Somebody, who may be anybody, asks for a topic. The address is asked first where the topic wants that, and where its owner has said no before;
    false: it was asked too often."""
    if topic.archived_at is not None:
        raise Conflict("this topic is archived", code="topic_archived")
    before, is_confirmed = await _current(db, actor, held, topic.id)
    has_refused = before in {"pending", "unsubscribed"} or any(reason in held.stops for reason in choices.RESUMED)
    if topic.opt_in == "single" and not has_refused:
        await _settle(db, actor, held, topic, "subscribed", said)
    elif has_refused or before != "subscribed" or not is_confirmed:
        if await db.fetch_value(ASKED, actor.organization_id, held.id) >= ASKED_PER_DAY:
            return False
        await _settle(db, actor, held, topic, "pending", said, again=True)
    return True


async def _current(db: Unit, actor: Actor, held: Held, topic_id: int) -> tuple[str, bool]:
    rows = await db.fetch_rows(CURRENT, actor.organization_id, held.id, topic_id)
    return (rows[0][0], rows[0][1]) if rows else ("none", False)


async def _settle(
    db: Unit, actor: Actor, held: Held, topic: TopicView, state: ConsentState, said: Said, *,
    text_version: int | None = None, again: bool = False,
) -> None:  # fmt: skip
    """What an address wants of a topic from now on, with its entry and its event; nothing, where that is so already, unless it is said `again`."""
    before, is_confirmed = await _current(db, actor, held, topic.id)
    confirms = state == "subscribed" and said.is_proven
    if before == state and not again and (is_confirmed or not confirms):
        return
    version = topic.text_version if text_version is None else text_version
    values = (actor.organization_id, held.id, topic.id, state, said.source, said.network, version)
    await db.execute(SET, *values, confirms)
    entry_id = await db.fetch_value(ENTER, *values, actor.user_id, said.note)
    event = ConsentChanged(
        organization_id=actor.organization_id, address_id=held.id, topic_id=topic.id, entry_id=entry_id, state=state, source=said.source,
        contact_ids=await addresses.contacts(db, held.address), by=actor.ref,
    )  # fmt: skip
    await record(event, Audience())
