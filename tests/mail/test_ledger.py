"""What admins see of the mail that came: a list, a mail, its bytes, and another try. And what happens to mail that nobody can read."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from core.access import system
from core.auth import sessions
from core.channels.email import actions, jobs, queries, understanding
from core.channels.email.gateway.accept import accept
from core.channels.email.structs import EmailInboxInput, MailCounts
from core.database import pool
from core.errors import Conflict, Forbidden, NotFound
from core.extend import registry
from core.inboxes import queries as inboxes
from core.jobs import ledger
from tests.factories import a_member, a_message, an_address, an_inbox, an_organization
from tests.mail.gateway import SENDER, Mailbox, a_mail, a_mailbox, jobs_of
from tests.stack import Stack

SET = "UPDATE inbound_mails SET state = $2, reason = 'loop' WHERE id = $1"
DONE = "UPDATE jobs SET status = 2 WHERE key = $1"


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


async def test_a_list_is_paged_and_filtered_and_counted(mailbox: Mailbox) -> None:
    ids = [(await accept("lmtp", SENDER, mailbox.address, a_mail())).mail_id for _ in range(5)]
    await pool().execute(SET, ids[1], "ignored")
    found, before = [], None
    while True:
        page = await queries.page(mailbox.admin, mailbox.inbox_id, None, before, 2)
        found += [mail.id for mail in page.items]
        before = page.next
        if before is None:
            break
    assert found == ids[::-1]
    [ignored] = (await queries.page(mailbox.admin, mailbox.inbox_id, "ignored", None, 50)).items
    assert (ignored.id, ignored.state, ignored.reason, ignored.subject) == (ids[1], "ignored", "loop", "A lamp")
    assert await queries.counts(mailbox.admin, mailbox.inbox_id) == MailCounts(4, 0, 0, 1, 0)
    assert (await queries.inbox(mailbox.admin, mailbox.inbox_id)).last_received_at is not None


async def test_only_admins_of_the_organization_see_mail(mailbox: Mailbox) -> None:
    mail_id = (await accept("lmtp", SENDER, mailbox.address, a_mail())).mail_id
    with pytest.raises(Forbidden):
        await queries.mail(await a_member(mailbox.admin), mail_id)
    stranger = await an_organization()
    for refused in (queries.mail(stranger, mail_id), actions.retry(stranger, mail_id), queries.counts(stranger, mailbox.inbox_id)):
        with pytest.raises(NotFound):
            await refused
    assert [piece async for piece in queries.raw(stranger, mail_id)] == []


async def test_a_mail_that_nobody_can_read_is_put_aside_and_can_be_tried_again(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_raw: bytes) -> None:
        raise ArithmeticError

    monkeypatch.setattr(understanding, "parse", fails)
    mail_id = (await accept("lmtp", SENDER, mailbox.address, a_mail())).mail_id
    organization_id = mailbox.admin.organization_id
    for _ in range(2):
        with pytest.raises(ArithmeticError):
            await jobs.understand.function(organization_id, mail_id)
    assert (await queries.mail(mailbox.admin, mail_id)).attempts == 2
    await pool().execute(DONE, f"mail:{mail_id}")
    on_dead = registry.jobs()[jobs.understand.name].on_dead
    assert on_dead is not None
    await on_dead(organization_id, mail_id)
    dead = await queries.mail(mailbox.admin, mail_id)
    assert (dead.state, dead.reason, dead.processed_at is None) == ("quarantined", "failed", False)
    await understanding.understand(system(organization_id), mail_id)
    assert (await queries.mail(mailbox.admin, mail_id)).attempts == 2
    for _ in range(2):
        again = await actions.retry(mailbox.admin, mail_id)
        assert (again.state, again.reason, again.attempts, again.processed_at) == ("received", "", 0, None)
    assert await ledger.is_held(mailbox.admin, f"mail:{mail_id}")
    assert await jobs_of(mail_id) == 2


async def test_what_has_become_a_message_is_not_tried_again(mailbox: Mailbox) -> None:
    mail_id = (await accept("lmtp", SENDER, mailbox.address, a_mail())).mail_id
    await pool().execute(SET, mail_id, "created")
    with pytest.raises(Conflict) as refused:
        await actions.retry(mailbox.admin, mail_id)
    assert refused.value.reason == "understood"
    await jobs.quarantine(mailbox.admin.organization_id, mail_id)
    assert (await queries.mail(mailbox.admin, mail_id)).state == "created"


async def test_an_address_belongs_to_one_inbox_of_all_organizations(mailbox: Mailbox) -> None:
    for admin in (mailbox.admin, await an_organization()):
        other = await an_inbox(admin)
        with pytest.raises(Conflict) as refused:
            await actions.connect(admin, other.id, EmailInboxInput(mailbox.address.upper()))
        assert (refused.value.reason, "Harbour" in refused.value.detail) == ("address_taken", False)
        assert (await inboxes.get(admin, other.id)).channel == "chat"
    for name in ("Harbour Lights", "Post"):
        again = await actions.connect(mailbox.admin, mailbox.inbox_id, EmailInboxInput(mailbox.address.upper(), name))
        assert (again.address, again.from_name) == (mailbox.address, name)
    assert (await inboxes.get(mailbox.admin, mailbox.inbox_id)).channel == "email"


async def test_an_inbox_that_customers_use_otherwise_stays_what_it_is(mailbox: Mailbox) -> None:
    inbox = await an_inbox(mailbox.admin)
    await a_message(inbox)
    with pytest.raises(Conflict) as refused:
        await actions.connect(mailbox.admin, inbox.id, EmailInboxInput(an_address()))
    assert refused.value.reason == "inbox_in_use"
    with pytest.raises(Forbidden):
        await actions.connect(await a_member(mailbox.admin, "user"), inbox.id, EmailInboxInput(an_address()))


@pytest.fixture
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=stack.url, timeout=30) as client:
        yield client


async def test_the_bytes_are_downloaded_and_never_shown(http: httpx.AsyncClient) -> None:
    mailbox = await a_mailbox()
    raw = b"Content-Type: text/html\r\n\r\n<script>alert(1)</script>" + b"\x00\xff" * (queries.PIECE + 7)
    mail_id = (await accept("lmtp", SENDER, mailbox.address, raw)).mail_id
    cookie = {"Cookie": f"lacasa_session={sessions.cookie_for(mailbox.admin.session_id or 0)}"}
    answer = await http.get(f"/api/mails/{mail_id}/raw", headers=cookie)
    assert (answer.status_code, answer.content) == (200, raw)
    assert answer.headers["content-disposition"] == f'attachment; filename="mail-{mail_id}.eml"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].startswith("message/rfc822")
    assert (await http.get(f"/api/mails/{mail_id}/raw")).status_code == 401
    listed = await http.get(f"/api/inboxes/{mailbox.inbox_id}/mails?state=nonsense", headers=cookie)
    assert listed.status_code == 400
