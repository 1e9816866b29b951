"""What staff reads of mails: who wrote to whom, what became of ours, and a whole mail without anything in it that acts."""

from typing import Any

import pytest

from core.channels.email import reading
from core.errors import NotFound
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from tests.factories import a_member, an_organization
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import answer, sink, tried
from tests.mail.test_threads import BEN, came
from tests.mail.test_understanding import a_letter, whole

__all__ = ["sink"]


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


async def test_a_thread_says_who_wrote_to_whom_and_what_became_of_ours(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox, Cc=BEN, body="It is dark.\r\n-- \r\nIda")
    sink.answers["rcpt"].append("550 no such user")
    sent = await answer(mailbox, mail)
    await tried(mailbox, sent)
    assert mail.conversation_id
    received, ours = await reading.of_conversation(mailbox.admin, mail.conversation_id)
    assert (received.state, received.sender and received.sender.address) == ("received", "ida@example.org")
    assert [one.address for one in received.to] == [mailbox.address]
    assert [(one.name, one.address) for one in received.cc] == [("Ben Birk", "ben@example.net")]
    assert "Ida" in received.hidden
    assert (ours.state, ours.reason, ours.message_id) == ("sent", "left_out: ida@example.org", sent.message.id)


async def test_a_whole_mail_holds_nothing_that_acts_or_loads(mailbox: Mailbox) -> None:
    letter = a_letter(mailbox)
    page = '<script>alert(1)</script><p onclick="x()">See <img src="cid:logo"><img src="https://track.example/a.png"></p>'
    letter.add_alternative(page, subtype="html")
    letter.get_payload()[1].add_related(b"\x89PNG logo", "image", "png", cid="<logo>")
    mail = await whole(mailbox, letter.as_bytes())
    assert mail.message_id
    shown = await reading.whole(mailbox.admin, mail.message_id)
    assert "script" not in shown.page
    assert "onclick" not in shown.page
    assert 'src="data:image/png;base64,' in shown.page
    assert ' src="https' not in shown.page
    assert shown.remote_images == 1
    assert ("Message-ID", "<letter@example.org>") in [(header.name, header.value) for header in shown.headers]


async def test_only_who_sees_the_conversation_reads_its_mails(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    assert mail.message_id
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(access="members", member_ids=[]))
    agent, stranger = await a_member(mailbox.admin), await an_organization()
    for nobody in (agent, stranger):
        with pytest.raises(NotFound):
            await reading.of_conversation(nobody, mail.conversation_id)
        with pytest.raises(NotFound):
            await reading.whole(nobody, mail.message_id)
    assert await reading.of_conversation(mailbox.admin, mail.conversation_id)
