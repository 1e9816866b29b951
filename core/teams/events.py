"""Facts about teams."""

from core.access import ActorRef
from core.events.contract import Event


class TeamSaved(Event, frozen=True, kw_only=True, tag="team.saved"):
    """A team was made or changed; who may see what may have changed with it."""

    team_id: int
    name: str
    member_ids: list[int]
    by: ActorRef


class TeamDeleted(Event, frozen=True, kw_only=True, tag="team.deleted"):
    team_id: int
    by: ActorRef


EVENTS = (TeamSaved, TeamDeleted)
