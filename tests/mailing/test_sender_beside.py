"""What a sender does to others: to people at work, to addresses that are dead, to the plan when its worker dies, and what it lets a server do."""

import asyncio

import pytest

from core.auth import sessions
from core.channels.email.bulk import actions, breath, desk
from core.channels.email.bulk.breath import Breath
from core.channels.email.bulk.line import AHEAD_MAX, UNREAD_MAX, Line
from core.database import pool
from core.mailing.structs import Tally
from tests.consent.people import Shop, a_shop
from tests.mailing.source import Wary, a_campaign
from tests.mailing.test_sender_limits import shop, wary, where

__all__ = ["shop", "wary"]
NOBODY = "550 5.1.1 user unknown"
SUPPRESSED = "SELECT stops FROM mail_addresses WHERE organization_id = $1 AND address = $2"


class Clock:
    """A processor that is busy for `busy_s` between two looks, which are a second apart."""

    def __init__(self, patch: pytest.MonkeyPatch, busy_s: float) -> None:
        self.now = self.used = 100.0
        self.rests: list[float] = []
        self.busy_s = busy_s
        patch.setattr(breath, "time", self)
        patch.setattr(breath.asyncio, "sleep", self._sleep)

    def monotonic(self) -> float:
        return self.now

    def process_time(self) -> float:
        return self.used

    async def work(self, taking: Breath) -> None:
        self.now += 1.0
        self.used += self.busy_s
        await taking.drawn()

    async def _sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds


@pytest.mark.parametrize(
    ("is_there", "busy_s", "rests"),
    [(True, 0.18, [0.2, 0.2]), (True, 0.3, [0.25, 0.25, 0.25]), (True, 0.1, [0.0]), (False, 0.9, [])],
)
async def test_it_takes_a_part_of_the_processor_while_somebody_works(
    is_there: bool, busy_s: float, rests: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def anybody(lately_s: float) -> bool:
        assert lately_s >= 60, "sessions are noted once a minute"
        return is_there

    monkeypatch.setattr(sessions, "is_anybody_there", anybody)
    clock = Clock(monkeypatch, busy_s)
    taking = Breath()
    for _ in rests or [0.0]:
        await clock.work(taking)
    assert clock.rests == pytest.approx(rests)


async def test_who_asks_for_something_is_there_for_a_while(shop: Shop) -> None:
    await pool().execute("UPDATE sessions SET last_seen_at = now() - interval '1 hour'")
    assert not await sessions.is_anybody_there(breath.LATELY_S)
    await shop.ask("GET", "/api/contacts")
    assert await sessions.is_anybody_there(breath.LATELY_S)


async def test_an_address_at_which_there_is_nobody_gets_no_more_mail(
    shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 3)
    wary.says["reader1@example.org"] = NOBODY
    wary.says["reader2@example.org"] = "550 5.7.1 blocked: your message looks like spam"
    assert await campaign.go() == Tally(sent=1, failed=2)
    organization_id = shop.admin.organization_id
    assert await pool().fetchval(SUPPRESSED, organization_id, "reader1@example.org") == ["bounced"]
    assert await pool().fetchval(SUPPRESSED, organization_id, "reader2@example.org") == [], "he is there"
    [told] = (await shop.ask("GET", "/api/suppressions"))["items"]
    assert told["evidence"]["said"] == NOBODY


async def test_a_server_that_knows_nobody_at_all_is_not_believed(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 2)
    wary.says["example.org"] = NOBODY
    assert await campaign.go() == Tally(failed=2)
    assert await pool().fetchval(SUPPRESSED, shop.admin.organization_id, "reader1@example.org") == []


async def test_a_run_that_dies_takes_of_the_plan_what_a_server_may_have(
    shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 3)
    await pool().execute("UPDATE organizations SET emails_limit = 100 WHERE id = $1", shop.admin.organization_id)
    gone = asyncio.Event()

    async def dying(self: desk.Desk) -> None:
        gone.set()
        await asyncio.sleep(3600)

    monkeypatch.setattr(desk.Desk, "close", dying)
    await campaign.release()
    run = asyncio.create_task(campaign.run())
    await gone.wait()
    run.cancel()
    assert (await shop.ask("GET", where(campaign)))["emails_used"] == 3


async def test_however_many_wait_none_is_overlooked(shop: Shop, wary: Wary, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await a_campaign(shop, monkeypatch, 1)
    await first.release()
    async with a_shop() as other:
        second = await a_campaign(other, monkeypatch, 1)
        await second.release()
        await pool().execute("DELETE FROM jobs")
        monkeypatch.setattr(actions, "LOOK_MAX", 1)
        await actions.look_after()
        found = {
            row["arguments"]["mailing_id"]
            for row in await pool().fetch("SELECT arguments FROM jobs WHERE arguments ? 'mailing_id'")
        }
    assert {first.mailing.id, second.mailing.id} <= found


class Out:
    """What a line writes to."""

    def __init__(self) -> None:
        self.is_aborted = False

    def abort(self) -> None:
        self.is_aborted = True


@pytest.mark.parametrize(
    ("said", "is_cut"),
    [
        (b"250 yes\r\n" * AHEAD_MAX, False),
        (b"250 yes\r\n" * (AHEAD_MAX + 1), True),
        (b"250-more\r\n" * (UNREAD_MAX // 9), True),
        (b"250 " + b"x" * UNREAD_MAX, True),
    ],
)
def test_a_server_that_talks_without_end_is_cut(said: bytes, is_cut: bool) -> None:
    out = Out()
    line = Line(out, is_pipelining=True)
    for start in range(0, len(said), 1000):
        line.data_received(said[start : start + 1000])
    assert out.is_aborted == is_cut
