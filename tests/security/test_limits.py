"""A visitor needs no account: what one may do, and what a network address may do, is bounded."""

import asyncio
import os
from itertools import pairwise

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.auth import limits
from core.auth.limits import BURST_S, KEPT_MAX, Buckets
from core.embedded.servers import Urls
from core.errors import TooManyRequests
from tests.factories import client_id
from tests.security.world import World, a_world
from tests.stack import running_stack

PER_MIN = 60


def _refused(buckets: Buckets, now: float) -> TooManyRequests | None:
    try:
        buckets.take("somebody", now)
    except TooManyRequests as refused:
        return refused
    return None


@given(per_min=st.integers(1, 600), pauses=st.lists(st.floats(0, 40), min_size=1, max_size=200))
def test_no_stretch_of_time_sees_more_than_what_came_in_and_one_burst(per_min: int, pauses: list[float]) -> None:
    buckets, now, taken = Buckets(per_min), 0.0, []
    for pause in pauses:
        now += pause
        refused = _refused(buckets, now)
        if refused is None:
            taken.append(now)
        else:
            assert 1 <= refused.extra["retry_after_s"] <= 60 / per_min + 1
    most = max(1.0, per_min / 60 * BURST_S)
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= most + (taken[last] - start) * per_min / 60 + 1e-6
    assert taken[0] == pauses[0], "the first is never refused"
    assert all(earlier <= later for earlier, later in pairwise(taken))


def test_what_is_remembered_is_bounded_and_the_newest_stay() -> None:
    buckets = Buckets(1)
    for number in range(KEPT_MAX + 10):
        buckets.take(f"address {number}", 0.0)
    assert len(buckets._kept) == KEPT_MAX
    with pytest.raises(TooManyRequests):
        buckets.take(f"address {KEPT_MAX + 9}", 0.0)


@pytest.fixture(scope="module")
async def shop(schema: Urls, connected: Urls) -> World:
    assert schema is connected
    return await a_world()


async def test_a_visitor_who_writes_too_fast_is_told_when_to_come_back(shop: World) -> None:
    environment = {**os.environ, "LACASA_VISITOR_WRITES_PER_MIN": str(PER_MIN)}
    async with running_stack(["web"], environment) as stack, httpx.AsyncClient(base_url=stack.url, timeout=30) as http:
        widget = f"/api/widget/{shop.names['key']}"

        async def somebody() -> dict[str, str]:
            return {"Authorization": f"Bearer {(await http.post(f'{widget}/session', json={})).json()['token']}"}

        async def write(headers: dict[str, str]) -> httpx.Response:
            return await http.post(f"{widget}/messages", headers=headers, json={"client_id": client_id(), "content": "Hello?"})

        fast, other = await somebody(), await somebody()
        answers = await asyncio.gather(*(write(fast) for _ in range(2 * PER_MIN)))
        refused = [answer for answer in answers if answer.status_code != 201]
        assert refused
        assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(429, "too_many_requests")}
        assert len(answers) - len(refused) >= PER_MIN // 60 * BURST_S
        assert (await write(other)).status_code == 201, "others are not held up"
        await asyncio.sleep(int(refused[-1].headers["Retry-After"]))
        assert (await write(fast)).status_code == 201


def test_new_tokens_do_not_help_behind_one_address() -> None:
    counted = limits.VisitorLimits(PER_MIN)
    most = int(PER_MIN * limits.ADDRESS_WRITES * BURST_S / 60)
    for number in range(most):
        counted.write(f"nonce {number}", "192.0.2.1")
    with pytest.raises(TooManyRequests):
        counted.write("one more", "192.0.2.1")
    counted.write("another", "192.0.2.2")
