"""The process's one NATS connection, and the bells rung over it. NATS carries no truth: every ring may be lost."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable
from contextvars import Context
from functools import lru_cache

from core.database import AWAY
from core.errors import LacasaError
from core.imports import without
from core.settings import settings

with without("aiohttp"):  # for NATS over WebSocket alone, and half a second of every process's start
    from nats.aio.client import Client
    from nats.aio.msg import Msg as Msg
    from nats.errors import Error as NatsError
    from nats.errors import SlowConsumerError

log = logging.getLogger("lacasa.wake")

RELAY = "relay.wake"
PENDING_MESSAGES = 10_000
GONE = (NatsError, OSError, RuntimeError)
"""What the client may raise while NATS goes away. RuntimeError: uvloop's, of a transport that is closed already."""

OVERFLOW_S = 60.0
RING_S = 0.004
"""The relay is rung for once in so long: one ring tells of all that was committed before it, and costs up to a fifth of sending a message."""

_client: Client | None = None
_overflow_at = -OVERFLOW_S
_rung_at = -RING_S
_late_ring: asyncio.Task[None] | None = None


async def connect(url: str, *, name: str) -> None:
    """Connect this process to one of `url` (of a cluster: several, with commas between); the client reconnects by itself for ever."""
    global _client
    client = Client()
    await client.connect(
        url.split(","),
        name=name,
        allow_reconnect=True,
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.1,  # type: ignore[arg-type]  # nats-py annotates int and takes seconds of any kind
        connect_timeout=2,
        ping_interval=20,
        error_cb=_note,
        pending_size=8 * 1024 * 1024,
    )
    _client = client


async def disconnect() -> None:
    global _client, _late_ring
    if _late_ring is not None:
        _late_ring.cancel()
        _late_ring = None
        await publish(RELAY)
    if _client is not None:
        client, _client = _client, None
        await client.close()


async def _note(error: Exception) -> None:
    """Also called for each message that a subscription has no room for: told once in a while."""
    global _overflow_at
    if isinstance(error, SlowConsumerError) and time.monotonic() > _overflow_at + OVERFLOW_S:
        _overflow_at = time.monotonic()
        log.warning("messages of NATS come faster than they are handled; what is dropped is read from PostgreSQL")
    else:
        log.debug("nats: %s", error)


async def publish(subject: str, payload: bytes = b"") -> bool:
    """Publish and forget. False: NATS is away, which nobody may mind (PostgreSQL has it all)."""
    if _client is None or not _client.is_connected:
        return False
    try:
        await _client.publish(f"{_prefix()}.{subject}", payload)
    except GONE:
        return False
    return True


async def subscribe(subject: str, callback: Callable[[Msg], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Call `callback` for each message on `subject`; returns what ends it. Overflow drops messages: callers heal by reading PostgreSQL.

    What the callback raises is logged here: nats-py would pass it over in silence.
    """
    if _client is None:
        raise RuntimeError("this process is not connected to NATS")

    async def heard(message: Msg) -> None:
        try:
            await callback(message)
        except (LacasaError, *AWAY) as error:
            log.info("a message could not be heeded", extra={"subject": subject, "error": type(error).__name__})
        except Exception:
            log.exception("a message on %s was not understood", subject)

    subscription = await _client.subscribe(f"{_prefix()}.{subject}", cb=heard, pending_msgs_limit=PENDING_MESSAGES)

    async def stop() -> None:
        if _client is not None and not _client.is_closed:
            try:
                await subscription.unsubscribe()
            except GONE:
                log.debug("nats went away before unsubscribing from %s", subject)

    return stop


@lru_cache(maxsize=1)
def _prefix() -> str:
    """Every installation has subjects of its own, told by its secret: two that share a NATS never hear each other."""
    return hashlib.sha256(b"lacasa nats " + settings().required_secret().encode()).hexdigest()[:16]


def is_connected() -> bool:
    return _client is not None and _client.is_connected


async def relay() -> None:
    """Ring for the relay: there is something in the outbox. At once, or together with all that follows within `RING_S` of the last ring."""
    global _rung_at, _late_ring
    if _late_ring is not None and not _late_ring.done():
        return
    wait_s = _rung_at + RING_S - time.monotonic()
    if wait_s > 0:
        _late_ring = asyncio.get_running_loop().create_task(_ring_in(wait_s), context=Context())
    else:
        _rung_at = time.monotonic()
        await publish(RELAY)


async def _ring_in(wait_s: float) -> None:
    global _rung_at, _late_ring
    await asyncio.sleep(wait_s)
    _rung_at, _late_ring = time.monotonic(), None  # whoever commits from here on rings anew
    await publish(RELAY)


async def jobs(job_class: str) -> None:
    """Ring for the workers of a class."""
    await publish(f"jobs.{job_class}")
