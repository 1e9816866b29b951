"""A part of the hostile frames, over both ways to a socket; all of them: `python -m tests.security.conformance`."""

from pathlib import Path

import pytest

from tests.factories import an_organization
from tests.security import cases, rawsocket
from tests.security.cases import ALIVE, Case
from tests.security.conformance import all_cases, attack, frame_of, play
from tests.security.rawsocket import PING, TEXT, frame
from tests.stack import Stack


async def test_hostile_frames_end_as_they_should_and_leave_no_trace(stack: Stack, corpora: Path) -> None:
    found = await attack(stack, all_cases(corpora, quick=True, seed=2)[::2])
    assert (found["failed"], found["tracebacks"]) == (0, 0), found
    assert found["cases"] > 200


@pytest.mark.parametrize(
    "wrong",
    [
        Case("a good frame taken for a bad one", frame(TEXT, cases.OURS), frozenset({1002}), answers=1),
        Case("a bad one taken for a good one", frame(3), frozenset({ALIVE})),
        Case("the wrong code", frame(TEXT, b"[]"), frozenset({1002})),
        Case("a pong that is missing", frame(TEXT, cases.OURS), frozenset({ALIVE}), answers=1, pongs=(b"x",)),
        Case("a pong too many", frame(PING, b"x"), frozenset({ALIVE})),
    ],
    ids=lambda case: case.name,
)
async def test_the_checks_see_what_they_must(stack: Stack, wrong: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rawsocket, "WAIT_S", 2.0)  # what never comes is not waited for
    authenticate = frame_of(await an_organization())
    assert [outcome.is_right for outcome in await play(stack.port, authenticate, [wrong])] == [False]
