# ruff: noqa: SLF001 -- asyncpg opens no way to give a connection back without a task
"""A pool of connections to PostgreSQL as we need them: asyncpg's, with our JSON, our time limits, and less work for each statement."""

from typing import Any

import asyncpg
import msgspec

STATEMENT_TIMEOUT_MS = 30_000
ACQUIRE_S = 8.0
QUERIES_MAX = 50_000
"""After which a connection is closed when it is given back: what PostgreSQL has cached for it goes with it."""


class Pool(asyncpg.Pool):  # type: ignore[misc]  # asyncpg is untyped
    """Whoever waits too long for a connection (all are stuck, say behind a lock) is refused in time to be told so."""

    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=ACQUIRE_S if timeout is None else timeout)

    async def release(self, connection: Any, *, timeout: float | None = None) -> None:
        """At once. asyncpg starts a task for it, a quarter of what a short statement costs.

        A task is needed only where there is something to wait for, and where somebody waits for a connection: whoever takes one after the other
        would else be faster each time.
        """
        held = connection._con
        if held is None or self._queue._getters or held._protocol._is_cancelling() or held._protocol.queries_count >= QUERIES_MAX:
            await super().release(connection, timeout=timeout)
        else:
            held._on_release()
            await connection._holder.release(timeout)


async def new_pool(url: str, *, size: int, **server_settings: str) -> asyncpg.Pool:
    """A pool with our JSON codecs and time limits."""
    return await Pool(
        url,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        max_queries=QUERIES_MAX,
        loop=None,
        min_size=1,
        max_size=size,
        timeout=60,
        command_timeout=60,
        max_inactive_connection_lifetime=300,
        reset=_keep,
        init=_codecs,
        server_settings={
            "application_name": "lacasa",
            "statement_timeout": str(STATEMENT_TIMEOUT_MS),
            "idle_in_transaction_session_timeout": "60000",
            "timezone": "UTC",
            "jit": "off",  # for queries of many seconds, of which we have none
        }
        | server_settings,
    )


async def _keep(_connection: asyncpg.Connection) -> None:
    """Units of work only ever SET LOCAL, so a returned connection needs no reset round trip."""


async def _codecs(connection: asyncpg.Connection) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, schema="pg_catalog", encoder=_encode_json, decoder=msgspec.json.decode, format="text")


def _encode_json(value: Any) -> str:
    """Piccolo hands over JSON that is text already; everything else is encoded here."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
