"""The statement of a list of conversations: whoever may see little, or asks deep, reads no more than others.

Each part of what is asked (a grant of the actor, a status) is an equality that an index answers in the list's order;
PostgreSQL merges the parts and stops when the page is full. A conversation that two parts give stands side by side with itself
there, and is taken once.
"""

from itertools import product
from typing import Any

import msgspec

from core.access import Actor, Granting, alternatives, opens
from core.conversations.structs import ConversationView, Sort, StatusFilter, View
from core.database import columns
from core.pages import decode_cursor

COLUMNS = columns(ConversationView, "c")
WIDTH = len(ConversationView.__struct_fields__)
PARTS_MAX = 12
"""More grants than this are looked for row by row: who has so many sees most of what there is."""

SORTS: dict[Sort, tuple[str, str, bool]] = {
    "latest": ("c.last_activity_at", "timestamptz", True),
    "oldest": ("c.last_activity_at", "timestamptz", False),
    "waiting": ("CASE WHEN c.waiting_since IS NULL THEN 'infinity'::timestamptz ELSE c.waiting_since END", "timestamptz", False),
    "priority": ("CASE c.priority WHEN 'urgent' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END", "int", False),
}
"""Expression (as the indexes have it), its type, and whether the largest comes first. The only sorts there are.

`waiting` and `priority` have one index of the whole organization: whoever sees one inbox of twenty has the others' passed over there (a quarter
of a millisecond and some 500 buffers at a million conversations), which is less than what an index for each grant would cost every message.
No `coalesce`: under row-level security PostgreSQL compares nothing in an index that it does not know to be leakproof.
"""

STAGE = """CASE WHEN c.status IN ('open', 'pending') THEN CASE WHEN c.snoozed_until IS NULL THEN 'active' ELSE 'snoozed' END
ELSE c.status END"""
"""By this the indexes of the lists begin (word by word): active, snoozed, resolved or closed. A snooze ends when its end is written."""

STATUS: dict[StatusFilter, str] = {
    "active": f"{STAGE} = 'active'",
    "open": f"{STAGE} = 'active' AND c.status = 'open'",
    "snoozed": f"{STAGE} = 'snoozed'",
    "pending": f"{STAGE} = 'active' AND c.status = 'pending'",
    "resolved": f"{STAGE} = 'resolved'",
    "closed": f"{STAGE} = 'closed'",
    "any": "true",
}
ACTIVE: frozenset[StatusFilter] = frozenset({"active", "open", "pending"})
STAGES: tuple[StatusFilter, ...] = ("active", "snoozed", "resolved", "closed")
"""What `any` is made of, as equalities."""

VIEWS: dict[View, str] = {
    "all": "true",
    "mine": "c.assignee_id = ?",
    "unassigned": "c.assignee_id IS NULL AND c.handler = 'human'",
    "ai": "c.assignee_id IS NULL AND c.handler = 'ai'",
}


class Filters(msgspec.Struct, kw_only=True):
    """What a list of conversations is narrowed to; all that is set must hold."""

    view: View = "all"
    status: StatusFilter = "active"
    inbox_id: int | None = None
    team_id: int | None = None
    assignee_id: int | None = None
    contact_id: int | None = None
    tag: str | None = None
    number: int | None = None

    @property
    def is_few(self) -> bool:
        """They are so few that an index finds them all."""
        return self.number is not None or self.contact_id is not None


def page(actor: Actor, filters: Filters, sort: Sort, after: str | None, limit: int) -> tuple[str, list[Any]]:
    """A page of the list, one row more than `limit`, in one statement with its arguments.

    Columns: epoch and position of the log, how far the actor has read, the place in the sort as text, the conversation.
    There is always a row: without a conversation where the page is empty.

    Raises:
        Invalid: `after` is no cursor of this sort.
    """
    expression, _, largest_first = SORTS[sort]
    arguments: list[Any] = [actor.organization_id]
    parts = _parts(actor, filters, sort, after, f"{COLUMNS}, {expression} AS place", arguments)
    direction = "DESC" if largest_first else "ASC"
    arguments.append(actor.user_id)
    sql = f"""
        WITH found AS MATERIALIZED ({_first(parts, direction, limit + 1)}),
             marks AS MATERIALIZED ({_marks(len(arguments), "SELECT id FROM found", filters.status)})
        SELECT h.epoch, h.position, coalesce(marks.seq, 0), found.place::text, found.*
        FROM (SELECT) here LEFT JOIN event_clock h ON h.organization_id = $1 LEFT JOIN found ON true
        LEFT JOIN marks ON marks.conversation_id = found.id ORDER BY found.place {direction}, found.id {direction}
    """
    return sql, arguments


def unread(actor: Actor, most: int, arguments: list[Any]) -> tuple[str, str]:
    """Of the `most` newest active conversations that are the actor's own: how many they have not read to the end.

    Answers common table expressions, and the count as an SQL expression over them. What they need is added to `arguments`, of which
    the first is the organization.
    """
    parts = _parts(actor, Filters(view="mine"), "latest", None, "c.id, c.last_activity_at AS place, c.last_seq", arguments)
    arguments.append(actor.user_id)
    found = f"""mine AS MATERIALIZED ({_first(parts, "DESC", most)}),
                marks AS MATERIALIZED ({_marks(len(arguments), "SELECT id FROM mine", "active")})"""
    return (
        found,
        """(SELECT count(*) FROM mine LEFT JOIN marks ON marks.conversation_id = mine.id
                      WHERE coalesce(marks.seq, 0) < mine.last_seq)""",
    )


def _first(parts: list[str], direction: str, most: int) -> str:
    """The first `most` of the merged parts, each conversation once. The number is part of the text: it decides the plan."""
    order = f"place {direction}, id {direction}"
    if len(parts) == 1:
        return f"{parts[0]} ORDER BY {order} LIMIT {int(most)}"
    merged = " UNION ALL ".join(f"({part} ORDER BY {order} LIMIT {int(most)})" for part in parts)
    return f"SELECT DISTINCT ON (place, id) * FROM ({merged}) merged ORDER BY {order} LIMIT {int(most)}"


def _marks(user: int, found: str, status: StatusFilter) -> str:
    """The read marks of user `$user` on conversations of this status, as one walk through the index; `found` selects the ids."""
    active = "r.active" if status in ACTIVE else "r.active = ANY ('{true, false}')"
    return f"""SELECT r.conversation_id, r.seq FROM read_marks r WHERE r.organization_id = $1 AND r.user_id = ${user}
               AND {active} AND r.conversation_id = ANY (ARRAY({found}))"""


def _parts(actor: Actor, filters: Filters, sort: Sort, after: str | None, wanted: str, arguments: list[Any]) -> list[str]:
    """All that the filters and the actor's rights leave, in parts that are to be merged in the sort's order."""
    fixed = _fixed(actor, filters)
    rules, held = alternatives(actor, len(arguments) + 1, 1 if fixed else PARTS_MAX)
    if any(opens(actor, column, value) for column, value in fixed.items()):
        rules, held = ["true"], []  # said again, the rule would only keep PostgreSQL from answering out of the index
    arguments += held
    narrowed = _narrowed(actor, filters, arguments)
    if after is not None:
        expression, kind, largest_first = SORTS[sort]
        arguments += decode_cursor(after, sort)
        compare = "<" if largest_first else ">"
        narrowed.append(f"({expression}, c.id) {compare} (${len(arguments) - 1}::text::{kind}, ${len(arguments)})")
    states = [STATUS[each] for each in (STAGES if filters.status == "any" and not filters.is_few else [filters.status])]
    return [
        f"SELECT {wanted} FROM conversations c WHERE {' AND '.join(['c.organization_id = $1', part, state, *narrowed])}"
        for part, state in product(rules, states)
    ]


def _fixed(actor: Actor, filters: Filters) -> dict[Granting, int]:
    """What the filters fix of that by which conversations are opened to an actor; each has an index in the list's order."""
    assignee_id = actor.user_id if filters.view == "mine" else filters.assignee_id
    columns: dict[Granting, int | None] = {
        "inbox_id": filters.inbox_id, "team_id": filters.team_id, "assignee_id": assignee_id, "contact_id": filters.contact_id
    }  # fmt: skip
    return {column: value for column, value in columns.items() if value is not None}


def _narrowed(actor: Actor, filters: Filters, arguments: list[Any]) -> list[str]:
    clauses = []

    def narrow(clause: str, value: Any) -> None:
        arguments.append(value)
        clauses.append(clause.replace("?", f"${len(arguments)}"))

    if filters.view == "mine":
        narrow(VIEWS["mine"], actor.user_id)
    elif filters.view != "all":
        clauses.append(VIEWS[filters.view])
    for column in ("inbox_id", "team_id", "assignee_id", "contact_id", "number"):
        if (value := getattr(filters, column)) is not None:
            narrow(f"c.{column} = ?", value)
    if filters.tag is not None:
        narrow("? = ANY (c.tags)", filters.tag)
    return clauses
