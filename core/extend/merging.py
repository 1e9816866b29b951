"""The contract of a merge field: a value that a mail can name, as in `{{ contact.first_name | there }}`.

Values are loaded for many people at once, and are no markup: whoever draws a mail escapes them for where they stand.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from core.access import Actor

NAME = re.compile(r"[a-z][a-z0-9_]{0,29}(?:\.[a-z][a-z0-9_]{0,39}){1,3}\Z")
TITLE_MAX = 80
FieldKind = Literal["text", "number", "money", "date", "url", "items", "map"]
"""`url`: a whole address of http or https, which may stand where a link leads. `items`: lines of an order or a cart. `map`: values by names of the
organization's own, each a field of its own: `{{ contact.custom_fields.size }}`."""


class MergeItem(msgspec.Struct, frozen=True):
    """A line of a list of products. `price` is what is shown, with its currency; addresses are of http or https, or empty."""

    title: str
    quantity: int = 1
    price: str = ""
    url: str = ""
    image_url: str = ""


Plain = str | int | float | bool | Decimal | date | datetime | None
Value = Plain | Sequence[str] | Sequence[MergeItem] | Mapping[str, Plain]
"""None, an empty text and an empty list are missing: the fallback stands there."""
Values = Mapping[str, Value]


class Recipient(msgspec.Struct, frozen=True):
    """Whom a mail is for, and what it is about: `{"order_id": 7}`, as whoever sends it knows."""

    contact_id: int
    about: Mapping[str, int | str] = {}


Load = Callable[[Actor, Sequence[Recipient]], Awaitable[Sequence[Values]]]
"""The values of each recipient, in their order, by the names of fields; a contact that is gone has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeField:
    """`name`: `contact.first_name`. `sample`: what a preview without a contact shows. Fields with the same `load` are loaded together, once for
    up to a few hundred recipients; None: whoever sends the mail says the value.

    Raises:
        ValueError: a name or title that cannot be.
    """

    name: str
    title: str
    kind: FieldKind = "text"
    sample: Value = None
    load: Load | None = None

    def __post_init__(self) -> None:
        if not NAME.match(self.name) or not self.title.isprintable() or not 0 < len(self.title) <= TITLE_MAX:
            raise ValueError(f"merge field {self.name[:60]!r}: its name or its title cannot be")
