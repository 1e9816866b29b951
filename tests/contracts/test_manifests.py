"""Modules plug in by one page each, and nothing else: every one loads alone with what it requires, and with all others."""

import ast
import subprocess
import sys

import pytest

from core.app import create_app
from core.errors import Misconfigured
from core.extend import registry
from core.extend.module import Module
from tests.contracts.source import trees

NAMES = sorted(registry.installed())
HEAVY = ("langgraph", "langchain", "langchain_core", "weaviate")


def _with_needs(name: str) -> set[str]:
    return {name, "core"}.union(*(_with_needs(needed) for needed in registry.installed()[name].requires))


def _checked(modules: list[Module]) -> None:
    """What the assembler and the processes take from manifests, fits together."""
    jobs = [job.name for module in modules for job in module.jobs]
    handlers = [handler.name for module in modules for handler in module.subscribers]
    events = {event for module in modules for event in module.events}
    assert len(set(jobs)) == len(jobs)
    assert len(set(handlers)) == len(handlers)
    assert {schedule.job for module in modules for schedule in module.schedules} <= set(jobs)
    assert {handler.event for module in modules for handler in module.subscribers} <= events
    assert create_app(modules).routes
    paths = {route.path_format for route in create_app(modules).routes}
    assert {panel.path for module in modules for panel in module.panels} <= paths


@pytest.mark.parametrize("name", NAMES)
def test_a_module_loads_with_nothing_but_what_it_requires(name: str) -> None:
    found = {known: module for known, module in registry.installed().items() if known in _with_needs(name)}
    _checked(registry.choose(found, sorted(found)))


def test_all_modules_load_together() -> None:
    _checked(registry.choose(registry.installed(), None))


def test_a_module_without_what_it_requires_is_refused() -> None:
    found = {"core": registry.installed()["core"], "leaf": Module(name="leaf", requires=["trunk"])}
    with pytest.raises(Misconfigured):
        registry.choose(found, None)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "core"])
def test_importing_a_manifest_imports_no_other_module(name: str) -> None:
    owner = registry.installed()[name]
    package = next(point.value for point in registry.entry_points(group="lacasa.modules") if point.name == name).partition(":")[0]
    allowed = {"core", package.rpartition(".")[0]} | set(owner.requires)
    code = f"""
import sys, {package}
loaded = {{'.'.join(name.split('.')[:2]) if name.startswith('modules.') else name.split('.')[0] for name in sys.modules}}
print(*sorted(loaded & {{'agent', 'realtime', *(n for n in loaded if n.startswith('modules.'))}}))
"""
    loaded = set(_python(code).split())
    assert {part for part in loaded if part not in allowed and part.removeprefix("modules.") not in allowed} == set()


def test_a_module_that_reads_anothers_events_says_so_in_its_manifest() -> None:
    for module, tree in trees().items():
        owner = module.split(".")[1] if module.startswith("modules.") else module.split(".")[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("modules."):
                other = (node.module or "").split(".")[1]
                if other != owner:
                    listed = {*registry.installed()[owner].requires, *registry.installed()[owner].listens}
                    assert other in listed, f"{module} imports {node.module}"


def test_assembling_the_application_loads_no_heavy_library() -> None:
    code = f"import sys, core.app; core.app.create_app(); print(*(set({HEAVY!r}) & set(sys.modules)))"
    assert _python(code).split() == []


def test_importing_the_command_stays_cheap() -> None:
    code = "import sys, core.cli; print(*({'litestar', 'piccolo', 'asyncpg', 'taskiq', 'nats'} & set(sys.modules)))"
    assert _python(code).split() == []


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60).stdout
