"""What one job of a replay has found out."""

import msgspec

from agent.learning.dry import Would
from agent.llm.actions import TROUBLE_MAX
from agent.llm.spent import Spent
from agent.replay.structs import Reason


class Piece(msgspec.Struct, frozen=True):
    """What would come of each question without the change and with it, and what that has cost.

    `failed`: the language model gave nothing to work with; None: it was not asked. `reason`: the replay cannot go on.
    """

    found: list[tuple[Would, Would]] = []
    spent: Spent = msgspec.field(default_factory=Spent)
    cost: float = 0.0
    failed: bool | None = None
    reason: Reason = ""

    @property
    def trouble(self) -> str:
        """What the language model did wrong last, as a sentence."""
        return self.found[-1][1].trouble[:TROUBLE_MAX] if self.found else ""
