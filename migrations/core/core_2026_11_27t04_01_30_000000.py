"""Rules of the tables made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import mail_servers
from migrations.support import run

ID = "2026-11-27T04:01:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of own mail servers and signatures"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(mail_servers.ALL)

    manager.add_raw(apply)
    return manager
