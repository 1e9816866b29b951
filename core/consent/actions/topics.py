"""What can be done to topics."""

from typing import Any

import asyncpg
import msgspec

from core.access import MARKETERS, Actor, Audience
from core.audit import log as audit
from core.consent import queries
from core.consent.events import TopicSaved
from core.consent.structs import TopicChanges, TopicInput, TopicView
from core.database import Unit, placeholders, transaction
from core.errors import Conflict, Invalid
from core.events.log import record
from core.inboxes import queries as inboxes

TOPICS_MAX = 100
COUNT = "SELECT count(*) FROM topics WHERE organization_id = $1"
KEEP_TEXT = "INSERT INTO topic_texts (organization_id, topic_id, version, text) VALUES ($1, $2, $3, $4)"


async def create(actor: Actor, data: TopicInput) -> TopicView:
    """Add a topic.

    Raises:
        Conflict: `topic_exists`: another one has this name; `too_many`: there are 100.
        Invalid: `no_mail_inbox`: `inbox_id` is no e-mail inbox of the organization.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await _check_inbox(actor, data.inbox_id)
        if await db.fetch_value(COUNT, actor.organization_id) >= TOPICS_MAX:
            raise Conflict(f"there are {TOPICS_MAX} topics already", code="too_many")
        values = msgspec.structs.asdict(data)
        sql = f"INSERT INTO topics (organization_id, {', '.join(values)}) VALUES ($1, {placeholders(list(values), 2)}) RETURNING id"
        topic_id = await _written(db, sql, actor.organization_id, *values.values())
        await db.execute(KEEP_TEXT, actor.organization_id, topic_id, 1, data.text)
        return await _saved(actor, topic_id)


async def update(actor: Actor, topic_id: int, data: TopicChanges) -> TopicView:
    """Change what is set in `data`. Another text is a new version; what people agreed to before stays theirs.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `topic_exists`: another one has this name.
        Invalid: `no_mail_inbox`: `inbox_id` is no e-mail inbox of the organization.
    """
    actor.require(*MARKETERS)
    given = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}
    async with transaction(actor) as db:
        before = await queries.topic(actor, topic_id, lock=True)
        await _check_inbox(actor, given.get("inbox_id"))
        is_archived = given.pop("is_archived", before.archived_at is not None)
        changes: dict[str, Any] = {name: value for name, value in given.items() if getattr(before, name) != value}
        if "text" in changes:
            changes["text_version"] = before.text_version + 1
            await db.execute(KEEP_TEXT, actor.organization_id, topic_id, changes["text_version"], changes["text"])
        assignments = [f"{name} = ${number}" for number, name in enumerate(changes, 3)]
        if is_archived != (before.archived_at is not None):
            assignments.append(f"archived_at = {'now()' if is_archived else 'NULL'}")
        if not assignments:
            return before
        sql = f"UPDATE topics SET {', '.join(assignments)} WHERE organization_id = $1 AND id = $2 RETURNING id"
        await _written(db, sql, actor.organization_id, topic_id, *changes.values())
        return await _saved(actor, topic_id)


async def _check_inbox(actor: Actor, inbox_id: int | None) -> None:
    if inbox_id is not None and (await inboxes.get(actor, inbox_id)).channel != "email":
        raise Invalid("choose an e-mail inbox", code="no_mail_inbox")


async def _written(db: Unit, sql: str, *arguments: Any) -> int:
    try:
        return int(await db.fetch_value(sql, *arguments))
    except asyncpg.UniqueViolationError:
        raise Conflict("there is a topic of this name already", code="topic_exists") from None


async def _saved(actor: Actor, topic_id: int) -> TopicView:
    await audit.note(actor, "topic.saved", subject=str(topic_id))
    await record(TopicSaved(organization_id=actor.organization_id, topic_id=topic_id, by=actor.ref), Audience())
    return await queries.topic(actor, topic_id)
