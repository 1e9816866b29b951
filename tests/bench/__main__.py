"""`python -m tests.bench <name>`: measures, prints ONE JSON line, exits 0 when it ran. Read ratios and medians, not single figures."""

import argparse
import asyncio
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from core.embedded.servers import embedded_servers
from tests.bench import message_to_screen
from tests.stack import Stack, running_stack

BENCHES: dict[str, Callable[[Stack, int], Awaitable[dict[str, Any]]]] = {"message-to-screen": message_to_screen.run}


async def _run(names: list[str], n: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="lacasa-bench-") as folder:
        async with embedded_servers(Path(folder) / "data") as urls:
            environment = {name: value for name, value in os.environ.items() if not name.startswith("LACASA_")} | {
                "LACASA_DATABASE_URL": urls.database,
                "LACASA_NATS_URL": urls.nats,
                "LACASA_SECRET": secrets.token_urlsafe(32),
                "LACASA_DATA": f"{folder}/files",
            }

            async def prepare(stack: Stack) -> None:
                await stack.command("migrate")
                await stack.command("seed")

            async with running_stack(environment=environment, before=prepare) as stack:
                return {name: await BENCHES[name](stack, n) for name in names}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", choices=["all", *BENCHES])
    parser.add_argument("--n", type=int, default=300, help="how many times each thing is done")
    options = parser.parse_args()
    figures = asyncio.run(_run(list(BENCHES) if options.name == "all" else [options.name], options.n))
    print(json.dumps(figures if options.name == "all" else figures[options.name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
