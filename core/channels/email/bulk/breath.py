"""How much of its processor a sender takes: all it wants where nobody works, a part of it while somebody does.

Pages, the AI agent and PostgreSQL share the machine with it, and whoever waits for one of them comes first.
"""

import asyncio
import time

from core.auth import sessions

SHARE = 0.15
"""Of one processor."""
REST_MAX_S, OWED_MAX_S = 0.25, 1.0
"""It rests no longer at once, and what it owes is forgotten beyond that: however busy this process is with other things, some mail always goes."""
LOOK_S, LATELY_S = 5.0, 120.0
"""So often it is looked whether somebody works; who asked for something so lately does."""


class Breath:
    """Of one run: `drawn` after each batch."""

    def __init__(self) -> None:
        self._at, self._used = time.monotonic(), time.process_time()
        self._owed_s = 0.0
        """For how long nothing should be done, to make up for what this process has used of its processor; what is sent meanwhile counts too."""
        self._looked_at = float("-inf")
        self._is_somebody_there = True

    async def drawn(self) -> None:
        """Rest as it is owed."""
        if time.monotonic() - self._looked_at > LOOK_S:
            self._is_somebody_there = await sessions.is_anybody_there(LATELY_S)
            self._looked_at = time.monotonic()
        now, used = time.monotonic(), time.process_time()
        owed_s = self._owed_s + (used - self._used) / SHARE - (now - self._at)
        self._owed_s = min(max(owed_s, 0.0), OWED_MAX_S)
        self._at, self._used = now, used
        if self._is_somebody_there:
            await asyncio.sleep(min(self._owed_s, REST_MAX_S))
