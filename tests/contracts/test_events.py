"""What holds for every event: its type, its place in a manifest, who records it, and that old ones stay readable."""

import ast
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from core.events.contract import Event, type_of
from core.extend import registry
from tests.contracts.golden import FOLDER, events, path_of
from tests.contracts.source import called, trees

RECORDERS = {"actions", "change", "accounts", "jobs"}
"""Names of modules (or of packages of verbs) that may record: those that change rows in the same transaction."""


def leaves(base: type[Event] = Event) -> Iterator[type[Event]]:
    for event in base.__subclasses__():
        if event.__module__.startswith("tests."):
            continue
        if event.__subclasses__():
            yield from leaves(event)
        else:
            yield event


def _may_record(module: str) -> bool:
    return not RECORDERS.isdisjoint(module.split(".")[1:])


def test_every_event_has_a_dotted_type_and_stands_in_one_manifest() -> None:
    registry.installed()
    listed = [event for module in registry.installed().values() for event in module.events]
    assert len(listed) == len(set(listed))
    assert {type_of(event) for event in leaves()} == {type_of(event) for event in listed}
    assert len({type_of(event) for event in listed}) == len(listed)


def test_every_event_is_recorded_by_something() -> None:
    built = {
        called(node)
        for module, tree in trees().items()
        if _may_record(module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    assert [event.__name__ for event in events().values() if event.__name__ not in built] == []


def test_events_are_recorded_only_where_rows_change() -> None:
    recording = {
        module
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module == "core.events.log" or (node.module == "core.events" and "log" in {name.name for name in node.names}))
    }
    assert [module for module in recording if not _may_record(module)] == []


def test_an_event_module_imports_no_behaviour() -> None:
    for module, tree in trees().items():
        if module.endswith(".events"):
            functions = [node for node in tree.body if isinstance(node, ast.AsyncFunctionDef)]
            assert functions == [], f"{module} is for facts"


@pytest.mark.parametrize("name", sorted(events()))
def test_what_an_older_release_recorded_can_be_read(name: str) -> None:
    assert path_of(name).exists(), "a new event: run `python -m tests.contracts.golden` and commit its file"
    golden = path_of(name).read_bytes()
    event = msgspec.json.decode(golden, type=events()[name])
    now = msgspec.json.decode(msgspec.json.encode(event))
    assert list(_lost(msgspec.json.decode(golden), now, name)) == [], "an event grows by optional fields only"


def _lost(before: Any, now: Any, path: str) -> Iterator[str]:
    """What a reader of the older form would miss."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key, value in before.items():
            if key not in now:
                yield f"{path}.{key}"
            else:
                yield from _lost(value, now[key], f"{path}.{key}")
    elif before != now:
        yield f"{path}: {before!r} is {now!r}"


def test_no_type_of_an_event_disappears_unseen() -> None:
    nouns = {name.partition(".")[0] for name in events()}
    files = {path.stem for path in FOLDER.glob("*.json") if path.stem.partition(".")[0] in nouns}
    assert files - set(events()) == set(), "an event was renamed or removed: remove its file, if that is meant"
