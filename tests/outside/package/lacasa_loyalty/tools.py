"""What the AI agent may look up: a customer's own points."""

import msgspec

from core.extend.panels import Fact
from core.extend.tools import AgentTool, Scope, Told
from lacasa_loyalty import queries


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There is nothing to choose."""


def recognize(text: str) -> Nothing | None:
    return Nothing() if "how many points" in text[:500].lower() else None


async def run(scope: Scope, _arguments: Nothing) -> Told:
    points = await queries.points(scope.actor, scope.contact_id)
    return Told(f"You have {points} points.", [Fact("Points", str(points))])


POINTS = AgentTool(name="loyalty.points", title="Look up points", arguments=Nothing, changes=False, recognize=recognize, run=run)
