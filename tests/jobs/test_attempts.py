"""One timer for all attempts of a worker: each is ended at its own time, and told how it really ended."""

import asyncio
import time

import pytest

from core.jobs.attempts import Attempts


async def _sleep() -> None:
    await asyncio.sleep(60)


async def test_a_shorter_time_that_begins_later_ends_first() -> None:
    attempts, began = Attempts(), time.monotonic()
    ended: list[str] = []

    async def attempt(name: str, timeout_s: float) -> BaseException | None:
        error = await attempts.outcome(_sleep(), timeout_s)
        ended.append(name)
        return error

    errors = await asyncio.gather(attempt("long", 0.4), attempt("short", 0.1), attempt("middle", 0.2))
    assert ended == ["short", "middle", "long"]
    assert all(isinstance(error, TimeoutError) and error.__traceback__ is not None for error in errors)
    assert 0.4 <= time.monotonic() - began < 10


async def test_whoever_ends_in_time_or_by_himself_is_not_told_as_late() -> None:
    attempts = Attempts()

    async def fine() -> None:
        await asyncio.sleep(0)

    async def stubborn() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise ValueError("its own words") from None

    assert await attempts.outcome(fine(), 0.05) is None
    assert isinstance(await attempts.outcome(stubborn(), 0.05), ValueError)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_a_lost_lease_cancels_all_of_them_and_nothing_else() -> None:
    attempts = Attempts()
    running = [asyncio.create_task(attempts.outcome(_sleep(), 60)) for _ in range(3)]
    await asyncio.sleep(0)
    attempts.cancel_all()
    assert [type(error) for error in await asyncio.gather(*running)] == [asyncio.CancelledError] * 3
    with pytest.raises(TimeoutError):
        raise await attempts.outcome(_sleep(), 0.05) or AssertionError("it went on")
