"""The frames of `/ws`. Every frame is one JSON object in a text message; `op` says which. See README.md for the conversation they make."""

from enum import IntEnum
from typing import Annotated, Literal

import msgspec

from core.events.live import Stage

CURSOR_MAX = 200
Text = Annotated[str, msgspec.Meta(max_length=1024)]
CursorText = Annotated[str, msgspec.Meta(max_length=CURSOR_MAX)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
ConversationName = Number | Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Za-z0-9_-]*\Z")]
"""A conversation's id for staff, its token for visitors."""


class Close(IntEnum):
    """Why the server ends a connection. 41xx: come back at once. 42xx and `auth_timeout`: after a growing pause. 44xx: only as somebody else."""

    slow = 4100
    access_changed = 4101
    silent = 4102
    too_many_connections = 4200
    unavailable = 4201
    bad_frame = 4400
    unauthenticated = 4401
    origin_refused = 4403
    auth_timeout = 4408
    too_many_frames = 4429


# What clients send ------------------------------------------------------------------------------------------------


class Authenticate(msgspec.Struct, tag_field="op", tag="auth", forbid_unknown_fields=True):
    """The first frame, and later the renewal of what runs out. Staff: a `ticket`. Visitors: `token` and the widget's `key`."""

    ticket: Text | None = None
    token: Text | None = None
    key: Annotated[str, msgspec.Meta(max_length=60)] | None = None


class Subscribe(msgspec.Struct, tag_field="op", tag="subscribe", forbid_unknown_fields=True):
    """Go live after `cursor`: what was missed is replayed first. Without a cursor: from now on."""

    cursor: CursorText | None = None


class SetTyping(msgspec.Struct, tag_field="op", tag="typing", forbid_unknown_fields=True):
    """At most one per 3 s counts; it lapses after 6 s by itself. `note`: into a note, told to staff alone."""

    conversation: ConversationName
    active: bool = True
    note: bool = False


class SetView(msgspec.Struct, tag_field="op", tag="view", forbid_unknown_fields=True):
    """Staff: the conversation on screen, or none."""

    conversation: Number | None = None


class SetPresence(msgspec.Struct, tag_field="op", tag="presence", forbid_unknown_fields=True):
    """Staff: whether this device is left alone; an agent is away when all of them are. From the first on, `presence` is told back."""

    away: bool = False


class Ping(msgspec.Struct, tag_field="op", tag="ping", forbid_unknown_fields=True):
    """Answered with the same `n`; send one every `heartbeat_s`, and give up the connection when no answer comes."""

    n: Number = 0


ClientFrame = Authenticate | Subscribe | SetTyping | SetView | SetPresence | Ping

# What the server sends --------------------------------------------------------------------------------------------


class Hello(msgspec.Struct, tag_field="op", tag="hello"):
    """The server's first frame: authenticate within `auth_s` seconds, ping every `heartbeat_s`."""

    heartbeat_s: int
    auth_s: int


class Authenticated(msgspec.Struct, tag_field="op", tag="authenticated"):
    """Known, for `expires_s` seconds; also the answer to a renewal."""

    kind: Literal["staff", "visitor"]
    expires_s: int | msgspec.UnsetType = msgspec.UNSET


class Expiring(msgspec.Struct, tag_field="op", tag="expiring"):
    """What this connection was opened with runs out in `expires_s`: send `auth` again, with a newer ticket or token of the same person."""

    expires_s: int


class Live(msgspec.Struct, tag_field="op", tag="live"):
    """Replay is over; what follows happens now. `replayed`: how many events were sent before this frame."""

    cursor: str
    replayed: int


Unreachable = Literal["epoch", "too_far", "ahead", "invalid", "access_changed"]


class Resync(msgspec.Struct, tag_field="op", tag="resync"):
    """The cursor cannot be replayed from: fetch everything anew. The connection is live from `cursor` on."""

    reason: Unreachable
    cursor: str


class EventFrame(msgspec.Struct, tag_field="op", tag="event"):
    """Something happened. `event` is the body as it was recorded, with its `type`; `cursor` is the place after it.

    The server builds these bytes by hand, because the body is forwarded unopened.
    """

    cursor: str
    event: msgspec.Raw


class CursorFrame(msgspec.Struct, tag_field="op", tag="cursor"):
    """Nothing visible happened up to here: remember this cursor, so that a reconnect has less to replay."""

    cursor: str


class Person(msgspec.Struct, frozen=True):
    """`id` is told to staff alone."""

    kind: Literal["user", "contact", "ai"]
    name: str
    id: int | None


class TypingFrame(msgspec.Struct, tag_field="op", tag="typing"):
    """Somebody types (or stopped); forget it after `expires_s` without another frame."""

    conversation: ConversationName
    who: Person
    active: bool
    note: bool
    expires_s: int


class WorkingFrame(msgspec.Struct, tag_field="op", tag="working"):
    """The AI agent works on an answer, or has stopped; to staff alone. Forget it after `expires_s` without another frame.

    `draft` is what it has written so far. It is about the conversation under `epoch`, its `handler_epoch`, and no other.
    """

    conversation: int
    epoch: int
    stage: Stage
    draft: str
    active: bool
    expires_s: int


class ViewersFrame(msgspec.Struct, tag_field="op", tag="viewers"):
    """Which agents have this conversation on screen; the whole list, to staff alone."""

    conversation: int
    viewers: list[Person]


Status = Literal["online", "away", "offline"]


class StaffStatus(msgspec.Struct, frozen=True):
    id: int
    status: Status


class PresenceFrame(msgspec.Struct, tag_field="op", tag="presence"):
    """Who of the staff is here. `whole`: everybody who is not named is offline; else only those named changed."""

    people: list[StaffStatus]
    whole: bool


class Pong(msgspec.Struct, tag_field="op", tag="pong"):
    """The answer to a ping."""

    n: int


class Refused(msgspec.Struct, tag_field="op", tag="error"):
    """A frame was not obeyed; the connection goes on unless a close follows."""

    code: str
    detail: str


ServerFrame = (
    Hello
    | Authenticated
    | Expiring
    | Live
    | Resync
    | EventFrame
    | CursorFrame
    | TypingFrame
    | WorkingFrame
    | ViewersFrame
    | PresenceFrame
    | Pong
    | Refused
)
