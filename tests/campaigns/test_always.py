"""Sent, skipped, failed and uncertain are the audience, always: whoever claims, pauses, cancels, dies or comes back late, in any order."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.database import pool
from core.extend.mailing import Post
from core.mailing import queries as ledger
from core.mailing.actions import claims
from core.mailing.structs import Claimed, Outcome
from modules.campaigns import jobs
from modules.campaigns.actions import enlisting
from tests.campaigns.desk import Desk, answers

PEOPLE = 6
EXPIRE = "UPDATE mailing_sends SET claimed_until = now() - interval '1 second' WHERE organization_id = $1 AND state = 'sending'"
ENDINGS = ("sent", "failed", "queued", "uncertain")
STEP = st.one_of(
    st.tuples(st.sampled_from(["enlist", "pause", "resume", "watch", "crash"]), st.just(0)),
    st.tuples(st.sampled_from(["claim", "hand", "finish"]), st.integers(0, 3)),
    st.tuples(st.sampled_from(["claim", "hand", "finish"]), st.integers(0, 3)),
    st.tuples(st.sampled_from(["enlist", "cancel", "settle"]), st.just(0)),
)


class Play:
    """A campaign that is played. `held`: what workers claimed; `handed`: what a server has, which counts how often it took each."""

    def __init__(self, desk: Desk, campaign: Any, mailing_id: int) -> None:
        self.desk, self.campaign, self.mailing_id = desk, campaign, mailing_id
        self.held: list[Claimed] = []
        self.handed: list[Claimed] = []
        self.taken: Counter[int] = Counter()
        self.is_canceled = False

    async def step(self, what: str, number: int) -> None:
        await getattr(self, what)(number)
        tally = await ledger.tally(self.desk.admin, self.mailing_id)
        status = (await self.desk.of(self.campaign))["status"]
        rows = await pool().fetchval("SELECT count(*) FROM mailing_sends WHERE mailing_id = $1", self.mailing_id)
        assert tally.audience == rows <= PEOPLE
        assert max(self.taken.values(), default=0) <= 1, "nobody gets it twice"
        assert status != "sent" or (tally.queued, tally.sending, rows) == (0, 0, PEOPLE), "finished is finished"
        assert (status == "canceled") == self.is_canceled, "for good"

    async def enlist(self, _: int) -> None:
        await enlisting.enlist(self.desk.admin, self.campaign["id"], most=2)

    async def settle(self, _: int) -> None:
        await jobs.enlist.function(self.desk.admin.organization_id, self.campaign["id"])

    async def claim(self, number: int) -> None:
        self.held += await claims.claim(self.desk.admin, self.mailing_id, most=number + 1)

    async def hand(self, number: int) -> None:
        """To a server, which takes it, whatever becomes of who handed it over."""
        going, self.held = self.held[: number + 1], self.held[number + 1 :]
        posted = [one for one, answer in await answers(self.desk.admin, self.campaign["id"], going) if isinstance(answer, Post)]
        for one in posted:  # each by itself: they may be the same mail, in the hands of two workers
            if await claims.hand_over(self.desk.admin, [one]):
                assert (await self.desk.of(self.campaign))["status"] == "sending", "paused is paused"
                self.handed.append(one)

    async def finish(self, number: int) -> None:
        """What was handed over ends somehow; a server that says later has not got it."""
        ending, self.handed, done = ENDINGS[number], self.handed[2:], self.handed[:2]
        if ending != "queued":
            self.taken.update(one.id for one in done if ending == "sent")
        await claims.finish(self.desk.admin, [Outcome(one.id, one.attempt, ending) for one in done])

    async def crash(self, _: int) -> None:
        """Whoever holds anything is gone: what a server had by then, it may have taken."""
        self.taken.update(one.id for one in self.handed)
        self.handed = []
        await pool().execute(EXPIRE, self.desk.admin.organization_id)

    async def watch(self, _: int) -> None:
        await self.desk.watch(self.campaign)

    async def pause(self, _: int) -> None:
        await self._try("pause")

    async def resume(self, _: int) -> None:
        await self._try("resume")

    async def cancel(self, _: int) -> None:
        status = (await self.desk.of(self.campaign))["status"]
        if status != "sent":
            await self.desk.act(self.campaign, "cancel")
            self.is_canceled = True

    async def _try(self, verb: str) -> None:
        if (await self.desk.of(self.campaign))["status"] in {"sending", "paused"}:
            await self.desk.act(self.campaign, verb)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=8, max_size=30))
async def test_sent_skipped_failed_and_uncertain_are_the_audience(desk: Desk, steps: Sequence[tuple[str, int]]) -> None:
    missing = PEOPLE - await pool().fetchval("SELECT count(*) FROM contacts WHERE organization_id = $1", desk.admin.organization_id)
    await desk.readers(missing)
    made = await desk.campaign()
    started = await desk.act(made, "start", {"revision": made["revision"]})
    play = Play(desk, made, started["mailing_id"])
    for what, number in steps:
        await play.step(what, number)
    await play.step("crash", 0)
    await play.step("resume", 0)
    await play.step("settle", 0)
    play.held = []
    await desk.time_passes()
    await desk.send(made)
    done = await desk.watch(made)
    parts = [done[name] for name in ("sent", "skipped", "failed", "uncertain")]
    assert (done["status"], sum(parts)) == ("canceled" if play.is_canceled else "sent", done["audience"])
    assert done["audience"] == PEOPLE or play.is_canceled
