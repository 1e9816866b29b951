"""P1-P3: acknowledged is never lost, never shown twice, and in one order for everybody, while everything dies again and again.

Visitors write in two conversations each; twenty hands of staff write into one and the same; two members of staff hear all.
Processes are killed with -9; between clients and server connections are cut, reset, stalled, and lose their answers or requests.
"""

from argparse import Namespace
from pathlib import Path
from typing import Any

from tests.chaos.storm import storm

N, CLIENTS, DEADLINE_S = 100_000, 24, 3300.0
BROKEN = ("ack-before-commit", "no-dedupe", "reordering-relay")
HANDS = 20
FAULTS = 100
"""About two thirds of them kills."""


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """acked, lost, duplicated, misordered, unseen, gaps: the last five must be 0."""
    people = {"visitors": given.clients, "conversations": 2, "staff": 2, "hands": HANDS}
    return await storm(folder, given, people=people, pause_s=0.0, faults=max(4, min(FAULTS, given.n // 30)), network=True)
