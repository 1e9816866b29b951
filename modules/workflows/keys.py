"""Names of timers, and of a run's effects."""

import base64
import hashlib
from typing import Any

from core.access import Actor

ADVANCE = "modules.workflows.advance"
LOOK = "modules.workflows.look"


def timer(enrollment_id: int) -> str:
    return f"workflow:{enrollment_id}"


def watch(segment_id: int) -> str:
    return f"workflow-segment:{segment_id}"


def arguments(actor: Actor, enrollment_id: int) -> dict[str, Any]:
    return {"organization_id": actor.organization_id, "enrollment_id": enrollment_id}


def effect(actor: Actor, enrollment_id: int, step_id: str) -> str:
    """The same at every attempt, and no other step's: 43 characters, as a client id may have."""
    digest = hashlib.sha256(f"workflow {actor.organization_id} {enrollment_id} {step_id}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
