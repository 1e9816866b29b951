"""Every limit of the hub that somebody may want to change, from the environment (`LACASA_REALTIME_*`)."""

import os
from functools import lru_cache
from typing import Annotated, Literal

import msgspec

from core.settings import read

Count = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Of one serving process. Who is over a limit of connections is closed with 4200 and comes back after a growing pause."""

    link: Literal["direct", "queue"] = "direct"
    """`direct`: finished frames go straight to the transport, where uvicorn allows it. `queue`: through ASGI, as elsewhere."""
    per_person: Count = 30
    """Connections of one member of staff, or of one visitor."""
    per_address: Count = 1000
    """Connections from one network address. This machine's own are not counted: they come from a proxy."""
    per_organization: Count = 50_000
    per_process: Count = 100_000
    staff_cap_kb: Annotated[int, msgspec.Meta(ge=64, le=65_536)] = 1024
    """KiB that may wait for a reader who lags, before he is cut and has to resume."""
    visitor_cap_kb: Annotated[int, msgspec.Meta(ge=64, le=65_536)] = 256
    frames_per_s: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 10.0
    """Frames that a client may send, in the long run."""
    frames_burst: Annotated[int, msgspec.Meta(ge=5, le=10_000)] = 30
    ring_events: Annotated[int, msgspec.Meta(ge=64, le=100_000)] = 2000
    """Recent events that a room keeps in memory for those who come back."""
    ring_mb: Annotated[int, msgspec.Meta(ge=1, le=65_536)] = 64
    """MiB that all rooms together may use for that."""
    drain_s: Annotated[float, msgspec.Meta(ge=0, le=600)] = 20.0
    """Seconds over which a process that ends sends its clients away; fewer where there are few."""


@lru_cache(maxsize=1)
def limits() -> Limits:
    return read(Limits, "LACASA_REALTIME_", os.environ)
