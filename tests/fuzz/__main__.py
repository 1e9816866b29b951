"""Any bytes at all for the parsers of mail: `python -m tests.fuzz NAME [--seconds N] [--dir FOLDER]` prints one line of JSON.

Once before: `python -m tests.fuzz.install`. An exception, a broken promise, 5 s for one input or 2 GB of memory end the run; the
input is then kept in `found/`. Keys: `runs`, `seconds`, `crashes` (files).
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz import HERE, PACKAGES
from tests.fuzz import seeds as made
from tests.fuzz.parsers import PARSERS

FOUND = HERE / "found"
SEED_MAX = 64 * 1024
LONGEST = 16 * 1024
RUNS = re.compile(r"^#(\d+)\b", re.MULTILINE)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("name", choices=[*PARSERS])
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--dir", type=Path, help="a folder whose files it begins with, besides our own")
    given = options.parse_args()
    if not (PACKAGES / "atheris").is_dir():
        sys.exit("the fuzzer is not installed: python -m tests.fuzz.install")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(fuzzed(Path(folder), given.name, given.seconds, given.dir)))


def fuzzed(folder: Path, name: str, seconds: int, more: Path | None) -> dict[str, object]:
    files = (
        [path.read_bytes() for path in sorted(more.rglob("*")) if path.is_file() and path.stat().st_size <= SEED_MAX]
        if more
        else []
    )
    begins = [*made.of(name), *files]
    (folder / "seeds").mkdir()
    for place, content in enumerate(begins):
        (folder / "seeds" / str(place)).write_bytes(content)
    (folder / "words").write_text(made.dictionary())
    FOUND.mkdir(exist_ok=True)
    known = {*FOUND.iterdir()}
    settings = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        "-timeout=5",
        "-rss_limit_mb=2048",
        f"-dict={folder / 'words'}",
    ]
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.target",
        name,
        *settings,
        f"-artifact_prefix={FOUND}/{name}-",
        str(folder / "seeds"),
    ]
    started = time.monotonic()
    ended = subprocess.run(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, errors="replace", check=False)
    crashes = sorted(path.name for path in {*FOUND.iterdir()} - known)
    if ended.returncode:
        print(ended.stderr[-6000:], file=sys.stderr)
    runs = max((int(found) for found in RUNS.findall(ended.stderr)), default=0)
    return {
        "name": name,
        "runs": runs,
        "seconds": round(time.monotonic() - started, 1),
        "seeds": len(begins),
        "crashes": crashes,
        "exit": ended.returncode,
    }


if __name__ == "__main__":
    main()
