"""Whatever happens between client and server, the client ends in the state that it would fetch."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.client.browser import Browser, Tab
from tests.client.equality import Stage
from tests.client.schedules import FIRST, Ops, Recording, play, record, schedules


@pytest.fixture(scope="module")
async def recording(stage: Stage) -> Recording:
    return await record(stage)


@pytest.fixture(scope="module")
async def players(recording: Recording) -> AsyncIterator[dict[str, Tab]]:
    """Clients that talk to the recording."""
    browser = Browser("http://model.invalid", model=True)
    tabs = {program: await browser.open(program) for program in ("inbox", "widget")}
    for program, tab in tabs.items():
        await tab.do("record", steps=recording.steps[program])
    yield tabs
    await browser.close()


@pytest.mark.parametrize("program", ["inbox", "widget"])
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(ops=schedules(), seed=st.integers(0, 2**31 - 2))
async def test_any_schedule_ends_in_what_would_be_fetched(
    players: dict[str, Tab], recording: Recording, program: str, ops: Ops, seed: int
) -> None:
    assert await play(players[program], recording, program, ops, seed) == []


@pytest.mark.parametrize("steps", [1, 2, 3])
async def test_counts_are_right_in_the_end_though_events_come_long_after_them(
    players: dict[str, Tab], recording: Recording, steps: int
) -> None:
    """The counts hold what the events tell of: reckoned once more, they would stay wrong."""
    late: Ops = [("happen", 0)] * steps + [("look", FIRST.index(("counts", None))), ("wait", 2)]
    for seed in range(0, 1000, 25):
        assert await play(players["inbox"], recording, "inbox", late, seed) == []
