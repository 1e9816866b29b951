"""Who acts, and the one predicate "may see".

The rule is written once, in `grants`, as data. `visible` compiles it to SQL for lists, counts and searches
(`alternatives` part by part, `RULE_IN_ROUTINE` for stored routines); `may_see` evaluates it over an event's audience for
sockets, and `topics_of` with `topics_of_audience` are the same rule turned into keys, so that an event finds its listeners
without asking each. None knows anything the others do not.
"""

from enum import StrEnum
from typing import Any, Literal, get_args

import msgspec

from core.errors import Forbidden

Role = Literal["admin", "user", "agent"]
STAFF: frozenset[Role] = frozenset({"admin", "user", "agent"})
MARKETERS: frozenset[Role] = frozenset({"admin", "user"})
ADMINS: frozenset[Role] = frozenset({"admin"})


class ActorKind(StrEnum):
    user = "user"
    visitor = "visitor"
    api_key = "api_key"
    ai = "ai"
    system = "system"


class ActorRef(msgspec.Struct, frozen=True):
    """Who did something, as events and rows carry it; `name` is what it was at the time."""

    kind: ActorKind
    id: int | None = None
    name: str = ""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in one organization, with what they were granted when the actor was made.

    `inbox_ids` are the inboxes a member may see, `team_ids` their teams; both are re-read per
    request and per socket authentication, never trusted from a client. `sees_from` is the id of the newest
    event when the member last came to see more: what is older may have been none of their business.
    """

    kind: ActorKind
    organization_id: int
    id: int | None = None
    name: str = ""
    role: Role | None = None
    session_id: int | None = None
    inbox_id: int | None = None
    contact_id: int | None = None
    nonce: str | None = None
    inbox_ids: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()
    sees_from: int = 0

    @property
    def ref(self) -> ActorRef:
        return ActorRef(self.kind, self.id, self.name)

    @property
    def is_staff(self) -> bool:
        return self.kind in {ActorKind.user, ActorKind.api_key}

    @property
    def user_id(self) -> int | None:
        return self.id if self.kind == ActorKind.user else None

    def require(self, *roles: Role) -> None:
        """Refuse everyone but staff of these roles.

        Raises:
            Forbidden: the actor's role is another one, or it has none.
        """
        if not self.is_staff or self.role not in roles:
            raise Forbidden(f"this needs the role {' or '.join(sorted(roles))}")


def ai(organization_id: int, name: str = "AI agent") -> Actor:
    return Actor(kind=ActorKind.ai, organization_id=organization_id, name=name)


def system(organization_id: int) -> Actor:
    return Actor(kind=ActorKind.system, organization_id=organization_id, name="Lacasa")


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an event concerns: all that `may_see` reads. Old and new values stand together where they changed.

    `conversation_id` None: it concerns the whole staff of the organization. `user_id`: that user alone.
    `staff_only`: never a visitor, whatever else holds. `marketers_only`: of the staff, those alone who may read mail to many (`is_marketer`).
    """

    conversation_id: int | None = None
    contact_ids: tuple[int, ...] = ()
    inbox_ids: tuple[int, ...] = ()
    team_ids: tuple[int, ...] = ()
    assignee_ids: tuple[int, ...] = ()
    user_id: int | None = None
    staff_only: bool = True
    marketers_only: bool = False


Granting = Literal["inbox_id", "team_id", "assignee_id", "contact_id"]
GRANTING: tuple[Granting, ...] = get_args(Granting)


class Grant(msgspec.Struct, frozen=True):
    """`column` of a conversation (and the audience's plural of it) that opens it to an actor."""

    column: Granting
    values: frozenset[int]


def grants(actor: Actor) -> tuple[Grant, ...] | None:
    """THE rule. None: every conversation of the organization; else any one grant that holds opens it."""
    if actor.kind in {ActorKind.ai, ActorKind.system} or (actor.is_staff and actor.role == "admin"):
        return None
    if actor.is_staff:
        own = frozenset() if actor.user_id is None else frozenset({actor.user_id})
        return (Grant("inbox_id", actor.inbox_ids), Grant("team_id", actor.team_ids), Grant("assignee_id", own))
    contact = frozenset() if actor.contact_id is None else frozenset({actor.contact_id})
    return (Grant("contact_id", contact),)


def visible(actor: Actor, first: int, alias: str = "c") -> tuple[str, list[list[int]]]:
    """The rule as SQL over a conversation row `alias`, with its arguments from parameter `$first` on."""
    held = grants(actor)
    if held is None:
        return "true", []
    clauses = [f"{alias}.{grant.column} = ANY(${number}::bigint[])" for number, grant in enumerate(held, first)]
    return f"({' OR '.join(clauses)})", [sorted(grant.values) for grant in held]


def alternatives(actor: Actor, first: int, most: int, alias: str = "c") -> tuple[list[str], list[list[int]]]:
    """The rule in parts of which any one opens a row, with their arguments from parameter `$first` on.

    Each part is an equality, so that an index gives its rows in order: who may see little reads little. Where that
    would be more than `most` parts, it is the whole rule in one, as a CASE, which PostgreSQL takes to hold for half of
    the rows: it would take twenty inboxes for a small part of all organizations', and rather collect and sort them.
    """
    held = grants(actor)
    if held is None or sum(len(grant.values) for grant in held) > most:
        rule, arguments = visible(actor, first, alias)
        return [rule if held is None else f"CASE WHEN {rule} THEN true ELSE false END"], arguments
    opening = [grant for grant in held if grant.values]
    parts = [
        f"{alias}.{grant.column} = (${number}::bigint[])[{place}]"
        for number, grant in enumerate(opening, first)
        for place in range(1, len(grant.values) + 1)
    ]
    return parts or ["false"], [sorted(grant.values) for grant in opening]


def opens(actor: Actor, column: Granting, value: int) -> bool:
    """Whether the actor may see every conversation that has this value there, whatever else it has."""
    held = grants(actor)
    return held is None or any(grant.column == column and value in grant.values for grant in held)


RULE_PARAMETERS = ", ".join(["p_all boolean", *(f"p_{column}s bigint[]" for column in GRANTING)])
RULE_IN_ROUTINE = " OR ".join(["p_all", *(f"c.{column} = ANY (p_{column}s)" for column in GRANTING)])
"""The rule over a conversation row `c` inside a stored routine with these parameters."""


def rule_arguments(actor: Actor) -> list[Any]:
    """What a routine is given for `RULE_PARAMETERS`."""
    held = grants(actor)
    opened = {grant.column: sorted(grant.values) for grant in held or ()}
    return [held is None, *[opened.get(column, []) for column in GRANTING]]


def is_marketer(actor: Actor) -> bool:
    """Whether campaigns, workflows, segments, templates and mailings are the actor's to read: for `require` and for sockets."""
    return actor.kind in {ActorKind.ai, ActorKind.system} or (actor.is_staff and actor.role in MARKETERS)


def may_see(actor: Actor, audience: Audience) -> bool:
    """The rule over an event's audience. The organization is the caller's business: it never crosses."""
    if audience.user_id is not None and actor.user_id != audience.user_id:
        return False
    if audience.staff_only and actor.kind == ActorKind.visitor:
        return False
    if audience.marketers_only and not is_marketer(actor):
        return False
    if audience.conversation_id is None:
        return actor.kind != ActorKind.visitor
    held = grants(actor)
    if held is None:
        return True
    opened = _opened(audience)
    return any(not grant.values.isdisjoint(opened[grant.column]) for grant in held)


def _opened(audience: Audience) -> dict[str, tuple[int, ...]]:
    return {
        "inbox_id": audience.inbox_ids,
        "team_id": audience.team_ids,
        "assignee_id": audience.assignee_ids,
        "contact_id": audience.contact_ids,
    }


Side = Literal["staff", "visitor"]
Topic = tuple[Side, str, int]
"""One reason to hear something, within an organization. Who is no visitor hears on the side of the staff."""


def topics_of(actor: Actor) -> set[Topic]:
    """All reasons for which this actor hears anything at all."""
    side: Side = "visitor" if actor.kind == ActorKind.visitor else "staff"
    held = grants(actor)
    found: set[Topic] = {(side, "every", 0)} if held is None else {(side, g.column, value) for g in held for value in g.values}
    if side == "staff":
        found.add((side, "organization", 0))
    if is_marketer(actor):
        found.add((side, "marketers", 0))
    if actor.user_id is not None:
        found.add((side, "user_id", actor.user_id))
    return found


def topics_of_audience(audience: Audience) -> list[Topic]:
    """`may_see` holds for just those actors whose topics meet these.

    Fewer may see it where it is narrowed twice (`is_narrower`): there `may_see` must be asked too.
    """
    if audience.user_id is not None:
        return [("staff", "user_id", audience.user_id)]
    if audience.conversation_id is None:
        return [("staff", "marketers" if audience.marketers_only else "organization", 0)]
    sides: tuple[Side, ...] = ("staff",) if audience.staff_only else ("staff", "visitor")
    opened = [(column, value) for column, values in _opened(audience).items() for value in values]
    return [(side, column, value) for side in sides for column, value in [("every", 0), *opened]]


def is_narrower(audience: Audience) -> bool:
    """Whether fewer may see it than its topics meet."""
    return [audience.conversation_id is not None, audience.user_id is not None, audience.marketers_only].count(True) > 1
