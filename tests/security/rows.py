"""All tables, told by PostgreSQL itself, and the rows of one organization in them."""

import hashlib
from typing import NamedTuple

import asyncpg

from core.database import pool

TABLES = """
SELECT c.relname, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped) AS owned,
       c.relispartition AS partition
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1
"""
BEYOND = {"migration"}  # Piccolo's own list of what has run
OF_ONE = {
    "organizations": "id = $1",
    "users": "id IN (SELECT user_id FROM memberships WHERE organization_id = $1)",
    "sessions": "organization_id = $1",
}
"""How a row belongs to an organization where it is not by `organization_id`."""


class Table(NamedTuple):
    name: str
    owned: bool
    """Has a column `organization_id`."""

    @property
    def rows(self) -> str | None:
        """Which rows are organization `$1`'s; None: no row belongs to any organization."""
        return OF_ONE.get(self.name, "organization_id = $1" if self.owned else None)


async def tables(*, partitions: bool = False) -> list[Table]:
    found = await pool().fetch(TABLES)
    return [Table(row["relname"], row["owned"]) for row in found if row["relname"] not in BEYOND and row["partition"] == partitions]


async def digest(organization_id: int) -> dict[str, str]:
    """A hash of the organization's rows per table: equal before and after, nothing was changed, added or removed."""
    owned = [table for table in await tables() if table.rows is not None]
    sql = " UNION ALL ".join(
        f"SELECT '{table.name}', (SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM {table.name} t WHERE {table.rows})"
        for table in owned
    )
    rows = await pool().fetch(sql, organization_id)
    return {name: hashlib.sha256((text or "").encode()).hexdigest()[:16] for name, text in rows}


async def as_app(connection: asyncpg.Connection, organization_id: int) -> None:
    """From here to the end of the transaction: what requests of this organization are."""
    await connection.execute(f"SET LOCAL ROLE lacasa_app; SET LOCAL app.organization_id = {int(organization_id)}")
