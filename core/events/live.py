"""What is told, as it happens, to whoever may see a conversation, and kept nowhere: that the AI agent works on an answer, and how far it is.

Over NATS alone: without it nobody hears of it, and nothing else changes.
"""

from typing import Literal

import msgspec

from core.access import Audience
from core.events import wake

Stage = Literal["searching", "writing", "checking"]
DRAFT_MAX = 4000
"""Characters of a draft that are told."""
EXPIRES_S = 8
"""Who hears nothing for so long may take it that the worker is gone."""


class Working(msgspec.Struct, kw_only=True, frozen=True, tag_field="form", tag="working"):
    """The AI agent works on an answer (`active`), or has stopped. `draft`: what it has written so far, for staff alone.

    `epoch`: the conversation's `handler_epoch` that it works under; another one, and its work is over. `token`: where its customer is to
    see that somebody types, or stopped; empty: he is told nothing.
    """

    conversation_id: int
    epoch: int
    audience: Audience
    stage: Stage
    draft: str = ""
    active: bool = True
    token: str = ""


async def tell(organization_id: int, working: Working) -> None:
    await wake.publish(f"live.{organization_id}", msgspec.json.encode(working))
