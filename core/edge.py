"""The rim of the HTTP server: problem documents, limits on bodies, cross-origin rules and security headers."""

import logging
import re
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from core.database import AWAY
from core.errors import Conflict, Invalid, LacasaError, TooLarge, Unavailable
from core.settings import settings

log = logging.getLogger("lacasa.http")

DEPTH_MAX = 64
STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""Never gives back what it matched, and takes an unfinished string to the end: linear in whatever is sent."""
BRACKET = re.compile(rb"[\[\]{}]")
WIDGET = "/api/widget/"
CODES = {error.status: error.code for error in LacasaError.__subclasses__()} | {405: "method_not_allowed"}


def problem(error: LacasaError) -> Response[bytes]:
    body = {"type": "about:blank", "title": error.title, "status": error.status, "code": error.reason, "detail": error.detail}
    return _document(body | error.extra, error.status)


def _document(body: dict[str, Any], status: int) -> Response[bytes]:
    headers = {"Retry-After": str(body["retry_after_s"])} if "retry_after_s" in body else {}
    return Response(msgspec.json.encode(body), status_code=status, media_type="application/problem+json", headers=headers)


def on_lacasa_error(request: Request[Any, Any, Any], error: LacasaError) -> Response[bytes]:
    if error.status >= 500 and error.reason != "busy":
        log.error("request failed: %s", error.reason, extra=_where(request))
    return problem(error)


def _where(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {"method": request.method, "route": request.scope.get("path_template", "")}


def on_http_error(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": CODES.get(status, "error"),
        "detail": error.detail,
    }
    if isinstance(error.extra, list):
        body["errors"] = error.extra
    return _document(body, status)


def on_invalid_data(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A value that PostgreSQL cannot hold: a number out of range, a NUL character, a broken code point. Or a body that is no UTF-8."""
    return problem(Invalid("a value is out of the range that can be stored"))


def on_database_away(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("request failed: %s", type(error).__name__, extra=_where(request))
    return problem(Unavailable("the database is away; nothing was changed that you were not told of"))


def on_slow(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("request failed: the database took too long", extra=_where(request))
    return problem(Unavailable("this took the database too long, and was stopped; nothing was changed", code="database_slow"))


def on_contention(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    return problem(Conflict("somebody changed the same thing at the same moment; try again", code="contention"))


def on_defect(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A defect of ours: logged with its trace, told without any detail."""
    log.error("defect in %s %s", request.method, request.scope.get("path_template", ""), exc_info=error)
    return _document({"type": "about:blank", "title": "Internal error", "status": 500, "code": "internal", "detail": ""}, 500)


HANDLERS: dict[type[Exception] | int, Any] = {
    LacasaError: on_lacasa_error,
    HTTPException: on_http_error,
    asyncpg.DataError: on_invalid_data,
    asyncpg.DeadlockDetectedError: on_contention,
    asyncpg.SerializationError: on_contention,
    asyncpg.UniqueViolationError: on_contention,
    asyncpg.ForeignKeyViolationError: on_contention,
    asyncpg.QueryCanceledError: on_slow,
    UnicodeError: on_invalid_data,
    **dict.fromkeys(AWAY, on_database_away),
    Exception: on_defect,
}


def too_deep(body: bytes) -> bool:
    """Whether JSON nests deeper than 64, told without decoding it."""
    if body.count(b"[") + body.count(b"{") <= DEPTH_MAX:
        return False
    depth = 0
    for found in BRACKET.finditer(STRING.sub(b"", body)):
        depth += 1 if found.group() in b"[{" else -1
        if depth > DEPTH_MAX:
            return True
    return False


@lru_cache(maxsize=1000)
def _body_type(handler: BaseRouteHandler) -> Any:
    """What the body of a route's requests must be; None: it has none."""
    data = handler.parsed_fn_signature.parameters.get("data")
    return None if data is None else data.annotation


def check_types(body: bytes, kind: Any) -> None:
    """Refuse a body that is not exactly of its type: Litestar alone would take "1" for 1 and "true" for true.

    Raises:
        Invalid: with the place in `errors`, as `{"key": "$.field", "message": …}`.
    """
    if kind is None:
        return
    try:
        msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `")
        raise Invalid(message, errors=[{"key": place.rstrip("`") or "$", "message": message}]) from None
    except msgspec.DecodeError:
        raise Invalid("the body is no JSON", code="malformed") from None


class BodyLimit(ASGIMiddleware):
    """Refuses bodies that are too large, nested too deep or of another type; uploads stream past it."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if (
            scope["type"] != ScopeType.HTTP
            or scope["method"] in {"GET", "HEAD", "OPTIONS"}
            or scope["route_handler"].opt.get("streams")
        ):
            return await next_app(scope, receive, send)
        body = bytearray()
        limit = settings().body_max_kb * 1024
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if len(body) > limit:
                raise TooLarge(f"a request may have at most {limit // 1024} KiB", limit_bytes=limit)
            if not message.get("more_body"):
                break
        if too_deep(bytes(body)):
            raise Invalid(f"JSON may nest at most {DEPTH_MAX} deep", code="too_deep")
        check_types(bytes(body), _body_type(scope["route_handler"]))
        return await next_app(scope, _again(bytes(body), receive), send)


class Crowd(ASGIMiddleware):
    """Turns requests away while too many are being worked on.

    A request counts from its body's arrival to its answer's beginning: whoever sends or reads slowly holds no place.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self) -> None:
        self._inside = 0

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        opt = scope["route_handler"].opt
        if opt.get("streams") or opt.get("vital"):
            return await next_app(scope, receive, send)
        if self._inside >= settings().requests_at_once:
            raise Unavailable("too many requests are being worked on; try again in a moment", code="busy", retry_after_s=1)
        self._inside += 1
        is_inside = True

        def leave() -> None:
            nonlocal is_inside
            self._inside -= is_inside
            is_inside = False

        async def watched(message: Message) -> None:
            leave()
            await send(message)

        try:
            return await next_app(scope, receive, watched)
        finally:
            leave()


def _again(body: bytes, receive: Receive) -> Receive:
    pending = [body]

    async def replay() -> Any:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replay


SECURITY = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
]
CORS = [
    (b"access-control-allow-methods", b"GET, POST, PATCH, OPTIONS"),
    (b"access-control-allow-headers", b"authorization, content-type"),
    (b"access-control-max-age", b"86400"),
    (b"vary", b"origin"),
]


class Rim:
    """Around the whole application: answers preflights of the widget's routes and adds headers to every answer.

    The widget's routes use no cookies, so any page may ask; which page may *use* a widget is checked per inbox.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        extra = list(SECURITY)
        if scope["path"].startswith(WIDGET) or scope["path"].startswith("/files/"):
            origin = next((value for name, value in scope["headers"] if name == b"origin"), None)
            if origin is not None:
                extra += [(b"access-control-allow-origin", origin), *CORS]
            if scope["method"] == "OPTIONS":
                await send({"type": "http.response.start", "status": 204, "headers": extra})
                return await send({"type": "http.response.body", "body": b"", "more_body": False})

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        return await self._app(scope, receive, with_headers)
