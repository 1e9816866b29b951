"""The socket's protocol as an AsyncAPI 3 document, made from the structs that encode and decode it."""

from functools import lru_cache
from importlib.metadata import version
from typing import Any, get_args

import msgspec

from core.settings import settings
from realtime.protocol import ClientFrame, Close, ServerFrame

CODES = {
    1001: "The server shuts down at once.",
    1002: "A frame broke the WebSocket protocol.",
    1007: "A text message was no UTF-8.",
    1009: "A message was larger than 64 KiB.",
    1011: "A ping of the WebSocket protocol was not answered, or the server has a defect.",
    1012: "The process restarts. Come back after `retry_after_ms`, which stands in the reason.",
    Close.slow: "Read too slowly, or was overtaken. Come back at once with the last cursor.",
    Close.access_changed: "May see other things now. Come back at once and fetch anew.",
    Close.silent: "Sent nothing for 90 s. Come back at once.",
    Close.too_many_connections: "Too many connections of this person, address, organization or process. Come back after a growing pause.",
    Close.unavailable: "A server behind this one is away. Come back after a growing pause.",
    Close.bad_frame: "Not a frame of this protocol. Do not come back as you are.",
    Close.unauthenticated: "The ticket or token does not count, or does not any more. Come back with another.",
    Close.origin_refused: "The page may not open this socket.",
    Close.auth_timeout: "Did not authenticate in time. Come back after a growing pause.",
    Close.too_many_frames: "Sent too many frames.",
}
REFERENCE = "#/components/schemas/{name}"


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """AsyncAPI 3.0: one channel, every frame a message, told apart by `op`."""
    clients, servers = get_args(ClientFrame), get_args(ServerFrame)
    _, schemas = msgspec.json.schema_components((*clients, *servers), ref_template=REFERENCE)
    host = settings().origin.partition("://")[2]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Lacasa realtime",
            "version": version("lacasa"),
            "description": "JSON objects in text messages; `op` tells what each is. `realtime/README.md` tells the conversation they make.",
        },
        "defaultContentType": "application/json",
        "servers": {"here": {"host": host, "protocol": "wss" if settings().secure_cookies else "ws"}},
        "channels": {
            "socket": {
                "address": "/ws",
                "messages": {frame.__name__: {"$ref": f"#/components/messages/{frame.__name__}"} for frame in (*clients, *servers)},
                "x-close-codes": {str(int(code)): words for code, words in CODES.items()},
            }
        },
        "operations": {
            "hear": _operation("receive", clients),
            "tell": _operation("send", servers),
        },
        "components": {"messages": {frame.__name__: _message(frame) for frame in (*clients, *servers)}, "schemas": schemas},
    }


def _operation(action: str, frames: tuple[type[msgspec.Struct], ...]) -> dict[str, Any]:
    """`action` as seen by the server."""
    return {
        "action": action,
        "channel": {"$ref": "#/channels/socket"},
        "messages": [{"$ref": f"#/channels/socket/messages/{frame.__name__}"} for frame in frames],
    }


def _message(frame: type[msgspec.Struct]) -> dict[str, Any]:
    return {
        "name": frame.__struct_config__.tag,
        "summary": (frame.__doc__ or "").strip().partition("\n")[0],
        "payload": {"$ref": REFERENCE.format(name=frame.__name__)},
    }
