"""Is the process alive, and can it serve?"""

from litestar import Response, Router, get

from core.database import AWAY, pool
from core.events import wake


@get("/live", include_in_schema=False)
async def live() -> dict[str, str]:
    return {"status": "ok"}


@get("/ready", include_in_schema=False)
async def ready() -> Response[dict[str, str]]:
    """503 while PostgreSQL is away. Without NATS everything works, only slower, so that is told but no reason to refuse."""
    try:
        await pool().fetchval("SELECT 1", timeout=2)
    except AWAY as error:
        return Response({"status": "unavailable", "postgres": type(error).__name__}, status_code=503)
    return Response({"status": "ok", "postgres": "ok", "nats": "ok" if wake.is_connected() else "away"})


router = Router("/health", route_handlers=[live, ready])
PUBLIC = ("GET /health/live", "GET /health/ready")
