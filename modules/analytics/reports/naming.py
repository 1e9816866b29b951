"""What mailings and workflows are called that figures are about: asked of whoever owns them, for the reader alone.

Answers of reports are kept for all who may read them; names are not, for not everybody may see every one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from core.access import Actor
from core.database import read
from core.extend import registry
from modules.analytics.reports.structs import Report

OWNED = ("mailing", "source", "workflow")
MAILINGS = "SELECT m.id, m.kind, m.source_id FROM mailings m WHERE m.organization_id = $1 AND m.id = ANY ($2::bigint[])"


async def named(actor: Actor, report: Report) -> Report:
    """The same report with the names that the actor may see."""
    tables = []
    for table in report.tables:
        if table.key in OWNED and table.rows:
            found = await _called(actor, table.key, [row.key for row in table.rows])
            rows = [msgspec.structs.replace(row, label=found.get(row.key, "")) for row in table.rows]
            table = msgspec.structs.replace(table, rows=rows)
        tables.append(table)
    label = report.key_label
    if report.by in OWNED:
        label = (await _called(actor, report.by, [report.key])).get(report.key, "")
    return msgspec.structs.replace(report, tables=tables, key_label=label)


async def _called(actor: Actor, dimension: str, keys: Iterable[str]) -> Mapping[str, str]:
    """By key of the dimension: a mailing's id, `kind:source_id`, or a workflow's id."""
    if dimension == "workflow":
        owner = registry.names().get("workflow")
        ids = [int(key) for key in keys if _is_id(key)]
        return {} if owner is None else {str(number): name for number, name in (await owner.called(actor, ids)).items()}
    sources: dict[str, tuple[str, int]] = {}
    if dimension == "mailing":
        async with read(actor) as db:
            ids = [int(key) for key in keys if _is_id(key)]
            sources = {str(row[0]): (row[1], row[2]) for row in await db.fetch_rows(MAILINGS, actor.organization_id, ids)}
    else:
        for key in keys:
            kind, _, number = key.partition(":")
            if _is_id(number):
                sources[key] = kind, int(number)
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, source_id in sources.values():
        wanted[kind].add(source_id)
    found: dict[tuple[str, int], str] = {}
    for kind, ids_of in wanted.items():
        source = registry.mail_sources().get(kind)
        if source is not None and source.called is not None:
            found |= {(kind, number): name for number, name in (await source.called(actor, sorted(ids_of))).items()}
    return {key: found[source] for key, source in sources.items() if source in found}


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 19
