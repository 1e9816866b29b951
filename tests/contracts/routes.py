"""Every route of the application of all installed modules, as `METHOD /path`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute, WebSocketRoute

from core.app import create_app


class Route(NamedTuple):
    name: str
    handler: Any

    @property
    def parameters(self) -> set[str]:
        """What the handler asks for; `actor` and `visitor` are answered by dependencies that refuse strangers."""
        return set(self.handler.parsed_fn_signature.parameters)

    @property
    def body(self) -> Any:
        """The type of the request's body, or None."""
        field = self.handler.parsed_fn_signature.parameters.get("data")
        return None if field is None else field.annotation


@lru_cache(maxsize=1)
def routes() -> tuple[Route, ...]:
    return tuple(sorted(_routes(), key=lambda route: route.name))


def _routes() -> Iterator[Route]:
    for route in create_app().routes:
        if isinstance(route, WebSocketRoute):
            yield Route(f"WEBSOCKET {route.path}", route.route_handler)
        elif isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                yield from _http(route.path, handler)


def _http(path: str, handler: HTTPRouteHandler) -> Iterator[Route]:
    for method in sorted(str(method) for method in handler.http_methods):
        if method != "OPTIONS":  # the framework answers those by itself, from the paths alone
            yield Route(f"{method} {path}", handler)
