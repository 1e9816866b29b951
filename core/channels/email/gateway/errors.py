"""Why a mail is not taken, told alike on every way in. Whatever is not one of these must make the mail server try again, too."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from core.database import AWAY
from core.errors import NotFound, TooLarge, Unavailable
from core.settings import settings


def unknown() -> NotFound:
    return NotFound("nobody here has this address", code="unknown_recipient")


def too_large() -> TooLarge:
    limit = limit_bytes()
    return TooLarge(f"a mail may have at most {limit // 1024 // 1024} MB", limit_bytes=limit)


def busy() -> Unavailable:
    return Unavailable("too much mail is coming in at once; try again in a moment", code="busy", retry_after_s=5)


def limit_bytes() -> int:
    """Of one mail."""
    return settings().mail_max_mb * 1024 * 1024


@contextmanager
def honest() -> Iterator[None]:
    """PostgreSQL is away, stuck, or stopped what we asked: whatever the reason, the mail is not kept and may come again."""
    try:
        yield
    except (TimeoutError, asyncpg.QueryCanceledError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError, *AWAY) as error:
        raise Unavailable("the mail cannot be kept at the moment") from error
