"""What a line of the table of all routes says (`calls.py`)."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.factories import client_id

Names = Mapping[str, Any]
STAFF = "admin user agent"
TYPED = re.compile(r"\{(\w+):\w+\}")


class Call(NamedTuple):
    """`may`: roles that are let in; `anybody` where nobody needs to be known. `body` makes a valid body for a world's things.

    `refers`: the body names things of the organization, so a stranger's request that is else in order must be refused.
    `fresh`: the kind of thing that the request uses up. `silent`: what is not there is no error, but nothing happens.
    """

    route: str
    may: str
    body: Callable[[Names], Any] | None = None
    query: str = ""
    refers: bool = False
    fresh: str = ""
    silent: bool = False

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def template(self) -> str:
        return self.route.partition(" ")[2]

    @property
    def names(self) -> list[str]:
        """What its address names."""
        return TYPED.findall(self.template) + re.findall(r"\{(\w+)\}", self.query)

    @property
    def is_widget(self) -> bool:
        return "{key:str}" in self.template

    def address(self, names: Names) -> str:
        def value(found: re.Match[str]) -> str:
            name = found.group(1).removesuffix("_id")
            name = {"user": "member", "token": "token" if self.is_widget else "attached"}.get(name, name)
            return str(names[name])

        return TYPED.sub(value, self.template) + self.query.format_map(names)


def say(**more: Any) -> Callable[[Names], Any]:
    return lambda names: {"client_id": client_id(), "content": "Hello"} | more
