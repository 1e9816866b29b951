"""Who is in a segment: counted, shown, explained for one contact, or as SQL for whoever works through all of them.

Contacts are looked at from the newest on, in stretches that grow while they take little time. So a page of a common segment costs a page, a
statement ends in time, and where time runs out there is an honest answer: of so many contacts, so many. A stretch is planned for the ids that it
has (never by a plan for any), and by hashing: row-level security hides from the planner how many rows a condition leaves, and of few it would
make nested loops.
"""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg

from core.access import Actor
from core.contacts.queries import COLUMNS
from core.contacts.structs import ContactView
from core.database import Unit, current, read
from core.errors import Conflict, Invalid, NotFound, TooManyRequests
from core.pages import decode_cursor, encode_cursor
from core.segments import queries, tree
from core.segments.selection import FIRST, LAST, RANGE, Selection, selection
from core.segments.structs import ClauseView, CountView, Explanation, PreviewPage
from core.segments.tree import Group, Member, Negation, Node

COUNT_S, PREVIEW_S = 4.0, 2.0
"""For which contacts are looked at; then the answer is what was found so far."""
SHORT, LONG = 1_000, 2_000_000
"""Contacts of the first stretch, and of the longest."""
STRETCH_S = 0.5
"""A stretch is to take about as long."""
GROWTH = 10.0
LOOKING_MAX = 3
"""Counts and previews of one organization at once, in one process: each holds a connection."""
FLOOR = "SELECT k.id FROM contacts k WHERE k.organization_id = $1 AND k.id < $2 ORDER BY k.id DESC OFFSET $3 LIMIT 1"
PLANNING = "SET LOCAL enable_nestloop = off; SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL work_mem = '32MB'"

Which = int | dict[str, Any]
"""A segment by its id, or a tree as it was sent."""

_looking: dict[int, int] = {}


async def select(db: Unit, actor: Actor, which: Which, now: datetime | None = None) -> Selection:
    """The contacts of a segment or tree, as SQL for the open unit of work: for whoever works through all of them (best after `PLANNING`).

    Raises:
        NotFound: the segment is unknown to the actor's organization.
        Conflict: `segment_broken`: a field that it names is not there any more (its module may be off), or another segment.
        Invalid: `bad_segment`, of a tree, with `path` and `problems`.
    """
    try:
        node = await _node(actor, which)
        parts = await queries.named(db, actor, node)
    except Invalid as error:
        if isinstance(which, int):
            raise Conflict(f"this segment cannot be used as it is: {error.detail}", code="segment_broken", **error.extra) from None
        raise
    return selection(actor.organization_id, node, parts, now or datetime.now(UTC))


async def _node(actor: Actor, which: Which) -> Node:
    """As a tree: of a list, one that names it."""
    if not isinstance(which, int):
        return queries.parsed(which)
    found = await queries.get(actor, which)
    return Member("$", which) if found.tree is None else queries.parsed(found.tree)


async def count(actor: Actor, which: Which) -> CountView:
    """How many contacts there are in it now: all, or at least so many. Admins and users.

    Raises:
        NotFound, Conflict, Invalid: as `select`.
        TooManyRequests: the organization counts too much at once.
    """
    queries.check_may(actor)
    walk = _Walk(COUNT_S)
    found = 0
    try:
        async with looking_at(actor) as db:
            chosen = await select(db, actor, which)
            while walk.is_on:
                first, last = await walk.stretch(db, actor)
                found += await db.fetch_value(chosen.rows("count(*)"), *chosen.arguments(first, last))
                walk.went()
    except asyncpg.QueryCanceledError:
        return CountView(found, exact=False)
    return CountView(found, exact=walk.is_done)


async def preview(actor: Actor, which: Which, after: str | None, limit: int) -> PreviewPage:
    """Contacts in it, newest first. Admins and users.

    Raises:
        NotFound, Conflict, Invalid: as `select`; Invalid also `bad_cursor`.
        TooManyRequests: the organization looks at too much at once.
    """
    queries.check_may(actor)
    walk = _Walk(PREVIEW_S, min(LAST, decode_cursor(after, "newest")[1]) if after else LAST)
    found: list[ContactView] = []
    try:
        async with looking_at(actor) as db:
            chosen = await select(db, actor, which)
            while walk.is_on and len(found) <= limit:
                first, last = await walk.stretch(db, actor)
                sql = f"{chosen.rows(COLUMNS)} ORDER BY k.id DESC LIMIT {limit + 1 - len(found)}"
                found += await db.fetch(ContactView, sql, *chosen.arguments(first, last))
                walk.went()
    except asyncpg.QueryCanceledError:
        pass  # what was found before is the answer, and where the search went on from
    if len(found) > limit:
        return PreviewPage(found[:limit], encode_cursor("newest", "", found[limit - 1].id), exact=True)
    following = None if walk.is_done else encode_cursor("newest", "", walk.last)
    return PreviewPage(found, following, exact=walk.is_done)


async def explain(actor: Actor, which: Which, contact_id: int) -> Explanation:
    """Whether a contact is in it, and which of its parts hold. Admins and users.

    Raises:
        NotFound, Conflict, Invalid: as `select`; NotFound also where there is no such contact in the actor's organization.
    """
    queries.check_may(actor)
    async with read(actor) as db:
        chosen = await select(db, actor, which)
        values = ", ".join(f"{leaf.holds}, {leaf.found}" for leaf in chosen.leaves)
        sql = f"SELECT {chosen.holds}{', ' if values else ''}{values} FROM contacts k {chosen.joins} WHERE {RANGE}"
        rows = await db.fetch_rows(sql, *chosen.arguments(contact_id, min(contact_id + 1, LAST)))
    if not rows:
        raise NotFound("this contact does not exist")
    holds, *found = rows[0]
    leaves = {leaf.path: (found[2 * place], found[2 * place + 1]) for place, leaf in enumerate(chosen.leaves)}
    return Explanation(holds, [_told(part, leaves) for part in tree.walk(chosen.node)])


def _told(node: Node, leaves: Mapping[str, tuple[bool, Any]]) -> ClauseView:
    return ClauseView(node.path, _holds(node, leaves), leaves[node.path][1] if node.path in leaves else None)


def _holds(node: Node, leaves: Mapping[str, tuple[bool, Any]]) -> bool:
    if isinstance(node, Group):
        parts = [_holds(part, leaves) for part in node.parts]
        return all(parts) if node.head == "all" else any(parts)
    return not _holds(node.part, leaves) if isinstance(node, Negation) else leaves[node.path][0]


class _Walk:
    """Down the ids of an organization's contacts, in time. `last`: those from there on have been looked at."""

    def __init__(self, seconds: float, last: int = LAST) -> None:
        self._until = time.monotonic() + seconds
        self._size = SHORT
        self._first = FIRST
        self._began = 0.0
        self.last = last
        self.is_done = False

    @property
    def is_on(self) -> bool:
        return not self.is_done and time.monotonic() < self._until

    async def stretch(self, db: Unit, actor: Actor) -> tuple[int, int]:
        """The next ids to look at: from the first to below the second. The statement after this ends in time."""
        self._began = time.monotonic()
        left_ms = max(1, int((self._until - self._began) * 1000))
        await db.execute(f"SET LOCAL statement_timeout = {left_ms}")
        self._first = await db.fetch_value(FLOOR, actor.organization_id, self.last, self._size - 1) or FIRST
        return self._first, self.last

    def went(self) -> None:
        """They have been looked at."""
        self.last, self.is_done = self._first, self._first == FIRST
        took = max(time.monotonic() - self._began, 0.001)
        self._size = min(LONG, max(SHORT, int(self._size * min(GROWTH, STRETCH_S / took))))


@asynccontextmanager
async def looking_at(actor: Actor) -> AsyncIterator[Unit]:
    """A unit of work of its own in which one looks for a while, planned as that wants; a few for each organization.

    Raises:
        RuntimeError: a unit of work is open, which would have to be planned and timed alike.
    """
    if current() is not None:
        raise RuntimeError("contacts are looked for in a unit of work of its own")
    organization_id = actor.organization_id
    if _looking.get(organization_id, 0) >= LOOKING_MAX:
        raise TooManyRequests("so many segments are being looked at already", retry_after_s=1)
    _looking[organization_id] = _looking.get(organization_id, 0) + 1
    try:
        async with read(actor) as db:
            await db.execute(PLANNING)
            yield db
    finally:
        _looking[organization_id] -= 1
        if not _looking[organization_id]:
            del _looking[organization_id]
