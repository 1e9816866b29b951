"""What each module adds to the organizations and routes of these tests: `tests/<module>/world.py` with `fill`, `FRESH`, `CALLS`, `SEALED`."""

from importlib import import_module
from pathlib import Path

PARTS = [
    import_module(f"tests.{path.parent.name}.world")
    for path in sorted(Path(__file__).parents[1].glob("*/world.py"))
    if path.parent != Path(__file__).parent
]
