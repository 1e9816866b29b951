"""The servers that the benches compare with. `make bench-peers` installs what they need; without it they are skipped, with a message.

All are told their port, say `LIVE` when a connection is ready, and pass on unchanged what comes to `/say`.
"""

import shutil
import sys
from pathlib import Path

import msgspec

from widget.build import node

HERE = Path(__file__).parent
PYTHON = HERE / ".venv" / "bin" / "python"
MODULES = HERE / "node_modules"
LIVE = '"op":"live"'
HINT = "run `make bench-peers`"


class Peer(msgspec.Struct, frozen=True, kw_only=True):
    """`fan`, `say`, `echo`: paths of a listener, of the publisher, of an echo. `joins`: what a listener says first; `wraps`: how a text is sent."""

    name: str
    command: list[str]
    fan: str = "/fan"
    say: str = "/say"
    echo: str = "/echo"
    joins: str = ""
    wraps: str = "%s"
    needs_redis: bool = False
    missing: str | None = None
    """Why it cannot run here."""


def peers() -> dict[str, Peer]:
    """By name; whether one can run here is asked anew each time."""
    no_modules = None if MODULES.is_dir() else f"its packages are not there: {HINT}"
    no_python = None if PYTHON.exists() else f"its packages are not there: {HINT}"
    no_redis = no_python or (None if shutil.which("redis-server") else "redis-server is not on PATH")
    script = {file.stem: str(file) for file in HERE.iterdir()}
    engine = "/socket.io/?EIO=4&transport=websocket"
    found = [
        Peer(name="websockets", command=[sys.executable, script["raw_websockets"]]),
        Peer(name="node_ws", command=[str(node()), script["node_ws"]], missing=no_modules),
        Peer(
            name="socket_io", command=[str(node()), script["socket_io"]], missing=no_modules,
            fan=f"{engine}&role=fan", say=f"{engine}&role=say", joins="40", wraps='42["say",%s]',
        ),
        Peer(name="channels_memory", command=[str(PYTHON), script["django_channels"]], missing=no_python),
        Peer(name="channels_redis", command=[str(PYTHON), script["django_channels"]], missing=no_redis, needs_redis=True),
    ]  # fmt: skip
    return {peer.name: peer for peer in found}
