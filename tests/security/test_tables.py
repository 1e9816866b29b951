"""Row-level security, table by table, without any help of the code: plain SQL as the role of another organization's requests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from core.database import pool
from tests.security.conftest import Worlds
from tests.security.parts import PARTS
from tests.security.parts import PASSING as PASSING_OF_MODULES
from tests.security.rows import Table, as_app, tables

NO_RIGHTS = {"sessions", "throttles", "workers", "schedules", "migration"}
"""Tables that no request touches: the role has no right on them at all."""
OUTBOX = {
    "type": "team.saved", "version": 0, "contact_ids": [], "inbox_ids": [], "team_ids": [], "assignee_ids": [], "staff_only": True,
    "body": "{}",
}  # fmt: skip
PASSING: dict[str, dict[str, object]] = {"outbox": OUTBOX} | PASSING_OF_MODULES
"""Tables whose rows leave as soon as they come, with what one may look like."""
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' AND column_name <> 'id' ORDER BY ordinal_position
"""
OF_MODULES: dict[str, str] = {name: sql for part in PARTS for name, sql in getattr(part, "SEALED", {}).items()}
"""Those of modules, and how each is asked for a `{word}`."""
SEALED = {"contacts_at", "search_passages", "search_contacts", "search_conversations", "word_weights", *OF_MODULES}
"""THE reviewed list of functions that run as the owner: each filters by the organization of the transaction itself."""
MAKING = {"new_account"}
"""Makes a row that belongs to nobody yet, and reads none."""
TRIGGERED = {"drop_account_of_nobody"}
"""Those that only a trigger can run: an account ends with its last membership, of which no organization knows alone."""


@asynccontextmanager
async def request_of(organization_id: int) -> AsyncIterator[asyncpg.Connection]:
    """A transaction as a request of this organization has it; rolled back."""
    async with pool().acquire() as connection:
        await connection.execute("BEGIN")
        try:
            await as_app(connection, organization_id)
            yield connection
        finally:
            await connection.execute("ROLLBACK")


async def _touched(connection: asyncpg.Connection, sql: str, *arguments: object) -> int:
    """How many rows a statement touches; none where it is not permitted."""
    await connection.execute("SAVEPOINT attempt")
    try:
        return int((await connection.execute(sql, *arguments)).split()[-1])
    except asyncpg.InsufficientPrivilegeError:
        return 0
    finally:
        await connection.execute("ROLLBACK TO SAVEPOINT attempt")


async def test_every_table_has_rows_of_both_organizations(worlds: Worlds) -> None:
    """Else the others prove nothing: add a row of the new table in tests/security/world.py."""
    for world in worlds:
        for table in await tables():
            if table.rows is not None and table.name not in PASSING:
                count = await pool().fetchval(f"SELECT count(*) FROM {table.name} WHERE {table.rows}", world.organization_id)
                assert count > 0, f"no row in {table.name}"


async def test_every_table_without_an_organization_is_known() -> None:
    assert {table.name for table in await tables() if table.rows is None} | {"sessions", "migration"} == NO_RIGHTS


async def test_no_row_of_another_organization_can_be_read(worlds: Worlds) -> None:
    async with request_of(worlds.strangers.organization_id) as connection:
        for table in await tables():
            if table.rows is not None:
                assert await _touched(connection, f"SELECT 1 FROM {table.name} WHERE {_by_id(table)}", *_ids(table, worlds)) == 0, (
                    table
                )


def _by_id(table: Table) -> str:
    """Members are looked for by their ids, for memberships of others cannot be read either."""
    return "id = ANY ($1::bigint[])" if table.name == "users" else str(table.rows)


def _ids(table: Table, worlds: Worlds) -> list[object]:
    ours = worlds.ours
    return [[who.id for who in (ours.admin, ours.user, ours.agent)] if table.name == "users" else ours.organization_id]


async def test_own_rows_can_be_read(worlds: Worlds) -> None:
    """The same questions from inside: so that a policy which hides everything passes for no isolation."""
    async with request_of(worlds.ours.organization_id) as connection:
        for table in await tables():
            if table.rows is not None and table.name not in NO_RIGHTS | PASSING.keys():
                assert await _touched(connection, f"SELECT 1 FROM {table.name} WHERE {_by_id(table)}", *_ids(table, worlds)) > 0, (
                    table
                )


async def test_no_row_of_another_organization_can_be_changed_or_deleted(worlds: Worlds) -> None:
    async with request_of(worlds.strangers.organization_id) as connection:
        for table in await tables():
            if table.rows is not None:
                column = "name" if table.name in {"users", "organizations"} else "organization_id"
                where, arguments = _by_id(table), _ids(table, worlds)
                assert await _touched(connection, f"UPDATE {table.name} SET {column} = {column} WHERE {where}", *arguments) == 0, (
                    table
                )
                assert await _touched(connection, f"DELETE FROM {table.name} WHERE {where}", *arguments) == 0, table


async def test_a_change_without_any_condition_stays_at_home(worlds: Worlds) -> None:
    """What a forgotten WHERE would do."""
    for table in await tables():
        if table.rows is None or table.name in PASSING:
            continue
        async with pool().acquire() as connection:
            await connection.execute("BEGIN")
            try:
                sql = f"SELECT count(*) FROM {table.name} WHERE {table.rows}"
                before = await connection.fetchval(sql, worlds.ours.organization_id)
                await as_app(connection, worlds.strangers.organization_id)
                await connection.execute("SAVEPOINT attempt")
                try:
                    await connection.execute(f"DELETE FROM {table.name}")
                except (asyncpg.InsufficientPrivilegeError, asyncpg.IntegrityConstraintViolationError):
                    await connection.execute("ROLLBACK TO SAVEPOINT attempt")
                await connection.execute("RESET ROLE")
                assert await connection.fetchval(sql, worlds.ours.organization_id) == before, table.name
            finally:
                await connection.execute("ROLLBACK")


async def test_no_row_can_be_put_into_another_organization(worlds: Worlds) -> None:
    ours, strangers = worlds.ours.organization_id, worlds.strangers.organization_id
    for table in await tables():
        if not table.owned:
            continue
        columns = ", ".join(f'"{row[0]}"' for row in await pool().fetch(COLUMNS, table.name))
        row = await pool().fetchval(f"SELECT to_jsonb(t) FROM {table.name} t WHERE organization_id = $1 LIMIT 1", ours)
        if row is None:
            row = PASSING[table.name] | {"organization_id": ours}
        async with request_of(strangers) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(
                    f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table.name}, $1)", row
                )


async def test_no_row_can_be_moved_into_another_organization(worlds: Worlds) -> None:
    ours, strangers = worlds.ours.organization_id, worlds.strangers.organization_id
    async with request_of(strangers) as connection:
        for table in await tables():
            if table.owned:
                await connection.execute("SAVEPOINT attempt")
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(
                        f"UPDATE {table.name} SET organization_id = $1 WHERE organization_id = $2", ours, strangers
                    )
                await connection.execute("ROLLBACK TO SAVEPOINT attempt")


async def test_rows_of_no_organization_are_nobodys(worlds: Worlds) -> None:
    """Housekeeping jobs belong to the whole installation."""
    assert await pool().fetchval("SELECT count(*) FROM jobs WHERE organization_id IS NULL") > 0
    async with request_of(worlds.ours.organization_id) as connection:
        assert await connection.fetchval("SELECT count(*) FROM jobs WHERE organization_id IS NULL") == 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(
                "INSERT INTO jobs (organization_id, class, name) VALUES (NULL, 'bulk', 'core.jobs.housekeeping.tidy')"
            )


async def test_without_an_organization_the_role_sees_nothing() -> None:
    async with pool().acquire() as connection:
        await connection.execute("BEGIN; SET LOCAL ROLE lacasa_app")
        try:
            for table in await tables():
                if table.name not in NO_RIGHTS | PASSING.keys():
                    assert await _touched(connection, f"SELECT 1 FROM {table.name}") == 0, table.name
        finally:
            await connection.execute("ROLLBACK")


async def test_the_role_has_no_right_on_what_is_no_business_of_requests() -> None:
    sql = "SELECT has_table_privilege('lacasa_app', $1, p) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p"
    days = [table.name for table in await tables(partitions=True)]
    assert days
    for name in [*NO_RIGHTS, *days]:
        assert [row[0] for row in await pool().fetch(sql, name)] == [False] * 5, name


async def test_no_password_hash_can_be_read() -> None:
    sql = "SELECT has_column_privilege('lacasa_app', 'users', $1, 'SELECT')"
    assert [await pool().fetchval(sql, column) for column in ("password_hash", "open_id", "email")] == [False, False, True]


async def test_the_role_is_bound_by_its_policies() -> None:
    row = await pool().fetchrow(
        "SELECT rolcanlogin, rolbypassrls, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = 'lacasa_app'"
    )
    assert tuple(row) == (False, False, False, False)
    owned = await pool().fetchval(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'lacasa_app'"
    )
    assert owned == 0


async def test_functions_that_run_as_the_owner_are_reviewed() -> None:
    rows = await pool().fetch(
        "SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND NOT EXISTS ("
        "SELECT FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e')"
    )
    assert {row["proname"] for row in rows} == SEALED | MAKING | TRIGGERED
    assert all("search_path=public, pg_temp" in (row["proconfig"] or []) for row in rows)


async def test_what_only_a_trigger_runs_cannot_be_called() -> None:
    sql = "SELECT count(*) FROM pg_proc WHERE proname = ANY ($1) AND prorettype = 'trigger'::regtype"
    assert await pool().fetchval(sql, list(TRIGGERED)) == len(TRIGGERED)


async def test_functions_that_run_as_the_owner_find_only_what_is_ones_own(worlds: Worlds) -> None:
    word = worlds.ours.canary
    asked = {
        "search_passages": f"SELECT count(*) FROM search_passages('{word}', ARRAY['public', 'internal'], '', 50)",
        "contacts_at": f"SELECT count(*) FROM contacts_at(ARRAY['{word}@example.com'])",
        "search_contacts": f"SELECT count(*) FROM search_contacts('{word}', 50)",
        "search_conversations": f"SELECT count(*) FROM search_conversations('{word}', 50, true, '{{}}', '{{}}', '{{}}', '{{}}')",
        "word_weights": f"SELECT sum(passages)::bigint FROM word_weights('{word}')",
    }
    asked |= {name: sql.format(word=word) for name, sql in OF_MODULES.items()}
    assert set(asked) == SEALED
    for name, sql in asked.items():
        async with request_of(worlds.ours.organization_id) as connection:
            assert await connection.fetchval(sql) > 0, name
        async with request_of(worlds.strangers.organization_id) as connection:
            assert await connection.fetchval(sql) == 0, name


async def test_one_cannot_become_another_organization_by_what_one_sends(worlds: Worlds) -> None:
    """The setting is an integer made by us; a value that is none hides everything instead of failing open."""
    async with request_of(worlds.strangers.organization_id) as connection:
        await connection.execute("SET LOCAL app.organization_id = ''")
        assert await connection.fetchval("SELECT count(*) FROM contacts") == 0
