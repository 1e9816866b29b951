"""`python -m tests.evals demo|fit`: measure the AI agent. Ends with one JSON object on one line, which is the last."""

import asyncio
import os
import sys

os.environ["LANGSMITH_TRACING"] = "false"


def main() -> int:
    match sys.argv[1:]:
        case ["fit"]:
            from tests.evals.fit import run as fit

            asyncio.run(fit())
        case ["demo", *names]:
            from tests.evals.demo import run as demo

            asyncio.run(demo(names))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
