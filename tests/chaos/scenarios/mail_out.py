"""P9: mail goes out, each at most once. Workers are killed with -9 at any moment, and the server that sends it on says not now, or no, or hangs up.

The server keeps what it took also where it hangs up before it said so: whoever sent that mail again would send it twice.
"""

import asyncio
import hashlib
import hmac
import random
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from tests.chaos.clients import Staff, World
from tests.chaos.crowd import a_world
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within
from tests.factories import client_id
from tests.mail.gateway import signed
from tests.mail.sink import DROP, Sink, a_sink

N, CLIENTS, DEADLINE_S = 5000, 8, 1500.0
BROKEN = ("mail-sent-again",)
SUPPORT = "support@chaos.example"
MESSAGES_PER_CONVERSATION = 50
KILL_EVERY_S = (0.5, 3.0)
STALL_S = 2.0
TROUBLE: dict[str, list[tuple[float, str]]] = {
    "mail": [(0.03, "421 not now"), (0.01, DROP)],
    "rcpt": [(0.03, "451 not now"), (0.02, "550 no such user"), (0.01, DROP)],
    "data": [(0.01, "451 not now"), (0.01, DROP)],
    "end": [(0.02, "452 full"), (0.01, "554 no"), (0.01, DROP)],
}
"""How often the server says what, by stage."""
STALLS = 0.005
SETTLED = "SELECT count(*) FROM outbound_mails WHERE state NOT IN ('queued', 'sending')"
ROWS = "SELECT internet_message_id, state FROM outbound_mails"


class Fickle(Sink):
    """Does at random what servers do; `ids`: how often it has taken each mail, whatever it said."""

    trouble = TROUBLE

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self.stalled = 0

    async def pause(self) -> None:
        if self._chance.random() < STALLS:
            self.stalled += 1
            await asyncio.sleep(STALL_S)

    def choose(self, stage: str, usual: str) -> str:
        drawn = self._chance.random()
        for share, said in self.trouble[stage]:
            drawn -= share
            if drawn < 0:
                return said
        return usual

    def keep(self, raw: bytes, said: str) -> None:
        """A server that hangs up at the end has taken the mail or not."""
        if said[0] == "2" or (said == DROP and self._chance.random() < 0.5):
            head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").decode()
            line = next(line for line in head.split("\r\n") if line.lower().startswith("message-id:"))
            self.ids[line.partition(":")[2].strip(" <>")] += 1


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`lost`: said to be sent, and never taken, or answered and in no row. `doubled`: taken twice. `uncertain`: nobody knows, and said so."""
    sink = Fickle(given.seed)
    async with a_sink(sink), installation(folder, broken=given.broken, settings={"LACASA_SMTP_URL": sink.url}) as place:
        world = await a_world(place, place.stack.port, given.seed)
        admin = Staff(world, "s00", place.accounts[0])
        told: dict[str, Any] = {"kills": 0, "answered": 0}
        began = time.monotonic()
        finished = await within(given.deadline, _play(place, world, admin, given, told))
        return {
            **await _counted(place, sink, told),
            **told,
            "stalled": sink.stalled,
            "finished": finished,
            "took_s": round(time.monotonic() - began, 1),
        }


async def _play(place: Installation, world: World, admin: Staff, given: Namespace, told: dict[str, Any]) -> None:
    await admin.sign_in()
    await admin.ask("PUT", "/api/profile/mail", {"undo_s": 0})
    conversations = await _opened(place, admin, max(1, given.n // MESSAGES_PER_CONVERSATION))
    killing = asyncio.create_task(_kill(place, random.Random(given.seed), told))
    try:
        for number in range(given.n):
            body = {"client_id": client_id(), "content": f"Answer {number}"}
            answer = await admin.ask("POST", f"/api/conversations/{conversations[number % len(conversations)]}/reply", body)
            told["answered"] += answer.status == 201
        await _until(lambda: place.value(SETTLED), told["answered"])
    finally:
        killing.cancel()
        with suppress(asyncio.CancelledError):
            await killing


async def _opened(place: Installation, admin: Staff, count: int) -> list[int]:
    """So many customers write a mail."""
    inbox = (await admin.ask("POST", "/api/inboxes", {"name": "Post", "ai_enabled": False})).json()["id"]
    assert (await admin.ask("PUT", f"/api/inboxes/{inbox}/email", {"address": SUPPORT})).status == 200
    key = hmac.new(place.stack.environment["LACASA_SECRET"].encode(), b"lacasa mail-in", hashlib.sha256).hexdigest()
    async with httpx.AsyncClient(base_url=place.stack.url) as http:
        for number in range(count):
            raw = f"From: c{number}@customers.example\r\nMessage-ID: <m{number}@customers.example>\r\nSubject: {number}\r\n\r\nHello\r\n".encode()
            headers = signed(raw, SUPPORT, mail_from=f"c{number}@customers.example", key=key)
            (await http.post("/inbound/email", content=raw, headers=headers)).raise_for_status()
    await _until(lambda: place.value("SELECT count(*) FROM conversations WHERE channel = 'email'"), count)
    return [row[0] for row in await place.rows("SELECT id FROM conversations WHERE channel = 'email' ORDER BY id")]


async def _until(ask: Callable[[], Awaitable[int]], count: int) -> None:
    while True:
        if await ask() >= count:
            return
        await asyncio.sleep(0.5)


async def _kill(place: Installation, chance: random.Random, told: dict[str, Any]) -> None:
    while True:
        await asyncio.sleep(chance.uniform(*KILL_EVERY_S))
        await place.kill("worker")
        told["kills"] += 1


async def _counted(place: Installation, sink: Fickle, told: dict[str, Any]) -> dict[str, Any]:
    rows = dict(tuple(row) for row in await place.rows(ROWS))
    states = Counter(rows.values())
    doubled = [one for one, times in sink.ids.items() if times > 1]
    return {
        "sent": states["sent"],
        "lost": sum(state == "sent" and not sink.ids[one] for one, state in rows.items()) + max(0, told["answered"] - len(rows)),
        "doubled": len(doubled),
        "doubled_unsaid": sum(rows.get(one) != "uncertain" for one in doubled),
        "uncertain": states["uncertain"],
        "uncertain_taken": sum(state == "uncertain" and sink.ids[one] > 0 for one, state in rows.items()),
        "failed": states["failed"],
        "unsettled": states["queued"] + states["sending"],
        "failed_though_taken": sum(state == "failed" and sink.ids[one] > 0 for one, state in rows.items()),
    }
