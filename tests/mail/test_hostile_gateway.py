"""Hostile mail through the door, to a worker of its own: each ends in the ledger with a reason, soon, and takes no more memory than it may."""

import asyncio
import smtplib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.chaos.installation import Installation, installation
from tests.core.email.test_hostile import encoded, nested, wide
from tests.mail.gateway import SENDER, a_mail
from tests.mail.test_away import ADDRESS, INBOX
from tests.ports import free_port

STATE = "SELECT state, reason, extract(epoch FROM processed_at - received_at)::float AS took_s FROM inbound_mails ORDER BY id DESC LIMIT 1"
UNDERSTOOD_S = 5.0
WORKER_MB = 450
"""Beyond what a worker has anyway: nine times the largest mail (its bytes, its text, what its files are as bytes, what PostgreSQL is sent)."""
DOOR_MB = 250
"""Of the process that takes mail in."""
HOSTILE = {
    "100,000 parts": (lambda: wide(100_000), "quarantined", "over_parts"),
    "5,000 deep": (lambda: nested(5000), "quarantined", "over_depth"),
    "10 MB of header": (
        lambda: b"Subject: long\nX-A: a\n" + b" folded\n" * 1_250_000 + b"\nhello\n",
        "quarantined",
        "over_header_bytes",
    ),
    "50 MB of base64": (lambda: b"From: ida@example.org\n" + encoded(49), "created", ""),
}


class Ended(NamedTuple):
    state: str
    reason: str
    took_s: float
    worker_mb: float
    door_mb: float


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "data").mkdir()
    port = str(free_port())
    async with installation(folder, names=("web", "relay", "worker", "mail"), settings={"LACASA_MAIL_PORT": port}) as place:
        await place.rows(INBOX, ADDRESS)
        await through(place, a_mail())
        yield place


def peak_mb(pid: int, *, anew: bool = False) -> float:
    """The most memory that a process had since it was last asked `anew`."""
    if anew:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


async def through(place: Installation, raw: bytes) -> Ended:
    """What becomes of a mail that is handed over by LMTP; memory is what it took beyond what was there."""
    port = int(place.stack.environment["LACASA_MAIL_PORT"])
    before = {name: peak_mb(place.pid(name), anew=True) for name in ("worker", "mail")}

    def deliver() -> int:
        with smtplib.LMTP("127.0.0.1", port, timeout=60) as client:
            client.ehlo_or_helo_if_needed()
            client.mail(SENDER)
            client.rcpt(ADDRESS)
            return client.data(raw)[0]

    assert await asyncio.to_thread(deliver) == 250
    until = time.monotonic() + 60
    while time.monotonic() < until:
        [row] = await place.rows(STATE)
        if row["state"] != "received":
            took = {name: peak_mb(place.pid(name)) - before[name] for name in before}
            return Ended(row["state"], row["reason"], row["took_s"], took["worker"], took["mail"])
        await asyncio.sleep(0.1)
    raise AssertionError(f"it is still waiting:\n{place.stack.log('worker')[-3000:]}")


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_mail_ends_with_a_reason_soon_and_in_bounded_memory(place: Installation, name: str) -> None:
    make, state, reason = HOSTILE[name]
    ended = await through(place, make().replace(b"\n", b"\r\n"))
    assert (ended.state, ended.reason) == (state, reason)
    assert ended.took_s < UNDERSTOOD_S
    assert ended.worker_mb < WORKER_MB
    assert ended.door_mb < DOOR_MB
    after = await through(place, a_mail())
    assert (after.state, after.reason) == ("created", "")
    assert place.ended() == []
