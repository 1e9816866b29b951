"""The contract of who mails to many: a source says what each one gets; when and how fast it goes, and whether it may, core says.

Listed in its owner's manifest as `mail_sources`. A mailing names its source by `kind` and what it is for by `source_id` (`core/mailing`).
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from core.access import Actor

KIND = re.compile(r"[a-z][a-z0-9_]{0,19}\Z")
REASON = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
TITLE_MAX = 80


class Addressee(msgspec.Struct, frozen=True):
    """Somebody whose mail is about to go. `send_id`: the mail's row in the ledger; `entry` tells apart what one contact gets several of."""

    send_id: int
    contact_id: int
    entry: str


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """What one addressee gets: a version of a template, from the address of an inbox.

    `about`: what merge fields may look up, as in `{"order_id": 7}`; `values`: those that the source alone knows.
    `subject` stands in place of the template's, unless it is empty. `is_tracked`: whether it is told who opened it and followed its links.
    """

    template_id: int
    version: int
    inbox_id: int
    subject: str = ""
    about: Mapping[str, int | str] = {}
    values: Mapping[str, Any] = {}  # `Values`, which msgspec cannot tell apart
    is_tracked: bool = True


class Later(msgspec.Struct, frozen=True):
    """Not now, for this reason (a word in small letters); asked again after `wait_s` seconds. No attempt is counted."""

    reason: str
    wait_s: float


class Never(msgspec.Struct, frozen=True):
    """This one gets none, for this reason (a word in small letters): `skipped`."""

    reason: str


Answer = Post | Later | Never


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSource:
    """`letters(actor, source_id, addressees)`: an answer for each of up to a few hundred, in their order. It is asked right before they go, each
    time anew, and only reads: what it is asked for may still not be sent. It raises for nothing that one addressee is or lacks.

    Raises:
        ValueError: a kind or a title that cannot be.
    """

    kind: str
    title: str
    letters: Callable[[Actor, int, Sequence[Addressee]], Awaitable[Sequence[Answer]]]
    called: Callable[[Actor, Sequence[int]], Awaitable[Mapping[int, str]]] | None = None
    """By source_id what those are called that the actor may see, for figures about them."""

    def __post_init__(self) -> None:
        if not KIND.match(self.kind) or not self.title.isprintable() or not 0 < len(self.title) <= TITLE_MAX:
            raise ValueError(f"mail source {self.kind[:60]!r}: its kind or its title cannot be")

    @property
    def name(self) -> str:
        return self.kind
