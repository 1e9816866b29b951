"""What comes of mail to many: an answer is a conversation that knows of it, a person's click and what came back are told."""

import re
from collections.abc import AsyncIterator
from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest

from core.channels.email.bulk import queries
from core.contacts import actions as contacts
from core.contacts.structs import DeclaredInput
from core.conversations import queries as conversations
from core.database import pool
from core.errors import NotFound
from core.mailing import jobs
from core.mailing.structs import Tally
from tests.consent.people import Shop, a_shop, path
from tests.factories import a_message, an_inbox, an_organization
from tests.mail.sink import Sink
from tests.mail.test_bounces import COMPLAINT, about
from tests.mail.test_sending import sink
from tests.mail.test_threads import came, conversation, joined
from tests.mail.test_understanding import whole
from tests.mailing.source import Campaign, a_campaign

__all__ = ["sink"]
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"}
TIMERS = "SELECT arguments FROM timers WHERE organization_id = $1 AND name = $2"
READER, BEN = "Ida Ash <reader1@example.org>", "Ben Birk <ben@example.net>"


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


async def sent(shop: Shop, sink: Sink, patch: pytest.MonkeyPatch, **post: Any) -> tuple[Campaign, EmailMessage]:
    campaign = await a_campaign(shop, patch, 1, **post)
    assert await campaign.go() == Tally(sent=1)
    return campaign, sink.taken[0].mail


async def test_an_answer_opens_a_conversation_that_knows_its_mailing(
    shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, mail = await sent(shop, sink, monkeypatch)
    [row] = await campaign.rows()
    first = await came(campaign.mailbox, READER, to=str(mail["Reply-To"]), subject="Re: News")
    assert (first.state, (await conversation(campaign.mailbox, first)).contact_id) == ("created", row["contact_id"])
    found = await queries.answered(shop.admin, first.conversation_id or 0)
    assert found is not None
    assert (found.mailing_id, found.kind, found.source_id) == (campaign.mailing.id, "test", campaign.mailing.source_id)
    assert (found.send_id, found.is_recipient, found.contact_id) == (row["id"], True, row["contact_id"])
    assert joined(first, await came(campaign.mailbox, READER, to=str(mail["Reply-To"]), subject="Re: News"))
    with pytest.raises(NotFound):
        await queries.answered(await an_organization(), first.conversation_id or 0)


async def test_an_answer_does_not_make_the_address_the_own_of_a_visitor_who_typed_it(
    shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1)
    visitor, _ = await a_message(await an_inbox(shop.admin), "Hello")
    await contacts.update(visitor, visitor.contact_id, DeclaredInput(first_name="Mallory", email="reader1@example.org"))
    await pool().execute(
        "UPDATE mailing_sends SET contact_id = $2 WHERE organization_id = $1", shop.admin.organization_id, visitor.contact_id
    )
    assert await campaign.go() == Tally(sent=1)
    answer = await came(campaign.mailbox, READER, to=str(sink.taken[0].mail["Reply-To"]), body="Who are you?")
    later = await came(campaign.mailbox, READER, subject="My own matter")
    assert {answer.conversation_id, later.conversation_id}.isdisjoint(one.id for one in await conversations.of_contact(visitor))


async def test_who_only_names_the_mail_is_heard_as_well(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, mail = await sent(shop, sink, monkeypatch)
    first = await came(campaign.mailbox, READER, In_Reply_To=str(mail["Message-ID"]))
    found = await queries.answered(shop.admin, first.conversation_id or 0)
    assert (found is not None, found and found.is_recipient) == (True, True)
    plain = await came(campaign.mailbox, READER)
    assert await queries.answered(shop.admin, plain.conversation_id or 0) is None


async def test_somebody_to_whom_it_was_passed_on_is_not_the_recipient(
    shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, mail = await sent(shop, sink, monkeypatch)
    [row] = await campaign.rows()
    first = await came(campaign.mailbox, READER, to=str(mail["Reply-To"]))
    second = await came(campaign.mailbox, BEN, to=str(mail["Reply-To"]))
    assert (second.state, joined(first, second)) == ("created", False)
    assert (await conversation(campaign.mailbox, second)).contact_id != row["contact_id"]
    found = await queries.answered(shop.admin, second.conversation_id or 0)
    assert (found is not None, found and found.is_recipient, found and found.contact_id) == (True, False, None)


async def test_a_forged_tag_names_no_mailing(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, mail = await sent(shop, sink, monkeypatch)
    [row] = await campaign.rows()
    forged = str(mail["Reply-To"]).replace(f"+m{row['id']}-", f"+m{row['id'] + 1}-")
    first = await came(campaign.mailbox, READER, to=forged)
    assert await queries.answered(shop.admin, first.conversation_id or 0) is None


async def test_a_person_who_opens_and_clicks_is_told_of_once(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, mail = await sent(shop, sink, monkeypatch)
    [row] = await campaign.rows()
    html = str(mail.get_body(("html",)).get_content())
    pixel, *_ = re.findall(r'src="([^"]*/mail/open/[^"]*)"', html)
    link, *_ = [unescape(one) for one in re.findall(r'href="([^"]*/mail/click/[^"]*)"', html)]
    await pool().execute("UPDATE mailing_sends SET handed_at = now() - interval '1 hour' WHERE id = $1", row["id"])
    for agent in ({"User-Agent": "curl/8"}, BROWSER, BROWSER):
        assert (await shop.http.get(path(unescape(pixel)), headers=agent)).status_code == 200
        answer = await shop.http.get(path(link), headers=agent, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (302, "https://shop.example/news?for=reader1%40example.org")
    timers = await pool().fetch(TIMERS, shop.admin.organization_id, jobs.tell_touch.name)
    assert len(timers) == 1
    await jobs.tell_touch.function(**timers[0]["arguments"])
    told = await campaign.events("mailing.touched")
    assert [(one["touch"], one["url"], one["contact_id"], one["send_id"], one["kind"], one["source_id"]) for one in told] == [
        ("open", "", row["contact_id"], row["id"], "test", campaign.mailing.source_id),
        (
            "click",
            "https://shop.example/news?for=reader1%40example.org",
            row["contact_id"],
            row["id"],
            "test",
            campaign.mailing.source_id,
        ),
    ]


async def test_a_scanner_is_nobody(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, mail = await sent(shop, sink, monkeypatch)
    await pool().execute(
        "UPDATE mailing_sends SET handed_at = now() - interval '1 hour' WHERE mailing_id = $1", campaign.mailing.id
    )
    html = str(mail.get_body(("html",)).get_content())
    first, *_ = [unescape(one) for one in re.findall(r'href="([^"]*/mail/click/[^"]*)"', html)]
    await shop.http.get(path(first), headers=BROWSER, follow_redirects=False)
    [timer] = await pool().fetch(TIMERS, shop.admin.organization_id, jobs.tell_touch.name)
    await pool().execute(
        "UPDATE mailing_touches SET label = 'bot', is_burst = true WHERE organization_id = $1", shop.admin.organization_id
    )
    await jobs.tell_touch.function(**timer["arguments"])
    assert await campaign.events("mailing.touched") == []


async def test_who_is_not_watched_has_no_links_of_ours(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    _, mail = await sent(shop, sink, monkeypatch, is_tracked=False)
    html = str(mail.get_body(("html",)).get_content())
    assert ("/mail/click/" in html, "/mail/open/" in html, 'href="https://shop.example/lamps?a=1&amp;b=2"' in html) == (
        False,
        False,
        True,
    )


async def test_what_came_back_is_told_and_stands_in_the_ledger(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, mail = await sent(shop, sink, monkeypatch)
    known = str(mail["Message-ID"])
    await whole(campaign.mailbox, about(campaign.mailbox, known, recipient="reader1@example.org"), "")
    [row] = await campaign.rows()
    assert (row["state"], row["reason"], row["detail"][:5]) == ("sent", "bounced", "5.1.1")
    complaint = COMPLAINT.format(to=campaign.mailbox.address, recipient="reader1@example.org", known=known)
    await whole(campaign.mailbox, complaint.encode(), "")
    told = await campaign.events("mailing.returned")
    assert [(one["reason"], one["send_id"], one["contact_id"]) for one in told] == [
        (reason, row["id"], row["contact_id"]) for reason in ("bounced", "complained")
    ]
    assert await shop.why_not("reader1@example.org") == "bounced"
