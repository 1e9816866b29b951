"""What a platform has to say of its API: how it is asked, what changed in a span of time, how many there are, and who it delivers to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec

from modules.commerce.facts import Fact
from modules.commerce.platforms.asking import Asking, ShopError
from modules.commerce.platforms.reading import MalformedError

Resource = Literal["orders", "carts"]


class Window(msgspec.Struct, frozen=True):
    """What changed after `since` (None: all there is) and until `until`. `cursor`: where the last page ended, empty at the beginning.

    `total`: how many there were at the last page.
    """

    resource: Resource
    since: datetime | None
    until: datetime
    cursor: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`cursor`: of the next page; empty: this was the last. `malformed`: objects that could not be read, and why the first could not.

    `is_live`: so it is in the shop right now; False: so it was when it happened. `is_lost`: the shop does not know the place of the cursor any more;
    the window is read from its beginning.
    """

    facts: list[Fact]
    cursor: str
    total: int | None = None
    malformed: int = 0
    why: str = ""
    is_lost: bool = False
    is_live: bool = True


class Watched(msgspec.Struct, frozen=True):
    """How its webhooks stand: `mended` were missing or broken and were made anew. `secret`: what they are signed with from now on; empty: as before.

    `trouble`: why there are none.
    """

    mended: int = 0
    secret: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """`ask(shop, access)`: a client for its API. `verify(asking)`: what the shop calls itself, once the key is seen to open it.

    `page(asking, window)`: the next page. `count(asking, since, until)`: orders that `by` lies within both.
    `watch(asking, address, secret)`: has all that matters delivered to `address` (a function of the topic), signed with `secret`.
    `optional`: what a key may be too weak for.
    """

    resources: Sequence[Resource]
    by: Literal["changed", "placed"]
    ask: Callable[[str, Mapping[str, str]], Asking]
    verify: Callable[[Asking], Awaitable[str]]
    page: Callable[[Asking, Window], Awaitable[Page]]
    count: Callable[[Asking, datetime, datetime], Awaitable[int]]
    watch: Callable[[Asking, Callable[[str], str], str], Awaitable[Watched]]
    optional: frozenset[Resource] = frozenset()


def read_all(objects: Sequence[Any], read: Callable[[Mapping[str, Any]], list[Fact]]) -> tuple[list[Fact], int, str]:
    """The facts in a page's objects, how many objects could not be read, and why the first could not."""
    facts: list[Fact] = []
    malformed, why = 0, ""
    for one in objects:
        try:
            facts += read(one if isinstance(one, dict) else {})
        except MalformedError as error:
            malformed, why = malformed + 1, why or str(error)
    return facts, malformed, why


def objects_of(body: Any, name: str = "") -> list[Any]:
    """The list that an answer is, or has under `name`.

    Raises:
        ShopError: there is none.
    """
    found = body.get(name) if name and isinstance(body, dict) else body
    if not isinstance(found, list):
        raise ShopError("what answers there is no shop of this kind")
    return found


def iso(at: datetime) -> str:
    """To the second, in UTC, as the shops take it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
