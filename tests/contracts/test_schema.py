"""The migrations add up to the tables in the code, and to the dump that is reviewed with them."""

import hashlib
import re
from pathlib import Path

import pytest

from core.embedded.servers import Urls
from core.extend import registry
from migrations import check

ROUTINES = re.compile(r'^ROUTINES = "([0-9a-f]{16})"$', re.MULTILINE)


async def test_the_migrations_add_up_to_the_tables_and_to_the_schema(schema: Urls) -> None:
    report = await check.check(schema.database)
    assert report.problems == [], "write a migration; then `python -m migrations.check --write`"
    if report.skipped:
        pytest.skip(report.skipped[0])


def test_the_schema_check_sees_a_difference() -> None:
    wanted = {"core": "CREATE TABLE a (id bigint);\n\n"}
    assert check.differences(wanted, wanted) == []
    assert len(check.differences(wanted, {"core": "CREATE TABLE a (id integer);\n\n"})) == 1
    assert len(check.differences(wanted, wanted | {"agent": "CREATE TABLE b ();\n\n"})) == 1


def test_a_module_that_is_left_out_changes_nothing_for_the_others() -> None:
    wanted = {"core": "CREATE TABLE a (id bigint);\n\n", "campaigns": "CREATE TABLE c ();\n\n"}
    assert check.differences(wanted, {"core": wanted["core"]}) == []


def test_stored_routines_that_changed_come_with_a_migration() -> None:
    """They are made anew whenever a migration runs: without one, databases that exist would keep the old ones."""
    text = "".join(statements for module in registry.installed().values() for statements in module.routines)
    files = sorted(Path(check.SCHEMA).parent.glob("*/*_20*.py"), key=lambda path: path.stem.partition("_")[2])
    noted = [found for path in files for found in ROUTINES.findall(path.read_text())]
    assert noted[-1] == hashlib.sha256(text.encode()).hexdigest()[:16], "add a migration that notes this as its ROUTINES"
