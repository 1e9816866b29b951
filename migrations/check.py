"""Do the migrations add up to the tables in the code, and to `schema.sql`?

    python -m migrations.check            # exit 1 and a difference for each thing that does not
    python -m migrations.check --write    # takes the schema as it is now for the right one

It migrates an empty database: on the server of `LACASA_DATABASE_URL`, else on a bundled one that it starts and stops.
"""

import argparse
import asyncio
import difflib
import io
import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg

from core.embedded.postgres import bundled_binaries
from core.extend import registry
from core.knowledge import vectors
from core.settings import settings

SCHEMA = Path(__file__).parent / "schema.sql"
HEADER = re.compile(r"^--\n-- Name: .*?\n--\n", re.MULTILINE)
NOISE = re.compile(r"^(--.*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*)\n", re.MULTILINE)
DAYS = "public.event_log_2*"
"""Each day's partition of the event log: made by the running system, so no part of the schema."""


class Report(NamedTuple):
    """`problems`: what is wrong, readable. `skipped`: what could not be compared here, and why."""

    problems: list[str]
    skipped: list[str]


async def check(url: str, *, write: bool = False) -> Report:
    """Compare a database that was just migrated, the tables in the code and `schema.sql` with each other."""
    problems, skipped = await unmigrated(), []
    server, client = await _server_version(url), await _client_version()
    if server != client:
        skipped.append(f"schema.sql is not compared: the server is PostgreSQL {server}, the dump is made by {client}")
    else:
        found = sections(await _dump(url))
        if write:
            SCHEMA.write_text(_joined(found))
        problems += differences(_split(SCHEMA.read_text()) if SCHEMA.exists() else {}, found)
    return Report(problems, skipped)


async def unmigrated() -> list[str]:
    """Changes of tables for which no migration was written: what `piccolo migrations new --auto` would add."""
    os.environ.setdefault("PICCOLO_CONF", "migrations.piccolo_conf")
    from piccolo.apps.migrations.commands.new import NoChanges, _create_new_migration

    problems = []
    for name in _apps():
        app = import_module(name).APP_CONFIG
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / app.app_name
            shutil.copytree(app.resolved_migrations_folder_path, copy, ignore=shutil.ignore_patterns("__pycache__", "rules"))
            before = set(copy.iterdir())
            with suppress(NoChanges), redirect_stdout(io.StringIO()):
                await _create_new_migration(replace(app, migrations_folder_path=str(copy)), auto=True)
            added = set(copy.glob("*.py")) - before
            problems += [f"the tables of {app.app_name} want another migration:\n{path.read_text()}" for path in added]
    return problems


def _apps() -> list[str]:
    return [module.migrations for module in registry.installed().values() if module.migrations]


def sections(dump: str) -> dict[str, str]:
    """What of a dump belongs to which module, so that leaving a module out leaves the others' schema comparable."""
    tables = {
        str(table._meta.tablename): module.name  # type: ignore[attr-defined]  # noqa: SLF001 (Piccolo's way to tell)
        for module in registry.installed().values()
        if module.name != "core"
        for table in module.tables
    }
    owned = re.compile(rf"\bpublic\.({'|'.join(map(re.escape, tables)) or '$'})(_id_seq)?\b")
    found: dict[str, str] = {}
    for part in HEADER.split(dump):
        text = re.sub(r"\n{3,}", "\n\n", NOISE.sub("", part)).strip()
        if text and vectors.PREFIX not in text:  # an organization that has grown large has an index of its own
            named = owned.search(text)
            owner = tables[named.group(1)] if named else "core"
            found[owner] = found.get(owner, "") + text + "\n\n"
    return found


def differences(wanted: dict[str, str], found: dict[str, str]) -> list[str]:
    """Of the modules that are installed here. Empty: the schema is what `schema.sql` says."""
    problems = []
    for owner, text in found.items():
        lines = difflib.unified_diff(
            wanted.get(owner, "").splitlines(), text.splitlines(), f"schema.sql, {owner}", "migrated", lineterm="", n=2
        )
        if difference := "\n".join(lines):
            problems.append(difference)
    return problems


TITLE = "-- The schema that all migrations add up to. Made by `python -m migrations.check --write`, never by hand.\n"
SECTION = re.compile(r"^-- Of (\w+)\n\n", re.MULTILINE)


def _joined(found: dict[str, str]) -> str:
    ordered = sorted(found, key=lambda owner: (owner != "core", owner))
    return TITLE + "".join(f"\n-- Of {owner}\n\n{found[owner]}" for owner in ordered).rstrip() + "\n"


def _split(text: str) -> dict[str, str]:
    _, *parts = SECTION.split(text)
    return {owner: part.rstrip() + "\n\n" for owner, part in zip(parts[::2], parts[1::2], strict=True)}


async def _server_version(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SHOW server_version_num")) // 10_000
    finally:
        await connection.close()


async def _client_version() -> int:
    found = re.search(r"\(PostgreSQL\) (\d+)", await _run(["--version"], {}))
    return int(found.group(1)) if found else 0


async def _dump(url: str) -> str:
    parts = urlsplit(url)
    arguments = ["--schema-only", "--no-owner", "--schema=public", f"--exclude-table={DAYS}"]
    arguments += [f"--host={parts.hostname}", f"--port={parts.port or 5432}", f"--username={unquote(parts.username or '')}"]
    return await _run([*arguments, parts.path.lstrip("/")], {"PGPASSWORD": unquote(parts.password or "")})


async def _run(arguments: list[str], environment: dict[str, str]) -> str:
    process = await asyncio.create_subprocess_exec(
        str(bundled_binaries() / "pg_dump"),
        *arguments,
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"pg_dump failed: {errors.decode(errors='replace')}")
    return output.decode()


@asynccontextmanager
async def _empty_database() -> AsyncIterator[str]:
    outside = settings().database_url
    if outside is None:
        from core.embedded.servers import embedded_servers

        with tempfile.TemporaryDirectory() as folder:
            async with embedded_servers(Path(folder) / "servers", durable=False) as servers:
                yield servers.database
        return
    name = f"lacasa_check_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(outside)
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(outside)._replace(path=f"/{name}"))
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


async def main(*, write: bool) -> int:
    from core.migrate import migrate

    async with _empty_database() as url:
        await migrate(url)
        report = await check(url, write=write)
    for line in (*report.skipped, *report.problems):
        sys.stdout.write(f"{line}\n")
    return 1 if report.problems else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m migrations.check", description="Do the migrations add up to the schema?")
    parser.add_argument("--write", action="store_true", help="write schema.sql anew")
    sys.exit(asyncio.run(main(write=parser.parse_args().write)))
