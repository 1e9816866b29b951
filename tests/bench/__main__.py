"""`python -m tests.bench <name>`: measures, prints ONE JSON line, exits 0 when it ran. Read ratios and medians, not single figures.

A bench is a file here with `async def run(options: Options) -> dict`; its name is the file's, with dashes. `QUICK = True`: `all` runs it.
"""

import argparse
import asyncio
import importlib
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.bench.measure import Machine, Options, allow_many_files


def names() -> list[str]:
    """Of all benches, by looking into the files, so that what one needs is loaded only when it runs."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [file.stem.replace("_", "-") for file in files if "\nasync def run(options: Options)" in file.read_text()]


def load(name: str) -> ModuleType:
    return importlib.import_module(f"tests.bench.{name.replace('-', '_')}")


async def measured(name: str, options: Options) -> dict[str, Any]:
    """The figures of one bench, and how busy the machine was."""
    allow_many_files()
    machine = Machine()
    figures: dict[str, Any] = await load(name).run(options)
    return figures | {"machine": machine.report()}


async def _all(options: Options) -> dict[str, Any]:
    return {name: await measured(name, options) for name in names() if getattr(load(name), "QUICK", False)}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("name", choices=["all", *names()])
    parser.add_argument("--n", type=int, help="how many: messages, connections, rows; each bench says of what")
    parser.add_argument("--seconds", type=float, help="length of a measured window")
    parser.add_argument("--rounds", type=int, default=5, help="alternated rounds (5)")
    given = parser.parse_args()
    options = Options(n=given.n, seconds=given.seconds, rounds=given.rounds)
    with redirect_stdout(sys.stderr):  # whatever else is printed on the way
        figures = asyncio.run(_all(options) if given.name == "all" else measured(given.name, options))
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
