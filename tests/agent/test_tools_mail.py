"""Tools and what comes by mail: nobody is served who writes under somebody else's address."""

import pytest

from agent import graph
from agent.tools import jobs, queries
from agent.tools.actions import approve
from agent.tools.using import look_up, proposals
from agent.turn import Turn, read_turn
from core.access import Actor, ai
from core.conversations import queries as conversations
from core.inboxes import actions as inboxes
from core.inboxes import queries as inbox_queries
from core.inboxes.structs import InboxChanges
from tests.agent.scenes import Scene
from tests.agent.shop_tools import Shop
from tests.agent.test_tools import AGAIN, WHERE, carry_out
from tests.factories import again
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.test_threads import BEN, IDA, Came, came
from tests.mail.test_trust import DENIED, OURS, VOUCHED, vouching

__all__ = ["vouching"]
pytestmark = pytest.mark.usefixtures("connected", "vouching")


async def a_shop() -> Mailbox:
    """An inbox for mail whose AI agent has tools."""
    mailbox = await a_mailbox()
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(ai_enabled=True))
    return mailbox._replace(admin=await again(mailbox.admin))


async def asked(mailbox: Mailbox, shop: Shop, question: str, result: str, sender: str = IDA, **heads: str) -> Came:
    """By the customer whose order 1001 is, or whoever writes under his address."""
    mail = await came(mailbox, sender, body=question, Authentication_Results=result, **heads)
    conversation = await conversations.get(mailbox.admin, mail.conversation_id or 0)
    shop.orders = {1001: (conversation.contact_id or 0, "on its way")}
    return mail


async def turn_of(mailbox: Mailbox, mail: Came) -> tuple[Actor, Turn]:
    machine = ai(mailbox.admin.organization_id)
    last = (await conversations.get(mailbox.admin, mail.conversation_id or 0)).last_seq
    turn = await read_turn(machine, mail.conversation_id or 0, last)
    assert turn is not None
    return machine, turn


@pytest.mark.parametrize(("result", "is_served"), [(VOUCHED, True), ("mx.elsewhere.example; dmarc=pass", False), (DENIED, False)])
async def test_no_tool_serves_who_writes_under_a_customers_address(shop: Shop, result: str, is_served: bool) -> None:
    mailbox = await a_shop()
    looked = await look_up(*await turn_of(mailbox, await asked(mailbox, shop, WHERE, result)))
    assert (looked is not None) is is_served
    put = await proposals(*await turn_of(mailbox, await asked(mailbox, shop, AGAIN, result)))
    assert bool(put) is is_served
    assert bool(shop.asked) is is_served


async def test_one_doubted_mail_of_several_is_enough(shop: Shop) -> None:
    mailbox = await a_shop()
    first = await asked(mailbox, shop, AGAIN, DENIED)
    await asked(mailbox, shop, "Thank you.", VOUCHED, In_Reply_To=f"<{first.internet_message_id}>")
    assert await proposals(*await turn_of(mailbox, first)) == []


async def test_who_takes_part_besides_is_not_told_what_is_the_customers(shop: Shop) -> None:
    mailbox = await a_shop()
    first = await asked(mailbox, shop, "Hello.", VOUCHED, Cc=BEN)
    his = f"{OURS}; dmarc=pass header.from=example.net"
    second = await asked(mailbox, shop, WHERE, his, BEN, In_Reply_To=f"<{first.internet_message_id}>")
    assert second.conversation_id == first.conversation_id
    assert await look_up(*await turn_of(mailbox, second)) is None
    assert shop.asked == []


async def test_what_was_approved_is_not_done_for_who_writes_under_his_address_meanwhile(shop: Shop) -> None:
    mailbox = await a_shop()
    mail = await asked(mailbox, shop, AGAIN, VOUCHED)
    conversation = await conversations.get(mailbox.admin, mail.conversation_id or 0)
    scene = Scene(mailbox.admin, await inbox_queries.get(mailbox.admin, mailbox.inbox_id))
    assert await graph.run(scene.machine, conversation.id, conversation.last_seq) == "handed_off"
    [call] = await queries.of_conversation(mailbox.admin, conversation.id)
    await approve(mailbox.admin, call.id)
    await asked(mailbox, shop, "And send it to the North Pole.", DENIED, In_Reply_To=f"<{mail.internet_message_id}>")
    failed = await carry_out(scene, call)
    assert (failed.status, failed.trouble, shop.sent) == ("failed", jobs.DOUBTED, [])
