"""What can be done to inboxes."""

from typing import Any

import asyncpg
import msgspec

from core.access import ADMINS, Actor, Audience
from core.audit import log as audit
from core.auth.tokens import random_token
from core.database import Unit, transaction
from core.errors import Invalid
from core.events.log import record
from core.inboxes import queries
from core.inboxes.events import InboxSaved
from core.inboxes.structs import InboxChanges, InboxInput, InboxView
from core.inboxes.tables import Inbox, InboxMember
from core.users.rights import widened

HOLD = "SELECT 1 FROM inboxes WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE"
"""Whoever changes an inbox knows what it was until then: who gains by it is told by that."""


async def create(actor: Actor, data: InboxInput) -> InboxView:
    """Open a chat inbox with a widget of its own. Admins only."""
    _allow(actor)
    async with transaction(actor) as db:
        values = {name: value for name, value in msgspec.structs.asdict(data).items() if name != "member_ids"}
        row = Inbox.new(actor, channel="chat", widget_key=random_token(), **values)
        await row.save()
        await _set_members(db, actor, row.id, data.member_ids)
        return await _saved(actor, row.id, "inbox.created")


async def update(actor: Actor, inbox_id: int, data: InboxChanges) -> InboxView:
    """Change what is set in `data`. Admins only.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    _allow(actor)
    changes: dict[Any, Any] = {
        name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET
    }  # fmt: skip
    async with transaction(actor) as db:
        await db.execute(HOLD, actor.organization_id, inbox_id)
        before = await queries.get(actor, inbox_id)
        members = changes.pop("member_ids", None)
        if changes:
            await Inbox.of(actor).update(changes).where(Inbox.id == inbox_id)
        if members is not None:
            await _set_members(db, actor, inbox_id, members)
        after = await _saved(actor, inbox_id, "inbox.changed")
        if before.access == "members":
            gained = None if after.access == "everyone" else set(after.member_ids) - set(before.member_ids)
            await widened(db, actor.organization_id, gained)
        return after


def _allow(actor: Actor) -> None:
    if actor.kind != "system":
        actor.require(*ADMINS)


async def _set_members(db: Unit, actor: Actor, inbox_id: int, user_ids: list[int]) -> None:
    await InboxMember.of(actor).delete().where(InboxMember.inbox_id == inbox_id)
    sql = "INSERT INTO inbox_members (organization_id, inbox_id, user_id) SELECT $1, $2, unnest($3::bigint[])"
    try:
        await db.execute(sql, actor.organization_id, inbox_id, sorted(set(user_ids)))
    except asyncpg.ForeignKeyViolationError:
        raise Invalid("a member of an inbox must belong to the organization", code="unknown_member") from None


async def _saved(actor: Actor, inbox_id: int, what: str) -> InboxView:
    saved = await queries.get(actor, inbox_id)
    await audit.note(actor, what, subject=saved.name)
    event = InboxSaved(organization_id=actor.organization_id, inbox_id=inbox_id, name=saved.name, by=actor.ref)
    await record(event, Audience())
    return saved
