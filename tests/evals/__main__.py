"""`python -m tests.evals demo | fit | retrieval [--dir FOLDER] | takeover [N]`: measure the AI agent. The last line is one JSON object."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

os.environ["LANGSMITH_TRACING"] = "false"


CORPORA = Path(os.environ.get("LACASA_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))


def _folder(options: list[str], name: str) -> Path:
    """What stands behind `--dir`, else the set of this name."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals")
    parser.add_argument("--dir", type=Path, default=CORPORA / name)
    chosen: Path = parser.parse_args(options).dir
    if not chosen.is_dir():
        raise SystemExit(f"there is no folder {chosen}")
    return chosen


def main() -> int:
    match sys.argv[1:]:
        case ["fit"]:
            from tests.evals.fit import run as fit

            asyncio.run(fit())
        case ["demo", *names]:
            from tests.evals.demo import run as demo

            asyncio.run(demo(names))
        case ["retrieval", *options]:
            from tests.evals.retrieval import run as retrieval

            asyncio.run(retrieval(_folder(options, "mtrag-un")))
        case ["takeover", *rounds]:
            from tests.evals.takeover import run as takeover

            asyncio.run(takeover(int(rounds[0]) if rounds else 1000))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
