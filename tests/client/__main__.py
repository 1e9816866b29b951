"""`python -m tests.client equality --n 500 [--seed 1]`: the long forms of the client's tests. Prints ONE JSON line; exits 0 when it ran."""

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from core import process
from core.migrate import migrate
from core.settings import settings as lacasa_settings
from tests import conftest
from tests.client.equality import CASES, EVERYTHING, Script, Stage, scripts
from tests.stack import Stack, running_stack


@asynccontextmanager
async def stack_in(folder: Path) -> AsyncIterator[Stack]:
    """Servers, schema and processes of a run outside of pytest."""
    async with conftest.servers_for(folder) as urls:
        conftest.point_at(urls, folder / "data")
        await migrate(urls.database)
        await process.connect("tests", lacasa_settings())
        try:
            async with running_stack() as stack:
                yield stack
        finally:
            await process.disconnect()


async def equality(folder: Path, n: int, chosen: int) -> dict[str, Any]:
    """Plays `n` random scripts. Hypothesis drives them from a thread of its own, and shrinks what fails."""
    async with stack_in(folder) as stack:
        stage, loop, started = await Stage.open(stack.url), asyncio.get_running_loop(), time.monotonic()
        played = 0

        @seed(chosen)
        @settings(
            max_examples=n,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate, Phase.shrink],
        )
        @given(script=scripts(), ai_enabled=st.booleans())
        def check(script: Script, ai_enabled: bool) -> None:
            nonlocal played
            played += 1
            asyncio.run_coroutine_threadsafe(stage.play(script, ai_enabled=ai_enabled), loop).result()

        different = None
        try:
            await stage.play(EVERYTHING, ai_enabled=True)
            await asyncio.to_thread(check)
        except AssertionError as error:
            different = str(error) + "\n" + "\n".join(getattr(error, "__notes__", []))
        heard, _ = await stage.seen()
        await stage.close()
    return {
        "scripts": played,
        "actions": stage.played.total(),
        "refused": stage.refused,
        "events": heard.total(),
        "unheard": sorted(CASES.keys() - heard.keys()),
        "different": different,
        "seed": chosen,
        "seconds": round(time.monotonic() - started, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.client", description=__doc__)
    parser.add_argument("name", choices=["equality"])
    parser.add_argument("--n", type=int, default=500, help="random scripts that are played")
    parser.add_argument("--seed", type=int, default=None, help="repeats the same choices")
    options = parser.parse_args()
    chosen = secrets.randbelow(2**31) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(prefix="lacasa-client-") as folder:
        report = asyncio.run(equality(Path(folder), options.n, chosen))
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
