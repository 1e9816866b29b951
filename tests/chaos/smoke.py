"""20 clients write while web, worker, relay, NATS and PostgreSQL are killed with -9 at random and started again."""

import asyncio
import os
import random
import secrets
import time
from pathlib import Path
from typing import Any

import asyncpg

from core.embedded.nats import Nats
from core.embedded.postgres import Postgres
from tests.chaos.clients import AckLog, Client
from tests.stack import Stack, running_stack

VICTIMS = ("web", "worker", "relay", "nats", "postgres")
PAUSE_S = (0.3, 1.2)
DOWN_S = (0.0, 0.6)
SETTLE_S = 90.0
UNANSWERED = """
SELECT count(*) FROM conversations c WHERE c.handler = 'ai' AND EXISTS (
    SELECT FROM messages m WHERE m.conversation_id = c.id AND m.seq = c.public_seq AND m.sender_type = 'contact')
"""


class Installation:
    """All five processes of one machine, each of which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.postgres = Postgres(folder / "data")
        self.nats = Nats(folder / "data")
        self.folder = folder
        self.stack: Stack
        self.kills = dict.fromkeys(VICTIMS, 0)

    async def kill(self, name: str, down_s: float) -> None:
        self.kills[name] += 1
        if name in ("postgres", "nats"):
            server = self.postgres if name == "postgres" else self.nats
            if server.pid is not None:
                os.kill(server.pid, 9)
            await server.kill()
            await asyncio.sleep(down_s)
            await server.start()
        else:
            await self.stack.kill(name)
            await asyncio.sleep(down_s)
            await self.stack.start(name)


async def run(folder: Path, *, n: int, clients: int, seed: int, broken: str | None) -> dict[str, Any]:
    """Returns the figures: acked, lost, duplicated, misordered, kills and more."""
    (folder / "data").mkdir()
    installation = Installation(folder)
    await asyncio.gather(installation.postgres.start(), installation.nats.start())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LACASA_")} | {
        "LACASA_DATABASE_URL": installation.postgres.url,
        "LACASA_NATS_URL": installation.nats.url,
        "LACASA_SECRET": secrets.token_urlsafe(32),
        "LACASA_DATA": str(folder / "files"),
    }

    async def prepare(stack: Stack) -> None:
        await stack.command("migrate")
        await stack.command("seed")
        if broken is not None:
            stack.stand_ins["web"] = ["-m", "tests.chaos.broken", broken]

    try:
        async with running_stack(environment=environment, before=prepare) as stack:
            installation.stack = stack
            return await _play(installation, n=n, clients=clients, seed=seed, broken=broken)
    finally:
        await installation.nats.stop()
        await installation.postgres.stop()


async def _play(installation: Installation, *, n: int, clients: int, seed: int, broken: str | None) -> dict[str, Any]:
    chance = random.Random(seed)
    key = await _value(installation, "SELECT widget_key FROM inboxes LIMIT 1")
    acks = AckLog(installation.folder / "acked.log")
    url, ws = installation.stack.url, installation.stack.ws
    crowd = [Client(url, ws, key, number, random.Random(f"{seed}.{number}"), acks) for number in range(clients)]
    await asyncio.gather(*(client.open() for client in crowd))
    stopping, began = asyncio.Event(), time.monotonic()
    listeners = [asyncio.create_task(client.listen(stopping)) for client in crowd]
    enough = asyncio.Event()
    killer = asyncio.create_task(_kill_at_random(installation, chance, enough))
    shares = [n // clients + (1 if number < n % clients else 0) for number in range(clients)]
    await asyncio.gather(*(client.send(share) for client, share in zip(crowd, shares, strict=True)))
    sending_s = time.monotonic() - began
    enough.set()
    await killer
    await installation.stack.ready()
    settled_s = 0.0 if broken else await _settle(installation, crowd)
    stopping.set()
    await asyncio.gather(*listeners)
    report = await _check(installation, crowd, acks)
    return report | {
        "kills": sum(installation.kills.values()),
        "killed": installation.kills,
        "seed": seed,
        "n": n,
        "refused": sum(client.refused for client in crowd),
        "retries": sum(client.retries for client in crowd),
        "sending_s": round(sending_s, 1),
        "settled_s": round(settled_s, 1),
        "broken": broken,
    }


async def _kill_at_random(installation: Installation, chance: random.Random, enough: asyncio.Event) -> None:
    while not enough.is_set():
        await asyncio.sleep(chance.uniform(*PAUSE_S))
        await installation.kill(chance.choice(VICTIMS), chance.uniform(*DOWN_S))


async def _settle(installation: Installation, crowd: list[Client]) -> float:
    """Wait until every screen shows everything and the AI agent owes nobody an answer, or until time is up."""
    began = time.monotonic()
    while time.monotonic() - began < SETTLE_S:
        behind = sum(len(set(client.sent) - {key for _, key in client.heard}) for client in crowd)
        if behind == 0 and await _value(installation, UNANSWERED) == 0:
            break
        await asyncio.sleep(0.5)
    return time.monotonic() - began


async def _value(installation: Installation, sql: str) -> Any:
    connection = await asyncpg.connect(installation.postgres.url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def _check(installation: Installation, crowd: list[Client], acks: AckLog) -> dict[str, Any]:
    """Compare the ack log with PostgreSQL and with what every client heard."""
    connection = await asyncpg.connect(installation.postgres.url)
    try:
        rows = await connection.fetch(
            """SELECT c.token, m.client_id, m.seq FROM messages m JOIN conversations c ON c.id = m.conversation_id
               WHERE m.client_id LIKE 'chaos-%' ORDER BY c.token, m.seq"""
        )
        gaps = await connection.fetchval(
            "SELECT count(*) FROM event_clock k WHERE position <> (SELECT count(*) FROM event_log l WHERE l.organization_id = k.organization_id)"
        )
        unanswered = await connection.fetchval(UNANSWERED)
    finally:
        await connection.close()
    stored: dict[str, list[str]] = {}
    for token, key, _ in rows:
        stored.setdefault(token, []).append(key)
    kept = {(token, key, seq) for token, key, seq in rows}
    lost = sum(1 for entry in acks.entries if entry not in kept)
    duplicated = sum(len(keys) - len(set(keys)) for keys in stored.values())
    duplicated += sum(len(client.heard) - len(set(client.heard)) for client in crowd)
    misordered = sum(1 for client in crowd if stored.get(client.conversation or "", []) != client.sent and lost == 0)
    misordered += sum(1 for client in crowd if [seq for seq, _ in client.heard] != sorted(seq for seq, _ in client.heard))
    unseen = sum(len(set(client.sent) - {key for _, key in client.heard}) for client in crowd)
    return {
        "acked": len(acks.entries),
        "lost": lost,
        "duplicated": duplicated,
        "misordered": misordered,
        "unseen": unseen,
        "unanswered": unanswered,
        "gaps": gaps,
    }
