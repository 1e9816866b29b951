"""`lacasa web` with one thing more: each byte on BENCH_PORT puts a ready event into the room of BENCH_ORGANIZATION, past PostgreSQL and NATS.

Everything else is the product: its application, its server, its hub, room and links.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from core.access import Audience
from core.app import serve
from core.events.contract import Logged
from core.extend import registry
from core.extend.module import Module
from core.settings import settings
from realtime.hub import hub

ORGANIZATION = int(os.environ["BENCH_ORGANIZATION"])
INBOX = int(os.environ["BENCH_INBOX"])
SIZE = int(os.environ["BENCH_SIZE"])
AROUND = len('{"op":"event","cursor":"1.12345","event":{"type":"message.created","content":""}}')
BODY = b'{"type":"message.created","content":"%b"}' % (b"x" * (SIZE - AROUND))
AUDIENCE = Audience(conversation_id=1, contact_ids=(1,), inbox_ids=(INBOX,), staff_only=True)


async def inject(count: int) -> None:
    room = hub()._rooms[ORGANIZATION]
    epoch, last = room.head.epoch, room.head.position
    await room.take(
        Logged(
            organization_id=ORGANIZATION, position=position, epoch=epoch, id=position, type="message.created", version=position,
            audience=AUDIENCE, body=BODY, public=None, at=datetime.now(UTC),
        )
        for position in range(last + 1, last + 1 + count)
    )  # fmt: skip


async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while asked := await reader.read(64):
        await inject(len(asked))
    writer.close()


@asynccontextmanager
async def lifespan() -> AsyncIterator[None]:
    async with await asyncio.start_server(listen, "127.0.0.1", int(os.environ["BENCH_PORT"])):
        yield


if __name__ == "__main__":
    modules = (*registry.modules(), Module(name="bench", lifespan=lifespan))
    registry.modules = lambda: modules
    serve(settings())
