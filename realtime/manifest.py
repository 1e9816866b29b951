"""All that the realtime hub adds to Lacasa."""

from core.extend.module import Module
from realtime.hub import lifespan
from realtime.socket import ws

module = Module(name="realtime", routes=[ws], public_routes=["WEBSOCKET /ws"], lifespan=lifespan)
