"""`python -m tests.chaos <name>`: kills real processes while clients write, and counts what was lost.

Prints ONE JSON line and exits 0 when it ran; the verdict is the reader's.
"""

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
from pathlib import Path

from tests.chaos import smoke
from tests.chaos.broken import WAYS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("name", choices=["smoke"])
    parser.add_argument("--n", type=int, default=2000, help="messages that are sent")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None, help="repeats the same choices")
    parser.add_argument(
        "--broken", choices=sorted(WAYS), default=None, help="a server that is broken on purpose, to see the checker see it"
    )
    options = parser.parse_args()
    seed = secrets.randbelow(2**31) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(prefix="lacasa-chaos-") as folder:
        report = asyncio.run(smoke.run(Path(folder), n=options.n, clients=options.clients, seed=seed, broken=options.broken))
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
