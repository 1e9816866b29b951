"""Whatever a module's tool does wrong, a customer hears of a person, and nothing is done twice or in vain."""

import asyncio
import dataclasses
from typing import Any, cast

import pytest

from agent.tools import actions, queries, using
from core.errors import TooManyRequests, Unavailable
from core.extend import registry
from core.extend.panels import Fact
from core.extend.tools import Scope, Told
from core.jobs import ledger
from tests.agent.scenes import a_shop, handoff_reason, receipts, work
from tests.agent.shop_tools import Shop
from tests.agent.test_tools import WHERE, asked, carry_out, proposed, turn_of

pytestmark = pytest.mark.usefixtures("connected")


@pytest.mark.parametrize("what", [None, 7, Told("\ud800 \x00 done"), Told(None), Told("x" * 10_000, [Fact("Amount", 49)])])
async def test_whatever_a_tool_says_of_what_it_did_it_was_done_once(shop: Shop, monkeypatch: pytest.MonkeyPatch, what: Any) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)

    async def run(scope: Scope, _: Any) -> Any:
        shop.sent.append(scope.key)
        return what

    tools = registry.agent_tools()
    changed = {"shop.resend": dataclasses.replace(tools["shop.resend"], run=run)}
    monkeypatch.setattr(registry, "agent_tools", lambda: tools | changed)
    done = await carry_out(scene, call)
    assert done.status == ("failed" if what is None else "done")
    assert len(shop.sent) == 1


@pytest.mark.parametrize("error", [Unavailable("away"), TooManyRequests("slowly", retry_after_s=1)])
async def test_what_passes_is_tried_again(shop: Shop, error: Exception) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    shop.trouble = error
    with pytest.raises(type(error)):
        await carry_out(scene, call)
    assert (await queries.get(scene.admin, call.id)).status == "approved"


@pytest.mark.parametrize("error", [IndexError(), SystemExit(3), asyncio.CancelledError(), RecursionError(), Unavailable("away")])
async def test_whatever_a_tool_raises_somebody_hears_the_customer(shop: Shop, error: BaseException) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, WHERE)
    shop.trouble = error
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "agent_error"


@pytest.mark.parametrize("rubbish", [7, Told(None), Told("  ")])
async def test_rubbish_is_no_answer_to_a_customer(shop: Shop, monkeypatch: pytest.MonkeyPatch, rubbish: Any) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, WHERE)

    async def run(_: Scope, __: Any) -> Any:
        return rubbish

    tools = {"shop.find_order": dataclasses.replace(registry.agent_tools()["shop.find_order"], run=run)}
    monkeypatch.setattr(registry, "agent_tools", lambda: tools)
    assert await work(scene, sent) == "handed_off"
    assert (await receipts(scene, sent))[0].trouble == "Find order told nothing that can be read"


async def test_a_tool_that_cannot_read_a_message_is_passed_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, "How much is shipping to Norway?")

    def broken(_: str) -> None:
        raise IndexError

    tools = {name: dataclasses.replace(tool, recognize=broken) for name, tool in registry.agent_tools().items()}
    monkeypatch.setattr(registry, "agent_tools", lambda: tools)
    assert await work(scene, sent) == "answered"


async def test_a_tool_cannot_end_the_job_that_asks_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, WHERE)
    seen: list[object] = []

    async def run(_: Scope, __: Any) -> Told:
        seen.append(ledger.running.get())
        return Told("It is on its way.")

    tools = {"shop.find_order": dataclasses.replace(registry.agent_tools()["shop.find_order"], run=run)}
    monkeypatch.setattr(registry, "agent_tools", lambda: tools)
    token = ledger.running.set(cast(Any, "a job"))
    try:
        await using.look_up(scene.machine, await turn_of(scene, sent))
    finally:
        ledger.running.reset(token)
    assert seen == [None]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"title": "two\nlines"}, {"title": "x" * 201}, {"timeout_s": 3600.0}, {"roles": frozenset()},
        {"changes": True}, {"changes": False, "preview": Shop().would_send},
    ],
)  # fmt: skip
def test_a_tool_that_cannot_be_is_refused_where_it_is_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="tool"):
        dataclasses.replace(Shop().tools["shop.find_order"], **wrong)
