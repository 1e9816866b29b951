"""P8: mail comes in exactly once. A real Postfix delivers half of it through the pipe and half by LMTP, while web, mail, PostgreSQL and the
pipe itself are killed with -9, and PostgreSQL's disk is full for a while.

Needs root (Postfix, and a tmpfs to fill up) and Postfix (`apt-get install postfix`).
"""

import asyncio
import os
import signal
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg

from core.channels.email.gateway import setup
from core.settings import Settings, read
from tests.chaos import postfix
from tests.chaos.faults import Fault, schedule, suffer
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within
from tests.chaos.postfix import Postfix
from tests.chaos.scenarios.disk_full import _fill, _small_disk
from tests.chaos.scenarios.disk_full import _supervise as supervise_postgres
from tests.ports import free_port

N, CLIENTS, DEADLINE_S = 10_000, 8, 1500.0
BROKEN = ("mail-ack-while-away", "mail-no-dedupe")
ADDRESSES = ("support@pipe.test", "support@lmtp.test")
VICTIMS = ("web", "mail", "postgres", "pipe", "pipe", "pipe")
KILLS = 20
"""At least; one after 25 mails else."""
FULL_S = 8.0
LEAST_S = 60.0
"""Mail is sent over that time at least, so that a small run sees every fault too."""
SENDER = "ida@example.org"
INBOX = """
WITH i AS (
    INSERT INTO inboxes (organization_id, name, channel, widget_key) SELECT min(id), 'Post', 'email', $1 FROM organizations RETURNING *
)
INSERT INTO email_inboxes (organization_id, inbox_id, address) SELECT organization_id, id, $1 FROM i
"""
KEPT = "SELECT internet_message_id, recipient, way, count(*) FROM inbound_mails GROUP BY 1, 2, 3"
UNDERSTOOD = "SELECT count(*) FILTER (WHERE attempts = 0) AS untried, count(*) AS n FROM inbound_mails"


class Post:
    """What was handed to Postfix, and taken by it: (Message-ID, recipient)."""

    def __init__(self, postfix: Postfix, n: int) -> None:
        self.postfix = postfix
        self.n = n
        self.taken: set[tuple[str, str]] = set()
        self._next = 0
        self._began = time.monotonic()

    async def write(self) -> None:
        """One of several who send what is left."""
        while self._next < self.n:
            number, self._next = self._next, self._next + 1
            ahead = number / self.n * LEAST_S - (time.monotonic() - self._began)
            await asyncio.sleep(max(0.0, ahead))
            recipient, message_id = ADDRESSES[number % 2], f"<{number}@chaos.test>"
            await asyncio.to_thread(self.postfix.send, SENDER, [recipient], a_mail(number, message_id, recipient))
            self.taken.add((message_id, recipient))

    async def write_to_both(self) -> None:
        """One mail to both inboxes at once, now and then: it has to come to each of them."""
        for number in range(self.n // 20):
            message_id = f"<both-{number}@chaos.test>"
            raw = a_mail(number, message_id, "both")
            await asyncio.to_thread(self.postfix.send, SENDER, list(ADDRESSES), raw)
            self.taken |= {(message_id, recipient) for recipient in ADDRESSES}
            await asyncio.sleep(LEAST_S / (self.n // 20 + 1))


def a_mail(number: int, message_id: str, to: str) -> bytes:
    lines = [
        f"From: {SENDER}",
        f"To: {to}",
        f"Subject: Lamp {number}",
        f"Message-ID: {message_id}",
        "",
        "My lamp is dark. " * (1 + number % 50),
    ]
    return "\r\n".join([*lines, "." * (number % 4), ""]).encode()


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`accepted` must be `n`, `bounced`, `lost` and `doubled` 0. `n` counts (mail, inbox); a twentieth of the mails goes to both inboxes."""
    if not postfix.is_there():
        return {"skipped": "there is no Postfix here (apt-get install postfix), or we are not root"}
    os.chmod(folder, 0o711)  # noqa: S103 (the pipe's user has to pass)
    try:
        with _small_disk(folder / "data"):
            return await _run(folder, given)
    except PermissionError:
        return {"skipped": "mounting a tmpfs needs root"}


async def _run(folder: Path, given: Namespace) -> dict[str, Any]:
    lmtp = free_port()
    settings = {"LACASA_MAIL_PORT": str(lmtp)}
    names = ("web", "worker", "mail")
    async with installation(folder, broken=given.broken, names=names, settings=settings) as place:
        for address in ADDRESSES:
            await place.rows(INBOX, address)
        script = setup.write(read(Settings, "LACASA_", place.stack.environment), folder / "pipe", "nobody")
        (folder / "postfix").mkdir()
        mta = Postfix(folder / "postfix", port=free_port(), lmtp=lmtp, script=script)
        await mta.start()
        watching = [asyncio.create_task(look(place)) for look in (_supervise, supervise_postgres)]
        told: dict[str, Any] = {}
        post = Post(mta, given.n)
        began = time.monotonic()
        try:
            finished = await within(given.deadline, _play(place, post, given, told))
            told["working_s"] = round(time.monotonic() - began, 1)
            told |= await _compared(place, post)
        finally:
            for look in watching:
                look.cancel()
            await mta.stop()
        told["postgres_ended"] = place.kills.pop("postgres ended itself", 0)
        return {**told, "kills": sum(place.kills.values()), "killed": place.kills, "ended": place.ended(), "finished": finished}


async def _play(place: Installation, post: Post, given: Namespace, told: dict[str, Any]) -> None:
    calm = asyncio.Event()
    each = given.n / max(KILLS, given.n / 25)
    drawn = schedule(given.seed, VICTIMS, pause=(0.2 * each, 1.8 * each), down_s=(0.0, 0.0))
    faults = asyncio.create_task(suffer(drawn, _hit(place), calm, _sent(post.postfix)))
    filling = asyncio.create_task(_fill_now_and_then(place, calm, told))
    async with asyncio.TaskGroup() as writing:
        for _ in range(given.clients):
            writing.create_task(post.write())
        writing.create_task(post.write_to_both())
    calm.set()
    await asyncio.gather(faults, filling)
    while await _is_busy(place, post):
        continue


def _sent(postfix: Postfix) -> Callable[[], float]:
    """How many mails were delivered, looked up five times a second: faults come after so many, on a slow machine too."""
    seen = {"at": 0.0, "sent": 0.0}

    def progress() -> float:
        if time.monotonic() - seen["at"] > 0.2:
            seen.update(at=time.monotonic(), sent=float(postfix.ends()["sent"]))
        return seen["sent"]

    return progress


def _hit(place: Installation) -> Callable[[Fault], Awaitable[None]]:
    async def hit(fault: Fault) -> None:
        if fault.victim == "pipe":
            for _ in range(100):
                if _kill_pipes(place):
                    return
                await asyncio.sleep(0.02)
        elif fault.victim == "postgres":
            if place.postgres.pid is not None:
                with suppress(ProcessLookupError):  # a full disk was faster
                    os.kill(place.postgres.pid, signal.SIGKILL)  # and no more: whoever supervises starts it again
                    place.kills["postgres"] = place.kills.get("postgres", 0) + 1
        else:
            await place.fell(fault.victim)

    return hit


async def _supervise(place: Installation) -> None:
    """Start again whatever of ours has ended, as `lacasa up` does."""
    while True:
        for name in place.ended():
            await place.start(name)
        await asyncio.sleep(0.3)


def _kill_pipes(place: Installation) -> int:
    """`kill -9` to every process that is handing over a mail just now."""
    mark = str(place.folder / "pipe" / "mail-in.conf").encode()
    count = 0
    for found in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if mark in found.read_bytes():
                os.kill(int(found.parent.name), signal.SIGKILL)
                count += 1
    place.kills["pipe"] = place.kills.get("pipe", 0) + count
    return count


async def _fill_now_and_then(place: Installation, calm: asyncio.Event, told: dict[str, Any]) -> None:
    """The disk is full twice, for some seconds."""
    ballast = place.folder / "data" / "ballast"
    told["disk_full"] = 0
    for _ in range(2):
        with suppress(TimeoutError):
            await asyncio.wait_for(calm.wait(), LEAST_S / 4)
        if calm.is_set():
            return
        until = time.monotonic() + FULL_S
        while time.monotonic() < until:
            _fill(ballast)
            await asyncio.sleep(0.5)
        ballast.unlink()
        told["disk_full"] += 1


async def _is_busy(place: Installation, post: Post) -> bool:
    await asyncio.sleep(0.5)
    return bool(post.postfix.waiting()) or await _untried(place) != 0


async def _untried(place: Installation) -> int | None:
    """Mails whose job has not run yet; None while PostgreSQL does not answer."""
    try:
        return int((await place.rows(UNDERSTOOD))[0]["untried"])
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return None


async def _answers(place: Installation) -> bool:
    await asyncio.sleep(0.5)
    return await _untried(place) is not None


async def _compared(place: Installation, post: Post) -> dict[str, Any]:
    async with asyncio.timeout(120):
        while not await _answers(place):
            continue
    rows = await place.rows(KEPT)
    kept: Counter[tuple[str, str]] = Counter()
    ways: Counter[str] = Counter()
    for message_id, recipient, way, count in rows:
        kept[message_id, recipient] += count
        ways[way] += count
    ends = post.postfix.ends()
    waiting = post.postfix.waiting()
    return {
        "n": len(post.taken),
        "accepted": len(post.taken & set(kept)),
        "bounced": ends["bounced"] + ends["expired"],
        "lost": len(post.taken - set(kept)) if not waiting else None,
        "doubled": sum(kept.values()) - len(kept),
        "unasked": len(set(kept) - post.taken),
        "waiting": waiting,
        "deferred": ends["deferred"],
        "ways": dict(ways),
        "untried": await _untried(place),
    }
