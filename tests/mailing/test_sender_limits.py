"""What holds mail to many back: servers that want less, limits of an inbox and of a plan, and what a person has to mend."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from core.channels.email import sending
from core.channels.email.bulk import actions, desk, queries, run
from core.database import pool
from core.extend import registry
from core.extend.mailing import Addressee, Later, Never, Post
from core.mailing.actions import claims, mailings
from core.mailing.structs import Tally
from core.settings import settings
from tests.consent.people import Shop, a_shop, as_staff
from tests.factories import a_member
from tests.mail.sink import DROP, a_sink
from tests.mailing.source import KIND, Campaign, Wary, a_campaign


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


@pytest.fixture
async def wary(connected: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wary]:
    del connected
    async with a_sink(Wary()) as found:
        assert isinstance(found, Wary)
        known = msgspec.structs.replace(settings(), smtp_url=found.url)
        monkeypatch.setattr(sending, "settings", lambda: known)
        yield found


async def set_to(campaign: Campaign, status: int = 200, **values: Any) -> Any:
    return await campaign.shop.ask("PUT", where(campaign), values, status)


def where(campaign: Campaign) -> str:
    return f"/api/inboxes/{campaign.mailbox.inbox_id}/email/mailing"


async def progress(campaign: Campaign) -> Any:
    return await campaign.shop.ask("GET", f"/api/mailings/{campaign.mailing.id}")


async def move(campaign: Campaign, number: int, address: str) -> None:
    """Reader `number` has another address."""
    sql = "UPDATE mail_addresses SET address = $3 WHERE organization_id = $1 AND address = $2"
    await pool().execute(sql, campaign.actor.organization_id, f"reader{number}@example.org", address)


async def test_a_domain_that_wants_less_waits_and_no_other_does(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 6)
    for number in (1, 2):
        await move(campaign, number, f"reader{number}@slow.example")
    wary.says["slow.example"] = "450 4.7.28 too many from you"
    assert await campaign.go() == Tally(sent=4, queued=2)
    view = await shop.ask("GET", where(campaign))
    [slow] = view["slow_domains"]
    assert (slow["domain"], slow["per_hour"], slow["said"]) == ("slow.example", 3600, "450 4.7.28 too many from you")
    del wary.says["slow.example"]
    await pool().execute("UPDATE mailing_sends SET due_at = now() WHERE mailing_id = $1 AND state = 'queued'", campaign.mailing.id)
    assert await campaign.run() == Tally(sent=4, queued=2), "who comes back too soon is not even asked"
    assert {row["reason"] for row in await campaign.rows() if row["state"] == "queued"} == {"domain_rate"}
    await campaign.due()
    assert await campaign.run() == Tally(sent=5, queued=1), "one at first"


async def test_a_server_that_is_busy_or_away_is_come_back_to(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 2)
    wary.answers["mail"] += ["421 4.3.2 shutting down"] * 4
    assert await campaign.go() == Tally(queued=2)
    view = await shop.ask("GET", where(campaign))
    assert (view["held_reason"], view["held_until"] is not None) == ("421 4.3.2 shutting down", True)
    [timer] = await pool().fetch("SELECT due_at FROM timers WHERE organization_id = $1", shop.admin.organization_id)
    assert timer["due_at"] > datetime.now(UTC)
    wary.answers["mail"].clear()
    assert await campaign.run() == Tally(queued=2), "not yet"
    await campaign.due()
    sql = "UPDATE mail_rates SET tokens = 5 WHERE organization_id = $1"
    await pool().execute(sql, shop.admin.organization_id)
    assert await campaign.run() == Tally(sent=2)
    assert {row["attempt"] - row["deferrals"] for row in await campaign.rows()} == {1}, "nobody was asked, so nothing counts"


async def test_a_line_that_dies_between_two_mails_costs_nothing(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 12)
    wary.answers["mail"] += ["250 yes"] * 11 + [DROP]
    assert await campaign.go() == Tally(sent=12)
    assert len(wary.taken) == 12
    assert wary.lines < 12, "lines are kept"


@pytest.mark.parametrize("pipelining", [True, False])
async def test_who_is_refused_takes_nobody_along(shop: Shop, monkeypatch: pytest.MonkeyPatch, *, pipelining: bool) -> None:
    campaign = await a_campaign(shop, monkeypatch, 8)
    async with a_sink(Wary(pipelining=pipelining)) as wary:
        known = msgspec.structs.replace(settings(), smtp_url=wary.url)
        monkeypatch.setattr(sending, "settings", lambda: known)
        assert isinstance(wary, Wary)
        wary.says = {f"reader{number}@example.org": "550 5.1.1 nobody" for number in (2, 5)}
        assert await campaign.go() == Tally(sent=6, failed=2)
    assert sorted(one.recipients for one in wary.taken) == [[f"reader{number}@example.org"] for number in (1, 3, 4, 6, 7, 8)]
    assert {row["detail"] for row in await campaign.rows() if row["state"] == "failed"} == {"550 5.1.1 nobody"}


class Curt(Wary):
    """Hangs up on whoever names a recipient that it refuses."""

    def _say(self, writer: asyncio.StreamWriter, said: str) -> bool:
        is_yes = super()._say(writer, said)
        if said.startswith("550"):
            raise ConnectionError
        return is_yes


@pytest.mark.parametrize("pipelining", [True, False])
async def test_who_is_refused_is_refused_also_where_the_server_hangs_up(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, *, pipelining: bool
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 4)
    async with a_sink(Curt(pipelining=pipelining)) as curt:
        known = msgspec.structs.replace(settings(), smtp_url=curt.url)
        monkeypatch.setattr(sending, "settings", lambda: known)
        assert isinstance(curt, Curt)
        curt.says = {"reader2@example.org": "550 5.1.1 nobody"}
        assert await campaign.go() == Tally(sent=3, failed=1)
    [failed] = [row for row in await campaign.rows() if row["state"] == "failed"]
    assert (failed["reason"], failed["detail"]) == ("refused", "550 5.1.1 nobody")
    assert (await campaign.view()).finished_at is not None


async def test_a_mail_on_which_each_line_dies_is_given_up_in_the_end(
    shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "ATTEMPTS_MAX", 2)
    campaign = await a_campaign(shop, monkeypatch, 3)
    wary.says["reader2@example.org"] = DROP
    await campaign.go()
    for _ in range(6):
        await campaign.due()
        tally = await campaign.run()
    assert tally == Tally(sent=2, failed=1)
    [failed] = [row for row in await campaign.rows() if row["state"] == "failed"]
    assert (failed["reason"], failed["attempt"] - failed["deferrals"]) == ("hung_up", 2)
    assert (await campaign.view()).finished_at is not None


async def test_a_sender_that_nobody_lets_in_pauses_with_a_reason(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 3)
    wary.answers["mail"] += ["550 5.7.1 not your address"] * 20
    assert await campaign.go() == Tally(queued=3)
    found = (await progress(campaign))["mailing"]
    assert (found["state"], found["pause_reason"], found["pause_detail"]) == (
        "paused",
        "sender_refused",
        "550 5.7.1 not your address",
    )
    assert (await campaign.events("mailing.progressed"))[-1]["reason"] == "sender_refused"
    wary.answers["mail"].clear()
    await mailings.resume(shop.admin, campaign.mailing.id)
    assert (await progress(campaign))["mailing"]["pause_reason"] == ""
    sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name LIKE '%bulk.send' AND status = 0"
    assert await pool().fetchval(sql, shop.admin.organization_id) > 0, "somebody sends it"
    await campaign.due()
    assert await campaign.run() == Tally(sent=3)


async def test_a_server_that_refuses_everybody_is_not_told_of_all(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "ALL_REFUSED", 3)
    campaign = await a_campaign(shop, monkeypatch, 40)
    wary.says["example.org"] = "554 5.7.1 we know you"
    tally = await campaign.go()
    assert (tally.failed + tally.queued, tally.failed < 40) == (40, True)
    assert (await campaign.view()).pause_reason == "all_refused"


@pytest.mark.parametrize(("what", "reason"), [("source", "no_source"), ("inbox", "no_mail_inbox"), ("template", "no_template")])
async def test_what_all_mails_need_is_missing(
    shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch, what: str, reason: str
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1)
    if what == "source":
        monkeypatch.delitem(registry.mail_sources(), KIND)
    changes = {"inbox": {"inbox_id": 1}, "template": {"version": 99}}.get(what, {})
    campaign.post = msgspec.structs.replace(campaign.post, **changes)
    await campaign.go()
    view = await campaign.view()
    assert (view.state, view.pause_reason, wary.taken) == ("paused", reason, [])


async def test_its_source_says_later_or_never(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 3)
    first, second, third = [row["contact_id"] for row in await campaign.rows()]

    def choose(one: Addressee, post: Post) -> Any:
        return {first: Later("open_conversation", 3600), second: Never("bought_it"), third: post}[one.contact_id]

    campaign.choose = choose
    assert await campaign.go() == Tally(queued=1, sent=1, skipped={"bought_it": 1})
    [held] = [row for row in await campaign.rows() if row["state"] == "queued"]
    assert (held["reason"], held["attempt"] - held["deferrals"], held["due_at"] > datetime.now(UTC) + timedelta(minutes=59)) == (
        "open_conversation", 0, True,
    )  # fmt: skip
    assert (await campaign.view()).finished_at is None
    campaign.choose = lambda _, post: post
    await campaign.due()
    assert (await campaign.run()).queued == 0
    assert (await campaign.view()).finished_at is not None


async def test_an_inbox_sends_no_more_than_it_may(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 30)
    await set_to(campaign, per_hour=3600)
    monkeypatch.setattr(run, "RUN_S", 0.5)
    tally = await campaign.go()
    assert 1 <= tally.sent <= 3, "one a second"
    assert tally.sent + tally.queued == 30
    view = await set_to(campaign, per_hour=None)
    assert (view["per_hour"], view["today_count"]) == (None, tally.sent)
    await campaign.due()
    assert await campaign.run() == Tally(sent=30)
    await set_to(campaign, 400, per_hour=0)


async def test_who_warms_up_sends_the_rest_tomorrow(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 103)
    for _ in range(2):
        view = await set_to(campaign, is_warming=True)
    assert (view["is_warming"], view["today_limit"]) == (True, 100)
    assert await campaign.go() == Tally(sent=100, queued=3)
    assert (await shop.ask("GET", where(campaign)))["today_count"] == 100
    await pool().execute("UPDATE mail_senders SET warming_on = warming_on - 1 WHERE inbox_id = $1", campaign.mailbox.inbox_id)
    await campaign.due()
    assert await campaign.run() == Tally(sent=103)


async def test_a_plan_that_is_used_up_pauses_and_a_new_month_goes_on(
    shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 4)
    wary.says["reader1@example.org"] = "550 5.1.1 nobody"
    plan = "UPDATE organizations SET emails_limit = 2, emails_since = emails_since - $2::int WHERE id = $1"
    await pool().execute(plan, shop.admin.organization_id, 0)
    await campaign.go()
    await campaign.due()
    tally = await campaign.run()
    assert (tally.sent, (await campaign.view()).pause_reason) == (2, "plan_limit")
    view = await shop.ask("GET", where(campaign))
    assert (view["emails_limit"], view["emails_used"]) == (2, 2), "what was refused does not count"
    await pool().execute(plan, shop.admin.organization_id, 40)
    await mailings.resume(shop.admin, campaign.mailing.id)
    await campaign.due()
    assert (await campaign.run()).queued == 0
    assert (await shop.ask("GET", where(campaign)))["emails_used"] <= 2


async def test_what_a_dead_worker_left_is_looked_for(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1)
    await campaign.release()
    await pool().execute("DELETE FROM jobs WHERE organization_id = $1", shop.admin.organization_id)
    mine = (shop.admin.organization_id, campaign.mailing.id)
    assert mine in await queries.due(10_000, 0)
    await actions.look_after()
    sql = "SELECT arguments FROM jobs WHERE organization_id = $1 AND status = 0"
    assert [row["arguments"] for row in await pool().fetch(sql, mine[0])] == [{"organization_id": mine[0], "mailing_id": mine[1]}]
    assert await campaign.run() == Tally(sent=1)
    assert mine not in await queries.due(10_000, 0)


async def test_who_may_see_and_set_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1)
    user = as_staff(await a_member(shop.admin, "user"))
    assert (await shop.http.get(where(campaign), headers=user)).status_code == 200
    assert (await shop.http.put(where(campaign), headers=user, json={"per_hour": 5})).status_code == 403
    async with a_shop() as other:
        await other.ask("GET", where(campaign), status=404)
        await other.ask("GET", f"/api/mailings/{campaign.mailing.id}", status=404)
