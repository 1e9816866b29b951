"""What people have done with orders: by role and limit, once whatever happens, and told where it was asked for."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from core.access import Actor
from core.database import pool
from core.errors import Conflict, Forbidden, Invalid
from core.messages import actions as messages
from core.messages.structs import StartInput
from modules.commerce import doing, jobs, queries
from modules.commerce.actions import acting, allowed, tokens
from modules.commerce.platforms import DOERS, READERS
from modules.commerce.platforms.asking import ShopError
from modules.commerce.structs import ActionInput, LimitsInput, OrderActionView
from tests.commerce.conftest import Opens
from tests.commerce.reading import a_readable, a_server, polled
from tests.commerce.shops import Shop
from tests.factories import a_member, a_message, again, an_inbox, client_id

PLATFORMS = ("shopify", "woocommerce", "stripe")


async def an_order(platform: str, server: Any) -> tuple[Shop, int]:
    """Paid, and here; 10.00 or more."""
    server.begin(1)
    shop = await a_readable(platform, server)
    await polled(shop)
    number: int = await pool().fetchval("SELECT id FROM orders WHERE integration_id = $1", shop.integration_id)
    return shop, number


async def carried_out(actor: Actor, action: OrderActionView) -> OrderActionView:
    await jobs.act.function(actor.organization_id, action.id)
    return await queries.order_action(actor, action.id)


def a_refund(amount: str | None = "4.00", **more: Any) -> ActionInput:
    return ActionInput(client_id(), "refund", amount, **more)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_double_click_and_a_retry_are_one_refund(platform: str, opens: Opens) -> None:
    async with opens(server := a_server(platform)):
        shop, order_id = await an_order(platform, server)
        wanted = a_refund()
        twice = await asyncio.gather(*(acting.ask(shop.admin, order_id, wanted) for _ in range(2)))
        assert len({one.id for one in twice}) == 1
        for _ in range(2):
            assert (await carried_out(shop.admin, twice[0])).state == "done"
        assert server.refunds == [Decimal("4.00")]
        order = await queries.get(shop.admin, order_id)
        assert (order.refunded, order.financial_status) == (Decimal("4.000"), "partially_refunded")


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_shop_that_does_not_answer_is_asked_whether_it_did(
    platform: str, is_done: bool, opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer got lost, after it did it or before."""
    monkeypatch.setattr(doing, "SETTLES_S", 0)
    async with opens(server := a_server(platform)):
        shop, order_id = await an_order(platform, server)
        action = await acting.ask(shop.admin, order_id, a_refund())
        server.goes_dark = "after" if is_done else "before"
        if platform == "stripe":
            with pytest.raises(ShopError):
                await jobs.act.function(shop.admin.organization_id, action.id)
            assert (await carried_out(shop.admin, action)).state == "done", "asking it again is safe, so it was"
        else:
            assert (await carried_out(shop.admin, action)).state == ("done" if is_done else "uncertain")
            if not is_done:
                with pytest.raises(Conflict):
                    await acting.ask(shop.admin, order_id, a_refund())
                again = await acting.again(shop.admin, action.id)
                assert (await carried_out(shop.admin, again)).state == "done"
        assert server.refunds == [Decimal("4.00")]


async def test_who_died_in_between_is_followed_by_a_look_and_no_second_refund(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop, order_id = await an_order("woocommerce", server)
        action = await acting.ask(shop.admin, order_id, a_refund())
        await acting.attempt(shop.admin, action.id)
        assert (await carried_out(shop.admin, action)).state == "uncertain"
        assert server.refunds == []


@pytest.mark.parametrize("platform", ["shopify", "woocommerce"])
async def test_who_died_after_it_was_done_is_followed_by_who_finds_it(platform: str, opens: Opens) -> None:
    async with opens(server := a_server(platform)):
        shop, order_id = await an_order(platform, server)
        action = await acting.ask(shop.admin, order_id, a_refund())
        begun = await acting.begin(shop.admin, action.id)
        assert begun is not None
        await acting.attempt(shop.admin, action.id)
        found = await tokens.shop(shop.admin, shop.integration_id)
        assert found is not None
        async with READERS[platform].ask(found.shop, found.credentials.access) as asking:
            await DOERS[platform].do(asking, begun[2])
        assert (await carried_out(shop.admin, action)).state == "done"
        assert server.refunds == [Decimal("4.00")]


async def test_a_refusal_is_told_and_nothing_is_done(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop, order_id = await an_order("woocommerce", server)
        action = await acting.ask(shop.admin, order_id, a_refund())
        server.refuses = True
        ended = await carried_out(shop.admin, action)
        assert (ended.state, "400" in ended.trouble) == ("failed", True)


async def test_agents_give_back_up_to_a_limit_and_admins_say_yes_to_more(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop, order_id = await an_order("woocommerce", server)
        agent, user = await a_member(shop.admin), await a_member(shop.admin, "user")
        waiting = await acting.ask(agent, order_id, a_refund("1.00"))
        assert waiting.state == "waiting", "no limit was set, so nothing is allowed"
        assert (await carried_out(shop.admin, waiting)).state == "waiting"
        for who in (agent, user):
            with pytest.raises(Forbidden):
                await acting.decide(who, waiting.id, is_right=True)
        assert (await acting.decide(shop.admin, waiting.id, is_right=False)).state == "rejected"
        with pytest.raises(Conflict):
            await acting.decide(shop.admin, waiting.id, is_right=True)
        await acting.limit(shop.admin, shop.integration_id, LimitsInput("5.00", staff_may_cancel=False))
        allowed = await acting.ask(agent, order_id, a_refund("3.00"))
        assert (allowed.state, (await carried_out(shop.admin, allowed)).state) == ("running", "done")
        part = await acting.ask(agent, order_id, a_refund("3.00"))
        assert part.state == "waiting", "the limit is for the whole order, however many parts"
        await acting.decide(shop.admin, part.id, is_right=True)
        assert (await carried_out(shop.admin, part)).state == "done"
        assert server.refunds == [Decimal("3.00"), Decimal("3.00")]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_done_and_not_read_back_yet_counts_once(platform: str, opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opens(server := a_server(platform)):
        shop, order_id = await an_order(platform, server)
        agent = await a_member(shop.admin)
        await acting.limit(shop.admin, shop.integration_id, LimitsInput("5.00", staff_may_cancel=False))
        monkeypatch.setattr(doing, "_look", _nobody_looks)
        await pool().execute("UPDATE orders SET changed_at = changed_at - interval '1 minute' WHERE id = $1", order_id)
        first = await acting.ask(agent, order_id, a_refund("3.00"))
        assert (await carried_out(shop.admin, first)).state == "done"
        assert (await queries.get(shop.admin, order_id)).refunded == 0, "nobody has read it back"
        for reads in range(3):
            [refund] = [one for one in (await allowed.details(agent, order_id)).abilities if one.kind == "refund"]
            assert (refund.most, refund.alone_most) == (Decimal("7.00"), Decimal("2.00")), reads
            second = await acting.ask(agent, order_id, a_refund("3.00"))
            assert second.state == "waiting", reads
            await acting.decide(shop.admin, second.id, is_right=False)
            await polled(shop)
        monkeypatch.undo()
        third = await acting.ask(shop.admin, order_id, a_refund("1.00"))
        assert (await carried_out(shop.admin, third)).state == "done"
        assert (await queries.get(shop.admin, order_id)).refunded == 4
        [refund] = [one for one in (await allowed.details(agent, order_id)).abilities if one.kind == "refund"]
        assert (refund.most, refund.alone_most) == (Decimal("6.00"), Decimal("1.00")), "read back, it counts once"


async def _nobody_looks(*_: Any) -> None:
    """As when the shop is away by then."""


@pytest.mark.parametrize("platform", ["shopify", "woocommerce"])
async def test_an_order_is_cancelled_once(platform: str, opens: Opens) -> None:
    async with opens(server := a_server(platform)):
        server.buy()
        shop = await a_readable(platform, server)
        await polled(shop)
        order_id = await pool().fetchval("SELECT id FROM orders WHERE integration_id = $1", shop.integration_id)
        action = await acting.ask(shop.admin, order_id, ActionInput(client_id(), "cancel"))
        assert (await carried_out(shop.admin, action)).state == "done"
        assert (await queries.get(shop.admin, order_id)).status == "cancelled"
        with pytest.raises(Conflict) as refused:
            await acting.ask(shop.admin, order_id, ActionInput(client_id(), "cancel"))
        assert refused.value.reason == "not_cancellable"


async def test_a_confirmation_is_sent_again(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop, order_id = await an_order("woocommerce", server)
        action = await acting.ask(await a_member(shop.admin), order_id, ActionInput(client_id(), "resend"))
        assert (await carried_out(shop.admin, action)).state == "done"
        assert len(server.paths("send_order_details")) == 1


async def test_what_cannot_be_is_refused(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop, order_id = await an_order("woocommerce", server)
        with pytest.raises(Invalid) as refused:
            await acting.ask(shop.admin, order_id, a_refund("1000.00"))
        assert refused.value.reason == "too_much"
        done = await acting.ask(shop.admin, order_id, first := a_refund())
        assert done.state == "running"
        with pytest.raises(Conflict) as other:
            await acting.ask(shop.admin, order_id, ActionInput(first.client_id, "refund", "5.00"))
        assert other.value.reason == "other_request"
        with pytest.raises(Conflict) as twice:
            await acting.ask(shop.admin, order_id, a_refund())
        assert twice.value.reason == "under_way"
        assert (await carried_out(shop.admin, done)).state == "done"
        whole = await acting.ask(shop.admin, order_id, a_refund(None))
        assert whole.amount == Decimal("6.000"), "null is all that is left"


async def test_it_stands_in_the_conversation_where_it_was_asked_for(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop, order_id = await an_order("woocommerce", server)
        contact_id = (await queries.get(shop.admin, order_id)).contact_id
        inbox = await an_inbox(shop.admin)
        start = StartInput(contact_id=contact_id or 0, inbox_id=inbox.id, client_id=client_id(), content="Your order")
        admin = await again(shop.admin)
        conversation = (await messages.start(admin, start)).conversation
        _, other = await a_message(inbox)
        with pytest.raises(Conflict) as refused:
            await acting.ask(admin, order_id, a_refund(conversation_id=other.conversation.id))
        assert refused.value.reason == "another_customer"
        action = await acting.ask(admin, order_id, a_refund(conversation_id=conversation.id))
        await carried_out(admin, action)
        sql = "SELECT content FROM messages WHERE conversation_id = $1 AND is_internal ORDER BY seq"
        notes = [row["content"] for row in await pool().fetch(sql, conversation.id)]
        assert notes == ["**Refund** of 4 EUR, order 700", "**Refund**, order 700: done"]
