"""P18: a campaign reaches each of its audience once, or says why not. Workers are killed with -9 while it is sent, it is paused and resumed, and the
server that takes its mails says not now, or no, is slow, or hangs up, also after it took a mail.

The server keeps what it took also where it hangs up before it said so: whoever sent that mail again would send it twice. Waits of minutes (after
4xx, 421, a line that broke) are cut short by setting PostgreSQL's clock hands forward, so that all of them are gone through.
"""

import asyncio
import random
import time
from argparse import Namespace
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.chaos.clients import Staff
from tests.chaos.crowd import a_world
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within
from tests.chaos.scenarios.mail_out import Fickle
from tests.mail.sink import DROP, a_sink

N, DEADLINE_S = 50_000, 3600.0
BROKEN = ("mailing-sent-again",)
KILLS, PAUSES, PAUSE_S, GRACE_S = 10, 5, 2.0, 6.0
WORKERS = ("worker-1", "worker-2")
DOMAINS, LISTED_MAX = 200, 50
TROUBLE: dict[str, list[tuple[float, str]]] = {
    "mail": [(0.0005, "421 4.7.0 slow down"), (0.002, DROP)],
    "rcpt": [(0.01, "451 4.2.0 not now"), (0.005, "550 5.1.1 no such user"), (0.001, "421 4.7.0 too many"), (0.002, DROP)],
    "data": [(0.002, "451 4.3.0 not now"), (0.002, DROP)],
    "end": [(0.005, "452 4.2.2 full"), (0.002, "554 5.7.1 no"), (0.004, DROP)],
}
"""How often the server says what, by stage."""
PEOPLE = """
INSERT INTO contacts (organization_id, first_name, email, tags)
SELECT i.organization_id, 'Reader ' || n,
       CASE WHEN n % 50 = 0 THEN '' WHEN n % 75 = 0 THEN 'reader1@d1.example' ELSE 'reader' || n || '@d' || n % $3::int || '.example' END, '{}'
FROM inboxes i, generate_series(1, $2::int) n WHERE i.id = $1
"""
"""Of so many, some have no address, and some share one."""
COUNTED = "SELECT count(*) FROM contacts WHERE organization_id = (SELECT organization_id FROM campaigns WHERE id = $1)"
ROWS = """
SELECT s.id, s.state, s.reason FROM mailing_sends s JOIN campaigns c ON c.organization_id = s.organization_id AND c.mailing_id = s.mailing_id
WHERE c.id = $1
"""
FAR = """
SELECT c.status, count(s.id), count(*) FILTER (WHERE s.state IN ('queued', 'sending')),
       count(*) FILTER (WHERE s.state IN ('sent', 'failed', 'uncertain'))
FROM campaigns c LEFT JOIN mailing_sends s ON s.organization_id = c.organization_id AND s.mailing_id = c.mailing_id WHERE c.id = $1 GROUP BY c.id
"""
HANDS = (
    "UPDATE mailing_sends SET due_at = now() WHERE id = ANY (ARRAY(SELECT id FROM mailing_sends WHERE state = 'queued' AND due_at > now() "
    "FOR UPDATE SKIP LOCKED))",
    "UPDATE mail_rates SET held_until = NULL, per_s = NULL, booked_until = NULL WHERE id = ANY (ARRAY(SELECT id FROM mail_rates "
    "WHERE held_until IS NOT NULL OR per_s IS NOT NULL FOR UPDATE SKIP LOCKED))",
    "UPDATE timers SET due_at = now() WHERE key LIKE 'mailing:%' AND due_at > now()",
)


class Taking(Fickle):
    """`sends`: how often it took each mail of the ledger, whatever it said."""

    trouble = TROUBLE

    @property
    def sends(self) -> Counter[int]:
        return Counter({int(one.split(".")[1]): times for one, times in self.ids.items() if one.startswith("lacasa-mail.")})

    @property
    def taken_count(self) -> int:
        return self.ids.total()


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`lost`: in no row, or said to be sent and never taken. `doubled`: taken twice, each `listed` with what the ledger says of it; `doubled_unsaid`
    of them: not `uncertain`. `wrongly_finished`: seen as sent while somebody had neither got it nor a reason. `paused_leaks`: taken more than
    `GRACE_S` after a pause: what was being handed over then has gone, also where the server stalled."""
    sink = Taking(given.seed)
    names = ("web", "relay", *WORKERS)
    async with (
        a_sink(sink),
        installation(folder, broken=given.broken, names=names, settings={"LACASA_SMTP_URL": sink.url}) as place,
    ):
        admin = Staff(await a_world(place, place.stack.port, given.seed), "s00", place.accounts[0])
        play = _Play(place, sink, admin, given)
        began = time.monotonic()
        finished = await within(given.deadline, play.all())
        figures = await play.counted()
        return {**figures, "stalled": sink.stalled, "finished": finished, "send_s": round(time.monotonic() - began, 1)}


class _Play:
    def __init__(self, place: Installation, sink: Taking, admin: Staff, given: Namespace) -> None:
        self.place, self.sink, self.admin, self.given = place, sink, admin, given
        self.chance = random.Random(given.seed)
        self.campaign = self.kills = self.pauses = self.leaks = self.wrongly = 0
        self.expected: int | None = None

    async def all(self) -> None:
        await self.admin.sign_in()
        await self._begun()
        faults = sorted(
            [(self.chance.uniform(0.02, 0.95), "kill") for _ in range(KILLS)]
            + [(self.chance.uniform(0.02, 0.95), "pause") for _ in range(PAUSES)]
        )
        hurry = asyncio.create_task(self._hurry())
        try:
            while True:
                status, settled = await self._look()
                if status == "sent":
                    return
                while faults and settled >= faults[0][0] * self.given.n * 0.95:
                    await getattr(self, f"_{faults.pop(0)[1]}")()
                await asyncio.sleep(0.1)
        finally:
            hurry.cancel()
            with suppress(asyncio.CancelledError):
                await hurry

    async def _begun(self) -> None:
        ask = self.admin.ask
        inbox = (await ask("POST", "/api/inboxes", {"name": "Post", "ai_enabled": False})).json()["id"]
        assert (await ask("PUT", f"/api/inboxes/{inbox}/email", {"address": "news@chaos.example"})).status == 200
        await self.place.rows(PEOPLE, inbox, self.given.n, DOMAINS)
        topic = (await ask("POST", "/api/topics", {"name": "Recall", "kind": "transactional"})).json()["id"]
        template = {
            "name": "Recall",
            "subject": "About your lamp",
            "blocks": [{"type": "button", "label": "Look", "url": "https://a.example/"}],
        }
        variants = [{"template_id": (await ask("POST", "/api/templates", template)).json()["id"]}]
        body = {"name": "Recall", "topic_id": topic, "inbox_id": inbox, "variants": variants}
        made = (await ask("POST", "/api/campaigns", body)).json()
        self.campaign = made["id"]
        self.expected = await self.place.value(COUNTED, self.campaign)
        started = await ask("POST", f"/api/campaigns/{made['id']}/start", {"revision": made["revision"]})
        assert started.status == 200, started.body

    async def _look(self) -> tuple[str, int]:
        [(status, rows, waiting, settled)] = await self.place.rows(FAR, self.campaign)
        self.wrongly += status == "sent" and (waiting > 0 or rows != self.expected)
        return status, settled

    async def _kill(self) -> None:
        """At some moment of the next seconds, not when something was just counted."""
        await asyncio.sleep(self.chance.uniform(0, 1))
        await self.place.kill(self.chance.choice(WORKERS))
        self.kills += 1

    async def _pause(self) -> None:
        here = f"/api/campaigns/{self.campaign}"
        if (await self.admin.ask("POST", f"{here}/pause")).status != 200:
            return  # it is sent already
        await asyncio.sleep(GRACE_S)
        before = self.sink.taken_count
        await asyncio.sleep(PAUSE_S)
        self.leaks += self.sink.taken_count - before
        self.pauses += 1
        assert (await self.admin.ask("POST", f"{here}/resume")).status == 200

    async def _hurry(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            for sql in HANDS:
                await self.place.rows(sql)

    async def counted(self) -> dict[str, Any]:
        rows = {row["id"]: (row["state"], row["reason"]) for row in await self.place.rows(ROWS, self.campaign)}
        states, taken = Counter(state for state, _ in rows.values()), self.sink.sends
        doubled = sorted(one for one, times in taken.items() if times > 1)
        never = sum(state == "sent" and not taken[one] for one, (state, _) in rows.items())
        return {
            "audience": self.expected,
            "sent": states["sent"],
            "skipped": dict(Counter(reason for state, reason in rows.values() if state == "skipped")),
            "failed": states["failed"],
            "uncertain": states["uncertain"],
            "lost": never + max(0, (self.expected or 0) - len(rows)),
            "doubled": len(doubled),
            "doubled_unsaid": sum(rows.get(one, ("", ""))[0] != "uncertain" for one in doubled),
            "listed": [{"send": one, "times": taken[one], "state": rows.get(one, ("none", ""))[0]} for one in doubled[:LISTED_MAX]],
            "uncertain_taken": sum(state == "uncertain" and taken[one] > 0 for one, (state, _) in rows.items()),
            "wrongly_finished": self.wrongly,
            "unsettled": states["queued"] + states["sending"],
            "kills": self.kills,
            "pauses": self.pauses,
            "paused_leaks": self.leaks,
        }
