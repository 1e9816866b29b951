"""What every long-running process does around its own work: logs, event loop, pool, NATS, signals, an orderly end."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from core import database, replica
from core.events import wake
from core.logs import configure
from core.settings import Settings

Work = Callable[[asyncio.Event], Awaitable[None]]


def run_process(name: str, settings: Settings, work: Work, *, database: bool = True) -> None:
    """Run `work(stopping)` until it ends by itself or SIGTERM/SIGINT sets `stopping`."""
    configure(settings.log_level, name)
    with suppress(KeyboardInterrupt):
        if sys.platform == "win32":
            asyncio.run(_run(name, settings, work, with_pool=database))
        else:
            import uvloop

            uvloop.run(_run(name, settings, work, with_pool=database))


async def _run(name: str, settings: Settings, work: Work, *, with_pool: bool) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    await connect(name, settings, with_pool=with_pool)
    pass_over_the_loaded()
    logging.getLogger(f"lacasa.{name}").info("started")
    try:
        await work(stopping)
    finally:
        await disconnect()


async def connect(name: str, settings: Settings, *, with_pool: bool = True) -> None:
    """Connect this process to NATS and PostgreSQL, waiting for servers that are still starting."""
    await _patiently(lambda: wake.connect(settings.required_nats_url(), name=f"lacasa-{name}"))
    if with_pool:
        await _patiently(lambda: database.open_pool(settings.required_database_url(), size=settings.pool_size))


def pass_over_the_loaded() -> None:
    """What exists now stays as long as the process: from here on garbage is looked for (`lacasa` starts without), but not in it.

    Going through a loaded program stops everything for about 90 ms, every few thousand messages.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


async def disconnect() -> None:
    await wake.disconnect()
    await replica.close()
    await database.close_pool()


async def _patiently(connect_once: Callable[[], Awaitable[None]], *, patience_s: float = 60) -> None:
    deadline = asyncio.get_running_loop().time() + patience_s
    while True:
        try:
            return await connect_once()
        except (OSError, *database.AWAY, TimeoutError) as error:
            if asyncio.get_running_loop().time() > deadline:
                raise
            logging.getLogger("lacasa").info("waiting for a server: %s", type(error).__name__)
            await asyncio.sleep(0.2)
