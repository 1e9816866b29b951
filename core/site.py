"""What browsers load: the widget's and the inbox's built files, and the demo shop's page."""

import mimetypes
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from litestar import Response, Router, get
from litestar.params import FromPath
from litestar.response import File, Redirect

from core.database import by_token
from core.demo import content
from core.errors import NotFound
from core.inboxes.queries import snippet_for

YEAR = "public, max-age=31536000, immutable"
APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
NOT_BUILT = (
    "<!doctype html><title>Lacasa</title><h1>The pages are not built yet</h1><p>Run <code>make setup</code>, then reload.</p>"
)
DEMO_KEY = """
SELECT i.widget_key, o.accent_color FROM inboxes i JOIN organizations o ON o.id = i.organization_id WHERE o.slug = $1 ORDER BY i.id LIMIT 1
"""


@lru_cache(maxsize=1)
def assets() -> Path:
    """The folder with the built pages."""
    spec = find_spec("widget")
    if spec is None or not spec.submodule_search_locations:
        raise NotFound("the widget package is not installed")
    return Path(spec.submodule_search_locations[0]) / "dist"


def built(*parts: str) -> Path:
    """A built file, which cannot lie outside of the folder.

    Raises:
        NotFound: there is none of that name.
    """
    try:
        path = assets().joinpath(*parts).resolve()
        if path.is_relative_to(assets().resolve()) and path.is_file():
            return path
    except (OSError, ValueError):  # a name that no file can have
        raise NotFound("this file does not exist") from None
    raise NotFound("this file does not exist")


def _file(path: Path, cache: str, **headers: str) -> File:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(path, media_type=kind, content_disposition_type="inline", headers={"Cache-Control": cache, **headers})


@get("/", include_in_schema=False)
async def index() -> Redirect:
    return Redirect("/app/")


@get("/favicon.ico", include_in_schema=False)
async def favicon() -> File:
    """Browsers ask for this name by themselves; the icon is the inbox's."""
    return _file(built("app", "favicon.svg"), "public, max-age=86400")


@get("/widget.js", include_in_schema=False)
async def loader() -> File:
    return _file(
        built("widget.js"),
        "public, max-age=300",
        **{"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"},
    )


@get("/chat/{name:str}", include_in_schema=False)
async def chat(name: FromPath[str]) -> File:
    return _file(built("chat", name), YEAR, **{"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"})


@get("/app/assets/{name:str}", include_in_schema=False)
async def app_asset(name: FromPath[str]) -> File:
    return _file(built("app", "assets", name), YEAR)


@get(["/app", "/app/{page:path}"], include_in_schema=False)
async def app_page(page: FromPath[str] = "") -> Response[str]:
    """The inbox: one page for all its addresses; what has a file of its own (icons, the theme script) is served as that."""
    name = page.lstrip("/")
    if "." in name and name != "index.html":
        path = built("app", *name.split("/"))
        return Response(
            path.read_text(), media_type=mimetypes.guess_type(path.name)[0] or "text/plain", headers={"Cache-Control": "no-cache"}
        )
    headers = {"Content-Security-Policy": APP_POLICY, "Cache-Control": "no-cache"}
    try:
        return Response(built("app", "index.html").read_text(), media_type="text/html", headers=headers)
    except NotFound:
        return Response(NOT_BUILT, media_type="text/html", status_code=503)


@get("/demo", include_in_schema=False)
async def demo() -> Response[str]:
    """The demo shop with its widget, if `lacasa seed` has made it."""
    row = await by_token(DEMO_KEY, content.SHOP_SLUG)
    if row is None:
        raise NotFound("there is no demo shop in this installation")
    page = content.site().replace("{{shop_name}}", content.SHOP_NAME).replace("{{widget_snippet}}", snippet_for(*row))
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": DEMO_POLICY, "Cache-Control": "no-cache"})


router = Router("/", route_handlers=[index, favicon, loader, chat, app_asset, app_page, demo])
PUBLIC = (
    "GET /",
    "GET /favicon.ico",
    "GET /widget.js",
    "GET /chat/{name:str}",
    "GET /app/assets/{name:str}",
    "GET /app",
    "GET /app/{page:path}",
    "GET /demo",
)
