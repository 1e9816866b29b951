"""`lacasa migrate`: brings the database to the schema of the installed modules. Safe to repeat and to run twice at once."""

import asyncio
import os
import re
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from core import database
from core.events import partitions
from core.knowledge import vectors
from core.settings import Settings

LOCK = 0x1ACA5B
ID = re.compile(r'^ID = "([^"]+)"$', re.MULTILINE)
RAN = "SELECT app_name, name FROM migration"


async def migrate(url: str) -> None:
    """Run every owner's migrations, core's first, as the owner of the database; then make the log's partitions, and what pgvector allows."""
    await database.open_pool(url, size=2)
    try:
        async with database.system_transaction("migrations change the schema of all organizations") as unit:
            await unit.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
            await unit.fetch_value("SELECT pg_advisory_xact_lock($1)", LOCK)
            if not await _is_current(unit):
                await _run_all(unit)
            await partitions.prepare(unit.connection)
            await vectors.provide(unit)
    finally:
        await database.close_pool()


async def _is_current(unit: database.Unit) -> bool:
    """Whether all has run already, told without loading what makes migrations, which takes longer than all else at a start."""
    wanted = _written()
    if wanted is None or await unit.fetch_value("SELECT to_regclass('migration') IS NULL"):
        return False
    return wanted <= {(row[0], row[1]) for row in await unit.fetch_rows(RAN)}


def _written() -> set[tuple[str, str]] | None:
    """The migrations in our own folders as (owner, id). None: somebody else's module is installed, whose folder only it knows."""
    points = entry_points(group="lacasa.modules")
    spec = find_spec("migrations")
    if spec is None or not spec.submodule_search_locations or any(point.module.split(".")[0] not in OURS for point in points):
        return None
    root = Path(spec.submodule_search_locations[0])
    files = [(point.name, file) for point in points for file in (root / point.name).glob(f"{point.name}_*.py")]
    return {(owner, found) for owner, file in files for found in ID.findall(file.read_text())}


OURS = frozenset({"core", "agent", "realtime", "modules"})


async def _run_all(unit: database.Unit) -> None:
    """Run what is missing, then make all stored routines anew, out of today's structs."""
    os.environ.setdefault("PICCOLO_CONF", "migrations.piccolo_conf")
    from piccolo.apps.migrations.commands.forwards import run_forwards

    from core.extend.registry import installed

    for app in _apps():
        await run_forwards(app_name=app, migration_id="all")
    for module in installed().values():
        for statements in module.routines:
            await unit.execute(statements)


def _apps() -> list[str]:
    from core.extend.registry import installed

    named = [module.name for module in installed().values() if module.migrations]
    return sorted(named, key=lambda name: (name != "core", name))


def main(settings: Settings) -> None:
    asyncio.run(migrate(settings.required_database_url()))
