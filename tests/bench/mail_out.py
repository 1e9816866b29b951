"""Mails that a worker hands to a server that takes everything, beside aiosmtplib alone handing it the same bytes.

Answers of people in conversations of ten messages, queued before the clock starts. The worker makes each mail from its rows, and writes down
before and after that it is being sent, so that none is sent twice: two transactions and a read more than what aiosmtplib alone does, which
has the bytes and keeps its connections. Both have twenty in flight. `connecting`: aiosmtplib with a connection for each mail.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiosmtplib
import asyncpg

from core.channels.email.composing import Letter, compose
from core.events import wake
from tests.bench import ground
from tests.bench.measure import Options, alternate, ratio, spread, watching

N, IN_FLIGHT, MESSAGES = 1000, 20, 10
ADDRESS, CUSTOMER = "support@example.com", "ida@example.org"
TEXT = "Thank you for your message. Please plug the lamp in, wait for a minute, and press the switch twice. " * 6
SHOP = f"""
INSERT INTO organizations (id, name, slug) VALUES (1, 'Shop', 'shop');
INSERT INTO inboxes (id, organization_id, name, channel, widget_key) VALUES (1, 1, 'Post', 'email', 'key');
INSERT INTO email_inboxes (organization_id, inbox_id, address) VALUES (1, 1, '{ADDRESS}');
"""
CONVERSATION = """
WITH k AS (INSERT INTO contacts (organization_id, email) SELECT 1, $3 FROM generate_series(1, $1) RETURNING id),
     c AS (INSERT INTO conversations (organization_id, number, token, inbox_id, contact_id, channel, subject)
           SELECT 1, k.id, 'token-' || k.id, 1, k.id, 'email', 'A lamp' FROM k RETURNING id),
     m AS (INSERT INTO messages (organization_id, conversation_id, seq, sender_type, sender_name, content)
           SELECT 1, c.id, s, 'user', 'Ada Admin', $4 FROM c, generate_series(1, $2) s RETURNING id, conversation_id),
     o AS (INSERT INTO outbound_mails (organization_id, conversation_id, message_id, inbox_id, internet_message_id)
           SELECT 1, m.conversation_id, m.id, 1, 'm' || m.id || '@example.com' FROM m RETURNING id)
INSERT INTO jobs (organization_id, class, name, arguments, max_attempts)
SELECT 1, 'channel-io', 'core.channels.email.deliver', jsonb_build_object('organization_id', 1, 'mail_id', o.id), 20 FROM o
"""
LEFT = "SELECT count(*) FROM outbound_mails WHERE state IN ('queued', 'sending')"
SENT = "SELECT count(*) FROM outbound_mails WHERE state = 'sent'"


async def run(options: Options) -> dict[str, Any]:
    """Mails per second, and `ratio_sink`: the worker over aiosmtplib alone, the median of the rounds. `--n`: mails of one round."""
    n = options.n or N
    async with sink() as port, ground.database() as urls, ground.connected(urls):
        environment = {"LACASA_SMTP_URL": f"smtp+plain://127.0.0.1:{port}"}
        async with ground.stack(urls, ("web", "worker"), environment=environment, seed=False) as stack:
            connection = await asyncpg.connect(urls.database)
            await connection.execute(SHOP)
            used: list[float] = []

            async def worker() -> float:
                with watching(worker=stack.processes["worker"].pid) as window:
                    rate = await _working(connection, n)
                used.append(window.cpu_s["worker"] / n)
                return rate

            contestants: dict[str, Callable[[], Awaitable[float]]] = {
                "worker": worker,
                "sink": lambda: _sending(port, n, kept=True),
                "connecting": lambda: _sending(port, n, kept=False),
            }
            await _working(connection, 100)  # what is loaded only once
            given = await alternate(options.rounds, contestants)
            sent = await connection.fetchval(SENT)
            await connection.close()
    return {
        "ratio_sink": ratio(given["worker"], given["sink"]),
        "ratio_connecting": ratio(given["worker"], given["connecting"]),
        **{f"{name}_per_s": spread(rates) for name, rates in given.items()},
        "worker_cpu_ms": spread([1000 * one for one in used], 2),
        "unsent": options.rounds * n + 100 - sent,
        "n": n,
    }


@asynccontextmanager
async def sink() -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.smtp_sink", stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    yield int(await process.stdout.readline())
    process.terminate()
    await process.wait()


async def _working(connection: asyncpg.Connection, n: int) -> float:
    began = time.perf_counter()
    await connection.execute(CONVERSATION, n // MESSAGES, MESSAGES, CUSTOMER, TEXT)
    await wake.jobs("channel-io")
    while True:
        if not await connection.fetchval(LEFT):
            return n / (time.perf_counter() - began)
        await asyncio.sleep(0.02)


async def _sending(port: int, n: int, *, kept: bool) -> float:
    left = iter(range(n))
    raw = compose(_letter())

    async def one() -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
        for _ in left:
            if not client.is_connected:
                await client.connect()
            await client.sendmail(ADDRESS, [CUSTOMER], raw)
            if not kept:
                await client.quit()
        if kept and client.is_connected:
            await client.quit()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(IN_FLIGHT)))
    return n / (time.perf_counter() - began)


def _letter() -> Letter:
    return Letter(
        from_name="Ada Admin (Shop)",
        from_address=ADDRESS,
        reply_to=ADDRESS.replace("@", "+c1-00000000000000000000@"),
        to=(("", CUSTOMER),),
        subject="Re: A lamp",
        message_id="m1@example.com",
        references=tuple(f"m{number}@example.com" for number in range(5)),
        text=TEXT,
        at=datetime.now(UTC),
    )
