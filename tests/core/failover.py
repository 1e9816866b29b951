"""Relays as processes of their own under a steady stream of events, and what a listener on NATS sees of it."""

import asyncio
import os
import signal
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import asyncpg
import msgspec
from nats.aio.msg import Msg

from core.events import wake
from core.events.contract import Logged
from tests.stack import Stack

Fault = Literal["kill", "stop", "terminate"]
INSERT = """
INSERT INTO outbox (organization_id, type, version, contact_ids, inbox_ids, team_ids, assignee_ids, staff_only, body)
VALUES ($1, 'tests.happened', 0, '{}', '{}', '{}', '{}', true, $2) RETURNING id
"""
LOGGED = "SELECT organization_id, position, id FROM event_log WHERE organization_id = ANY ($1::bigint[]) ORDER BY 1, 2"
WAITING = "SELECT count(*) FROM outbox WHERE organization_id = ANY ($1::bigint[])"
HOLDER = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = $1"
SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lacasa-relay'"
_decode = msgspec.json.Decoder(list[Logged]).decode


@dataclass
class Seen:
    """`stall_ms`: the longest pause between two events after the fault. `unheard`: moved but never published; a hub heals these by heads."""

    written: list[tuple[int, int]] = field(default_factory=list)
    heard: list[tuple[int, int, int]] = field(default_factory=list)
    logged: list[tuple[int, int, int]] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    stall_ms: float = 0.0

    @property
    def lost(self) -> int:
        return len({event for _, event in self.written} - {event for _, _, event in self.logged})

    @property
    def doubled(self) -> int:
        return len(self.logged) - len({event for _, _, event in self.logged})

    @property
    def misordered(self) -> int:
        """Positions that are no unbroken 1, 2, 3 … in the order of writing (there is one writer per organization)."""
        wrong = 0
        for organization_id in {organization_id for organization_id, _ in self.written}:
            rows = [(position, event) for owner, position, event in self.logged if owner == organization_id]
            wrong += [position for position, _ in rows] != list(range(1, len(rows) + 1))
            wrong += [event for _, event in rows] != [event for owner, event in self.written if owner == organization_id]
        return wrong

    @property
    def unheard(self) -> int:
        return len(set(self.logged) - set(self.heard))


def active(stack: Stack, names: tuple[str, ...]) -> str:
    """The relay process that said last that it is the active one."""
    said = {name: max((line for line in stack.log(name).splitlines() if "relay is active" in line), default="") for name in names}
    return max(said, key=lambda name: said[name])


async def until_one_is_active(stack: Stack, names: tuple[str, ...], url: str, lock: int) -> str:
    connection = await asyncpg.connect(url)
    try:
        for _ in range(600):
            name = active(stack, names)
            if await connection.fetchval(HOLDER, lock) and "relay is active" in stack.log(name):
                return name
            await asyncio.sleep(0.05)
    finally:
        await connection.close()
    raise AssertionError("no relay became active")


async def under_fault(
    stack: Stack, url: str, names: tuple[str, ...], fault: Fault, organizations: list[int], *, lock: int, seconds: float = 5
) -> Seen:
    """Write about 100 events a second; a second after the beginning strike the active relay; then let everything arrive."""
    seen = Seen()
    victim = await until_one_is_active(stack, names, url, lock)

    async def hear(message: Msg) -> None:
        seen.arrivals.append(time.monotonic())
        seen.heard += [(event.organization_id, event.position, event.id) for event in _decode(message.data)]

    stops = [await wake.subscribe(f"events.{organization_id}", hear) for organization_id in organizations]
    connection = await asyncpg.connect(url)
    began = time.monotonic()
    struck = 0.0
    while time.monotonic() - began < seconds:
        owner = organizations[len(seen.written) % len(organizations)]
        seen.written.append((owner, await connection.fetchval(INSERT, owner, "{}")))
        await wake.relay()
        if not struck and time.monotonic() - began > 1:
            struck = time.monotonic()
            await _strike(stack, connection, victim, fault)
        await asyncio.sleep(0.01)
    for _ in range(400):
        if not await connection.fetchval(WAITING, organizations):
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    seen.logged = [tuple(row) for row in await connection.fetch(LOGGED, organizations)]
    await connection.close()
    for stop in stops:
        await stop()
    times = [struck, *(at for at in seen.arrivals if at > struck)]
    seen.stall_ms = max((after - before for before, after in pairwise(times)), default=0) * 1000
    return seen


async def _strike(stack: Stack, connection: asyncpg.Connection, victim: str, fault: Fault) -> None:
    match fault:
        case "kill":
            await stack.kill(victim)
        case "stop":
            os.kill(stack.processes[victim].pid, signal.SIGSTOP)
        case "terminate":
            await connection.execute(SESSIONS)
