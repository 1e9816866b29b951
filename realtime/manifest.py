"""All that the realtime hub adds to Lacasa."""

from core.extend.module import Module
from realtime import routes
from realtime.hub import drain, lifespan
from realtime.limits import Limits
from realtime.socket import protocol, ws

module = Module(
    name="realtime",
    routes=[ws, routes.router],
    public_routes=["WEBSOCKET /ws", *routes.PUBLIC],
    lifespan=lifespan,
    drain=drain,
    socket_protocol=protocol,
    settings=Limits,
)
