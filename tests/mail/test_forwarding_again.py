"""A forward that is asked for again: the very same is written once, another is refused; and who sends it."""

from typing import Any

from msgspec.structs import replace

from core.channels.email import jobs, undoing
from core.channels.email.structs import ForwardInput, PersonInput
from core.database import pool
from core.extend import registry
from core.messages import actions as messages
from core.messages.structs import NoteInput
from tests.factories import client_id
from tests.mail.gateway import Mailbox
from tests.mail.sink import Sink
from tests.mail.test_forwarding import forwarded, refused, wanted, with_files
from tests.mail.test_sending import ROW, answer, mailbox, sink
from tests.mail.test_threads import came

__all__ = ["mailbox", "sink"]


async def test_twice_is_once(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    data = wanted(comment="Once")
    first, second = [await forwarded(mailbox, mail.message_id, data) for _ in range(2)]
    assert first.message == second.message
    assert await pool().fetchval("SELECT count(*) FROM outbound_mails WHERE forwards_id = $1", mail.message_id) == 1
    other = await answer(mailbox, mail)
    assert await refused(mailbox.admin, other.message.id, data) == "already_used"
    note = NoteInput(client_id(), "A note")
    await messages.note(mailbox.admin, first.conversation.id, note)
    assert await refused(mailbox.admin, mail.message_id, ForwardInput(note.client_id, data.to)) == "already_used"


async def test_another_forward_under_the_same_id_is_refused_and_so_is_one_that_was_taken_back(mailbox: Mailbox) -> None:
    message = await with_files(mailbox)
    first, second = (file.token for file in message.files)
    whom = [PersonInput("eve@example.com", "Eve")]
    data = ForwardInput(client_id(), whom, "Once", bcc=[PersonInput("fay@example.com")], files=[first, second])
    sent = await forwarded(mailbox, message.id, data)
    for same in ({}, {"files": [second, first]}, {"files": None}, {"comment": " Once\n"}, {"cc": whom}):
        assert (await forwarded(mailbox, message.id, replace(data, **same))).message == sent.message
    others: list[dict[str, Any]] = [
        {"to": [PersonInput("gil@example.com")]}, {"to": [*whom, PersonInput("gil@example.com")]}, {"to": [PersonInput("eve@example.com", "Gil")]},
        {"bcc": []}, {"cc": data.bcc, "bcc": []}, {"comment": ""}, {"comment": "Twice"}, {"files": []}, {"files": [first]},
    ]  # fmt: skip
    for other in others:
        assert await refused(mailbox.admin, message.id, replace(data, **other)) == "already_used", other
    few = await forwarded(mailbox, message.id, wanted(files=[first]))
    assert few.message.client_id
    assert await refused(mailbox.admin, message.id, ForwardInput(few.message.client_id, wanted().to)) == "already_used"
    assert (await undoing.undo(mailbox.admin, few.message.id)).enclosed == [first]
    once, again = [await undoing.undo(mailbox.admin, sent.message.id) for _ in range(2)]
    assert (once.comment, again.comment) == ("Once", "")
    assert (again.forwards_id, again.recipients, again.enclosed) == (once.forwards_id, once.recipients, once.enclosed)
    assert again.forwards_id == message.id, "else its text would be the draft of a reply to the customer"
    assert await refused(mailbox.admin, message.id, data) == "already_used"
    assert await pool().fetchval("SELECT count(*) FROM outbound_mails WHERE forwards_id = $1", message.id) == 2


async def test_workers_of_a_release_that_knew_no_forwards_do_not_get_them_as_answers(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    sent = await forwarded(mailbox, mail.message_id)
    row = await pool().fetchrow(ROW, sent.message.id)
    name = await pool().fetchval("SELECT name FROM jobs WHERE key = $1", f"outbound:{row['id']}")
    assert name != jobs.deliver.name
    await registry.jobs()[name].function(mailbox.admin.organization_id, row["id"])
    assert [taken.recipients for taken in sink.taken] == [["eve@example.com"]]
