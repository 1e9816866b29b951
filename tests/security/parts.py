"""What each module adds to the organizations and routes of these tests: `tests/<module>/world.py` with `fill`, `FRESH`, `CALLS`.

Where a module has any, `SEALED`: its functions that run as the owner; `PASSING`: its tables whose rows leave as soon as they come, with what one may
look like.
"""

from importlib import import_module
from pathlib import Path

PARTS = [
    import_module(f"tests.{path.parent.name}.world")
    for path in sorted(Path(__file__).parents[1].glob("*/world.py"))
    if path.parent != Path(__file__).parent
]
PASSING: dict[str, dict[str, object]] = {table: row for part in PARTS for table, row in getattr(part, "PASSING", {}).items()}
