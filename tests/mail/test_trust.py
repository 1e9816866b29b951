"""What somebody gains who writes under another's address, or has answers sent elsewhere: nothing."""

import msgspec
import pytest

from core.access import ai
from core.channels.email import recipients, sending, understanding
from core.channels.email.servers import actions as own_servers
from core.channels.email.servers import domains as served
from core.channels.email.servers import queries as servers
from core.channels.email.servers.structs import SmtpServerInput
from core.database import pool
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.messages import actions as messages
from core.messages.structs import Sent
from core.settings import settings
from tests.factories import client_id
from tests.mail.gateway import Mailbox
from tests.mail.sink import Sink
from tests.mail.test_recipients import addresses
from tests.mail.test_sending import answer, heard, mailbox, sink, tried
from tests.mail.test_threads import Came, came

__all__ = ["mailbox", "sink"]
OURS = "mx.example.com"
VOUCHED, DENIED = f"{OURS}; dmarc=pass header.from=example.org", f"{OURS}; dmarc=fail header.from=example.org"
EVE = "eve@example.com"


@pytest.fixture
def vouching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own mail server says who wrote a mail."""
    known = msgspec.structs.replace(settings(), mail_authserv_id=OURS)
    monkeypatch.setattr(understanding, "settings", lambda: known)


async def by_machine(mailbox: Mailbox, mail: Came) -> Sent:
    """What the AI agent answers, queued."""
    assert mail.conversation_id
    epoch = await pool().fetchval("SELECT handler_epoch FROM conversations WHERE id = $1", mail.conversation_id)
    writer = ai(mailbox.admin.organization_id)
    sent = await messages.send(
        writer, mail.conversation_id, "Plug it in.", if_epoch=epoch, if_seq=None, client_id=client_id(), sources=[]
    )
    await heard(mailbox, sent)
    return sent


async def test_the_ai_agent_answers_who_wrote_and_nobody_whom_an_unknown_sender_names(mailbox: Mailbox, sink: Sink) -> None:
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(ai_enabled=True))
    mail = await came(mailbox, Reply_To=EVE)
    await tried(mailbox, await by_machine(mailbox, mail))
    assert sink.taken[0].recipients == ["ida@example.org"]


@pytest.mark.usefixtures("vouching")
async def test_where_our_server_vouches_for_a_sender_the_ai_agent_answers_where_he_asks_it_to(mailbox: Mailbox, sink: Sink) -> None:
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(ai_enabled=True))
    for result, whom in ((VOUCHED, "ida@home.example"), (DENIED, "ida@example.org")):
        mail = await came(mailbox, Reply_To="ida@home.example", Authentication_Results=result)
        await tried(mailbox, await by_machine(mailbox, mail))
        assert sink.taken[-1].recipients == [whom]


async def test_a_contact_form_is_answered_by_people_and_where_it_asks_them_to(mailbox: Mailbox) -> None:
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(ai_enabled=True))
    mail = await came(mailbox, "Our shop <noreply@shop.example>", Reply_To="ida@example.org")
    assert await pool().fetchval("SELECT handler FROM conversations WHERE id = $1", mail.conversation_id) == "human"
    shown = await recipients.view(mailbox.admin, mail.conversation_id or 0)
    assert (addresses(shown)[0], [one.address for one in shown.reply_to]) == (["ida@example.org"], ["ida@example.org"])


@pytest.mark.usefixtures("vouching")
async def test_people_are_proposed_who_is_written_for_only_where_our_server_does_not_deny_him(mailbox: Mailbox) -> None:
    for result, whom in ((VOUCHED, EVE), (DENIED, "ida@example.org")):
        mail = await came(mailbox, Reply_To=f"ida@example.org, {EVE}" if result == DENIED else EVE, Authentication_Results=result)
        shown = await recipients.view(mailbox.admin, mail.conversation_id or 0)
        assert (addresses(shown)[0], [one.address for one in shown.reply_to]) == ([whom], [EVE])


@pytest.mark.usefixtures("vouching")
async def test_forged_mails_under_a_customers_address_do_not_shut_him_out(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(understanding, "PER_HOUR", 2)
    forged = [await came(mailbox, Authentication_Results=DENIED) for _ in range(3)]
    assert [(one.state, one.reason) for one in forged] == [("created", ""), ("created", ""), ("quarantined", "too_many")]
    own = [await came(mailbox, Authentication_Results=VOUCHED) for _ in range(3)]
    assert [one.state for one in own] == ["created", "created", "quarantined"]
    assert (await came(mailbox, Authentication_Results=DENIED)).state == "quarantined"


@pytest.mark.parametrize(
    ("domains", "is_served"),
    [
        ((), True),
        (("example.com",), True),
        (("COM",), True),
        (("@example.com.",), True),
        (("ample.com",), False),
        (("shop.example.com",), False),
    ],
)
async def test_by_the_installations_server_goes_only_what_is_from_its_domains(
    mailbox: Mailbox, sink: Sink, monkeypatch: pytest.MonkeyPatch, domains: tuple[str, ...], is_served: bool
) -> None:
    known = msgspec.structs.replace(settings(), smtp_url=sink.url, mail_domains=domains)
    for module in (sending, servers, served):
        monkeypatch.setattr(module, "settings", lambda: known)
    mail = await came(mailbox)
    assert (await recipients.view(mailbox.admin, mail.conversation_id or 0)).can_send is is_served
    shown = await servers.view(mailbox.admin, mailbox.inbox_id)
    assert (shown.installation_sends, shown.is_served, shown.domains) == (True, is_served, list(domains))
    row = await tried(mailbox, await answer(mailbox, mail))
    assert (row["state"], row["reason"]) == (("sent", "") if is_served else ("failed", sending.ELSEWHERE))
    assert len(sink.taken) == is_served


async def test_an_inbox_with_a_server_of_its_own_sends_from_any_address(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    known = msgspec.structs.replace(settings(), smtp_url="smtp://127.0.0.1:9", mail_domains=("elsewhere.example",))
    for module in (servers, served):
        monkeypatch.setattr(module, "settings", lambda: known)
    conversation_id = (await came(mailbox)).conversation_id or 0
    assert not (await recipients.view(mailbox.admin, conversation_id)).can_send
    await own_servers.save(mailbox.admin, mailbox.inbox_id, SmtpServerInput("smtp.example.com", 587, "starttls"))
    assert (await recipients.view(mailbox.admin, conversation_id)).can_send
