"""Reads of segments themselves; who is in them: `audience`."""

from collections.abc import Mapping
from typing import Any

from core.access import MARKETERS, Actor, ActorKind
from core.database import Unit, columns, read
from core.errors import Invalid, NotFound
from core.extend import registry
from core.extend.segment_users import SegmentUse, SegmentUses
from core.extend.segments import OPERATORS, Kind, SegmentField
from core.pages import decode_cursor, encode_cursor
from core.segments import tree
from core.segments.selection import Part
from core.segments.structs import (
    ChoiceView,
    FieldView,
    OperatorView,
    PropertyView,
    SegmentKind,
    SegmentPage,
    SegmentSummary,
    SegmentView,
)
from core.segments.tree import FACTS_MAX, NODES_MAX, Clause, Member, Node, Problem

COLUMNS = columns(SegmentView, "s")
SUMMARY = columns(SegmentSummary, "s")
NEWEST = "SELECT k.tags, k.custom_fields FROM contacts k WHERE k.organization_id = $1 ORDER BY k.id DESC LIMIT 1000"
KNOWN = {
    "tags": f"SELECT DISTINCT v FROM ({NEWEST}) k, unnest(k.tags) v ORDER BY v LIMIT 200",
    "custom": f"SELECT DISTINCT v FROM ({NEWEST}) k, jsonb_object_keys(k.custom_fields) v ORDER BY v LIMIT 200",
}
"""What is suggested of a kind of field: what the newest contacts have."""
USES_MAX = 10
"""Of what refers to a segment, so much is told by name."""
PARTS_OF = """
SELECT s.id, s.name, count(*) OVER () FROM segment_parts p JOIN segments s ON s.organization_id = $1 AND s.id = p.segment_id
WHERE p.organization_id = $1 AND p.part_id = $2 ORDER BY s.id DESC LIMIT $3
"""
NAMED = "SELECT s.id, s.tree FROM segments s WHERE s.organization_id = $1 AND s.id = ANY ($2::bigint[])"


async def get(actor: Actor, segment_id: int, *, lock: bool = False) -> SegmentView:
    """One segment. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    check_may(actor)
    sql = f"SELECT {COLUMNS} FROM segments s WHERE s.organization_id = $1 AND s.id = $2" + (" FOR UPDATE" if lock else "")
    async with read(actor) as db:
        found = await db.fetch_one(SegmentView, sql, actor.organization_id, segment_id)
    if found is None:
        raise NotFound("this segment does not exist")
    return found


async def page(actor: Actor, kind: SegmentKind | None, after: str | None, limit: int) -> SegmentPage:
    """Newest first, without their trees. Admins and users."""
    check_may(actor)
    last_id = decode_cursor(after, "newest")[1] if after else None
    sql = f"""
        SELECT {SUMMARY} FROM segments s WHERE s.organization_id = $1 AND ($2::bigint IS NULL OR s.id < $2) AND ($3::text IS NULL OR s.kind = $3)
        ORDER BY s.id DESC LIMIT $4
    """
    async with read(actor) as db:
        rows = await db.fetch(SegmentSummary, sql, actor.organization_id, last_id, kind, limit + 1)
    following = encode_cursor("newest", "", rows[limit - 1].id) if len(rows) > limit else None
    return SegmentPage(rows[:limit], following)


async def fields(actor: Actor) -> list[FieldView]:
    """All that contacts can be chosen by here. Admins and users."""
    check_may(actor)
    async with read(actor) as db:
        known = {kind: [row[0] for row in await db.fetch_rows(sql, actor.organization_id)] for kind, sql in KNOWN.items()}
    return [
        FieldView(
            *_property(field), field.group, known.get(field.kind, []), [PropertyView(*_property(part)) for part in field.properties]
        )
        for field in registry.segment_fields().values()
    ]


def _property(field: SegmentField) -> tuple[str, str, Kind, list[OperatorView], list[ChoiceView]]:
    operators = [OperatorView(name, operator.label, operator.value) for name, operator in OPERATORS[field.kind].items()]
    return field.name, field.label, field.kind, operators, [ChoiceView(*choice) for choice in (field.choices or {}).items()]


def parsed(raw: Any) -> Node:
    """A tree as it was sent.

    Raises:
        Invalid: `bad_segment`, with `path` and `problems`.
    """
    return tree.parse(raw, registry.segment_fields())


async def named(db: Unit, actor: Actor, node: Node, *, own_id: int | None = None) -> dict[int, Part]:
    """All segments that are needed to understand a tree. `own_id`: the segment that it is to be the tree of.

    Raises:
        Invalid: `bad_segment`: one is unknown, cannot be used any more, leads back to where it is named, or all together are too large.
    """
    parts: dict[int, Part] = {}
    for member in members(node):
        if member.segment_id not in parts:
            await _gather(db, actor, member, parts)
        if _reaches(member.segment_id, own_id, parts, set()):
            raise tree.refused([Problem(f"{member.path}.segment", "circular", "this segment would be a part of itself")])
    nodes, facts = _weight(node, parts)
    if nodes > NODES_MAX or facts > FACTS_MAX:
        limit = f"{NODES_MAX} parts and {FACTS_MAX} comparisons of what happened"
        raise tree.refused([Problem("$", "too_many_nodes", f"a segment has at most {limit}, with those that it names")])
    return parts


def members(node: Node) -> list[Member]:
    return [part for part in tree.walk(node) if isinstance(part, Member)]


async def _gather(db: Unit, actor: Actor, member: Member, parts: dict[int, Part]) -> None:
    """A segment, and those below it, a level at a time."""
    path, level = f"{member.path}.segment", {member.segment_id}
    while level:
        if len(parts) + len(level) > NODES_MAX:
            raise tree.refused([Problem(path, "too_many_nodes", f"this names more than {NODES_MAX} segments")])
        rows = await db.fetch_rows(NAMED, actor.organization_id, sorted(level))
        if len(rows) < len(level):
            raise tree.refused([Problem(path, "unknown_segment", "there is no segment of this number")])
        for segment_id, raw in rows:
            try:
                parts[segment_id] = Part(segment_id, None if raw is None else parsed(raw))
            except Invalid as error:
                detail = f"segment {segment_id} cannot be used: {error.detail}"
                raise tree.refused([Problem(path, "unusable_segment", detail)]) from None
        found = [parts[segment_id].node for segment_id in level]
        level = {each.segment_id for node in found if node is not None for each in members(node)} - parts.keys()


def _reaches(segment_id: int, own_id: int | None, parts: Mapping[int, Part], seen: set[int]) -> bool:
    if segment_id == own_id:
        return True
    node = parts[segment_id].node
    if segment_id in seen or node is None:
        return False
    seen.add(segment_id)
    return any(_reaches(each.segment_id, own_id, parts, seen) for each in members(node))


def _weight(node: Node, parts: Mapping[int, Part]) -> tuple[int, int]:
    """Nodes and comparisons of what happened, of a tree with all that it names, as often as it names it."""
    weights: dict[int, tuple[int, int]] = {}

    def of(part: Node) -> tuple[int, int]:
        nodes = facts = 0
        for each in tree.walk(part):
            nodes += 1
            facts += isinstance(each, Clause) and each.field.facts is not None
            if isinstance(each, Member):
                more = of_segment(each.segment_id)
                nodes, facts = nodes + more[0], facts + more[1]
        return nodes, facts

    def of_segment(segment_id: int) -> tuple[int, int]:
        if segment_id not in weights:
            named = parts[segment_id].node
            weights[segment_id] = (0, 1) if named is None else of(named)
        return weights[segment_id]

    return of(node)


def check_may(actor: Actor) -> None:
    """Segments are for admins and users, and for background work.

    Raises:
        Forbidden: for anybody else.
    """
    if actor.kind != ActorKind.system:
        actor.require(*MARKETERS)


async def uses(actor: Actor, segment_id: int) -> SegmentUses:
    """What refers to a segment: other segments, then what modules have; of each kind the newest first, at most `USES_MAX` together."""
    actor.require(*MARKETERS)
    async with read(actor) as db:
        rows = await db.fetch_rows(PARTS_OF, actor.organization_id, segment_id, USES_MAX)
    shown = [SegmentUse("segment", row[0], row[1], f"/contacts/segments?segment={row[0]}") for row in rows]
    count = rows[0][2] if rows else 0
    for user in registry.segment_users().values():
        more = await user.uses(actor, segment_id, USES_MAX)
        shown += more.shown
        count += more.count
    return SegmentUses(shown[:USES_MAX], count)
