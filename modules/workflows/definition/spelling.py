"""Two spellings of one name: `trueBranch` is `true_branch`, `contact.orderCount` is `contact.order_count`."""

import re
from collections.abc import Mapping
from typing import Any

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake(name: str) -> str:
    """`orderCount` as `order_count`; what has no hump is as it was."""
    return HUMP.sub("_", name).lower() if HUMP.search(name) else name


def found(values: Mapping[str, Any], *names: str) -> str | None:
    """The key, in whichever spelling, by which one of `names` stands in `values`."""
    return next((key for key in values if key in names or snake(key) in names), None)
