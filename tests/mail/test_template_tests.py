"""A template is tried on people who work here, by the server that its inbox sends by, and on nobody else."""

import asyncio
from typing import Any

import pytest

from core.access import Actor
from core.channels.email.servers import actions as servers
from core.channels.email.servers.structs import SmtpServerInput
from core.channels.email.template_tests import actions
from core.channels.email.template_tests.structs import TemplateTest, TemplateTestInput
from core.database import pool
from core.errors import Conflict, Forbidden, Invalid, NotFound, TooManyRequests
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.templates import actions as templates
from core.templates.blocks import FooterBlock, TextBlock
from core.templates.structs import TemplateInput
from tests.factories import a_contact, a_member, again, an_address, an_organization
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import mailbox, sink

__all__ = ["mailbox", "sink"]
TEMPLATE = TemplateInput(
    "Welcome",
    "Hello {{ contact.first_name | there }}",
    blocks=[TextBlock("Dear {{ contact.first_name | you }}"), FooterBlock("Us", "Here")],
)


async def address_of(actor: Actor) -> str:
    found: str = await pool().fetchval("SELECT email FROM users WHERE id = $1", actor.id)
    return found


async def tried(actor: Actor, mailbox: Mailbox, **values: Any) -> TemplateTest:
    template = await templates.create(mailbox.admin, TEMPLATE)
    return await actions.send(actor, template.id, TemplateTestInput(mailbox.inbox_id, **values))


async def test_it_comes_to_whoever_asks_as_a_customer_would_get_it(mailbox: Mailbox, sink: Sink) -> None:
    user = await a_member(mailbox.admin, "user")
    contact = await a_contact(mailbox.admin, first_name="Åsa")
    found = await tried(user, mailbox, contact_id=contact.id)
    [taken] = sink.taken
    assert (found.code, found.recipients, found.left_out) == ("sent", [await address_of(user)], [])
    assert taken.recipients == found.recipients
    assert (taken.mail["Subject"], taken.mail["From"].addresses[0].addr_spec) == ("[Test] Hello Åsa", mailbox.address)
    html, text = (taken.mail.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert 'class="lc-card"' in html
    assert ("Dear Åsa</p>" in html, "Dear Åsa" in text) == (True, True)


async def test_colleagues_get_it_and_nobody_else(mailbox: Mailbox, sink: Sink) -> None:
    agent = await a_member(mailbox.admin, "agent")
    found = await tried(mailbox.admin, mailbox, to=[(await address_of(agent)).upper()])
    assert [taken.recipients for taken in sink.taken] == [found.recipients] == [[await address_of(agent)]]
    stranger = await address_of(await an_organization())
    for other in (an_address(), stranger):
        with pytest.raises(Invalid) as refused:
            await tried(mailbox.admin, mailbox, to=[await address_of(agent), other])
        assert (refused.value.reason, refused.value.extra["others"]) == ("not_staff", [other])
    assert len(sink.taken) == 1


async def test_agents_and_strangers_cannot(mailbox: Mailbox, sink: Sink) -> None:
    with pytest.raises(Forbidden):
        await tried(await a_member(mailbox.admin, "agent"), mailbox)
    with pytest.raises(NotFound):
        await tried(await an_organization(), mailbox)
    other = await a_mailbox(await an_organization())
    template = await templates.create(mailbox.admin, TEMPLATE)
    with pytest.raises(NotFound):
        await actions.send(mailbox.admin, template.id, TemplateTestInput(other.inbox_id))
    assert not sink.taken


async def test_an_inbox_that_one_does_not_see_sends_nothing_for_one(mailbox: Mailbox, sink: Sink) -> None:
    user = await a_member(mailbox.admin, "user")
    await inboxes.update(mailbox.admin, mailbox.inbox_id, InboxChanges(access="members", member_ids=[mailbox.admin.id or 0]))
    with pytest.raises(NotFound):
        await tried(await again(user), mailbox)
    assert not sink.taken


async def test_what_the_server_says_is_told(mailbox: Mailbox, sink: Sink) -> None:
    sink.answers["rcpt"].append("550 no such person")
    found = await tried(mailbox.admin, mailbox)
    assert (found.code, found.said, found.left_out) == ("refused", "550 no such person", found.recipients)
    await servers.save(mailbox.admin, mailbox.inbox_id, SmtpServerInput("mail.invalid", 587, "starttls"))
    assert (await tried(mailbox.admin, mailbox)).code not in {"sent", "refused"}


async def test_without_a_server_it_is_said_so(mailbox: Mailbox) -> None:
    with pytest.raises(Conflict) as refused:
        await tried(mailbox.admin, mailbox)
    assert refused.value.reason == "no_mail_server"


async def test_one_cannot_try_without_end(mailbox: Mailbox, sink: Sink) -> None:
    template = await templates.create(mailbox.admin, TEMPLATE)
    attempts = [actions.send(mailbox.admin, template.id, TemplateTestInput(mailbox.inbox_id)) for _ in range(actions.PER_USER + 2)]
    ended = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(one, TooManyRequests) for one in ended) == 2
    assert len(sink.taken) == actions.PER_USER
