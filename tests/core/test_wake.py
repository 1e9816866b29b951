"""Ringing for the relay: at once, but not for each of many that come together; and whatever is committed, a ring follows it."""

import asyncio
import secrets
from collections.abc import Callable

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from core.embedded.servers import Urls
from core.events import wake


@pytest.fixture
async def rings(connected: Urls, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When it rang. Under a name of its own: other processes of the tests ring too, and a ring may still be due of what was done before."""
    await asyncio.sleep(10 * wake.RING_S)
    monkeypatch.setattr(wake, "RELAY", f"relay.{secrets.token_hex(4)}")
    heard: list[float] = []
    loop = asyncio.get_running_loop()

    async def hear(_message: Msg) -> None:
        heard.append(loop.time())

    await wake.subscribe(wake.RELAY, hear)
    return heard


async def until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it was never rung")


async def test_a_ring_after_silence_is_heard_at_once_and_alone(rings: list[float]) -> None:
    for number in range(1, 4):
        await asyncio.sleep(10 * wake.RING_S)
        await wake.relay()
        assert wake._late_ring is None
        await until(lambda wanted=number: len(rings) >= wanted)
    await asyncio.sleep(10 * wake.RING_S)
    assert len(rings) == 3


async def test_many_are_rung_for_together_and_the_last_of_them_too(rings: list[float]) -> None:
    loop = asyncio.get_running_loop()
    asked: list[float] = []
    while not asked or asked[-1] < asked[0] + 0.2:
        asked.append(loop.time())
        await wake.relay()
        await asyncio.sleep(0)
    await until(lambda: bool(rings) and rings[-1] >= asked[-1])  # what was committed last is told of
    assert len(rings) <= (asked[-1] - asked[0]) / wake.RING_S + 3
    assert len(asked) > 2 * len(rings)


async def test_whoever_leaves_rings_for_what_he_did(rings: list[float], connected: Urls) -> None:
    outside = Client()
    await outside.connect(connected.nats)
    heard: asyncio.Queue[Msg] = asyncio.Queue()
    await outside.subscribe(f"*.{wake.RELAY}", cb=heard.put)
    await outside.flush()
    await wake.relay()
    await wake.relay()
    await wake.disconnect()
    try:
        for _ in range(2):
            await asyncio.wait_for(heard.get(), 5)
    finally:
        await outside.close()
        await wake.connect(connected.nats, name="tests")
