"""The door: `/ws`. Who comes in is a `Connection` over a `Wire`."""

from typing import Any

from litestar import WebSocket, websocket

from realtime.connection import Connection, Peer
from realtime.hub import hub
from realtime.limits import limits
from realtime.wire import EXTENSION, DirectProtocol, FullProtocol, QueueWire, is_direct_possible

Socket = WebSocket[Any, Any, Any]


@websocket("/ws")
async def ws(socket: Socket) -> None:
    """Realtime: see realtime/README.md, and /schema/asyncapi.json."""
    await socket.accept()
    peer = Peer(socket.headers.get("origin"), socket.headers.get("host"), socket.client.host if socket.client else "")
    direct = (socket.scope["extensions"] or {}).get(EXTENSION) if limits().link == "direct" else None
    if isinstance(direct, DirectProtocol):
        connection = Connection(hub(), direct, peer)
        connection.greet()
        return direct.adopt(connection)
    wire = QueueWire(socket)
    connection = Connection(hub(), wire, peer)
    connection.greet()
    return await wire.serve(connection)


def protocol() -> type[Any]:
    """uvicorn's protocol with our link in it, where this uvicorn allows it and the settings want it; else uvicorn's."""
    return DirectProtocol if limits().link == "direct" and is_direct_possible() else FullProtocol
