"""Pieces of SQL that several migrations share. What a migration has run must not change under it: add, never edit."""

from collections.abc import Mapping, Sequence
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Column as AnyColumn
from piccolo.columns.indexes import IndexMethod

from core.database import current

Column = tuple[str, type[AnyColumn], dict[str, Any]]
"""Name, kind, and what of its parameters is not as in `PARAMS`."""
PARAMS: dict[str, Any] = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}
CURRENT_ORGANIZATION = "nullif(current_setting('app.organization_id', true), '')::bigint"


def tenant(table: str, *, rights: str = "SELECT, INSERT, UPDATE, DELETE", column: str = "organization_id") -> str:
    """Row-level security of one organization for `table`, and the rights of the role `lacasa_app` on it."""
    return f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY organization ON {table} TO lacasa_app
            USING ({column} = {CURRENT_ORGANIZATION}) WITH CHECK ({column} = {CURRENT_ORGANIZATION});
        GRANT {rights} ON {table} TO lacasa_app;
    """


def belongs(table: str, *, to: str = "organizations") -> str:
    """Every row of `table` belongs to an organization and goes with it; `(organization_id, id)` can be referred to."""
    return f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_organization_fk FOREIGN KEY (organization_id) REFERENCES {to} (id) ON DELETE CASCADE;
        ALTER TABLE {table} ADD CONSTRAINT {table}_organization_id_key UNIQUE (organization_id, id);
    """


def refers(table: str, column: str, to: str, *, on_delete: str = "CASCADE") -> str:
    """`(organization_id, column)` refers to `(organization_id, id)` of `to`: two organizations' rows cannot be joined."""
    if on_delete == "SET NULL":
        on_delete = f"SET NULL ({column})"
    return f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_fk FOREIGN KEY (organization_id, {column})
            REFERENCES {to} (organization_id, id) ON DELETE {on_delete};
        CREATE INDEX {table}_{column} ON {table} (organization_id, {column});
    """


def one_of(table: str, column: str, *values: str) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_check CHECK ({column} IN ({listed}));"


def add_tables(manager: MigrationManager, tables: Mapping[tuple[str, str], Sequence[Column]]) -> None:
    """New tables by (class, name), with their columns."""
    for (table, tablename), columns in tables.items():
        manager.add_table(class_name=table, tablename=tablename, schema=None, columns=None)
        add_columns(manager, table, tablename, columns)


def add_columns(manager: MigrationManager, table: str, tablename: str, columns: Sequence[Column]) -> None:
    for name, kind, params in columns:
        manager.add_column(
            table_class_name=table,
            tablename=tablename,
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PARAMS | params,
            schema=None,
        )


async def run(statements: str) -> None:
    """Run SQL (several statements) in the migration's transaction."""
    unit = current()
    if unit is None:
        raise RuntimeError("migrations run inside `lacasa migrate`")
    await unit.execute(statements)
