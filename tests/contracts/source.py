"""The code as trees, for the contracts that no import rule can tell."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWNERS = ("core", "modules", "agent", "realtime")
Call = tuple[str, ast.Call]


@lru_cache(maxsize=1)
def trees() -> dict[str, ast.Module]:
    """Every module of the product, by dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text(), str(path))
        for owner in OWNERS
        for path in sorted((ROOT / owner).rglob("*.py"))
    }


def calls(*names: str) -> Iterator[Call]:
    """Calls of a function of these names, with the module they stand in, however the function was imported."""
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in names:
                yield module, node


def called(call: ast.Call) -> str:
    """The last part of what is called: `log.record(…)` and `record(…)` are both `record`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def importing(source: str, name: str) -> Iterator[str]:
    """Modules that import `name` from module `source`."""
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == source and name in {alias.name for alias in node.names}:
                yield module
