"""`python -m tests.client equality | schedules | tabs --n 500 [--seed 1]`: the long forms of the client's tests.

Prints ONE JSON line and exits 0 when it ran; `different` (what a client held and what it would have fetched) is null when all is well.
"""

import argparse
import asyncio
import json
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from core import process
from core.migrate import migrate
from core.settings import settings as lacasa_settings
from tests import conftest
from tests.chaos.proxy import Proxy
from tests.client import equality, schedules, tabs
from tests.client.browser import Browser
from tests.client.equality import CASES, EVERYTHING, DifferentError, Stage
from tests.factories import an_inbox, an_organization
from tests.stack import Stack, running_stack

Report = dict[str, Any]


@asynccontextmanager
async def stack_in(folder: Path) -> AsyncIterator[Stack]:
    """Servers, schema and processes of a run outside of pytest."""
    async with conftest.servers_for(folder) as urls:
        conftest.point_at(conftest.surroundings(urls, folder / "data"))
        await migrate(urls.database)
        await process.connect("tests", lacasa_settings())
        try:
            async with running_stack() as stack:
                yield stack
        finally:
            await process.disconnect()


async def search(
    example: Callable[[Any], Awaitable[None]], strategy: st.SearchStrategy[Any], n: int, chosen: int
) -> tuple[int, str | None]:
    """Tries `n` examples; returns how many were tried, and the smallest failure. Hypothesis drives from a thread of its own."""
    loop, played = asyncio.get_running_loop(), 0

    @seed(chosen)
    @settings(
        max_examples=n, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate, Phase.shrink]
    )
    @given(strategy)
    def check(drawn: Any) -> None:
        nonlocal played
        played += 1
        asyncio.run_coroutine_threadsafe(example(drawn), loop).result()  # type: ignore[arg-type]

    try:
        await asyncio.to_thread(check)
    except AssertionError as error:
        return played, "\n".join([str(error), *getattr(error, "__notes__", [])])
    return played, None


async def play_equality(stack: Stack, n: int, chosen: int) -> Report:
    stage = await Stage.open(stack.url)
    played, different = 0, None
    try:
        await stage.play(EVERYTHING, ai_enabled=True, watched=True)
        drawn = st.tuples(equality.scripts(), st.booleans())
        played, different = await search(lambda each: stage.play(each[0], ai_enabled=each[1]), drawn, n, chosen)
    except DifferentError as error:
        different = str(error)
    heard, _ = await stage.seen()
    await stage.close()
    return {
        "scripts": played,
        "actions": stage.played.total(),
        "refused": stage.refused,
        "events": heard.total(),
        "unheard": sorted(CASES.keys() - heard.keys()),
        "different": different,
    }


async def play_schedules(stack: Stack, n: int, chosen: int) -> Report:
    stage, browser = await Stage.open(stack.url), Browser("http://model.invalid", model=True)
    recording = await schedules.record(stage)
    report: Report = {"events": sum(len(step["frames"]) for step in recording.steps["inbox"])}
    for program in ("inbox", "widget"):
        tab = await browser.open(program)
        await tab.do("record", steps=recording.steps[program])

        async def example(drawn: tuple[schedules.Ops, int], program: str = program, tab: Any = tab) -> None:
            found = await schedules.play(tab, recording, program, *drawn)
            if found:
                raise DifferentError(equality.told({program: found}))

        played, different = await search(example, st.tuples(schedules.schedules(), st.integers(0, 2**31 - 2)), n, chosen)
        report[program] = {"schedules": played, "different": different, "happened": await tab.do("calm")}
    await browser.close()
    await stage.close()
    return report


async def play_tabs(stack: Stack, n: int, chosen: int) -> Report:
    faults: Counter[str] = Counter()
    messages, different, number = 0, None, 0
    for number in range(n):
        inbox = await an_inbox(await an_organization(), allowed_origins=["*"])
        async with Proxy([("127.0.0.1", stack.port)]) as proxy:
            visit = tabs.Visit(stack, proxy, inbox.widget_key, inbox.id, random.Random(f"{chosen} {number}"))
            try:
                await tabs.play(visit, steps=30)
            except AssertionError as error:
                different = f"visit {number}: {error}"
            messages += sum(map(len, visit.written.values()))
            faults += visit.events
            await visit.browser.close()
        if different:
            break
    return {"visits": number + 1, "messages": messages, "faults": faults, "different": different}


PLAYS = {"equality": play_equality, "schedules": play_schedules, "tabs": play_tabs}


async def run(name: str, folder: Path, n: int, chosen: int) -> Report:
    async with stack_in(folder) as stack:
        started = time.monotonic()
        report = await PLAYS[name](stack, n, chosen)
    return report | {"seed": chosen, "seconds": round(time.monotonic() - started, 1)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.client", description=__doc__)
    parser.add_argument("name", choices=sorted(PLAYS))
    parser.add_argument("--n", type=int, default=500, help="scripts, schedules or visits that are played")
    parser.add_argument("--seed", type=int, default=None, help="repeats the same choices")
    options = parser.parse_args()
    chosen = secrets.randbelow(2**31) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(prefix="lacasa-client-") as folder, redirect_stdout(sys.stderr):
        report = asyncio.run(run(options.name, Path(folder), options.n, chosen))
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
