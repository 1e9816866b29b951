"""What is wrong with a definition, and just where."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from modules.workflows.definition.spelling import snake

S = TypeVar("S", bound=msgspec.Struct)
MARK = " - at `"


class Problem(msgspec.Struct, frozen=True):
    """`path` as in JSONPath: `$.steps[2].config.hours`. `missing`: it is in order, but no module that is on here can do it."""

    path: str
    message: str
    missing: bool = False


class Problems:
    """Collects them, up to a limit."""

    MOST = 50

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, path: str, message: str, *, missing: bool = False) -> None:
        if len(self.found) < self.MOST:
            self.found.append(Problem(path, message[:300], missing))

    def struct(self, raw: Any, kind: type[S], path: str) -> S | None:
        """`raw` as a struct, in whichever spelling of its fields; None: it is none, which is noted."""
        if not isinstance(raw, Mapping):
            self.add(path, f"Expected `object`, got `{json_kind(raw)}`")
            return None
        names = {field.encode_name for field in msgspec.structs.fields(kind)}
        given = {key if key in names or snake(key) not in names else snake(key): key for key in raw}
        if len(given) < len(raw):
            self.add(path, "Something is given twice, in two spellings")
            return None
        try:
            return msgspec.convert({name: raw[key] for name, key in given.items()}, kind)
        except msgspec.ValidationError as error:
            where, message = _told(str(error))
            first = where.removeprefix(".").partition(".")[0].partition("[")[0]
            spelt = given.get(first, first)
            self.add(path + (f".{spelt}{where[1 + len(first) :]}" if first else ""), message)
            return None


def _told(error: str) -> tuple[str, str]:
    """Path below the struct and message, from msgspec's sentence."""
    message, mark, path = error.rpartition(MARK)
    if not mark or not path.startswith("$"):
        return "", error
    return path[1:].removesuffix("`"), message


def json_kind(value: Any) -> str:
    """What JSON calls this kind of value."""
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "float"
        case str():
            return "str"
        case list() | tuple():
            return "array"
        case _:
            return "object"
