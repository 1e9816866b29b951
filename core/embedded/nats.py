"""The bundled NATS: a doorbell between our processes, on loopback and with a password.

It keeps nothing on disk. Whatever it loses is made good from PostgreSQL.
"""

import asyncio
import json
import signal
import sysconfig
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from core.embedded import folder
from core.embedded.processes import Child, foreign_environment, guarded
from core.errors import Misconfigured, Unavailable

READY_WITHIN_S = 15.0
MAX_PAYLOAD_BYTES = 1024 * 1024


def nats_url(data: Path, port: int) -> str:
    return f"nats://lacasa:{folder.secret(data, 'nats')}@127.0.0.1:{port}"


class Nats:
    """One server. The caller holds the lock of the data folder."""

    name = "NATS"

    def __init__(self, data: Path, *, avoid: Collection[int] = ()) -> None:
        self._data = folder.create(data)
        self._avoid = avoid
        self._binary = bundled_binary()
        self._port: int | None = None
        self._child = Child(folder.log(self._data, "nats"))

    @property
    def pid(self) -> int | None:
        return self._child.pid

    @property
    def port(self) -> int:
        if self._port is None:
            raise Unavailable("NATS has not been started")
        return self._port

    @property
    def url(self) -> str:
        return nats_url(self._data, self.port)

    async def start(self) -> None:
        """Start the server and return when it has accepted our password; later starts keep the port.

        Raises:
            Unavailable: the server does not come up; the message has the end of its log.
        """
        give_up = time.monotonic() + READY_WITHIN_S
        while True:
            port = self._port or folder.choose_port(self._data, "nats", avoid=self._avoid)
            await self._launch(port)
            if await self._answers(port, give_up):
                break
            if time.monotonic() > give_up or "address already in use" not in self._child.output():
                raise Unavailable(f"NATS did not start; {self._child.log} ends:\n{self._child.last_lines()}")
            await asyncio.sleep(0.2)
        self._port = port
        folder.remember_port(self._data, "nats", port)

    async def wait(self) -> int:
        return await self._child.wait()

    async def stop(self) -> None:
        await self._child.stop((signal.SIGTERM, 5.0))

    async def kill(self) -> None:
        await self._child.stop()

    async def _launch(self, port: int) -> None:
        configuration = self._data / "secrets" / "nats.conf"
        user = {"user": "lacasa", "password": folder.secret(self._data, "nats")}
        given = {"listen": f"127.0.0.1:{port}", "max_payload": MAX_PAYLOAD_BYTES, "authorization": user}
        folder.write_private(configuration, json.dumps(given, indent=2) + "\n")
        command = [str(self._binary), "--config", str(configuration)]
        await self._child.spawn(guarded(command, death=signal.SIGKILL, folder=self._data), foreign_environment())

    async def _answers(self, port: int, give_up: float) -> bool:
        """Wait until the server takes our password: True. It has ended, or never did: False, and it is stopped."""
        while time.monotonic() < give_up:
            try:
                accepted = await asyncio.wait_for(self._greet(port), 5.0)
            except OSError:
                accepted = False
            if accepted and self._child.running:
                return True
            if await self._child.ended_within(0.01):
                return False
        await self.stop()
        return False

    async def _greet(self, port: int) -> bool:
        # By hand: the client waits two seconds after the first refusal, and its import costs as long as the start.
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            if not (await reader.readline()).startswith(b"INFO "):
                return False
            user = {"user": "lacasa", "pass": folder.secret(self._data, "nats"), "verbose": False}
            writer.write(b"CONNECT " + json.dumps(user).encode() + b"\r\nPING\r\n")
            return (await reader.readline()).startswith(b"PONG")
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


def bundled_binary() -> Path:
    """The program, which its package puts beside the interpreter.

    Raises:
        Misconfigured: it is not there.
    """
    binary = Path(sysconfig.get_path("scripts")) / "nats-server"
    if not binary.exists():
        raise Misconfigured("no bundled NATS is installed: set LACASA_NATS_URL")
    return binary
