"""What a platform has to say of having something done with an order: how, and how to find out whether it was done already."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from modules.commerce.facts import Fact
from modules.commerce.platforms.asking import Asking

Kind = Literal["refund", "cancel", "resend"]


class Wanted(msgspec.Struct, frozen=True):
    """`order_id` is the shop's name of the order; `amount` of a refund; `key` is the same at every attempt at the same thing."""

    kind: Kind
    order_id: str
    amount: Decimal
    currency: str
    note: str
    key: str

    @property
    def mark(self) -> str:
        """Stands in what the shop keeps of it, so that it is found again there."""
        return f"{self.note} [lacasa {self.key}]".strip()


@dataclass(frozen=True, slots=True)
class Doer:
    """`do(asking, wanted)`: does it, and says what the shop calls it. `find(asking, wanted)`: the same where it was done already, None: it was not.

    `repeats`: the shop knows the key itself, and does nothing twice. `look(asking, order_id)`: the order as it stands.
    """

    kinds: frozenset[Kind]
    repeats: bool
    do: Callable[[Asking, Wanted], Awaitable[str]]
    find: Callable[[Asking, Wanted], Awaitable[str | None]]
    look: Callable[[Asking, str], Awaitable[list[Fact]]]
