"""What tests of campaigns share: somebody who markets, readers who agreed, and a stand-in for whoever sends."""

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import httpx

from core.access import Actor, system
from core.channels.email.servers import actions as servers
from core.channels.email.servers.structs import SmtpServerInput
from core.contacts.addresses import digest
from core.database import pool
from core.extend import registry
from core.extend.mailing import Addressee, Later, Never, Post
from core.mailing.actions import claims
from core.mailing.structs import Claimed, Deferred, Outcome
from modules.campaigns import jobs
from tests.consent.people import as_staff
from tests.factories import an_organization
from tests.mail.gateway import Mailbox, a_mailbox
from tests.security.conftest import in_process

READERS = """
WITH n AS (SELECT * FROM unnest($3::text[], $4::text[]) AS n (email, digest)), k AS (
    INSERT INTO contacts (organization_id, email, tags) SELECT $1, n.email, '{}' FROM n RETURNING id
), a AS (
    INSERT INTO mail_addresses (organization_id, address, digest) SELECT $1, n.email, n.digest FROM n RETURNING id
), c AS (
    INSERT INTO consents (organization_id, address_id, topic_id, state, source, text_version)
    SELECT $1, a.id, $2, 'subscribed', 'form', 1 FROM a
)
SELECT id FROM k ORDER BY id
"""
EVERY = "UPDATE mailing_sends SET due_at = now() WHERE organization_id = $1 AND state = 'queued'"
FIRED = "DELETE FROM timers WHERE organization_id = $1 AND key = $2 AND due_at <= clock_timestamp() RETURNING id"
Ending = Callable[[Claimed], str]


class Desk(NamedTuple):
    """An organization whose inbox `mailbox` can send, with a topic and a template."""

    admin: Actor
    http: httpx.AsyncClient
    mailbox: Mailbox
    topic: int
    template: int

    async def ask(self, method: str, path: str, body: Any = None, status: int = 200, by: Actor | None = None) -> Any:
        answer = await self.http.request(method, f"/api{path}", json=body, headers=as_staff(by or self.admin))
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def a_template(self, subject: str = "Lamps for {{ contact.first_name | you }}", blocks: Sequence[Any] = ()) -> int:
        body = {"name": f"News {secrets.token_hex(3)}", "subject": subject, "blocks": [{"type": "text", "text": "Hello"}, *blocks]}
        return int((await self.ask("POST", "/templates", body, 201))["id"])

    async def readers(self, count: int) -> list[int]:
        """Contacts who agreed to the topic."""
        mark = secrets.token_hex(4)
        emails = [f"reader{number}.{mark}@example.org" for number in range(count)]
        digests = [digest(self.admin.organization_id, email) for email in emails]
        rows = await pool().fetch(READERS, self.admin.organization_id, self.topic, emails, digests)
        return [row["id"] for row in rows]

    async def campaign(self, **values: Any) -> Any:
        """A draft that lacks nothing."""
        body = {"name": "Spring", "topic_id": self.topic, "inbox_id": self.mailbox.inbox_id, "hold_days": 0}
        return await self.ask("POST", "/campaigns", body | {"variants": [{"template_id": self.template}]} | values, 201)

    async def of(self, campaign: Any) -> Any:
        return await self.ask("GET", f"/campaigns/{campaign['id']}")

    async def act(self, campaign: Any, verb: str, body: Any = None, status: int = 200) -> Any:
        return await self.ask("POST", f"/campaigns/{campaign['id']}/{verb}", body, status)

    async def begun(self, **values: Any) -> Any:
        """A campaign whose audience is settled."""
        made = await self.campaign(**values)
        started = await self.act(made, "start", {"revision": made["revision"]})
        await jobs.enlist.function(self.admin.organization_id, made["id"])
        return started

    async def progress(self, campaign: Any) -> Any:
        return await self.ask("GET", f"/campaigns/{campaign['id']}/progress")

    async def watch(self, campaign: Any) -> Any:
        """What the timer does; returns the campaign after it."""
        await jobs.watch.function(self.admin.organization_id, campaign["id"])
        return await self.of(campaign)

    async def fired(self, job: str, campaign: Any) -> bool:
        """Whether a timer is due; it is gone then."""
        return await pool().fetchval(FIRED, self.admin.organization_id, f"{job}:{campaign['id']}") is not None

    async def send(self, campaign: Any, ending: Ending = lambda claimed: "sent", most: int = 1000) -> list[tuple[Claimed, Any]]:
        """As whoever sends does, but that no server is asked; returns what the campaign answered for each."""
        mailing_id = (await self.of(campaign))["mailing_id"]
        answered: list[tuple[Claimed, Any]] = []
        while len(answered) < most and (claimed := await claims.claim(self.admin, mailing_id, most=min(most - len(answered), 200))):
            answered += await answers(self.admin, campaign["id"], claimed)
            await settle(self.admin, answered[-len(claimed) :], ending)
        return answered

    async def time_passes(self) -> None:
        """Whatever waits is due."""
        await pool().execute(EVERY, self.admin.organization_id)


async def answers(actor: Actor, campaign_id: int, claimed: Sequence[Claimed]) -> list[tuple[Claimed, Any]]:
    source = registry.mail_sources()["campaign"]
    addressees = [Addressee(one.id, one.contact_id, one.entry) for one in claimed]
    return list(zip(claimed, await source.letters(system(actor.organization_id), campaign_id, addressees), strict=True))


async def settle(actor: Actor, answered: Sequence[tuple[Claimed, Any]], ending: Ending) -> None:
    posted = [one for one, answer in answered if isinstance(answer, Post)]
    going = await claims.hand_over(actor, posted)
    outcomes = [Outcome(one.id, one.attempt, ending(one)) for one in posted if one.id in going]
    later: list[Deferred] = []
    for one, answer in answered:
        if isinstance(answer, Later):
            later.append(Deferred(one.id, one.attempt, answer.reason, answer.wait_s))
        elif isinstance(answer, Never):
            outcomes.append(Outcome(one.id, one.attempt, "skipped", answer.reason))
    await claims.finish(actor, outcomes)
    await claims.defer(actor, later)


@asynccontextmanager
async def a_desk(*, own_server: bool = True) -> AsyncIterator[Desk]:
    admin = await an_organization()
    mailbox = await a_mailbox(admin)
    if own_server:
        await servers.save(admin, mailbox.inbox_id, SmtpServerInput("mail.example.com", 587, "starttls"))
    async with in_process() as http:
        bare = Desk(admin, http, mailbox, 0, 0)
        topic = await bare.ask("POST", "/topics", {"name": "News", "opt_in": "single"}, 201)
        yield bare._replace(topic=topic["id"], template=await bare.a_template())
