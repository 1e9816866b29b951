"""`lacasa keys status | rotate`: which keys the secrets that we keep are sealed by, and sealing all of them by the newest."""

import asyncio
from collections.abc import Mapping, Sequence

import msgspec

from core import database
from core.auth import sealing
from core.errors import Invalid, Unauthenticated
from core.extend import registry
from core.extend.sealing import Sealed
from core.settings import Settings

BATCH = 200
DERIVED = "LACASA_SECRET"
"""What the key without a name follows from."""
OTHERS = """
SELECT id, organization_id, {column} AS sealed{reads} FROM {table}
WHERE id > $1 AND {column} <> '' AND CASE WHEN strpos({column}, '.') > 0 THEN split_part({column}, '.', 1) ELSE '' END <> $2 ORDER BY id LIMIT $3
"""
CHANGE = "UPDATE {table} SET {column} = $3 WHERE id = $1 AND {column} = $2"
"""What somebody changed meanwhile stays as it is: it is sealed already."""
BY_KEY = """
SELECT CASE WHEN strpos({column}, '.') > 0 THEN split_part({column}, '.', 1) ELSE '' END, count(*) FROM {table}
WHERE {column} <> '' GROUP BY 1 ORDER BY 1
"""


class Rotated(msgspec.Struct, frozen=True):
    """Of one column: sealed anew, and what no key opens any more, which stays as it is."""

    name: str
    resealed: int
    unopened: int


def columns() -> list[Sealed]:
    """Of all installed modules, also of those that are off."""
    return [sealed for _, module in sorted(registry.installed().items()) for sealed in module.sealed]


async def rotate() -> list[Rotated]:
    """Seal everything by the newest key, so that others need not be named any more. Safe to repeat, and to break off."""
    return [await _rotated(sealed) for sealed in columns()]


async def _rotated(sealed: Sealed) -> Rotated:
    reads = "".join(f", {name}" for name in sealed.reads)
    others = OTHERS.format(table=sealed.table, column=sealed.column, reads=reads)
    change = CHANGE.format(table=sealed.table, column=sealed.column)
    resealed = unopened = last = 0
    while True:
        async with database.system_transaction("secrets of all organizations are sealed by the same keys") as db:
            rows = await db.fetch_rows(others, last, sealing.newest(), BATCH)
            for row in rows:
                try:
                    anew = sealing.resealed(sealed.purpose(row), row["sealed"])
                except Unauthenticated:
                    unopened += 1
                    continue
                resealed += await db.execute(change, row["id"], row["sealed"], anew)
        if len(rows) < BATCH:
            return Rotated(sealed.name, resealed, unopened)
        last = rows[-1]["id"]


async def status() -> dict[str, dict[str, int]]:
    """How many secrets of each column are sealed by which key; empty: the one that follows from `LACASA_SECRET`."""
    async with database.system_transaction("secrets of all organizations are sealed by the same keys") as db:
        return {
            one.name: {row[0]: row[1] for row in await db.fetch_rows(BY_KEY.format(table=one.table, column=one.column))}
            for one in columns()
        }


def main(settings: Settings, arguments: Sequence[str]) -> tuple[list[str], bool]:
    """A line for each column; and whether all can be opened.

    Raises:
        Invalid: it is neither `status` nor `rotate`.
    """
    if list(arguments) not in (["status"], ["rotate"]):
        raise Invalid("lacasa keys status | rotate")

    async def run() -> tuple[list[str], bool]:
        await database.open_pool(settings.required_database_url(), size=2)
        try:
            return _standing(await status()) if arguments[0] == "status" else _told(await rotate())
        finally:
            await database.close_pool()

    return asyncio.run(run())


def _standing(found: Mapping[str, Mapping[str, int]]) -> tuple[list[str], bool]:
    known = {"", *sealing.keys()}
    lines = [f"sealing by {sealing.newest() or DERIVED}"]
    for name, counts in found.items():
        told = (f"{count} by {key or DERIVED}{'' if key in known else ', which is not named'}" for key, count in counts.items())
        lines.append(f"{name:<32}{'; '.join(told) or 'none'}")
    return lines, all(key in known for counts in found.values() for key in counts)


def _told(found: Sequence[Rotated]) -> tuple[list[str], bool]:
    lines = [
        f"{one.name:<32}{one.resealed} sealed anew" + (f"; {one.unopened} cannot be opened" if one.unopened else "")
        for one in found
    ]
    return lines, not any(one.unopened for one in found)
