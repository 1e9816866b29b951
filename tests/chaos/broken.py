"""Servers that are broken on purpose: a checker that never sees anything proves nothing.

`python -m tests.chaos.broken <way>` is a web process with that defect.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from core import database
from core.database import Unit

DELAY_S = 0.4


def ack_before_commit() -> None:
    """Answers the client first and commits a moment later: whatever dies in between was promised and is lost."""
    background: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def hasty(begin: str, actor: Any) -> AsyncIterator[Unit]:
        connection = await database.pool().acquire()
        unit = Unit(connection, actor)
        token = database._unit.set(unit)
        await connection.execute(begin)
        try:
            yield unit
            for hook in list(unit.before_commit.values()):
                await hook(unit)
        except BaseException:
            await connection.execute("ROLLBACK")
            await database.pool().release(connection)
            raise
        finally:
            database._unit.reset(token)
        if "READ ONLY" in begin:
            await connection.execute("COMMIT")
            await database.pool().release(connection)
            return
        task = asyncio.create_task(_commit_later(unit))
        background.add(task)
        task.add_done_callback(background.discard)

    database._outermost = hasty


async def _commit_later(unit: Unit) -> None:
    await asyncio.sleep(DELAY_S)
    try:
        await unit.connection.execute("COMMIT")
        for notify in unit.after_commit.values():
            await notify()
    finally:
        await database.pool().release(unit.connection)


WAYS: dict[str, Callable[[], None]] = {"ack-before-commit": ack_before_commit}


def main() -> None:
    from core.app import serve
    from core.settings import settings

    WAYS[sys.argv[1]]()
    serve(settings())


if __name__ == "__main__":
    main()
