"""Several tabs, real cuts and real restarts: every message is on the server once, in order, and every tab shows it."""

import random
from collections.abc import AsyncIterator

import pytest

from tests.chaos.proxy import Proxy
from tests.client.tabs import Visit, check, play
from tests.factories import an_inbox, an_organization
from tests.stack import Stack


@pytest.fixture
async def visit(stack: Stack) -> AsyncIterator[Visit]:
    inbox = await an_inbox(await an_organization(), allowed_origins=["*"])
    async with Proxy([("127.0.0.1", stack.port)]) as proxy:
        visit = Visit(stack, proxy, inbox.widget_key, inbox.id, random.Random(7))
        yield visit
        await visit.browser.close()


async def test_what_one_tab_writes_is_sent_once_and_shown_in_all(visit: Visit) -> None:
    await visit.begin(tabs=3)
    for _ in range(20):
        await visit.write()
    await check(visit)
    sent = await visit.sent()
    assert (len(sent), set(sent.values())) == (20, {1})


async def test_another_tab_takes_over_what_a_crashed_tab_had_not_sent(visit: Visit) -> None:
    await visit.begin(tabs=2)
    await visit.write("new-1")
    await visit.delivered()
    visit.proxy.hold()
    for _ in range(5):
        await visit.write("new-1")
    await visit.tabs.pop(0).crash()
    visit.proxy.cut()
    visit.proxy.heal()
    await check(visit)


async def test_whatever_is_cut_crashed_or_restarted_each_message_arrives_once_and_in_order(visit: Visit) -> None:
    await play(visit, steps=25)


async def test_a_tab_that_opens_while_there_is_no_way_through_comes_live_by_itself(visit: Visit) -> None:
    await visit.begin(tabs=1)
    await visit.write("new-1")
    await visit.delivered()
    visit.proxy.refuse()
    tab = await visit.open()
    assert (await tab.do("state"))["link"] != "live"
    await visit.proxy.start()
    await check(visit)
