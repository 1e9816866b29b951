"""Many machines as processes on one: N web, M workers, two relays, three nodes of NATS, one PostgreSQL, and a balancer before the webs.

python -m tests.chaos.cluster        # starts all that and prints where to reach it; Ctrl-C ends it
"""

import asyncio
import json
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx

from core.embedded import folder as folders
from core.embedded.nats import MAX_PAYLOAD_BYTES, Nats
from core.embedded.processes import foreign_environment, guarded
from tests.chaos.installation import Installation, installation
from tests.chaos.proxy import Proxy
from tests.ports import free_port
from tests.stack import Stack

READY_S = 180.0
NODES = 3


class Node(Nats):
    """One of several NATS servers that know each other by `routes`, the ports that they speak to each other on."""

    def __init__(self, data: Path, password: str, number: int, routes: list[int]) -> None:
        super().__init__(data)
        self.name = f"NATS {number + 1}"
        self._number, self._routes = number, routes
        secret = folders.create(data) / "secrets"
        secret.mkdir(exist_ok=True, mode=0o700)
        folders.write_private(secret / "nats", password)

    async def _launch(self, port: int) -> None:
        configuration = self._data / "secrets" / "nats.conf"
        given = {
            "listen": f"127.0.0.1:{port}",
            "max_payload": MAX_PAYLOAD_BYTES,
            "server_name": f"node-{self._number + 1}",
            "authorization": {"user": "lacasa", "password": folders.secret(self._data, "nats")},
            "cluster": {
                "name": "lacasa",
                "listen": f"127.0.0.1:{self._routes[self._number]}",
                "routes": [f"nats://127.0.0.1:{other}" for other in self._routes],
            },
        }
        folders.write_private(configuration, json.dumps(given, indent=2) + "\n")
        command = [str(self._binary), "--config", str(configuration)]
        await self._child.spawn(guarded(command, death=signal.SIGKILL, folder=self._data), foreign_environment())


class Cluster:
    """`port` is the balancer's. A web that does not take connections is passed over."""

    def __init__(self, place: Installation, balancer: Proxy, ports: dict[str, int]) -> None:
        self.place, self.balancer, self.ports = place, balancer, ports

    @property
    def port(self) -> int:
        return self.balancer.port

    async def ready(self, web: str) -> None:
        """Wait until this web process serves."""
        async with httpx.AsyncClient(timeout=2) as client, asyncio.timeout(READY_S):
            while True:
                try:
                    if (await client.get(f"http://127.0.0.1:{self.ports[web]}/health/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.05)


@asynccontextmanager
async def cluster(
    folder: Path, *, webs: int = 3, workers: int = 2, relays: int = 2, broken: str | None = None
) -> AsyncIterator[Cluster]:
    """All of it, serving, with the demo organization in it."""
    free = [free_port() for _ in range(webs + NODES)]
    ports = {f"web-{number + 1}": free[number] for number in range(webs)}
    password = "chaos-" + folder.name.replace("_", "-")
    nodes = {f"nats-{number + 1}": Node(folder / f"nats-{number + 1}", password, number, free[webs:]) for number in range(NODES)}
    others = [f"relay-{number + 1}" for number in range(relays)] + [f"worker-{number + 1}" for number in range(workers)]

    async def ports_of_their_own(stack: Stack, _: Installation) -> None:
        stack.port = ports["web-1"]
        stack.url, stack.ws = f"http://127.0.0.1:{stack.port}", f"ws://127.0.0.1:{stack.port}/ws"
        stack.variables |= {web: {"LACASA_PORT": str(port)} for web, port in ports.items()}

    async with (
        installation(folder, names=[*ports, *others], nats=nodes, broken=broken, before=ports_of_their_own) as place,
        Proxy([("127.0.0.1", port) for port in ports.values()]) as balancer,
    ):
        running = Cluster(place, balancer, ports)
        for web in ports:
            await running.ready(web)
        yield running


async def _serve() -> None:
    with tempfile.TemporaryDirectory(prefix="lacasa-cluster-") as temporary:
        (Path(temporary) / "data").mkdir()
        async with cluster(Path(temporary)) as running:
            told = {"url": f"http://127.0.0.1:{running.port}", "webs": running.ports, "accounts": running.place.accounts}
            print(json.dumps(told), flush=True)
            await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve())
