"""Why something became of somebody, as a code with values: pages put it into words, in whichever language.

Rows keep it in the columns of details, where steps of other modules and servers say what they say in words of their own.
"""

import re
from typing import Any

import msgspec

KEPT = re.compile(r"=([a-z][a-z0-9_]{0,39}) (\{.*\})\Z", re.DOTALL)
KEPT_MAX = 500
VALUE_MAX = 120


class Explained(msgspec.Struct, frozen=True):
    """`code`, as `quiet_hours`; `values`: what it is about, as `{"zone": "Europe/Berlin"}`."""

    code: str
    values: dict[str, Any] = {}


def say(code: str, /, **values: Any) -> str:
    """As it is kept. Texts among `values` are cut; of a list, the last ones are left out, until all of it fits."""
    told = {name: value[:VALUE_MAX] if isinstance(value, str) else value for name, value in values.items()}
    while len(kept := f"={code} {msgspec.json.encode(told).decode()}") > KEPT_MAX:
        longest = max(told, key=lambda name: len(msgspec.json.encode(told[name])))
        value = told[longest]
        told[longest] = value[:-1] if isinstance(value, list) and value else str(value)[: len(str(value)) // 2]
    return kept


def heard(detail: str) -> Explained | None:
    """What is kept in `detail`; None: it is in somebody's words."""
    found = KEPT.match(detail)
    if found is None:
        return None
    try:
        return Explained(found[1], msgspec.json.decode(found[2], type=dict[str, Any]))
    except msgspec.MsgspecError:
        return None


def told(detail: str) -> tuple[str, Explained | None]:
    """Words of others, or what is said in ours."""
    said = heard(detail)
    return (detail, None) if said is None else ("", said)
