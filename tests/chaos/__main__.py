"""`python -m tests.chaos <name>`: breaks real processes, networks and disks while clients write, and counts what that did.

Prints ONE JSON line and exits 0 when it ran; the verdict is the reader's. `finished` false: the deadline came first, and
the figures are of what was done until then. The scenarios are the files of tests/chaos/scenarios.
"""

import argparse
import asyncio
import json
import logging
import pkgutil
import secrets
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import uvloop

from core.process import pass_over_the_loaded
from tests.chaos import scenarios

GRACE_S = 900.0
"""What starting, checking and clearing up may take besides, before even that is given up."""


def names() -> list[str]:
    return sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(scenarios.__path__))


def scenario(name: str) -> ModuleType:
    """`run(folder, given)` gives the figures; `N`, `CLIENTS`, `SECONDS` and `DEADLINE_S` are its defaults, `BROKEN` what its checker must see."""
    return import_module(f"tests.chaos.scenarios.{name.replace('-', '_')}")


def _given(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("name", choices=names())
    known, _ = parser.parse_known_args(arguments)
    chosen = scenario(known.name)
    parser.description = chosen.__doc__
    parser.add_argument("--n", type=int, default=getattr(chosen, "N", None), help="how many messages, jobs or clients")
    parser.add_argument("--clients", type=int, default=getattr(chosen, "CLIENTS", None))
    parser.add_argument("--seconds", type=float, default=getattr(chosen, "SECONDS", None), help="how long the fault lasts")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31), help="repeats the same faults")
    parser.add_argument("--deadline", type=float, default=chosen.DEADLINE_S, help="seconds after which it reports what it has")
    parser.add_argument("--keep", type=Path, default=None, help="a new folder for logs and data, kept afterwards")
    parser.add_argument(
        "--broken", choices=sorted(chosen.BROKEN), default=None, help="broken on purpose, to see that the checker sees it"
    )
    return parser.parse_args(arguments)


async def _run(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    pass_over_the_loaded()  # or the watcher's own pauses would count as the server's
    try:
        return await asyncio.wait_for(scenario(given.name).run(folder, given), given.deadline + GRACE_S)
    except TimeoutError:
        return {"finished": False, "error": "not even checking and clearing up came to an end"}


def main(arguments: list[str] | None = None) -> int:
    logging.basicConfig(level=logging.WARNING)
    given = _given(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lacasa-chaos-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) if given.keep is None else given.keep
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir()
        figures = uvloop.run(_run(folder, given))
    whole = {
        "scenario": given.name,
        **figures,
        "seed": given.seed,
        "broken": given.broken,
        "took_s": round(time.monotonic() - began, 1),
    }
    print(json.dumps(whole))
    return 0


if __name__ == "__main__":
    sys.exit(main())
