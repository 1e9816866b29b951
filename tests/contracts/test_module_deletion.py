"""A module can be deleted: its folders, its migrations, its tests, its pages and its entry point; after `make types` all else goes on.

Each is deleted alone, and all together; only then the tests, the contracts and the browser programs are looked at, which takes longer.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from widget.build import node

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "modules", "agent", "realtime", "widget", "migrations", "tests")
KEPT = {".py", ".sql", ".json", ".jsonl", ".html", ".md", ".txt", ".ts", ".tsx", ".css"}
SKIPPED = {"node_modules", "dist", "__pycache__", "test-results", "screenshots"}
PAGES = {"analytics": ("dashboard",), "workflows": ("workflows",)}
"""The page folders in `widget/inbox/src/pages` that a module's README says are its own."""
OPTIONAL = sorted(path.parent.name for path in (ROOT / "modules").glob("*/manifest.py"))
DELETED = [OPTIONAL, *([name] for name in OPTIONAL)]

CHECK = """
import sys
from importlib import import_module
from pathlib import Path

from core.app import create_app
from core.extend import registry

for package in ("core", "modules", "agent", "realtime", "migrations"):
    for path in sorted(Path(package).rglob("*.py")):
        if path.stem.isidentifier() and path.stem != "__main__":
            import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
app = create_app()
assert Path(sys.modules["core"].__file__).parent == Path("core").resolve(), "not the copy"
print(*sorted(registry.installed()))
print(*sorted(handler.name for handler in registry.handlers().values()))
print(*sorted(route.path for route in app.routes))
"""


def copied(folder: Path, without: Sequence[str]) -> None:
    """The tree as it is after these modules were deleted, with the entry points that an installation of it would have."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=_left_out)
    for name in without:
        for gone in (f"modules/{name}", f"migrations/{name}", f"tests/{name}"):
            shutil.rmtree(folder / gone, ignore_errors=True)
        for page in PAGES.get(name, ()):
            shutil.rmtree(folder / "widget/inbox/src/pages" / page)
    points = [f'"modules.{name}.manifest:' for name in without]
    lines = (ROOT / "pyproject.toml").read_text().splitlines(keepends=True)
    (folder / "pyproject.toml").write_text("".join(line for line in lines if not any(point in line for point in points)))
    if (ROOT / ".importlinter").exists():
        shutil.copy(ROOT / ".importlinter", folder)
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    installed = folder / f"lacasa-{project['version']}.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(f"Metadata-Version: 2.1\nName: lacasa\nVersion: {project['version']}\n")
    points = "".join(f"{name} = {value}\n" for name, value in project["entry-points"]["lacasa.modules"].items())
    (installed / "entry_points.txt").write_text(f"[lacasa.modules]\n{points}")


def _left_out(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in SKIPPED or (Path(folder, name).is_file() and Path(name).suffix not in KEPT)]


def run(folder: Path, command: Sequence[str]) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LACASA_")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def _has_contracts() -> bool:
    return (ROOT / ".importlinter").exists() or "importlinter" in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]


@pytest.mark.parametrize("names", DELETED, ids=" ".join)
def test_everything_else_goes_on_without_modules(tmp_path: Path, names: list[str]) -> None:
    folder = tmp_path / "lacasa"
    copied(folder, names)
    installed, handlers, paths = run(folder, [sys.executable, "-c", CHECK]).splitlines()
    assert set(names).isdisjoint(installed.split())
    assert {"core", "agent", "realtime"} <= set(installed.split())
    for name in names:
        assert name not in handlers
        assert f"/api/{name}" not in paths
    assert "/api/conversations" in paths


def test_tests_contracts_and_browser_programs_go_on_without_any_module(tmp_path: Path) -> None:
    folder = tmp_path / "lacasa"
    copied(folder, OPTIONAL)
    run(folder, [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests"])
    if _has_contracts():
        run(folder, [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"])
    (folder / "widget/node_modules").symlink_to(ROOT / "widget/node_modules")
    run(folder, [sys.executable, "-m", "widget.types"])
    wire = (folder / "widget/shared/wire.ts").read_text()
    assert [name for name in OPTIONAL if f"/api/{name}/" in wire] == []
    tsc = folder / "widget/node_modules/typescript-7/bin/tsc"
    run(folder / "widget", [str(node()), str(tsc), "-p", "tsconfig.json"])
