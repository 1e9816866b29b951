"""Sending a message through our own code, beside pgbench running the very same stored routines: what our client side costs.

Both write to the same 2,000 conversations of ten organizations, half of it customers' messages and half replies, with row-level
security, events and counts, at the same number of connections. No relay runs: the outbox is emptied before each window.
"""

import asyncio
import os
import random
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

import asyncpg
import msgspec

from core import process
from core.access import Actor, ActorKind
from core.conversations import counters
from core.embedded.postgres import bundled_binaries
from core.embedded.servers import Urls
from core.messages import actions as messages
from core.messages.structs import ReplyInput
from core.settings import settings
from tests.bench import ground
from tests.bench.measure import Options, alternate, ratio, spread, watching
from tests.factories import client_id

CONNECTIONS = (8, 32)
SECONDS = 4.0
CONVERSATIONS, ORGANIZATIONS = 2000, 10
CONTENT = "Hello, my parcel number 4711 has not arrived yet. Could you please have a look where it is? Thank you."

FILL = f"""
INSERT INTO organizations (id, name, slug) SELECT o, 'Shop ' || o, 'shop-' || o FROM generate_series(1, {ORGANIZATIONS}) o;
INSERT INTO users (id, name, email) SELECT o, 'Theo Agent', o || '@example.com' FROM generate_series(1, {ORGANIZATIONS}) o;
INSERT INTO memberships (organization_id, user_id, role) SELECT o, o, 'agent' FROM generate_series(1, {ORGANIZATIONS}) o;
INSERT INTO inboxes (id, organization_id, name, widget_key) SELECT o, o, 'Inbox', 'key-' || o FROM generate_series(1, {ORGANIZATIONS}) o;
INSERT INTO contacts (id, organization_id, first_name, last_name)
    SELECT c, 1 + c % {ORGANIZATIONS}, 'Carla', 'Customer' FROM generate_series(1, {CONVERSATIONS}) c;
INSERT INTO conversations (id, organization_id, number, token, inbox_id, contact_id, subject)
    SELECT c, 1 + c % {ORGANIZATIONS}, 1000 + c, 'token-of-conversation-' || c, 1 + c % {ORGANIZATIONS}, c, 'Where is my parcel?'
    FROM generate_series(1, {CONVERSATIONS}) c;
"""
SCRIPT = f"""\\set c random(1, {CONVERSATIONS})
\\set o 1 + :c % {ORGANIZATIONS}
\\set r random(0, 1)
\\if :r
SELECT receive_message(:o, :o, false, '{{}}', '{{}}', '{{}}', ARRAY[:c]::bigint[],
    '{CONTENT}', '{CONTENT}', gen_random_uuid()::text, 'token-of-conversation-' || :c);
\\else
SELECT send_reply(:o, :o, false, ARRAY[:o]::bigint[], '{{}}', ARRAY[:o]::bigint[], '{{}}',
    '{CONTENT}', '{CONTENT}', gen_random_uuid()::text, :c, :o, 'Theo Agent', NULL);
\\endif
"""


async def run(options: Options) -> dict[str, Any]:
    """`ratio_<connections>`: our transactions per second over pgbench's, the median of the rounds; `--seconds`: of one window."""
    program = bundled_binaries() / "pgbench"
    if not program.exists():
        return {"skipped": f"there is no pgbench beside the bundled PostgreSQL ({program})"}
    seconds = options.seconds or SECONDS
    figures: dict[str, Any] = {"seconds": seconds}
    async with ground.database() as urls, ground.connected(urls):
        connection = await asyncpg.connect(urls.database)
        await connection.execute(FILL)
        for table in ("conversations", "messages", "outbox"):
            await connection.execute(f"ANALYZE {table}")
        for connections in CONNECTIONS:
            figures |= await _compared(connection, urls, program, connections, seconds, options.rounds)
        await connection.close()
    return figures


async def _compared(
    connection: asyncpg.Connection, urls: Urls, program: Path, connections: int, seconds: float, rounds: int
) -> dict[str, Any]:
    async with _sender(connections) as sender:

        async def ours() -> dict[str, float]:
            await _emptied(connection)
            return await sender(seconds)

        async def theirs() -> float:
            await _emptied(connection)
            return await _pgbench(program, urls, connections, seconds)

        given = await alternate(rounds, {"ours": ours, "pgbench": theirs})
    mine = [round_["per_s"] for round_ in given["ours"]]
    return {
        f"ratio_{connections}": ratio(mine, given["pgbench"]),
        f"tx_{connections}": spread(mine),
        f"pgbench_tx_{connections}": spread(given["pgbench"]),
        f"client_us_{connections}": spread([round_["cpu_us"] for round_ in given["ours"]]),
    }


async def _emptied(connection: asyncpg.Connection) -> None:
    await connection.execute(
        "TRUNCATE outbox; TRUNCATE messages CASCADE; UPDATE conversations SET last_seq = 0; TRUNCATE read_marks"
    )
    await counters.fold(0)
    await connection.execute("VACUUM conversations, conversation_counts")


async def _pgbench(program: Path, urls: Urls, connections: int, seconds: float) -> float:
    parts = urlsplit(urls.database)
    with TemporaryDirectory() as folder:
        script = Path(folder) / "send.sql"
        script.write_text(SCRIPT)
        command = [str(program), "-n", "-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(max(1, round(seconds)))]
        command += ["-f", str(script), "-h", str(parts.hostname), "-p", str(parts.port), "-U", str(parts.username)]
        pipe = asyncio.subprocess.PIPE
        running = await asyncio.create_subprocess_exec(
            *command,
            parts.path.lstrip("/"),
            env=os.environ | {"PGPASSWORD": unquote(parts.password or "")},
            stdout=pipe,
            stderr=pipe,
        )
        output, errors = await running.communicate()
    if running.returncode or not (told := re.search(r"tps = ([\d.]+)", output.decode())):
        raise RuntimeError(f"pgbench failed: {errors.decode()[-500:]}")
    return float(told.group(1))


@asynccontextmanager
async def _sender(connections: int) -> AsyncIterator[Any]:
    """Our side in a process of its own, as a web process is; called with seconds, it sends for so long."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.send_tx", str(connections), env=os.environ | {"LACASA_POOL_SIZE": str(connections)},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin
    assert child.stdout

    async def send(seconds: float) -> dict[str, float]:
        assert child.stdin
        assert child.stdout
        with watching(sender=child.pid) as window:
            child.stdin.write(f"{seconds}\n".encode())
            told = msgspec.json.decode(await child.stdout.readline())
        return {"per_s": told["sent"] / told["wall_s"], "cpu_us": window.cpu_s["sender"] / told["sent"] * 1e6}

    await send(1.0)
    try:
        yield send
    finally:
        child.stdin.close()
        await child.wait()


def _customer(number: int) -> Actor:
    organization = 1 + number % ORGANIZATIONS
    return Actor(
        kind=ActorKind.visitor, organization_id=organization, id=number, inbox_id=organization, contact_id=number, nonce="-"
    )


def _agent(number: int) -> Actor:
    organization = 1 + number % ORGANIZATIONS
    return Actor(
        kind=ActorKind.user,
        organization_id=organization,
        id=organization,
        name="Theo Agent",
        role="agent",
        inbox_ids=frozenset({organization}),
    )


async def _send_until(deadline: float) -> int:
    sent = 0
    while time.perf_counter() < deadline:
        number = random.randint(1, CONVERSATIONS)
        if random.random() < 0.5:
            token = f"token-of-conversation-{number}"
            await messages.receive(_customer(number), token=token, client_id=client_id(), content=CONTENT, file_tokens=[])
        else:
            await messages.reply(_agent(number), number, ReplyInput(client_id=client_id(), content=CONTENT))
        sent += 1
    return sent


async def _serve(connections: int) -> None:
    await process.connect("bench", settings())
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        began = time.perf_counter()
        sent = await asyncio.gather(*(_send_until(began + float(line)) for _ in range(connections)))
        print(msgspec.json.encode({"sent": sum(sent), "wall_s": time.perf_counter() - began}).decode(), flush=True)
    await process.disconnect()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve(int(sys.argv[1])))
