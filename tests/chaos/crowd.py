"""The people of a run: visitors who write and listen, staff who hear everything and answer in one hot conversation."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from tests.chaos.clients import AckLog, Ear, Staff, Supply, Visitor, World, Writer
from tests.chaos.door import Door, NoAnswerError, NotReachedError
from tests.chaos.installation import Installation

SETTLE_S = 90.0
ASK_S = 0.5
HAND_PAUSE_S = 3.0
"""Twenty hands without a pause would keep every database connection of a web process waiting for one conversation's row."""


class Crowd:
    """`visitors` people with `conversations` each; with `hands`, one member of staff writes with so many into one conversation."""

    def __init__(
        self, place: Installation, world: World, *, visitors: int, conversations: int = 1, staff: int = 0, hands: int = 0
    ) -> None:
        self.place, self.world = place, world
        self.visitors = [Visitor(world, number, conversations) for number in range(visitors)]
        self.staff = [Staff(world, f"s{number:02d}", place.accounts[0]) for number in range(staff)]
        self._hands = hands
        self._stopping = asyncio.Event()
        self._listening: list[asyncio.Task[None]] = []

    @property
    def ears(self) -> Sequence[Ear]:
        return [*self.visitors, *self.staff]

    @property
    def writers(self) -> list[Writer]:
        return [writer for one in [*self.visitors, *self.staff] for writer in one.writers]

    async def open(self) -> None:
        """Everybody is there and listens."""
        for one in self.staff:
            await one.sign_in()
        self._listening = [asyncio.create_task(one.listen(self._stopping)) for one in self.staff]
        await asyncio.gather(*(one.live.wait() for one in self.staff))
        await asyncio.gather(*(visitor.open() for visitor in self.visitors))
        self._listening += [asyncio.create_task(visitor.listen(self._stopping)) for visitor in self.visitors]
        if self._hands:
            token = self.visitors[0].writers[0].conversation
            hot = await self.place.value("SELECT id FROM conversations WHERE token = $1", token)
            self.staff[0].answer_in(hot, self._hands)

    async def write(self, supply: Supply, pause_s: float = 0.0) -> None:
        """All of them, with a mean pause; the hands that share a conversation wait for each other as it is, and pause longer."""
        work = [writer.write(supply, pause_s) for visitor in self.visitors for writer in visitor.writers]
        work += [writer.write(supply, max(pause_s, HAND_PAUSE_S)) for one in self.staff for writer in one.writers]
        await asyncio.gather(*work)

    async def settle(self, patience_s: float = SETTLE_S) -> float:
        """Wait until every screen shows everything acknowledged, or until patience ends; returns how long it took."""
        began = time.monotonic()
        while self.behind():
            if time.monotonic() - began > patience_s:
                break
            await asyncio.sleep(ASK_S)
        return time.monotonic() - began

    def behind(self) -> int:
        """Acknowledged messages that an ear which should hear them has not heard, over all ears."""
        owners: dict[str, set[str]] = {}
        for token, text, _ in self.world.acks.entries:
            owners.setdefault(token, set()).add(text)
        all_texts = set().union(*owners.values()) if owners else set()
        missing = sum(len(all_texts - one.known) for one in self.staff)
        for visitor in self.visitors:
            own = {writer.conversation for writer in visitor.writers} | set(visitor.heard)
            missing += sum(len(owners.get(token or "", set()) - visitor.known) for token in own)
        return missing

    async def leave(self) -> None:
        self._stopping.set()
        done, pending = await asyncio.wait(self._listening, timeout=15) if self._listening else (set(), set())
        for task in pending:
            task.cancel()
        for task in done:
            task.result()

    def delivery_s(self, since: float = 0.0, until: float = float("inf")) -> list[float]:
        """Seconds from each acknowledgement within the times given to each ear that heard of it."""
        return [
            max(0.0, heard - self.world.acked[text])
            for ear in self.ears
            for text, heard in ear.heard_at.items()
            if since <= self.world.acked.get(text, -1.0) < until
        ]

    def ack_s(self, since: float = 0.0, until: float = float("inf")) -> list[float]:
        """Seconds from the first attempt to the acknowledgement, of messages begun within the times given."""
        acked, begun = self.world.acked, self.world.begun
        return [acked[text] - start for text, start in begun.items() if since <= start < until and text in acked]


async def a_world(place: Installation, port: int, seed: int) -> World:
    key = await place.value("SELECT widget_key FROM inboxes ORDER BY id LIMIT 1")
    return World(port, key, AckLog(place.folder / "acked.log"), seed)


def outcomes(crowd: Crowd) -> dict[str, Any]:
    """How attempts ended, for a report."""
    counts = crowd.world.counts
    return {
        "retries": sum(counts[kind] for kind in ("unknown", "not_reached", "unavailable", "again", "dishonest")),
        "unknown": counts["unknown"],
        "unavailable": counts["unavailable"],
        "dishonest": counts["dishonest"],
        "refused": counts["refused"],
        "unanswered_messages": crowd.world.unanswered,
        "examples": crowd.world.examples,
        "resyncs": sum(ear.resyncs for ear in crowd.ears),
    }


@asynccontextmanager
async def writing(crowd: Crowd, pause_s: float, *, patience_s: float = 120.0) -> AsyncIterator[None]:
    """All writers write meanwhile, each with a mean pause; at the end each message that was begun gets `patience_s` to be acknowledged."""
    supply = Supply()
    work = asyncio.create_task(crowd.write(supply, pause_s))
    try:
        yield
    finally:
        supply.stop()
        done, _ = await asyncio.wait((work,), timeout=patience_s)
        if not done:
            work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def health(place: Installation) -> dict[str, Any]:
    """What the web process says of itself."""
    try:
        answer = await Door(place.stack.port).ask("GET", "/health/ready", timeout_s=5)
    except (NoAnswerError, NotReachedError) as error:
        return {"status": type(error).__name__}
    return {"http": answer.status, **answer.json()}
