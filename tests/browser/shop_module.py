"""A third party's module as an installed package brings it: the AI agent can say where a parcel is, and propose a refund."""

import re
from pathlib import Path

import msgspec

from core.errors import Conflict
from core.extend.module import Module
from core.extend.panels import Fact
from core.extend.tools import AgentTool, Scope, Told

ORDER = re.compile(r"#(\d{4})\b")
REFUND = re.compile(r"\brefund\b", re.IGNORECASE)
PARCEL = re.compile(r"\bparcel\b", re.IGNORECASE)
BLOCKED = 4040
"""An order that the shop refunds nothing of."""
ENTRY = f"[lacasa.modules]\nparcels = {__name__}:module\n"


class Order(msgspec.Struct):
    number: int


def _order(words: re.Pattern[str], text: str) -> Order | None:
    found = ORDER.search(text)
    return Order(int(found.group(1))) if found and words.search(text) else None


async def _where(scope: Scope, order: Order) -> Told:
    return Told(f"Your parcel of order #{order.number} left us **this morning**.", [Fact("Order", f"#{order.number}")])


async def _would_refund(scope: Scope, order: Order) -> list[Fact]:
    return [Fact("Order", f"#{order.number}"), Fact("Amount", "€49.00"), Fact("Back to", "the card it was paid with")]


async def _refund(scope: Scope, order: Order) -> Told:
    if order.number == BLOCKED:
        raise Conflict("this order is older than a year", code="too_old")
    return Told(f"€49.00 of order #{order.number} went back to the card.")


module = Module(
    name="parcels",
    agent_tools=[
        AgentTool(
            name="parcels.find",
            title="Find parcel",
            arguments=Order,
            changes=False,
            recognize=lambda text: _order(PARCEL, text),
            run=_where,
        ),
        AgentTool(
            name="parcels.refund",
            title="Refund the order",
            arguments=Order,
            changes=True,
            recognize=lambda text: _order(REFUND, text),
            run=_refund,
            preview=_would_refund,
        ),
    ],
)


def installed(folder: Path) -> str:
    """Announce it as pip would, in `folder`: what has that in its `PYTHONPATH` finds the module."""
    about = folder / "parcels-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: parcels\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(ENTRY)
    return str(folder)
