"""Facts about staff."""

from core.access import ActorRef, Role
from core.events.contract import Event


class MemberSaved(Event, frozen=True, kw_only=True, tag="member.saved"):
    """A user joined, was renamed, or has another role now."""

    user_id: int
    name: str
    role: Role
    by: ActorRef


class MemberRemoved(Event, frozen=True, kw_only=True, tag="member.removed"):
    user_id: int
    by: ActorRef


class SessionsRevoked(Event, frozen=True, kw_only=True, tag="member.sessions_revoked"):
    """These sessions of a user ended; sockets that they opened must close."""

    user_id: int
    session_ids: list[int]


EVENTS = (MemberSaved, MemberRemoved, SessionsRevoked)
