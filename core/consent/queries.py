"""Reads of topics, consent and suppression, for staff who look after them."""

from typing import Any

import msgspec

from core.access import MARKETERS, Actor
from core.consent import addresses, links, standing
from core.consent.rules import Standing, SuppressionReason, why_not
from core.consent.structs import (
    ConsentEntryView,
    ConsentView,
    ContactConsents,
    SuppressionPage,
    SuppressionView,
    TopicTextView,
    TopicView,
)
from core.contacts import queries as contacts
from core.contacts.addresses import normal
from core.database import columns, read
from core.errors import NotFound
from core.pages import decode_cursor, encode_cursor

TOPIC = columns(TopicView, "t", form="''")
TOPICS = f"SELECT {TOPIC} FROM topics t WHERE t.organization_id = $1 ORDER BY t.archived_at IS NOT NULL, t.id"
ONE = f"SELECT {TOPIC} FROM topics t WHERE t.organization_id = $1 AND t.id = $2"
TEXTS = f"""
SELECT {columns(TopicTextView, "x")} FROM topic_texts x WHERE x.organization_id = $1 AND x.topic_id = $2 ORDER BY x.version DESC LIMIT 100
"""
BY = "(SELECT u.name FROM users u WHERE u.id = {row}.by_id)"
SUPPRESSION = columns(SuppressionView, "s", address="a.address", by_name=BY.format(row="s"))
FROM = "FROM suppressions s JOIN mail_addresses a ON a.organization_id = s.organization_id AND a.id = s.address_id"
PAGE = f"""
SELECT {SUPPRESSION} {FROM}
WHERE s.organization_id = $1 AND ($2::bigint IS NULL OR s.id < $2) AND ($3::text IS NULL OR s.reason = $3)
  AND ($4::bigint IS NULL OR s.address_id = $4) ORDER BY s.id DESC LIMIT $5
"""
OF_ADDRESS = f"SELECT {SUPPRESSION} {FROM} WHERE s.organization_id = $1 AND s.address_id = $2 ORDER BY s.id"
OF_REASON = f"SELECT {SUPPRESSION} {FROM} WHERE s.organization_id = $1 AND s.address_id = $2 AND s.reason = $3"
HISTORY = f"""
SELECT {columns(ConsentEntryView, "e", text="coalesce(x.text, '')", by_name=BY.format(row="e"))} FROM consent_entries e
LEFT JOIN topic_texts x ON x.organization_id = e.organization_id AND x.topic_id = e.topic_id AND x.version = e.text_version
WHERE e.organization_id = $1 AND e.address_id = $2 ORDER BY e.id DESC LIMIT 100
"""
CHOSEN = """
SELECT t.id, t.name, t.kind, coalesce(c.state, 'none'), c.source, coalesce(c.network, ''), c.text_version, c.confirmed_at, c.changed_at,
       t.opt_in, t.archived_at IS NOT NULL
FROM topics t LEFT JOIN consents c ON c.organization_id = t.organization_id AND c.topic_id = t.id AND c.address_id = $2
WHERE t.organization_id = $1 AND (t.archived_at IS NULL OR c.id IS NOT NULL) ORDER BY t.id
"""


async def topics(actor: Actor) -> list[TopicView]:
    """All topics, archived ones last."""
    actor.require(*MARKETERS)
    async with read(actor) as db:
        return [_with_form(actor, topic) for topic in await db.fetch(TopicView, TOPICS, actor.organization_id)]


async def topic(actor: Actor, topic_id: int, *, lock: bool = False) -> TopicView:
    """One topic, whoever asks.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    async with read(actor) as db:
        found = await db.fetch_one(TopicView, ONE + (" FOR NO KEY UPDATE" if lock else ""), actor.organization_id, topic_id)
    if found is None:
        raise NotFound("this topic does not exist")
    return _with_form(actor, found)


async def texts(actor: Actor, topic_id: int) -> list[TopicTextView]:
    """The versions of what people agree to, newest first, the last 100.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        await topic(actor, topic_id)
        return await db.fetch(TopicTextView, TEXTS, actor.organization_id, topic_id)


def _with_form(actor: Actor, topic: TopicView) -> TopicView:
    return msgspec.structs.replace(topic, form=links.form(actor.organization_id, topic.id))


async def of_contact(actor: Actor, contact_id: int) -> ContactConsents:
    """What a contact's address wants, what is held back and why, and what was ever said.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        address = normal((await contacts.get(actor, contact_id)).email)
        address_id = await addresses.find(db, actor, address)
        general = await standing.standing(db, actor, address, None, "marketing")
        chosen = await db.fetch_rows(CHOSEN, actor.organization_id, address_id)
        held = await db.fetch(SuppressionView, OF_ADDRESS, actor.organization_id, address_id)
        history = await db.fetch(ConsentEntryView, HISTORY, actor.organization_id, address_id)
    return ContactConsents(contact_id, address, [_view(general, *row) for row in chosen], held, history)


def _view(general: Standing, *row: Any) -> ConsentView:
    """A row of `CHOSEN`, with what the rule says of it; `general` is what is known of the address beside topics."""
    opt_in, is_archived = row[-2:]
    view = ConsentView(*row[:-2])
    of_topic = msgspec.structs.replace(
        general,
        kind=view.kind,
        opt_in=opt_in,
        is_archived=is_archived,
        consent=view.state,
        is_confirmed=view.confirmed_at is not None,
    )
    return msgspec.structs.replace(view, why_not=why_not(of_topic))


async def suppressions(
    actor: Actor, email: str | None, reason: SuppressionReason | None, after: str | None, limit: int
) -> SuppressionPage:
    """Newest first; of one address, where that is given."""
    actor.require(*MARKETERS)
    last_id = decode_cursor(after, "newest")[1] if after else None
    async with read(actor) as db:
        address_id = await addresses.find(db, actor, email) if email else None
        if email and address_id is None:
            return SuppressionPage([], None)
        rows = await db.fetch(SuppressionView, PAGE, actor.organization_id, last_id, reason, address_id, limit + 1)
    following = encode_cursor("newest", "", rows[limit - 1].id) if len(rows) > limit else None
    return SuppressionPage(rows[:limit], following)


async def suppression(actor: Actor, address_id: int, reason: SuppressionReason) -> SuppressionView:
    """Raises:
    NotFound: the address has no such reason.
    """
    async with read(actor) as db:
        found = await db.fetch_one(SuppressionView, OF_REASON, actor.organization_id, address_id, reason)
    if found is None:
        raise NotFound("this suppression does not exist")
    return found
