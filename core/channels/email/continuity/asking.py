"""When it is asked whether replies in a chat go out by mail."""

from datetime import datetime

from core.access import Actor
from core.jobs import timers

DUE = "core.channels.email.continuity.fall_due"


async def ask_at(actor: Actor, conversation_id: int, seq: int, due_at: datetime) -> None:
    """Of reply `seq` and those before it, at `due_at`; in the open unit of work."""
    await timers.set_timer(
        actor, DUE, key=f"continuity:{conversation_id}:{seq}", due_at=due_at,
        organization_id=actor.organization_id, conversation_id=conversation_id, seq=seq,
    )  # fmt: skip
