"""The two bundled servers together, for whoever needs just those: tests, benchmarks, `lacasa servers`."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from core.embedded import folder
from core.embedded.nats import Nats, nats_url
from core.embedded.postgres import Postgres, postgres_url
from core.errors import Conflict


class Urls(NamedTuple):
    database: str
    nats: str


def running(data: Path) -> Urls | None:
    """Where the servers are that another process (`lacasa up`) runs over `data`; None: nobody does."""
    if not data.is_dir():
        return None
    try:
        with folder.lock(data):
            return None
    except Conflict:
        postgres, nats = (folder.remembered_port(data, name) for name in ("postgres", "nats"))
    if postgres is None or nats is None:
        return None  # it is just starting
    return Urls(postgres_url(data, postgres), nats_url(data, nats))


@asynccontextmanager
async def embedded_servers(data: Path, *, binaries: Path | None = None, durable: bool = True) -> AsyncIterator[Urls]:
    """PostgreSQL and NATS over `data`, stopped at the end; `durable=False` is faster and loses data with the machine.

    To be entered in a thread that lives as long as they shall: they die with it.

    Raises:
        Conflict: another process uses the folder.
        Misconfigured, Unavailable: a server cannot be started.
    """
    with folder.lock(data):
        postgres, nats = Postgres(data, binaries=binaries, durable=durable), Nats(data)
        try:
            await together(postgres.start(), nats.start())
            yield Urls(postgres.url, nats.url)
        finally:
            await nats.stop()
            await postgres.stop()


async def together(*starts: Coroutine[Any, Any, None]) -> None:
    """Run all of them; the first failure ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for start in starts:
                group.create_task(start)
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
