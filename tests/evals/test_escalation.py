"""The floor under what is handed over: what a change may not break unnoticed. `python -m tests.evals escalation` measures."""

import msgspec
import pytest

from agent.embedding.models import model
from tests.evals.__main__ import OWN
from tests.evals.escalate import Case, judge, summary

pytestmark = pytest.mark.usefixtures("connected")


async def test_what_people_must_decide_is_handed_over_and_little_else() -> None:
    """All of it was learned from: how strangers' cases fare stands in the README, and is measured with cases nobody has seen."""
    assert await model() is not None
    lines = (OWN / "escalation" / "cases.jsonl").read_bytes().splitlines()
    figures = summary(await judge([msgspec.json.decode(line, type=Case) for line in lines]))
    assert figures["cases"] >= 900
    assert figures["recall"] >= 0.965
    assert figures["precision"] >= 0.98
    assert figures["pairs"] >= 150
    assert figures["pairs_right"] >= 142
    assert min(figures["answers"].values()) >= 0.97
