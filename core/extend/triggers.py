"""The contract of a trigger: an event that means something for a contact. It starts workflows, ends waits, and reaches goals.

One file of its owner, listed in its manifest as `triggers`. Workflows name it by `name` (`welcome`) or by its event's type (`contact.created`).
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from core.access import Actor

NAME = re.compile(r"[a-z][a-z0-9_.]{0,59}\Z")
TITLE_MAX = 200
KEY_MAX = 200


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """What an event means for whom. `key` tells runs of one contact apart, e.g. an order: one run each; empty: one per contact.

    `facts`: what conditions may read, by names of their own (`{"order": {"total": 12.5}}`); JSON of a few kB, `contact` is taken.
    """

    contact_id: int
    key: str = ""
    facts: dict[str, Any] = {}


class NoConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There is nothing to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """`read(event)`: for whom it is an occasion; None: for nobody. Pure.

    `config` is what a workflow may choose, `fits(config, occasion)` whether it is one for a workflow that chose so.
    `void(actor, contact_id, key)`: why what started a run holds no longer (a cart that was bought), asked again right before each effect, in its
    transaction; None: it holds. `starts`: workflows may begin with it.

    Raises:
        ValueError: a name or title that cannot be.
    """

    name: str
    title: str
    event: type[msgspec.Struct]
    read: Callable[[Any], Occasion | None]
    config: type[msgspec.Struct] = NoConfig
    fits: Callable[[Any, Occasion], bool] = lambda _config, _occasion: True
    void: Callable[[Actor, int, str], Awaitable[str | None]] | None = None
    starts: bool = True

    def __post_init__(self) -> None:
        if not NAME.match(self.name) or not self.title.isprintable() or not 0 < len(self.title) <= TITLE_MAX:
            raise ValueError(f"trigger {self.name[:60]!r}: its name or its title cannot be")
