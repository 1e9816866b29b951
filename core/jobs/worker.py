"""The worker process: a taskiq receiver over the ledger, its lease, the sweeper, timers and schedules."""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable

from core.database import AWAY
from core.errors import LacasaError
from core.extend import registry
from core.jobs import ledger, schedules, timers
from core.jobs.broker import LedgerBroker
from core.jobs.receiver import JobReceiver
from core.process import pass_over_the_loaded, run_process
from core.settings import Settings

log = logging.getLogger("lacasa.worker")

LEASE_S = 15
SWEEP_S = 1.0
TIMER_S = 0.1
SCHEDULE_S = 1.0
HORIZON_S = 1.0
DRAIN_S = 20.0
NICE = 5
"""Where all processors are busy, whoever waits for an answer on a page comes before what is done in the background."""

REGISTER = "INSERT INTO workers (lease_until, host) VALUES (now() + make_interval(secs => $1), $2) RETURNING id"
BEAT = "UPDATE workers SET lease_until = now() + make_interval(secs => $2) WHERE id = $1 AND lease_until > now() RETURNING id"
RESIGN = "UPDATE workers SET lease_until = now() - interval '1 second' WHERE id = $1"


async def work(settings: Settings, stopping: asyncio.Event) -> None:
    """Run jobs until `stopping`; then finish what runs (up to 20 s) and give the rest back."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    async with ledger.own_connections(settings.required_database_url()):
        await _work(settings, stopping)


async def _work(settings: Settings, stopping: asyncio.Event) -> None:
    broker = LedgerBroker(settings.worker_concurrency)
    broker.is_worker_process = True
    broker.worker_id = await _register()
    for module in registry.modules():
        if module.warm_up is not None:
            await module.warm_up()
    pass_over_the_loaded()
    receiver = JobReceiver(broker, drain_s=DRAIN_S)
    clock = timers.Clock(broker.horizon)
    loops = [
        asyncio.create_task(_every(0.0, broker.finisher.run)),
        asyncio.create_task(_every(HORIZON_S, lambda: broker.horizon.advance(ledger.connections()))),
        asyncio.create_task(_every(LEASE_S / 3, lambda: _beat(broker))),
        asyncio.create_task(_every(SWEEP_S, ledger.sweep)),
        asyncio.create_task(_every(TIMER_S, clock.fire_all)),
        asyncio.create_task(_every(SCHEDULE_S, schedules.Planner().fire)),
    ]
    try:
        await receiver.listen(stopping)
        await asyncio.wait_for(broker.finisher.drain(), DRAIN_S)
    finally:
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        await ledger.connections().execute(RESIGN, broker.worker_id)
        for module in registry.modules():
            if module.wind_down is not None:
                await module.wind_down()


async def _register() -> int:
    return int(await ledger.connections().fetchval(REGISTER, LEASE_S, socket.gethostname()[:200]))


async def _beat(broker: LedgerBroker) -> None:
    if await ledger.connections().fetchval(BEAT, broker.worker_id, LEASE_S) is None:
        log.warning("lease lost; starting over with a new one")
        broker.cancel_all()
        broker.worker_id = await _register()


async def _every(pause_s: float, act: Callable[[], Awaitable[object]]) -> None:
    """Repeat `act`, surviving an absent PostgreSQL; any other failure is a defect and is logged as one."""
    while True:
        try:
            await act()
        except (*AWAY, LacasaError):
            await asyncio.sleep(0.5)
        except Exception:
            log.exception("a worker loop failed")
            await asyncio.sleep(1)
        await asyncio.sleep(pause_s)


def main(settings: Settings) -> None:
    """The `lacasa worker` process."""
    run_process("worker", settings, lambda stopping: work(settings, stopping))
