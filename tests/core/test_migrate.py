"""Migrating again costs nothing, and never overlooks a migration."""

import asyncio
import os
import sys

from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.conf.apps import AppRegistry

from core import migrate as subject
from core.embedded.servers import Urls
from core.extend import registry

AGAIN = """
import asyncio, os, sys
from core.migrate import migrate
asyncio.run(migrate(os.environ["LACASA_DATABASE_URL"]))
print("ran" if "piccolo.apps.migrations.commands.forwards" in sys.modules else "nothing to run")
"""


def test_what_counts_as_written_is_what_piccolo_would_run() -> None:
    apps = AppRegistry(apps=[module.migrations for module in registry.installed().values() if module.migrations]).app_configs
    manager = BaseMigrationManager()
    modules = {name: manager.get_migration_modules(config.resolved_migrations_folder_path) for name, config in apps.items()}
    assert subject._written() == {(name, migration) for name, found in modules.items() for migration in found}


async def test_a_second_migration_does_not_even_load_the_first_ones(schema: Urls) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", AGAIN, env={**os.environ}, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    assert output.decode().strip() == "nothing to run"
    assert process.returncode == 0
