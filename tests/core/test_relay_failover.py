"""Two relays as processes of their own: whatever happens to the active one, the other goes on and nothing is lost."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.embedded.servers import Urls
from core.events.relay import LOCK
from tests.core.failover import Fault, active, under_fault
from tests.factories import an_organization
from tests.ports import free_port
from tests.stack import Stack

RELAYS = ("relay-1", "relay-2")


@pytest.fixture
async def relays(connected: Urls, tmp_path: Path) -> AsyncIterator[Stack]:
    stack = Stack(free_port(), tmp_path, os.environ)
    try:
        for name in RELAYS:
            await stack.start(name)
        yield stack
    finally:
        for process in stack.processes.values():
            if process.returncode is None:
                os.kill(process.pid, signal.SIGCONT)
        await stack.stop()


@pytest.mark.parametrize("fault", ["kill", "stop", "terminate"])
async def test_nothing_is_lost_doubled_or_misordered_when_the_active_relay_is_struck(
    relays: Stack, connected: Urls, fault: Fault
) -> None:
    organizations = [(await an_organization()).organization_id for _ in range(3)]
    before = len(relays.log("relay-1")) + len(relays.log("relay-2"))
    seen = await under_fault(relays, connected.database, RELAYS, fault, organizations, lock=LOCK)
    assert len(relays.log("relay-1")) + len(relays.log("relay-2")) > before
    assert len(seen.written) > 50
    assert (seen.lost, seen.doubled, seen.misordered) == (0, 0, 0)
    assert len(seen.heard) > len(seen.written) / 2
    assert len(seen.heard) == len(set(seen.heard))


async def test_a_relay_that_wakes_up_again_finds_that_it_is_no_longer_the_active_one(relays: Stack, connected: Urls) -> None:
    organizations = [(await an_organization()).organization_id]
    await under_fault(relays, connected.database, RELAYS, "stop", organizations, lock=LOCK, seconds=4)
    now_active = active(relays, RELAYS)
    (frozen,) = set(RELAYS) - {now_active}
    os.kill(relays.processes[frozen].pid, signal.SIGCONT)
    for _ in range(200):
        if "relay session ended" in relays.log(frozen):
            break
        await asyncio.sleep(0.05)
    assert "relay session ended" in relays.log(frozen)
    assert active(relays, RELAYS) == now_active
