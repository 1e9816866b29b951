"""Peer: the `websockets` library alone, on uvloop, with its own `broadcast`. `/fan` hears, `/say` is passed on to all, `/echo` answers."""

import logging
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

LIVE = '{"op":"live"}'
listeners: set[ServerConnection] = set()


async def handle(socket: ServerConnection) -> None:
    path = socket.request.path
    if path == "/fan":
        listeners.add(socket)
    await socket.send(LIVE)
    try:
        async for text in socket:
            if path == "/say":
                broadcast(listeners, text)
            elif path == "/echo":
                await socket.send(text)
    finally:
        listeners.discard(socket)


async def main(port: int) -> None:
    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    async with serve(handle, "127.0.0.1", port, compression=None, backlog=4096) as server:
        await server.serve_forever()


uvloop.run(main(int(sys.argv[1])))
