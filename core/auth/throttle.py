"""Counting attempts per key, the same in every process. Keys are hashed before they are stored."""

from datetime import timedelta

from core.auth.tokens import digest
from core.database import pool
from core.errors import TooManyRequests

COUNT = """
INSERT INTO throttles AS t (key, window_start, attempts) VALUES ($1, now(), 1)
ON CONFLICT (key) DO UPDATE SET (window_start, attempts) = (
    SELECT CASE WHEN goes_on THEN t.window_start ELSE now() END, CASE WHEN goes_on THEN t.attempts + 1 ELSE 1 END
    FROM (SELECT t.window_start > now() - $2::interval AS goes_on) w
)
RETURNING attempts, ceil(extract(epoch FROM window_start + $2 - now()))::int
"""
FORGET = "DELETE FROM throttles WHERE key = $1"


async def attempt(kind: str, subject: str, *, most: int, window: timedelta) -> None:
    """Count one attempt of `kind` by `subject`; the window begins with the first.

    Raises:
        TooManyRequests: it is more than `most` in this window.
    """
    count, left_s = await pool().fetchrow(COUNT, digest(kind, subject), window)
    if count > most:
        raise TooManyRequests("too many attempts; wait a little", retry_after_s=max(1, left_s))


async def forget(kind: str, subject: str) -> None:
    """Start counting anew, e.g. after the right password."""
    await pool().execute(FORGET, digest(kind, subject))
