"""A mail source of the tests' own, and what it takes to have it sent: an inbox, a template, readers, a server."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from core.access import Actor
from core.channels.email.bulk import jobs
from core.database import pool
from core.extend import registry
from core.extend.mailing import Addressee, Answer, MailSource, Post
from core.mailing import queries
from core.mailing.actions import mailings
from core.mailing.structs import MailingView, Tally
from core.templates import actions as templates
from core.templates.blocks import ButtonBlock, FooterBlock, TextBlock
from core.templates.structs import TemplateInput
from tests.consent.people import Shop
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mailing.test_ledger import a_mailing, enlisted

KIND = "test"
BLOCKS = [
    TextBlock(
        "Hello {{ contact.first_name | you }}, read [our news](https://shop.example/news?for={{ contact.email }}) "
        "or [write](mailto:us@shop.example)."
    ),
    ButtonBlock("Look", "https://shop.example/lamps?a=1&b=2"),
    FooterBlock("You asked for this.", address="1 Harbour"),
]  # fmt: skip
Choosing = Callable[[Addressee, Post], Answer]


class Campaign:
    """A mailing with a template, an inbox and readers. `choose` answers for each addressee, who gets the post without it."""

    def __init__(self, shop: Shop, mailing: MailingView, mailbox: Mailbox, post: Post) -> None:
        self.shop, self.mailing, self.mailbox, self.post = shop, mailing, mailbox, post
        self.choose: Choosing = lambda _, post: post

    @property
    def actor(self) -> Actor:
        return self.shop.admin

    async def letters(self, actor: Actor, source_id: int, addressees: Sequence[Addressee]) -> list[Answer]:
        assert (actor.organization_id, source_id) == (self.actor.organization_id, self.mailing.source_id)
        return [self.choose(one, self.post) for one in addressees]

    async def release(self) -> None:
        await mailings.release(self.actor, self.mailing.id)

    async def run(self) -> Tally:
        """One job, as a worker runs it, and what the ledger says then."""
        await jobs.send.function(self.actor.organization_id, self.mailing.id)
        return await self.tally()

    async def go(self) -> Tally:
        await self.release()
        return await self.run()

    async def tally(self) -> Tally:
        return await queries.tally(self.actor, self.mailing.id)

    async def view(self) -> MailingView:
        return await queries.mailing(self.actor, self.mailing.id)

    async def due(self) -> None:
        """Whatever waits has waited long enough."""
        organization_id = self.actor.organization_id
        await pool().execute(
            "UPDATE mailing_sends SET due_at = now() WHERE organization_id = $1 AND state = 'queued'", organization_id
        )
        sql = "UPDATE mail_rates SET held_until = NULL, filled_at = now() - interval '1 second' WHERE organization_id = $1"
        await pool().execute(sql, organization_id)

    async def rows(self) -> list[Any]:
        sql = "SELECT * FROM mailing_sends WHERE organization_id = $1 AND mailing_id = $2 ORDER BY id"
        return list(await pool().fetch(sql, self.actor.organization_id, self.mailing.id))

    async def events(self, kind: str) -> list[Any]:
        """Of the outbox or the log: bodies, in order."""
        sql = "SELECT body FROM outbox WHERE organization_id = $1 AND type = $2 ORDER BY id"
        return [msgspec.json.decode(row["body"]) for row in await pool().fetch(sql, self.actor.organization_id, kind)]


async def a_campaign(shop: Shop, patch: pytest.MonkeyPatch, readers: int = 3, **post: Any) -> Campaign:
    mailbox = await a_mailbox(shop.admin)
    template = await templates.create(
        shop.admin, TemplateInput(f"News {datetime.now(UTC)}", "News for {{ contact.email }}", blocks=BLOCKS)
    )
    mailing = await a_mailing(shop, readers, KIND)
    await enlisted(shop, mailing)
    made = Post(template_id=template.id, version=template.version, inbox_id=mailbox.inbox_id, **post)
    campaign = Campaign(shop, mailing, mailbox, made)
    patch.setitem(registry.mail_sources(), KIND, MailSource(kind=KIND, title="Tests", letters=campaign.letters))
    return campaign


class Wary(Sink):
    """A server that speaks PIPELINING and answers by whom a mail is for: `says[recipient or domain]`, at `rcpt`. `lines`: connections so far."""

    def __init__(self, *, pipelining: bool = True) -> None:
        super().__init__()
        self.says: dict[str, str] = {}
        self.lines = 0
        self.pipelining = pipelining

    def hello(self, word: str, writer: asyncio.StreamWriter) -> bytes:
        self.lines += 1
        return b"250-wary\r\n250 PIPELINING\r\n" if word == "EHLO" and self.pipelining else b"250 wary\r\n"

    def about(self, line: str) -> str:
        recipient = line.partition("<")[2].partition(">")[0]
        return self.says.get(recipient) or self.says.get(recipient.partition("@")[2]) or "250 yes"
