"""The only assembler: puts what the manifests list into one Litestar application, and serves it."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib.metadata import version
from typing import Any

import uvicorn
from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from core import health
from core.auth.edge import actor
from core.edge import HANDLERS, BodyLimit, Crowd, Rim
from core.extend import registry
from core.extend.module import Module
from core.http import GuardedProtocol
from core.logs import configure
from core.process import connect, disconnect, pass_over_the_loaded
from core.settings import Settings, settings

NOT_STARTED = 3
"""Exit code of a process that could not begin to serve; uvicorn's."""
KEEP_ALIVE_S = 75
"""Idle connections stay longer than reverse proxies keep theirs (60 s): who closes first may meet a request that is on its way."""


def create_app(modules: Sequence[Module] | None = None) -> Litestar:
    """The application of these modules; without them, of all that are installed and chosen."""
    chosen = registry.modules() if modules is None else modules

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await connect("web", settings())
        try:
            async with AsyncExitStack() as stack:
                for module in chosen:
                    if module.lifespan is not None:
                        await stack.enter_async_context(module.lifespan())
                yield
        finally:
            await disconnect()

    handlers: list[Any] = [health.router]
    for module in chosen:
        handlers += module.routes
    return Litestar(
        route_handlers=handlers,
        lifespan=[lifespan],
        dependencies={"actor": Provide(actor)},
        middleware=[BodyLimit(), Crowd()],
        exception_handlers=HANDLERS,
        openapi_config=OpenAPIConfig(
            title="Lacasa", version=version("lacasa"), path="/schema", render_plugins=[JsonRenderPlugin(path="/openapi.json")]
        ),
        logging_config=None,
    )


class Server(uvicorn.Server):
    """uvicorn, which would cut every socket at once when it is told to end: before that, the modules send their people away."""

    def __init__(self, config: uvicorn.Config, chosen: Sequence[Module]) -> None:
        super().__init__(config)
        self._drains = [module.drain for module in chosen if module.drain is not None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        pass_over_the_loaded()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        health.leaving()
        if not self.force_exit:
            await asyncio.gather(*(drain() for drain in self._drains))
        await super().shutdown(sockets)


def serve(configuration: Settings, *, only: str | None = None) -> None:
    """The `lacasa web` process; `only` serves one module's routes, e.g. the hub as a process of its own."""
    configure(configuration.log_level, only or "web")
    chosen = [module for module in registry.modules() if only in (None, module.name)]
    if only is None and not configuration.serve_realtime:
        chosen = [module for module in chosen if module.name != "realtime"]
    protocols = [module.socket_protocol() for module in chosen if module.socket_protocol is not None]
    config = uvicorn.Config(
        Rim(create_app(chosen)),
        host=configuration.host,
        port=configuration.port,
        loop="uvloop",
        http=GuardedProtocol,
        proxy_headers=bool(configuration.proxies),
        forwarded_allow_ips=list(configuration.trusted_proxies),
        ws=next(filter(None, protocols), "websockets-sansio"),
        ws_max_size=64 * 1024,
        ws_per_message_deflate=False,
        ws_ping_interval=25,
        ws_ping_timeout=10,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=10,
        lifespan="on",
    )
    server = Server(config, chosen)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(NOT_STARTED)


def serve_realtime(configuration: Settings) -> None:
    """The `lacasa realtime` process: the hub alone."""
    serve(configuration, only="realtime")
