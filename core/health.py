"""Is the process alive, and can it serve?"""

import asyncio

from litestar import Response, Router, get

from core.database import AWAY, is_full, pool
from core.events import wake

_is_leaving = False


def leaving() -> None:
    """Nobody new is to be sent here: this process ends."""
    global _is_leaving
    _is_leaving = True


@get("/live", include_in_schema=False)
async def live() -> dict[str, str]:
    return {"status": "ok"}


@get("/ready", include_in_schema=False)
async def ready() -> Response[dict[str, str]]:
    """503 while PostgreSQL is away, or (`TimeoutError`) all connections to it are stuck, and from when the process is to end.

    Without NATS everything works, only slower; without room on PostgreSQL's disk one can still read: told, not refused.
    """
    if _is_leaving:
        return Response({"status": "leaving"}, status_code=503)
    try:
        async with asyncio.timeout(2):
            await pool().fetchval("SELECT 1")
    except AWAY as error:
        return Response({"status": "unavailable", "postgres": type(error).__name__}, status_code=503)
    return Response({"status": "ok", "postgres": "full" if is_full() else "ok", "nats": "ok" if wake.is_connected() else "away"})


router = Router("/health", route_handlers=[live, ready], opt={"vital": True})
PUBLIC = ("GET /health/live", "GET /health/ready")
