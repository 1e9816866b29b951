"""Mail to many on its way: what is made, what servers say to it, and what becomes of each."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from core.access import Actor
from core.channels.email.bulk import desk, run
from core.channels.email.bulk.office import LINES
from core.database import pool
from core.errors import Unavailable
from core.mailing.actions import claims, mailings
from core.mailing.structs import Outcome, Tally
from tests.consent.people import Shop, a_shop, path
from tests.mail.sink import DROP, Sink
from tests.mail.test_sending import sink
from tests.mailing.source import a_campaign
from tests.mailing.test_ledger import EXPIRE

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


async def test_a_source_may_have_a_subject_of_its_own(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1, subject="For {{ contact.email }} alone")
    assert await campaign.go() == Tally(sent=1)
    assert sink.taken[0].mail["Subject"] == "For reader1@example.org alone"


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


async def test_a_server_may_think_for_longer_than_a_claim_holds(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1)
    monkeypatch.setattr(run, "RENEW_S", 0.05)
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def think() -> None:
        asked.set()
        await may_answer.wait()

    monkeypatch.setattr(sink, "pause", think)
    sink.answers["rcpt"].append("450 4.2.0 not now")
    await campaign.release()
    running = asyncio.create_task(campaign.run())
    await asked.wait()
    sql = (
        "UPDATE mailing_sends SET claimed_until = now() + interval '2 seconds' WHERE organization_id = $1 AND handed_at IS NOT NULL"
    )
    assert await pool().execute(sql, shop.admin.organization_id) == "UPDATE 1"
    await asyncio.sleep(2.5)
    assert await claims.claim(shop.admin, campaign.mailing.id) == [], "nothing is taken back"
    may_answer.set()
    assert await running == Tally(queued=1)
    await campaign.due()
    assert await campaign.run() == Tally(sent=1)


async def test_pause_and_resume(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 2)
    await mailings.pause(shop.admin, campaign.mailing.id)
    assert await campaign.go() == Tally(queued=2)
    await mailings.resume(shop.admin, campaign.mailing.id)
    assert await campaign.run() == Tally(sent=2)


async def test_a_run_that_is_ended_in_the_middle_loses_and_doubles_nothing(
    shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 60)
    many = asyncio.Event()
    monkeypatch.setattr(sink, "keep", lambda raw, said: many.set() if len(sink.taken) >= 15 else None)
    await campaign.release()
    running = asyncio.create_task(campaign.run())
    await many.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await pool().execute(EXPIRE, shop.admin.organization_id)
    await campaign.due()
    tally = await campaign.run()
    assert (tally.sent + tally.uncertain, tally.uncertain <= LINES) == (60, True)
    assert sorted(one.recipients[0] for one in sink.taken) == sorted({one.recipients[0] for one in sink.taken})
    assert len(sink.taken) >= tally.sent


async def test_what_became_of_mails_is_written_down_once_postgresql_is_back(
    shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 5)
    finish, away = claims.finish, iter(range(3))

    async def now_and_then(actor: Actor, outcomes: Sequence[Outcome]) -> set[int]:
        if next(away, None) is not None:
            raise Unavailable("the database cannot be reached")
        return await finish(actor, outcomes)

    monkeypatch.setattr(claims, "finish", now_and_then)
    monkeypatch.setattr(desk, "TRY_S", 0.01)
    assert await campaign.go() == Tally(sent=5)
    assert len(sink.taken) == 5
