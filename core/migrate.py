"""`lacasa migrate`: brings the database to the schema of the installed modules. Safe to repeat and to run twice at once."""

import asyncio
import os

from core import database
from core.settings import Settings

LOCK = 0x1ACA5B


async def migrate(url: str) -> None:
    """Run every owner's migrations, core's first, as the owner of the database; then make the log's partitions."""
    os.environ.setdefault("PICCOLO_CONF", "migrations.piccolo_conf")
    from piccolo.apps.migrations.commands.forwards import run_forwards

    from core.events import partitions

    await database.open_pool(url, size=2)
    try:
        async with database.system_transaction("migrations change the schema of all organizations") as unit:
            await unit.execute("SET LOCAL statement_timeout = 0")
            await unit.fetch_value("SELECT pg_advisory_xact_lock($1)", LOCK)
            for app in _apps():
                await run_forwards(app_name=app, migration_id="all")
            await partitions.prepare(unit.connection)
    finally:
        await database.close_pool()


def _apps() -> list[str]:
    from core.extend.registry import installed

    named = [module.migrations.split(".")[1] for module in installed().values() if module.migrations]
    return sorted(named, key=lambda name: (name != "core", name))


def main(settings: Settings) -> None:
    asyncio.run(migrate(settings.required_database_url()))
