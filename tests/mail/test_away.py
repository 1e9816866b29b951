"""PostgreSQL is stopped while mail comes in: every way says "later", nothing is acknowledged that is not kept, and all heals by itself."""

import asyncio
import smtplib
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from core.channels.email.gateway import setup
from core.settings import Settings, read
from tests.chaos.installation import Installation, installation
from tests.mail.gateway import SENDER, a_mail, signed
from tests.ports import free_port

ADDRESS = "support@example.com"
INBOX = """
WITH i AS (INSERT INTO inboxes (organization_id, name, channel, widget_key) SELECT min(id), 'Post', 'email', 'k' FROM organizations RETURNING *)
INSERT INTO email_inboxes (organization_id, inbox_id, address) SELECT organization_id, id, $1 FROM i
"""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Installation]:
    (tmp_path / "data").mkdir()
    async with installation(tmp_path, names=("web", "mail"), settings={"LACASA_MAIL_PORT": str(free_port())}) as place:
        await place.rows(INBOX, ADDRESS)
        yield place


def _lmtp(port: int, raw: bytes) -> int:
    with smtplib.LMTP("127.0.0.1", port, timeout=60) as client:
        client.ehlo_or_helo_if_needed()
        client.mail(SENDER)
        code, _ = client.rcpt(ADDRESS)
        return code if code != 250 else client.data(raw)[0]


async def test_what_is_refused_while_postgresql_is_away_is_kept_afterwards(place: Installation, tmp_path: Path) -> None:
    environment = place.stack.environment
    script = setup.write(read(Settings, "LACASA_", environment), tmp_path)
    key = script.with_suffix(".conf").read_text().partition("key = ")[2].strip()
    port = int(environment["LACASA_MAIL_PORT"])
    raws = {way: a_mail(way) for way in ("pipe", "lmtp", "http")}

    async def attempts() -> dict[str, int]:
        """What each way is told at the same moment."""

        def pipe() -> int:
            return subprocess.run([script, SENDER, ADDRESS], input=raws["pipe"], timeout=90, check=False).returncode

        async with httpx.AsyncClient(base_url=place.stack.url, timeout=90) as http:
            posting = http.post("/inbound/email", content=raws["http"], headers=signed(raws["http"], ADDRESS, key=key))
            answers = await asyncio.gather(asyncio.to_thread(pipe), asyncio.to_thread(_lmtp, port, raws["lmtp"]), posting)
        return {"pipe": answers[0], "lmtp": answers[1], "http": answers[2].status_code}

    await place.fell("postgres")
    assert await attempts() == {"pipe": 75, "lmtp": 451, "http": 503}
    await place.start("postgres")
    for _ in range(2):
        assert await attempts() == {"pipe": 0, "lmtp": 250, "http": 200}
    assert await place.value("SELECT count(*) FROM inbound_mails") == 3
    await place.fell("web")
    assert (
        await asyncio.to_thread(subprocess.run, [script, SENDER, ADDRESS], input=a_mail(), timeout=90, check=False)
    ).returncode == 75
    assert place.ended() == ["web"]
