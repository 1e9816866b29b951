"""Filling big tables fast: without their references and indexes, which are put back at the end, then vacuumed as after a while of use."""

import asyncio
import sys
from collections.abc import Iterable, Sequence

import asyncpg

CONSTRAINTS = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid), contype::text FROM pg_constraint
WHERE contype IN ('f', 'u') AND conrelid::regclass::text = ANY ($1::text[]) ORDER BY contype
"""
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid::regclass::text = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


async def fill(connection: asyncpg.Connection, statements: str, big: Sequence[str], vacuum: Sequence[str]) -> None:
    """Run `statements` with the tables `big` bare; `vacuum` are those to be vacuumed after it."""
    await connection.execute("SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'; SET synchronous_commit = off")
    again = await _stripped(connection, big)
    for statement in [*filter(str.strip, statements.split(";\n")), *again]:
        print(statement.strip().split("\n")[0][:100], file=sys.stderr, flush=True)
        await connection.execute(statement)
    await _vacuumed(connection, vacuum)


async def _stripped(connection: asyncpg.Connection, big: Sequence[str]) -> list[str]:
    """Take references, unique constraints and indexes off the big tables; returns what puts them back, far faster than row by row."""
    constraints = await connection.fetch(CONSTRAINTS, big)
    indexes = await connection.fetch(INDEXES, big)
    for name, table, _, _ in constraints:
        await connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
    for name, _ in indexes:
        await connection.execute(f"DROP INDEX {name}")
    adding = [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for name, table, definition, kind in constraints if kind == "u"
    ]
    adding += [definition for _, definition in indexes]
    return adding + [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID"
        for name, table, definition, kind in constraints
        if kind == "f"
    ]


async def _vacuumed(connection: asyncpg.Connection, tables: Iterable[str]) -> None:
    """As autovacuum leaves a table after a while. A page counts as visible only when nobody has an older snapshot: hence again."""
    tables = list(tables)
    for _ in range(5):
        for table in tables:
            await connection.execute(f"VACUUM (ANALYZE) {table}")
        sql = "SELECT relname FROM pg_class WHERE relname = ANY ($1::text[]) AND relallvisible < 0.99 * relpages"
        tables = [row[0] for row in await connection.fetch(sql, tables)]
        if not tables:
            return
        await asyncio.sleep(2)
