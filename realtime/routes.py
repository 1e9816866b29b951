"""What the hub tells over HTTP: how it fares, and what its frames look like."""

from typing import Any

from litestar import Request, Router, get

from core.errors import Forbidden
from realtime import asyncapi
from realtime.hub import LOOPBACK, hub
from realtime.stats import as_document

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@get(
    "/api/realtime/stats",
    summary="Counters of this process's hub; asked from this machine alone",
    operation_id="get_realtime_stats",
)
async def get_stats(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Totals over all organizations, for whoever runs the server: nothing that a proxy passes on is answered."""
    address = request.client.host if request.client else ""
    if address not in LOOPBACK or any(name in request.headers for name in FORWARDED):
        raise Forbidden("these counters are told to this machine alone", code="not_from_here")
    return as_document(hub().queries(), **hub().now())


@get("/schema/asyncapi.json", include_in_schema=False)
async def get_asyncapi() -> dict[str, Any]:
    return asyncapi.document()


router = Router("/", route_handlers=[get_stats, get_asyncapi], tags=["realtime"])
PUBLIC = ("GET /api/realtime/stats", "GET /schema/asyncapi.json")
