"""`make bench-peers`: installs what the benches compare with, beside these files and nowhere else. Runs again for nothing."""

import subprocess
import sys
from pathlib import Path

from tests.bench.peers import HERE, MODULES, PYTHON
from widget.build import node

LOCK = HERE / "requirements.lock"


def python_peers() -> None:
    uv = Path(sys.executable).with_name("uv")
    if not PYTHON.exists():
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, PYTHON.parents[1]], check=True)
    subprocess.run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, LOCK], check=True)


def node_peers() -> None:
    npm = node().parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if not (MODULES / ".package-lock.json").exists():
        subprocess.run([node(), npm, "ci", "--ignore-scripts", "--loglevel=error"], cwd=HERE, check=True)


if __name__ == "__main__":
    python_peers()
    node_peers()
