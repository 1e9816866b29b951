"""Counting attempts per key and window, the same in every process. Keys are hashed before they are stored."""

from datetime import UTC, datetime, timedelta

from core.auth.tokens import digest
from core.database import pool
from core.errors import TooManyRequests

COUNT = """
INSERT INTO throttles (key, window_start, attempts) VALUES ($1, $2, 1)
ON CONFLICT (key, window_start) DO UPDATE SET attempts = throttles.attempts + 1 RETURNING attempts
"""
FORGET = "DELETE FROM throttles WHERE key = $1"


async def attempt(kind: str, subject: str, *, most: int, window: timedelta) -> None:
    """Count one attempt of `kind` by `subject`.

    Raises:
        TooManyRequests: it is more than `most` in this window.
    """
    seconds = int(window.total_seconds())
    now = int(datetime.now(UTC).timestamp())
    start = now - now % seconds
    count = await pool().fetchval(COUNT, digest(kind, subject), datetime.fromtimestamp(start, UTC))
    if count > most:
        raise TooManyRequests("too many attempts; wait a little", retry_after_s=start + seconds - now)


async def forget(kind: str, subject: str) -> None:
    """Start counting anew, e.g. after the right password."""
    await pool().execute(FORGET, digest(kind, subject))
