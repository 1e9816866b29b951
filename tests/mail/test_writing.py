"""Writing to somebody first: whose conversation it is, whom it goes to, and that the answer comes back to the same people."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from core.access import Actor
from core.channels.email import undoing
from core.channels.email.servers import queries as servers
from core.channels.email.structs import LetterInput, MailInboxView, PersonInput
from core.channels.email.writing import inboxes_of, write
from core.contacts import actions as contacts
from core.contacts import queries
from core.contacts.structs import ContactChanges, ContactInput, ContactView
from core.database import pool
from core.errors import Conflict, Invalid, NotFound
from core.messages.structs import Sent
from core.settings import settings
from tests.factories import a_member, a_message, an_address, an_inbox, an_organization, client_id
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import heard, mailbox, sink, tried
from tests.mail.test_threads import came, conversation, thread

__all__ = ["mailbox", "sink"]


def a_letter(*to: str, subject: str = "Your lamp", key: str = "", **values: Any) -> LetterInput:
    return LetterInput(key or client_id(), [PersonInput(one) for one in to], subject, "It is ready.", **values)


async def written(mailbox: Mailbox, *to: str, **values: Any) -> Sent:
    sent = await write(mailbox.admin, mailbox.inbox_id, a_letter(*to, **values))
    await heard(mailbox, sent)
    return sent


async def contact_of(mailbox: Mailbox, sent: Sent) -> ContactView:
    assert sent.conversation.contact_id
    return await queries.get(mailbox.admin, sent.conversation.contact_id)


async def test_a_letter_opens_a_conversation_and_its_answer_comes_back_to_it(mailbox: Mailbox, sink: Sink) -> None:
    sent = await written(mailbox, "ida@example.org", "ben@example.net", cc=[PersonInput("eve@example.com")])
    assert (sent.conversation.channel, sent.conversation.subject, sent.conversation.assignee_id) == (
        "email", "Your lamp", mailbox.admin.user_id
    )  # fmt: skip
    assert (await contact_of(mailbox, sent)).email == "ida@example.org"
    await tried(mailbox, sent)
    [taken] = sink.taken
    assert taken.recipients == ["ida@example.org", "ben@example.net", "eve@example.com"]
    assert (taken.mail["Subject"], taken.mail["In-Reply-To"]) == ("Your lamp", None)
    back = await came(mailbox, to=str(taken.mail["Reply-To"]).partition("<")[2].rstrip(">"), body="Thank you")
    assert back.conversation_id == sent.conversation.id
    assert (await conversation(mailbox, back)).contact_id == sent.conversation.contact_id
    assert [one.sender_id for one in await thread(mailbox, back)] == [mailbox.admin.user_id, sent.conversation.contact_id]


async def test_who_is_known_is_written_to_under_the_address_that_was_typed(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    known = (await conversation(mailbox, mail)).contact_id
    assert known
    await contacts.update(mailbox.admin, known, ContactChanges(email="ida@work.example"))
    sent = await written(mailbox, "IDA@example.org")
    assert sent.conversation.contact_id == known
    await tried(mailbox, sent)
    assert sink.taken[0].recipients == ["IDA@example.org"]


async def test_a_contact_of_the_team_is_found_and_what_a_visitor_says_of_himself_is_not(mailbox: Mailbox) -> None:
    kept = await contacts.create(mailbox.admin, ContactInput(email="Ida@Example.org", first_name="Ida"))
    assert (await written(mailbox, "ida@example.org")).conversation.contact_id == kept.id
    _, said = await a_message(await an_inbox(mailbox.admin))
    assert said.conversation.contact_id
    await contacts.update(mailbox.admin, said.conversation.contact_id, ContactChanges(email="ben@example.net"))
    assert (await written(mailbox, "ben@example.net")).conversation.contact_id not in {kept.id, said.conversation.contact_id}


async def test_mail_of_a_contact_of_the_team_is_that_contacts(mailbox: Mailbox) -> None:
    kept = await contacts.create(mailbox.admin, ContactInput(email="Ida@Example.org", first_name="Ida"))
    assert (await conversation(mailbox, await came(mailbox))).contact_id == kept.id


async def test_the_same_again_is_one_letter(mailbox: Mailbox) -> None:
    key = client_id()
    first, second = [await written(mailbox, "ida@example.org", key=key) for _ in range(2)]
    assert (first.conversation.id, first.message.id) == (second.conversation.id, second.message.id)
    sql = "SELECT count(*) FROM outbound_mails WHERE conversation_id = $1"
    assert await pool().fetchval(sql, first.conversation.id) == 1


async def test_another_letter_under_the_same_id_is_refused_and_so_is_one_that_was_taken_back(mailbox: Mailbox) -> None:
    eve = [PersonInput("eve@example.com", "Eve")]
    data = a_letter("ida@example.org", cc=eve)
    sent = await write(mailbox.admin, mailbox.inbox_id, data)
    for same in ({}, {"bcc": eve}, {"cc": [*eve, *eve]}):
        assert (await write(mailbox.admin, mailbox.inbox_id, replace(data, **same))).message == sent.message
    other = await a_mailbox(mailbox.admin)
    others: list[tuple[int, dict[str, Any]]] = [
        (mailbox.inbox_id, {"content": "It is not."}), (mailbox.inbox_id, {"cc": []}), (mailbox.inbox_id, {"cc": [], "bcc": eve}),
        (mailbox.inbox_id, {"files": ["unknown"]}), (other.inbox_id, {}),
    ]  # fmt: skip
    for inbox_id, changes in others:
        with pytest.raises(Conflict) as refused:
            await write(mailbox.admin, inbox_id, replace(data, **changes))
        assert refused.value.reason == "already_used", changes
    await heard(mailbox, sent)
    await undoing.undo(mailbox.admin, sent.message.id)
    with pytest.raises(Conflict) as refused:
        await write(mailbox.admin, mailbox.inbox_id, data)
    assert refused.value.reason == "already_used"
    sql = "SELECT array_agg(people ->> 'cc') FROM mail_choices WHERE conversation_id = $1"
    assert await pool().fetchval(sql, sent.conversation.id) == ['[["Eve", "eve@example.com"]]']
    assert (
        await pool().fetchval("SELECT count(*) FROM conversations WHERE organization_id = $1", mailbox.admin.organization_id) == 1
    )


async def test_what_cannot_be_written_leaves_nothing_behind(mailbox: Mailbox) -> None:
    with pytest.raises(Invalid) as own:
        await written(mailbox, "ida@example.org", mailbox.address)
    assert own.value.reason == "own_address"
    chat = await an_inbox(mailbox.admin)
    with pytest.raises(Conflict) as no_mail:
        await write(mailbox.admin, chat.id, a_letter("ida@example.org"))
    assert no_mail.value.reason == "not_email"
    stranger: Actor = await an_organization("Stranger")
    with pytest.raises(NotFound):
        await write(stranger, mailbox.inbox_id, a_letter(an_address()))
    sql = "SELECT (SELECT count(*) FROM conversations WHERE organization_id = $1), (SELECT count(*) FROM contacts WHERE organization_id = $1)"
    assert tuple(await pool().fetchrow(sql, mailbox.admin.organization_id)) == (0, 0)


async def test_a_letter_to_another_organizations_contact_is_to_a_contact_of_ones_own(mailbox: Mailbox) -> None:
    other = await a_mailbox()
    theirs = await contacts.create(other.admin, ContactInput(email="ida@example.org"))
    assert (await written(mailbox, "ida@example.org")).conversation.contact_id != theirs.id


async def test_from_where_one_may_write_and_whether_it_would_go_out(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    other = await a_mailbox(mailbox.admin)
    await a_mailbox(await an_organization())
    await an_inbox(mailbox.admin)
    await pool().execute("UPDATE inboxes SET access = 'members' WHERE id = $1", other.inbox_id)
    colleague = await a_member(mailbox.admin)
    for url in (None, "smtp://127.0.0.1:9"):
        monkeypatch.setattr(servers, "settings", lambda url=url: msgspec.structs.replace(settings(), smtp_url=url))
        own = MailInboxView(mailbox.inbox_id, mailbox.address, can_send=url is not None)
        assert await inboxes_of(mailbox.admin) == [own, MailInboxView(other.inbox_id, other.address, can_send=url is not None)]
        assert await inboxes_of(colleague) == [own]
