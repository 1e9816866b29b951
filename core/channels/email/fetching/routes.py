"""Mailboxes over HTTP, for admins."""

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.channels.email.fetching import actions, queries
from core.channels.email.fetching.structs import MailboxInput, MailboxTest, MailboxView

PATH = "/api/inboxes/{inbox_id:int}/email/mailbox"


@get(PATH, summary="Where an inbox's mail is fetched", operation_id="get_mailbox")
async def get_mailbox(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> MailboxView:
    return await queries.get(actor, inbox_id)


@put(PATH, summary="Have an inbox's mail fetched by IMAP", operation_id="save_mailbox")
async def save_mailbox(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[MailboxInput]) -> MailboxView:
    return await actions.save(actor, inbox_id, data)


@delete(PATH, status_code=204, summary="Fetch no more", operation_id="remove_mailbox")
async def remove_mailbox(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> None:
    await actions.remove(actor, inbox_id)


@post(f"{PATH}/test", status_code=200, summary="Try whether mail can be fetched there", operation_id="test_mailbox")
async def test_mailbox(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[MailboxInput]) -> MailboxTest:
    return await actions.test(actor, inbox_id, data)


router = Router("/", route_handlers=[get_mailbox, save_mailbox, remove_mailbox, test_mailbox], tags=["email"])
