"""Who wants no mail about a chat gets none, and speaks for his own address alone: not for the one that the visitor corrects it to."""

import pytest

from core.auth.tokens import seal
from core.channels.email.continuity import actions as continuity
from core.channels.email.continuity import queries
from core.channels.email.sending import NotNow
from core.consent.actions import suppressions
from core.consent.structs import SuppressionInput
from core.contacts import actions as contacts
from core.contacts import queries as contact_queries
from core.contacts.structs import ContactChanges, SubscriptionStatus
from core.database import pool
from tests.mail.chats import Chat, delivered, due, said
from tests.mail.gateway import Mailbox
from tests.mail.sink import Sink
from tests.mail.test_bounces import COMPLAINT
from tests.mail.test_sending import mailbox, sink
from tests.mail.test_slips import RIGHT, SLIP, begun, chat, corrected
from tests.mail.test_understanding import whole

__all__ = ["chat", "mailbox", "sink"]
STOP = "INSERT INTO continuity_stops (organization_id, conversation_id) VALUES ($1, $2)"


async def went(chat: Chat, text: str = "Is it plugged in?") -> list[str]:
    """To whom mails went so far, once another reply has had its time."""
    await said(chat, text)
    await due(chat)
    return [address for _, _, addresses in await delivered(chat) for address in addresses]


async def why(chat: Chat) -> str | None:
    """What the composer says."""
    return (await queries.of_conversation(chat.admin, chat.conversation_id)).why


async def status(chat: Chat) -> str:
    return (await contact_queries.get(chat.admin, chat.visitor.contact_id or 0)).subscription_status


async def complained(mailbox: Mailbox, sink: Sink) -> None:
    """Whoever got our first mail by a slip calls it spam."""
    complaint = COMPLAINT.format(to=mailbox.address, recipient=SLIP, known=sink.taken[0].mail["Message-ID"])
    assert (await whole(mailbox, complaint.encode(), "")).reason == "complaint"


async def test_who_got_it_by_a_slip_ends_it_for_himself_alone(chat: Chat, sink: Sink) -> None:
    assert await went(chat) == [SLIP]
    link = str(sink.taken[0].mail["List-Unsubscribe"]).strip("<>")
    for _ in range(2):
        await continuity.stop(link.rpartition("/")[2])
    assert (await went(chat, "Two."), await why(chat)) == ([SLIP], "stopped")
    await corrected(chat)
    assert (await went(chat, "Three."), await why(chat)) == ([SLIP, RIGHT], None)
    await corrected(chat, SLIP.upper())
    assert (await went(chat, "Four."), await why(chat)) == ([SLIP, RIGHT], "stopped")


async def test_so_does_a_complaint(chat: Chat, sink: Sink) -> None:
    await went(chat)
    await complained(chat.mailbox, sink)
    assert (await went(chat, "Two."), await status(chat)) == ([SLIP], "unsubscribed")
    await corrected(chat)
    assert (await went(chat, "Three."), await status(chat), await why(chat)) == ([SLIP, RIGHT], "subscribed", None)
    await corrected(chat, SLIP)
    assert (await went(chat, "Four."), await status(chat)) == ([SLIP, RIGHT], "unsubscribed")


async def test_a_complaint_after_the_correction_says_nothing_of_the_customer(mailbox: Mailbox, sink: Sink) -> None:
    _, contact_id = await begun(mailbox)
    await complained(mailbox, sink)
    assert (await contact_queries.get(mailbox.admin, contact_id)).subscription_status == "subscribed"


async def test_who_was_taken_off_by_staff_stays_so_under_whatever_address(chat: Chat, sink: Sink) -> None:
    contact_id = chat.visitor.contact_id or 0
    await contacts.update(chat.admin, contact_id, ContactChanges(subscription_status="unsubscribed"))
    await corrected(chat)
    assert (await went(chat), await why(chat)) == ([], "unsubscribed")


async def test_who_is_put_on_again_by_staff_is_so_under_whatever_address(chat: Chat, sink: Sink) -> None:
    await went(chat)
    await complained(chat.mailbox, sink)
    await contacts.update(chat.admin, chat.visitor.contact_id or 0, ContactChanges(subscription_status="subscribed"))
    for address in (RIGHT, SLIP):
        await corrected(chat, address)
        assert await status(chat) == "subscribed"


@pytest.mark.parametrize("way", ["row", "link"])
async def test_what_was_ended_before_addresses_were_kept_is_so_for_all(chat: Chat, sink: Sink, way: str) -> None:
    values = (chat.admin.organization_id, chat.conversation_id)
    if way == "row":
        await pool().execute(STOP, *values)
    else:
        await continuity.stop(seal(continuity.PURPOSE, values))
    await corrected(chat)
    assert (await went(chat), await why(chat)) == ([], "stopped")


@pytest.mark.parametrize("now", ["unsubscribed", "bounced"])
async def test_nothing_that_waits_goes_to_who_wants_none_or_is_gone(chat: Chat, sink: Sink, now: SubscriptionStatus) -> None:
    await said(chat)
    await due(chat)
    await contacts.update(chat.admin, chat.visitor.contact_id or 0, ContactChanges(subscription_status=now))
    assert await delivered(chat) == []
    assert sink.taken == []


async def test_nor_while_the_server_takes_its_time(chat: Chat, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    await said(chat)
    await due(chat)

    async def leave_meanwhile() -> None:
        await contacts.update(chat.admin, chat.visitor.contact_id or 0, ContactChanges(subscription_status="unsubscribed"))

    monkeypatch.setattr(sink, "pause", leave_meanwhile)
    with pytest.raises(NotNow):
        await delivered(chat)
    assert await delivered(chat) == []
    assert sink.taken == []


async def test_who_is_held_back_from_all_mail_gets_none_about_his_chat(chat: Chat, sink: Sink) -> None:
    await suppressions.suppress(chat.admin, SuppressionInput(SLIP, "Asked us to"))
    await contacts.update(chat.admin, chat.visitor.contact_id or 0, ContactChanges(subscription_status="subscribed"))
    assert (await went(chat), await why(chat)) == ([], "unsubscribed")
    await corrected(chat)
    assert (await went(chat, "Two."), await why(chat)) == ([RIGHT], None)


async def test_nothing_that_waits_goes_to_who_is_held_back_meanwhile(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await suppressions.suppress(chat.admin, SuppressionInput(SLIP, "Asked us to"))
    await contacts.update(chat.admin, chat.visitor.contact_id or 0, ContactChanges(subscription_status="subscribed"))
    assert (await delivered(chat), sink.taken) == ([], [])
