"""The floor under what is handed over: what a change may not break unnoticed. `python -m tests.evals escalation` measures."""

import pytest

from agent.embedding.models import model
from tests.evals.__main__ import OWN
from tests.evals.escalate import judge, read, summary

pytestmark = pytest.mark.usefixtures("connected")
SAMPLE = 5
"""Of the cases that were learned from every fifth is judged here; the command judges all."""


async def test_what_people_must_decide_is_handed_over_and_little_else() -> None:
    assert await model() is not None
    cases = read(OWN / "escalation")
    learned = [case for case in cases if case.half == "development"][::SAMPLE]
    held_out = [case for case in cases if case.half == "held_out"]
    figures = summary(await judge([*learned, *held_out]))
    halves = figures["halves"]
    assert halves["development"]["cases"] >= 180
    assert halves["development"]["recall"] >= 0.965
    assert halves["development"]["precision"] >= 0.965
    assert halves["held_out"]["cases"] == 160
    assert halves["held_out"]["recall"] >= 0.92
    assert halves["held_out"]["precision"] >= 0.96
    assert (halves["held_out"]["pairs"], halves["held_out"]["pairs_right"]) == (24, 24)
    assert min(figures["answers"].values()) >= 0.9
