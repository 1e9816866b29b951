"""Mail to many on its way: what is made, what servers say to it, and what becomes of each."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.mailing.actions import mailings
from core.mailing.structs import Tally
from tests.consent.people import Shop, a_shop, path
from tests.mail.sink import DROP, Sink
from tests.mail.test_sending import sink
from tests.mailing.source import a_campaign

__all__ = ["sink"]


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


async def test_each_gets_one_mail_that_is_his_own(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 3)
    assert await campaign.run() == Tally(queued=3), "nobody has released it"
    assert await campaign.go() == Tally(sent=3)
    assert await campaign.run() == Tally(sent=3)
    assert sorted(one.recipients[0] for one in sink.taken) == [f"reader{n}@example.org" for n in (1, 2, 3)]
    taken = next(one for one in sink.taken if one.recipients == ["reader1@example.org"])
    mail = taken.mail
    assert (taken.mail_from, mail["To"], mail["Subject"]) == (
        campaign.mailbox.address,
        "reader1@example.org",
        "News for reader1@example.org",
    )
    assert (mail["Precedence"], mail["Auto-Submitted"], mail["List-Unsubscribe-Post"]) == (
        "bulk",
        "auto-generated",
        "List-Unsubscribe=One-Click",
    )
    text, html = [str(mail.get_body((kind,)).get_content()) for kind in ("plain", "html")]
    assert "https://shop.example/news?for=reader1%40example.org" in text
    assert "/mail/click/" in html
    assert "/mail/open/" in html
    assert 'href="mailto:us@shop.example"' in html
    assert 'href="https://shop.example' not in html
    stop = str(mail["List-Unsubscribe"]).strip("<>")
    assert stop in html, "nobody is watched as he leaves"
    assert (await shop.http.post(path(stop), data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert (await campaign.view()).finished_at is not None
    assert len(await campaign.events("mailing.finished")) == 1


async def test_a_server_that_asks_for_patience_gets_it(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 3)
    sink.answers["rcpt"] += ["450 4.2.0 not now", "550 5.1.1 nobody"]
    sink.answers["end"].append("554 no")
    assert await campaign.go() == Tally(queued=1, failed=2)
    assert {(row["state"], row["reason"]) for row in await campaign.rows()} == {("queued", ""), ("failed", "refused")}
    await campaign.due()
    assert await campaign.run() == Tally(sent=1, failed=2)


async def test_an_answer_that_never_came_is_no_reason_to_send_again(
    shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1)
    sink.answers["end"].append(DROP)
    assert await campaign.go() == Tally(uncertain=1)
    await campaign.due()
    assert await campaign.run() == Tally(uncertain=1)


async def test_pause_and_resume(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 2)
    await mailings.pause(shop.admin, campaign.mailing.id)
    assert await campaign.go() == Tally(queued=2)
    await mailings.resume(shop.admin, campaign.mailing.id)
    assert await campaign.run() == Tally(sent=2)
