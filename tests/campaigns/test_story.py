"""A campaign as its readers get it, by whoever sends mail to many, and what they do with it."""

import re
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from core.channels.email.bulk import jobs as bulk
from core.database import pool
from core.mailing import queries as ledger
from core.mailing.events import MailingFinished, MailingProgressed, MailingTouched
from modules.campaigns import jobs, subscribers
from tests.campaigns.desk import Desk, a_desk
from tests.campaigns.test_always import EXPIRE
from tests.consent.people import path
from tests.factories import a_member, a_message, an_inbox
from tests.mail.sink import Sink
from tests.mail.test_sending import sink
from tests.mail.test_threads import came

__all__ = ["sink"]
BODIES = "SELECT body FROM outbox WHERE organization_id = $1 AND type = $2 ORDER BY id"


@pytest.fixture
async def desk(connected: Any) -> AsyncIterator[Desk]:
    del connected
    async with a_desk(own_server=False) as desk:
        yield desk


async def run(desk: Desk, campaign: Any) -> Any:
    """What workers do: settle who gets it, send it, hear of it."""
    await jobs.enlist.function(desk.admin.organization_id, campaign["id"])
    mailing_id = (await desk.of(campaign))["mailing_id"]
    await bulk.send.function(desk.admin.organization_id, mailing_id)
    found = await ledger.mailing(desk.admin, mailing_id)
    if found.finished_at is not None:
        event = MailingFinished(
            organization_id=desk.admin.organization_id, mailing_id=mailing_id, kind=found.kind, source_id=found.source_id,
            tally=await ledger.tally(desk.admin, mailing_id), by=desk.admin.ref,
        )  # fmt: skip
        await subscribers.finish.function(event)
    return await desk.of(campaign)


async def test_readers_get_it_open_it_follow_its_links_and_leave(desk: Desk, sink: Sink) -> None:
    ids = await desk.readers(3)
    template = await desk.a_template(
        "Lamps", [{"type": "button", "label": "Look", "url": "https://shop.example/lamps"}, {"type": "footer", "text": "You asked for this."}]
    )  # fmt: skip
    made = await desk.campaign(variants=[{"template_id": template}])
    await desk.act(made, "start", {"revision": made["revision"]})
    sink.answers["rcpt"].append("550 5.1.1 nobody")
    done = await run(desk, made)
    assert (done["status"], done["sent"], done["failed"], len(sink.taken)) == ("sent", 2, 1, 2)
    taken = sink.taken[0]
    html = str(taken.mail.get_body(("html",)).get_content())
    reader = await pool().fetchval("SELECT id FROM contacts WHERE email = $1", taken.recipients[0])
    click = re.search(r'href="[^"]*(/mail/click/[^"]*)"', html)
    assert click
    assert (await desk.http.get(click[1].replace("&amp;", "&"), follow_redirects=False)).headers[
        "location"
    ] == "https://shop.example/lamps"
    stop = str(taken.mail["List-Unsubscribe"]).strip("<>")
    assert (await desk.http.get(path(stop))).status_code == 200
    assert (await desk.ask("GET", f"/campaigns/{made['id']}/report"))["funnel"]["unsubscribed"] == 0, "never by GET"
    assert (await desk.http.post(path(stop), data={"List-Unsubscribe": "One-Click"})).status_code == 200
    found = await desk.ask("GET", f"/campaigns/{made['id']}/report")
    assert (found["funnel"]["unsubscribed"], sum(found["funnel"]["clicked"].values())) == (1, 1)
    assert [link["url"] for link in found["links"]] == ["https://shop.example/lamps"]

    for touch in ("open", "open", "click"):
        event = MailingTouched(
            organization_id=desk.admin.organization_id, mailing_id=done["mailing_id"], kind="campaign", source_id=made["id"], send_id=1,
            contact_id=reader, entry="", touch=touch, url="", by=desk.admin.ref,
        )  # fmt: skip
        await subscribers.remember_touch.function(event)
    for field, times, count in (("received", 1, 2), ("opened", 1, 1), ("opened", 2, 0), ("clicked", 1, 1)):
        tree = {
            "field": f"campaigns.{field}",
            "op": "did",
            "times": times,
            "days": 7,
            "where": [{"field": "campaign", "op": "is", "value": made["id"]}],
        }
        assert (await desk.ask("POST", "/segments/count", {"tree": tree}))["count"] == count, field
    assert reader in ids


async def test_an_answer_opens_a_conversation_that_shows_the_campaign(desk: Desk, sink: Sink) -> None:
    await desk.readers(1)
    made = await desk.campaign()
    await desk.act(made, "start", {"revision": made["revision"]})
    await run(desk, made)
    assert len(sink.taken) == 1
    _, other = await a_message(await an_inbox(desk.admin))
    here = "/campaigns/panels/conversation?conversation_id={}".format
    assert (await desk.ask("GET", here(other.conversation.id)))["blocks"] == [], "it began otherwise"
    mail, [address] = sink.taken[0].mail, sink.taken[0].recipients
    reply = await came(desk.mailbox, f"Ida Ash <{address}>", to=str(mail["Reply-To"]), subject="Re: Lamps")
    facts, timeline, links = (await desk.ask("GET", here(reply.conversation_id)))["blocks"]
    assert [(fact["label"], fact["value"]) for fact in facts["facts"]] == [
        ("Campaign", "Spring"),
        ("Subject", "Lamps for {{ contact.first_name | you }}"),
    ]
    assert [entry["text"] for entry in timeline["entries"]] == ["Sent"]
    assert links["links"][0]["href"] == f"/app/campaigns/{made['id']}"
    agent = await a_member(desk.admin, "agent")
    assert [block["type"] for block in (await desk.ask("GET", here(reply.conversation_id), by=agent))["blocks"]] == [
        "facts",
        "timeline",
    ]
    [shown] = (await desk.ask("GET", f"/campaigns/{made['id']}/replies"))["items"]
    assert (shown["conversation_id"], shown["is_recipient"], shown["variant"]) == (reply.conversation_id, True, "A")
    assert (await desk.watch(made))["replied"] == 1


async def test_what_stops_whoever_sends_pauses_the_campaign_and_says_why(desk: Desk, sink: Sink) -> None:
    await desk.readers(2)
    made = await desk.campaign()
    await desk.act(made, "start", {"revision": made["revision"]})
    limit = "UPDATE organizations SET emails_limit = 0 WHERE id = $1"
    await pool().execute(limit, desk.admin.organization_id)
    await run(desk, made)

    async def hear() -> None:
        for [body] in await pool().fetch(BODIES, desk.admin.organization_id, "mailing.progressed"):
            await subscribers.hold_up.function(msgspec.json.decode(body, type=MailingProgressed))

    await hear()
    paused = await desk.of(made)
    assert (paused["status"], paused["reason"], sink.taken) == ("paused", "plan_limit", [])
    await pool().execute("UPDATE organizations SET emails_limit = -1 WHERE id = $1", desk.admin.organization_id)
    assert (await desk.act(made, "resume"))["reason"] == ""
    await hear()  # what is heard again, and late
    assert (await desk.of(made))["status"] == "sending"
    await pool().execute(EXPIRE, desk.admin.organization_id)
    assert (await run(desk, made))["status"] == "sent"
    assert len(sink.taken) == 2
