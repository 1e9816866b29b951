"""Sending what is due of a mailing, for as long as a job may run: while some mails are handed over, the next are claimed and made."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from core.access import Actor
from core.channels.email.bulk import rates
from core.channels.email.bulk.breath import Breath
from core.channels.email.bulk.desk import Desk
from core.channels.email.bulk.office import Office
from core.channels.email.bulk.preparing import Halt, Preparer, Ready, by_domain
from core.database import transaction
from core.errors import Unavailable
from core.jobs import timers
from core.jobs.ledger import effect
from core.mailing import queries
from core.mailing.actions import claims, mailings

RUN_S = 12.0
"""A worker that is stopped waits 20 s for what runs. The next job goes on where this one ended."""
TAKE = 4
"""So many times what is wanted is asked for at once; what is not used goes back."""
AHEAD_S = 2.0
"""So many seconds' mails are made ahead of those that go: a claim holds for a minute."""
FIRST, LEAST = 20, 10
"""Mails that are claimed before it is known whose mail it is; and the fewest at once where servers are slow."""
BREATH_S = 0.01
PATIENCE_S = 1.0
"""Tokens that come so soon are waited for."""
FLUSH_S, PROGRESS_S, RENEW_S = 0.25, 1.0, 15.0
WAKE = "core.channels.email.bulk.wake"
USES = "UPDATE mailings SET inbox_id = $3 WHERE organization_id = $1 AND id = $2 AND inbox_id IS DISTINCT FROM $3"


async def send(actor: Actor, mailing_id: int) -> None:
    """Send what is due of a mailing that was released, and see to it that what is left is sent when its time comes.

    Safe to repeat, and to be done by many at once: each mail is claimed by one.
    """
    mailing = await queries.mailing(actor, mailing_id)
    wait_s = 0.0
    if mailing.state == "active" and mailing.released_at is not None:
        try:
            run = Run(actor, mailing_id, Preparer(actor, mailing), mailing.inbox_id)
            wait_s = await run.go()
        except Halt as halt:
            await mailings.halt(actor, mailing_id, halt.reason, halt.said)
    await _end(actor, mailing_id, wait_s)


async def _end(actor: Actor, mailing_id: int, wait_s: float) -> None:
    """Together with the end of the job: nothing is left, or somebody comes back for it."""
    async with effect(actor) as db:
        mailing = await queries.mailing(actor, mailing_id)
        if mailing.state != "active" or mailing.released_at is None or await mailings.finish(actor, mailing_id):
            return
        due = await queries.next_due(actor, mailing_id)
        if due is None:
            return  # others have what is left; should they die with it, it is looked for
        now = await db.fetch_value(rates.NOW)
        at = max(due, now + timedelta(seconds=wait_s))
        if at <= now:
            await mailings.wake(actor, mailing_id)
        else:
            arguments = {"organization_id": actor.organization_id, "mailing_id": mailing_id}
            await timers.set_timer(actor, WAKE, key=f"mailing:{mailing_id}", due_at=at, **arguments)


class Run:
    """`wait_s`: for how long nothing more may go; 0: what is due may."""

    def __init__(self, actor: Actor, mailing_id: int, preparer: Preparer, inbox_id: int | None) -> None:
        self._actor = actor
        self._mailing_id = mailing_id
        self._preparer = preparer
        self._inbox_id = inbox_id
        self._desk = Desk(actor)
        self._offices: dict[int, Office] = {}
        self._until = time.monotonic() + RUN_S
        self._wait_s = 0.0

    async def go(self) -> float:
        """Returns after how many seconds to come back, if something is left.

        Raises:
            Halt: somebody has to mend something before.
        """
        beside = [asyncio.create_task(self._flush()), asyncio.create_task(self._tell()), asyncio.create_task(self._renew())]
        error: Exception | None = None
        try:
            try:
                await self._fill()
            except Exception as found:  # whatever it is, what is made already goes before
                error = found
            for office in self._offices.values():
                await office.close()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, *(office.abandon() for office in self._offices.values()), return_exceptions=True)
            await asyncio.shield(self._desk.close())
        error = error or next((office.halt for office in self._offices.values() if office.halt is not None), None)
        if error is not None:
            raise error
        return max(self._wait_s, PATIENCE_S) if any(office.trouble for office in self._offices.values()) else self._wait_s

    async def _fill(self) -> None:
        """Claim and make mails, some at a time, while those before go out."""
        breath = Breath()
        while time.monotonic() < self._until and not any(office.is_stopped for office in self._offices.values()):
            if sum(office.waiting for office in self._offices.values()) >= self._wanted():
                await asyncio.sleep(BREATH_S)
            elif not await self._part():
                return
            await breath.drawn()

    async def _part(self) -> bool:
        """Claim and make the next mails; false: there are none, or not for a while."""
        inbox_id, most = self._inbox_id, await self._granted(self._wanted())
        if not most:
            if self._wait_s > PATIENCE_S:
                return False
            await asyncio.sleep(max(BREATH_S, self._wait_s))
            self._wait_s = 0.0
            return True
        try:
            claimed = await claims.claim(self._actor, self._mailing_id, most=most)
            prepared = await self._preparer.prepared(claimed) if claimed else None
        finally:
            if inbox_id is not None:
                self._desk.reserve(inbox_id, -most)
        if prepared is None:
            return False
        self._desk.settle(prepared.settled)
        self._desk.defer(prepared.deferred)
        await self._send(prepared.ready)
        return True

    def _wanted(self) -> int:
        """Mails to be claimed at once: what goes in a few seconds."""
        rates_known = [office.per_s for office in self._offices.values() if office.per_s]
        return max(LEAST, min(claims.BATCH, int(AHEAD_S * max(rates_known)))) if rates_known else claims.BATCH

    async def _granted(self, wanted: int) -> int:
        """How many may be claimed, kept back for whoever asks; none: not before `_wait_s`."""
        inbox_id = self._inbox_id
        if inbox_id is None:
            return FIRST
        most = max(0, min(wanted, await self._take(inbox_id, wanted)))
        self._desk.reserve(inbox_id, most)
        return most

    async def _take(self, inbox_id: int, wanted: int) -> int:
        hand = self._desk.hand
        if hand[inbox_id] < wanted:
            granted = await rates.take(self._actor, inbox_id, TAKE * wanted - hand[inbox_id])
            hand[inbox_id] += granted.mails
            if granted.is_watched:
                self._desk.watched[inbox_id] = self._desk.watched.get(inbox_id, frozenset()) | {rates.SERVER}
            if granted.why == rates.PLAN_LIMIT:
                while self._desk.out and hand[inbox_id] <= 0:  # one that is refused leaves its part to another
                    await self._desk.news()
                if hand[inbox_id] <= 0:
                    raise Halt(rates.PLAN_LIMIT)
            if hand[inbox_id] <= 0:
                self._wait_s = max(self._wait_s, granted.wait_s)
        return hand[inbox_id]

    async def _send(self, ready: Sequence[Ready]) -> None:
        by_inbox: dict[int, list[Ready]] = {}
        for one in ready:
            by_inbox.setdefault(one.sender.inbox_id, []).append(one)
        for inbox_id, mails in by_inbox.items():
            await self._use(inbox_id)
            allowed = max(0, await self._take(inbox_id, len(mails)))
            self._desk.reserve(inbox_id, len(mails))  # each that is put off gives its part back
            going = await self._admitted(inbox_id, mails[:allowed])
            for one in mails[allowed:]:
                self._desk.put_off(one, "rate", max(PATIENCE_S, self._wait_s))
            if inbox_id not in self._offices:
                self._offices[inbox_id] = Office(self._actor, self._desk, mails[0].sender)
            self._offices[inbox_id].put(going)

    async def _admitted(self, inbox_id: int, mails: Sequence[Ready]) -> list[Ready]:
        """Those that the domains they go to take now; the others are put off."""
        domains = by_domain(mails)
        admitted = await rates.admit(self._actor, inbox_id, {domain: len(them) for domain, them in domains.items()})
        self._desk.watched[inbox_id] = self._desk.watched.get(inbox_id, frozenset()) | admitted.watched
        going = list[Ready]()
        for domain, them in domains.items():
            waits = admitted.waits.get(domain, [])
            self._desk.slow.discard((inbox_id, domain))
            going += them[: len(them) - len(waits)]
            for one, wait_s in zip(them[len(them) - len(waits) :], waits, strict=True):
                self._desk.put_off(one, "domain_rate", wait_s)
        return going

    async def _use(self, inbox_id: int) -> None:
        if inbox_id != self._inbox_id:
            self._inbox_id = inbox_id
            async with transaction(self._actor) as db:
                await db.execute(USES, self._actor.organization_id, self._mailing_id, inbox_id)

    async def _flush(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_S)
            await self._desk.flush()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            with suppress(Unavailable):  # it is tried again before a claim ends
                await self._desk.renew()

    async def _tell(self) -> None:
        """How far it is, about once in a second; less often where counting takes long."""
        pause_s, told, sent, at = PROGRESS_S, 0, 0, time.monotonic()
        while True:
            await asyncio.sleep(pause_s)
            if self._desk.settled == told:
                continue
            now = time.monotonic()
            per_minute = round(60 * (self._desk.sent - sent) / (now - at))
            told, sent, at = self._desk.settled, self._desk.sent, now
            with suppress(Unavailable):  # the next time tells all
                async with transaction(self._actor) as db:
                    await mailings.announce(db, self._actor, self._mailing_id, per_minute)
            pause_s = max(PROGRESS_S, 20 * (time.monotonic() - now))
