"""P1-P3, small: 20 visitors write while web, worker, relay, NATS and PostgreSQL are killed with -9 and the AI agent answers."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from tests.chaos.storm import storm

N, CLIENTS, DEADLINE_S = 2000, 20, 480.0
BROKEN = ("ack-before-commit",)


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """acked, lost, duplicated, misordered, kills, unanswered (conversations in which the AI agent owes an answer) and more."""
    people = {"visitors": given.clients}
    return await storm(folder, given, people=people, pause_s=0.025, faults=max(4, given.n // 33), network=False, ai=True)
