"""What can be done to segments, and who is put on lists."""

from typing import Any

import asyncpg
import msgspec

from core.access import MARKETERS, Actor, Audience
from core.audit import log as audit
from core.database import Unit, transaction
from core.errors import Conflict, Invalid
from core.events.log import record
from core.segments import queries
from core.segments.events import SegmentDeleted, SegmentMembersChanged, SegmentSaved
from core.segments.structs import MemberChanges, MembersChanged, SegmentChanges, SegmentInput, SegmentView

SEGMENTS_MAX = 1000
MARKETERS_ONLY = Audience(marketers_only=True)
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('segments:' || $1::bigint, 0))"
"""One change at a time in an organization: two that name each other would not see it."""
INSERT = f"""
INSERT INTO segments AS s (organization_id, name, description, kind, tree, created_by) SELECT $1, $2, $3, $4, $5,
    (SELECT m.user_id FROM memberships m WHERE m.organization_id = $1 AND m.user_id = $6)
RETURNING {queries.COLUMNS}
"""
COUNT = "SELECT count(*) FROM segments WHERE organization_id = $1"
PARTS = "INSERT INTO segment_parts (organization_id, segment_id, part_id) SELECT $1, $2, unnest($3::bigint[])"
UNPART = "DELETE FROM segment_parts WHERE organization_id = $1 AND segment_id = $2"
UNKNOWN = """
SELECT v FROM unnest($2::bigint[]) v WHERE NOT EXISTS (SELECT FROM contacts k WHERE k.organization_id = $1 AND k.id = v) ORDER BY v LIMIT 20
"""
ADD = """
INSERT INTO segment_members (organization_id, segment_id, contact_id)
SELECT $1, $2, k.id FROM contacts k WHERE k.organization_id = $1 AND k.id = ANY ($3::bigint[]) ORDER BY k.id FOR KEY SHARE
ON CONFLICT DO NOTHING RETURNING contact_id
"""
REMOVE = "DELETE FROM segment_members WHERE organization_id = $1 AND segment_id = $2 AND contact_id = ANY ($3::bigint[]) RETURNING contact_id"


async def create(actor: Actor, data: SegmentInput) -> SegmentView:
    """Make a segment, or a list. Admins and users.

    Raises:
        Invalid: `bad_segment`, with `path` and `problems`.
        Conflict: `duplicate_segment`, another one has this name; `too_many_segments`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await db.execute(LOCK, actor.organization_id)
        if await db.fetch_value(COUNT, actor.organization_id) >= SEGMENTS_MAX:
            raise Conflict(f"an organization may have {SEGMENTS_MAX} segments", code="too_many_segments")
        part_ids = [] if data.tree is None else await _check(db, actor, data.tree)
        kind = "static" if data.tree is None else "dynamic"
        values = (data.name, data.description, kind, data.tree, actor.user_id)
        try:
            created = await db.fetch_one(SegmentView, INSERT, actor.organization_id, *values)
        except asyncpg.UniqueViolationError:
            raise _duplicate() from None
        if created is None:
            raise RuntimeError("an inserted segment was not returned")
        await db.execute(PARTS, actor.organization_id, created.id, part_ids)
        await _tell(actor, created)
    return created


async def update(actor: Actor, segment_id: int, data: SegmentChanges) -> SegmentView:
    """Change what is set in `data`. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `newer_version`; `duplicate_segment`, another one has this name.
        Invalid: `bad_segment`; `no_tree`, a list has none.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await db.execute(LOCK, actor.organization_id)
        before = await queries.get(actor, segment_id, lock=True)
        if data.version != before.version:
            raise Conflict("somebody has changed this segment meanwhile", code="newer_version", version=before.version)
        if data.tree is not msgspec.UNSET and before.tree is None:
            raise Invalid("who is on a list is said one by one", code="no_tree")
        changes: dict[str, Any] = {
            name: value
            for name, value in msgspec.structs.asdict(data).items()
            if name != "version" and value is not msgspec.UNSET and value != getattr(before, name)
        }
        if not changes:
            return before
        if "tree" in changes:
            part_ids = await _check(db, actor, changes["tree"], segment_id)
            await db.execute(UNPART, actor.organization_id, segment_id)
            await db.execute(PARTS, actor.organization_id, segment_id, part_ids)
        after = await _assign(db, actor, segment_id, changes)
        await _tell(actor, after)
    return after


async def delete(actor: Actor, segment_id: int) -> None:
    """Remove a segment; its contacts stay. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `segment_in_use`: other segments, campaigns, workflows refer to it. `uses`: up to ten of them, each with `kind`, `id`, `name` and
            `path` (of its page), `others`: how many there are besides; `what` is the first word of the table that refers to it, as `campaign`.
    """
    actor.require(*MARKETERS)
    try:
        async with transaction(actor) as db:
            await db.execute(LOCK, actor.organization_id)
            found = await queries.get(actor, segment_id, lock=True)
            await db.execute("DELETE FROM segments WHERE organization_id = $1 AND id = $2", actor.organization_id, segment_id)
            await audit.note(actor, "segment.deleted", subject=found.name)
            event = SegmentDeleted(organization_id=actor.organization_id, segment_id=segment_id, by=actor.ref)
            await record(event, MARKETERS_ONLY)
    except asyncpg.ForeignKeyViolationError as error:
        what = str(error.table_name or "").partition("_")[0]
        uses = await queries.uses(actor, segment_id)
        shown = msgspec.to_builtins(uses.shown)
        words = "this segment is in use"
        raise Conflict(words, code="segment_in_use", uses=shown, others=uses.count - len(shown), what=what) from None


async def change_members(actor: Actor, segment_id: int, data: MemberChanges) -> MembersChanged:
    """Put contacts on a list, and take some off. Safe to repeat. Admins and users.

    Raises:
        NotFound: the segment is unknown to the actor's organization.
        Conflict: `not_a_list`: a tree chooses its contacts.
        Invalid: `unknown_contact`, with some of those `contact_ids`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await check_list(actor, segment_id)
        unknown = [row[0] for row in await db.fetch_rows(UNKNOWN, actor.organization_id, data.add)]
        if unknown:
            raise Invalid("there are no such contacts", code="unknown_contact", contact_ids=unknown)
        removed = [row[0] for row in await db.fetch_rows(REMOVE, actor.organization_id, segment_id, data.remove)]
        added = await put(db, actor, segment_id, sorted(set(data.add) - set(data.remove)), removed)
    return MembersChanged(len(added), len(removed))


async def check_list(actor: Actor, segment_id: int) -> None:
    """Lock a list.

    Raises:
        NotFound: the segment is unknown to the actor's organization.
        Conflict: `not_a_list`: a tree chooses its contacts.
    """
    found = await queries.get(actor, segment_id, lock=True)
    if found.tree is not None:
        raise Conflict("a tree chooses the contacts of this segment", code="not_a_list")


async def put(db: Unit, actor: Actor, segment_id: int, contact_ids: list[int], removed: list[int] | None = None) -> list[int]:
    """Put contacts on a locked list, and announce that with those `removed` right before; returns the new ones."""
    added = [row[0] for row in await db.fetch_rows(ADD, actor.organization_id, segment_id, contact_ids)]
    if added or removed:
        event = SegmentMembersChanged(
            organization_id=actor.organization_id, segment_id=segment_id, added=added, removed=sorted(removed or []), by=actor.ref
        )
        await record(event, MARKETERS_ONLY)
    return added


async def _check(db: Unit, actor: Actor, raw: dict[str, Any], own_id: int | None = None) -> list[int]:
    """The segments that a tree names itself."""
    node = queries.parsed(raw)
    await queries.named(db, actor, node, own_id=own_id)
    return sorted({member.segment_id for member in queries.members(node)})


async def _assign(db: Unit, actor: Actor, segment_id: int, changes: dict[str, Any]) -> SegmentView:
    assignments = ", ".join(f"{name} = ${number}" for number, name in enumerate(changes, 3))
    sql = f"""
        UPDATE segments s SET {assignments}, version = s.version + 1, updated_at = now()
        WHERE s.organization_id = $1 AND s.id = $2 RETURNING {queries.COLUMNS}
    """
    try:
        after = await db.fetch_one(SegmentView, sql, actor.organization_id, segment_id, *changes.values())
    except asyncpg.UniqueViolationError:
        raise _duplicate() from None
    if after is None:
        raise RuntimeError("a locked segment vanished")
    return after


def _duplicate() -> Conflict:
    return Conflict("another segment has this name", code="duplicate_segment")


async def _tell(actor: Actor, saved: SegmentView) -> None:
    await audit.note(actor, "segment.saved", subject=saved.name)
    await record(SegmentSaved(organization_id=actor.organization_id, segment_id=saved.id, by=actor.ref), MARKETERS_ONLY)
