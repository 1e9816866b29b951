"""Definitions as this process can execute them. A version never changes, so it is read once."""

from collections import OrderedDict
from datetime import datetime
from typing import Any

from core.access import Actor
from core.database import Unit
from core.extend import registry
from modules.workflows.definition.reading import Reading, read
from modules.workflows.definition.shape import Definition

KEPT = 500
STORED = "SELECT v.definition FROM workflow_versions v WHERE v.organization_id = $1 AND v.workflow_id = $2 AND v.version = $3"

_read: OrderedDict[tuple[int, int, int, datetime], Definition] = OrderedDict()


def reading(raw: Any, *, published: bool = False) -> Reading:
    """Read a definition with what the modules of this process have. `published`: as `read` says."""
    return read(raw, registry.steps(), registry.triggers(), published=published)


async def of(db: Unit, actor: Actor, workflow_id: int, version: int, created_at: datetime) -> Definition:
    """A version of the workflow that was made at `created_at`, which tells it from another database's.

    Raises:
        LookupError: there is no such version.
    """
    key = (actor.organization_id, workflow_id, version, created_at)
    if (known := _read.get(key)) is not None:
        _read.move_to_end(key)
        return known
    raw = await db.fetch_value(STORED, actor.organization_id, workflow_id, version)
    definition = None if raw is None else reading(raw, published=True).definition
    if definition is None:
        raise LookupError(f"version {version} of workflow {workflow_id} is not there")
    _read[key] = definition
    while len(_read) > KEPT:
        _read.popitem(last=False)
    return definition
