"""P10: fetched mail comes in exactly once. While mails arrive in two mailboxes of a real Dovecot, the workers that fetch them are killed with -9 at
random; one mailbox's mails are marked when they are kept, the other's are moved to another folder.

Needs root and Dovecot (`apt-get install dovecot-imapd`).
"""

import asyncio
import os
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from tests.chaos import dovecot
from tests.chaos.dovecot import PASSWORD, Dovecot
from tests.chaos.faults import Fault, schedule, suffer
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within
from tests.chaos.scenarios.mail_in import a_mail
from tests.ports import free_port

N, DEADLINE_S = 500, 900.0
BROKEN = ("imap-uid-first", "imap-no-dedupe")
WORKERS = ("worker-1", "worker-2")
VICTIMS = (*WORKERS, "both")
"""Whoever does not fetch just then may be the one that is hit: hence both, now and then."""
USERS = {"marked": "", "moved": "Done"}
"""And where what is done goes."""
KILLS = 20
LEAST_S = 60.0
"""Mail arrives over that time at least."""
KEPT = "SELECT m.internet_message_id, m.way, count(*) FROM inbound_mails m GROUP BY 1, 2"
COUNT = "SELECT count(*) FROM inbound_mails"
SETTLED = "SELECT bool_and(settled_uid >= last_uid AND missed = '{}' AND state = 'well') FROM email_mailboxes"


class Arriving:
    """Mails that Dovecot has said it has, by their Message-ID."""

    def __init__(self, server: Dovecot, n: int) -> None:
        self._server = server
        self._n = n
        self.accepted: set[str] = set()

    async def all(self) -> None:
        async with asyncio.TaskGroup() as group:
            for number, user in enumerate(USERS):
                group.create_task(self._into(user, range(number, self._n, len(USERS))))

    async def _into(self, user: str, numbers: range) -> None:
        client = await asyncio.to_thread(self._server.client, user)
        began = time.monotonic()
        for number in numbers:
            await asyncio.sleep(max(0.0, number / self._n * LEAST_S - (time.monotonic() - began)))
            message_id = f"<{number}@chaos.test>"
            await asyncio.to_thread(self._server.put, client, a_mail(number, message_id, f"{user}@imap.test"))
            self.accepted.add(message_id)
        await asyncio.to_thread(client.logout)


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`accepted` must be `n`, `lost` and `doubled` 0; `unmarked` and `unmoved` too: what is kept is always marked or moved in the end."""
    if not dovecot.is_there():
        return {"skipped": "there is no Dovecot here (apt-get install dovecot-imapd), or we are not root"}
    os.chmod(folder, 0o711)  # noqa: S103 (Dovecot's user has to pass)
    settings = {"LACASA_EGRESS_NETWORKS": "127.0.0.0/8"}
    server = Dovecot(folder / "dovecot", port=free_port())
    await server.start()
    try:
        async with installation(folder, broken=given.broken, names=("web", *WORKERS), settings=settings) as place:
            for user, done_folder in USERS.items():
                await _connect(place, server, user, done_folder)
            arriving = Arriving(server, given.n)
            began = time.monotonic()
            finished = await within(given.deadline, _play(place, arriving, given))
            working_s = round(time.monotonic() - began, 1)
            told = await _compared(place, server, arriving)
        return {**told, "working_s": working_s, "kills": sum(place.kills.values()), "killed": place.kills, "finished": finished}
    finally:
        await server.stop()


async def _connect(place: Installation, server: Dovecot, user: str, done_folder: str) -> None:
    """As an admin does it."""
    account = next(each for each in place.accounts if each["role"] == "admin")
    async with httpx.AsyncClient(base_url=place.stack.url, headers={"Origin": place.stack.url}, timeout=30) as http:
        (await http.post("/api/auth/login", json={"email": account["email"], "password": account["password"]})).raise_for_status()
        inbox = (await http.post("/api/inboxes", json={"name": user})).raise_for_status().json()
        path = f"/api/inboxes/{inbox['id']}/email"
        (await http.put(path, json={"address": f"{user}@imap.test"})).raise_for_status()
        body = {"host": "127.0.0.1", "port": server.port, "security": "none", "username": user, "password": PASSWORD}
        (await http.put(f"{path}/mailbox", json={**body, "start": "all", "done_folder": done_folder})).raise_for_status()


async def _play(place: Installation, arriving: Arriving, given: Namespace) -> None:
    calm = asyncio.Event()
    each = given.n / max(KILLS, given.n / 25)
    drawn = schedule(given.seed, VICTIMS, pause=(0.2 * each, 1.8 * each), down_s=(0.0, 2.0))
    fetched = {"count": 0.0}
    counting = asyncio.create_task(_count(place, fetched))
    faults = asyncio.create_task(suffer(drawn, _hit(place), calm, lambda: fetched["count"]))
    try:
        await arriving.all()
        while await _is_behind(fetched, arriving):
            continue
        calm.set()
        await faults
        while not await _is_settled(place):
            continue
    finally:
        counting.cancel()
        faults.cancel()


async def _is_behind(fetched: dict[str, float], arriving: Arriving) -> bool:
    await asyncio.sleep(0.2)
    return fetched["count"] < len(arriving.accepted)


async def _is_settled(place: Installation) -> bool:
    await asyncio.sleep(0.5)
    return bool(await place.value(SETTLED))


async def _count(place: Installation, fetched: dict[str, float]) -> None:
    """Faults come after so many mails that were kept."""
    while True:
        fetched["count"] = float(await place.value(COUNT))
        await asyncio.sleep(0.05)


def _hit(place: Installation) -> Callable[[Fault], Awaitable[None]]:
    async def hit(fault: Fault) -> None:
        names = WORKERS if fault.victim == "both" else (fault.victim,)
        for name in names:
            await place.fell(name)
        await asyncio.sleep(fault.down_s)
        for name in names:
            await place.start(name)

    return hit


async def _compared(place: Installation, server: Dovecot, arriving: Arriving) -> dict[str, Any]:
    rows = await place.rows(KEPT)
    kept: Counter[str] = Counter()
    for message_id, _, count in rows:
        kept[message_id] += count
    _, unmarked = await asyncio.to_thread(server.unread, "marked")
    unmoved, _ = await asyncio.to_thread(server.unread, "moved")
    moved, _ = await asyncio.to_thread(server.unread, "moved", "Done")
    return {
        "n": len(arriving.accepted),
        "accepted": len(arriving.accepted & set(kept)),
        "lost": len(arriving.accepted - set(kept)),
        "doubled": sum(kept.values()) - len(kept),
        "unasked": len(set(kept) - arriving.accepted),
        "unmarked": unmarked,
        "unmoved": unmoved,
        "moved": moved,
        "ways": sorted({way for _, way, _ in rows}),
    }
