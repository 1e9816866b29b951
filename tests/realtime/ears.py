"""Links that only remember, and rooms for them: for tests of what happens inside of a hub."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import asyncpg
import msgspec

from core.access import Actor, Audience
from core.events import replay
from core.events.contract import Logged
from core.events.relay import Relay
from core.events.replay import Head
from core.settings import settings
from realtime.frames import apart, payload_of
from realtime.link import Link
from realtime.ring import Budget
from realtime.room import Room
from realtime.wire import Wire


class Notebook:
    """A wire on which nothing is ever late: what was heard, in how many writes. `is_closing`: from elsewhere; what comes then is passed over."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.ended: int | None = None
        self.is_closing = False
        self.writes = 0

    @property
    def put(self) -> Callable[[bytes], None]:
        return self.write if self.is_closing else self._hear

    def write(self, frame: bytes) -> None:
        if not self.is_closing:
            self._hear(frame)

    def _hear(self, frame: bytes) -> None:
        self.writes += 1
        self.heard.extend(apart(frame))

    def waiting(self) -> int:
        return 0

    def end(self, code: int, _reason: str) -> None:
        self.ended = code


class Wired(Notebook):
    """A wire whose other end is this test."""

    def hold(self) -> None: ...

    def go_on(self) -> None: ...

    async def until(self, op: str) -> dict[str, object]:
        for _ in range(200):
            for number, frame in enumerate(self.heard):
                found = msgspec.json.decode(payload_of(frame))
                if found["op"] == op:
                    del self.heard[: number + 1]
                    return dict(found)
            await asyncio.sleep(0.02)
        raise AssertionError(f"no {op} was told")


class Ear(Link):
    """What it was given, and with which code it was closed."""

    def __init__(self, actor: Actor, *, live: bool = True) -> None:
        self.notebook = Notebook()
        super().__init__(cast(Wire, self.notebook))
        self.is_of(actor)
        self.live = live

    @property
    def heard(self) -> list[bytes]:
        return self.notebook.heard

    @property
    def ended(self) -> int | None:
        return self.notebook.ended

    @property
    def frames(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(payload_of(frame)) for frame in self.heard]

    @property
    def ops(self) -> list[str]:
        return [frame["op"] for frame in self.frames]

    @property
    def positions(self) -> list[int]:
        """Of staff, whose cursors can be read."""
        return [int(frame["cursor"].partition(".")[2]) for frame in self.frames if frame["op"] == "event"]


def room_of(organization_id: int, head: Head, *ears: Ear) -> Room:
    room = Room(organization_id, Budget(1024 * 1024))
    room._be_at(head)
    for ear in ears:
        ear.position = head.position
        room.enter(ear)
    return room


async def settled(room: Room) -> None:
    """Rights that were in doubt have been read."""
    if room.rights._reading is not None:
        await room.rights._reading


async def sequenced() -> None:
    """Everything that was recorded has its position; played by the test, where no relay runs."""
    connection = await asyncpg.connect(settings().required_database_url())
    relay = Relay(settings().required_database_url())
    while await relay.step(connection):
        pass
    await connection.close()


async def head_of(admin: Actor) -> Head:
    """How far the organization's log goes, as soon as it goes anywhere."""
    for _ in range(200):
        found = (await replay.heads([admin.organization_id])).get(admin.organization_id)
        if found is not None:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("no event got a position")


async def much_happened(organization_id: int, count: int, size: int) -> None:
    """So many events in the log, each of so many bytes, as if an hour had passed."""
    connection = await asyncpg.connect(settings().required_database_url())
    await connection.execute(
        """
        WITH clock AS (
            INSERT INTO event_clock AS t (organization_id, position) VALUES ($1, $2::int)
            ON CONFLICT (organization_id) DO UPDATE SET position = t.position + excluded.position RETURNING epoch, position
        )
        INSERT INTO event_log (organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids,
                               team_ids, assignee_ids, user_id, staff_only, body, public, created_at)
        SELECT $1, clock.position - $2::int + n, clock.epoch, nextval('outbox_id_seq'), 'contact.created', 0, NULL,
               '{}', '{}', '{}', '{}', NULL, true,
               json_build_object('type', 'contact.created', 'n', n, 'text', repeat('x', $3::int)), NULL, clock_timestamp()
        FROM clock, generate_series(1, $2::int) AS n
        """,
        organization_id,
        count,
        size,
    )
    await connection.close()


def contact_event(organization_id: int, head: Head, body: bytes = b'{"type":"contact.created"}', **audience: Any) -> Logged:
    """The next event after `head`, for all staff unless the audience says otherwise."""
    return Logged(
        organization_id=organization_id,
        position=head.position + 1,
        epoch=head.epoch,
        id=head.position + 1,
        type="contact.created",
        version=0,
        audience=Audience(**audience),
        body=body,
        public=None,
        at=datetime.now(UTC),
    )
