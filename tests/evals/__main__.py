"""`python -m tests.evals demo | fit | triage | retrieval | answerable | calibration | escalation | leak [--dir FOLDER] | takeover [N] | gaps`

Measures the AI agent. The last line is one JSON object. Without `--dir` it is the set that each was made for: a folder below `LACASA_CORPORA`,
or of this package.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

os.environ["LANGSMITH_TRACING"] = "false"


CORPORA = Path(os.environ.get("LACASA_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
OWN = Path(__file__).parent


def _folder(options: list[str], usual: Path) -> Path:
    """What stands behind `--dir`, else the usual set."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals")
    parser.add_argument("--dir", type=Path, default=usual)
    chosen: Path = parser.parse_args(options).dir
    if not chosen.is_dir():
        raise SystemExit(f"there is no folder {chosen}")
    return chosen


def main() -> int:
    match sys.argv[1:]:
        case ["fit"]:
            from tests.evals.fit import run as fit

            asyncio.run(fit(CORPORA))
        case ["triage"]:
            from tests.evals.triage import run as intents

            asyncio.run(intents(OWN / "escalation"))
        case ["demo", *names]:
            from tests.evals.demo import run as demo

            asyncio.run(demo(names))
        case ["retrieval", *options]:
            from tests.evals.retrieval import run as retrieval

            asyncio.run(retrieval(_folder(options, CORPORA / "mtrag-un")))
        case ["answerable" | "calibration" as name, *options]:
            from tests.evals.calibrate import answerable, calibrated

            usual = CORPORA / "clinc-oos"
            measure = answerable if name == "answerable" else calibrated
            asyncio.run(measure(_folder(options, usual), usual))
        case ["escalation", *options]:
            from tests.evals.escalate import run as escalation

            asyncio.run(escalation(_folder(options, OWN / "escalation")))
        case ["leak", *options]:
            from tests.evals.leak import run as leak

            asyncio.run(leak(_folder(options, CORPORA / "tau2-banking")))
        case ["takeover", *rounds]:
            from tests.evals.takeover import run as takeover

            asyncio.run(takeover(int(rounds[0]) if rounds else 1000))
        case ["gaps"]:
            from tests.evals.gaps import run as gaps

            asyncio.run(gaps(CORPORA))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
