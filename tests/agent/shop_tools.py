"""A shop's tools, as a module would bring them: where a parcel is, and sending an order's confirmation again."""

import asyncio
import re

import msgspec

from core.errors import Conflict
from core.extend.panels import Fact
from core.extend.tools import AgentTool, Scope, Told

NUMBER = re.compile(r"#(\d{4})\b")


class Order(msgspec.Struct):
    number: int


class Shop:
    """Orders by number: whose they are, and how they stand. `sent`: the keys under which confirmations went out."""

    def __init__(self) -> None:
        self.orders: dict[int, tuple[int, str]] = {}
        self.sent: list[str] = []
        self.asked: list[Scope] = []
        self.trouble: Exception | None = None
        self.silent = False
        self.done = 0
        """How often it was told to send, doubles included."""

    async def _answer(self, scope: Scope, order: Order) -> str | None:
        self.asked.append(scope)
        if self.silent:
            await asyncio.sleep(3600)
        if self.trouble is not None:
            raise self.trouble
        owner, state = self.orders.get(order.number, (0, ""))
        return state if owner == scope.contact_id else None

    async def find(self, scope: Scope, order: Order) -> Told | None:
        state = await self._answer(scope, order)
        return None if state is None else Told(f"Your order #{order.number} is {state}.", [Fact("State", state)])

    async def would_send(self, scope: Scope, order: Order) -> list[Fact] | None:
        state = await self._answer(scope, order)
        return None if state is None else [Fact("Order", f"#{order.number}"), Fact("State", state)]

    async def send(self, scope: Scope, order: Order) -> Told | None:
        if await self._answer(scope, order) is None:
            return None
        self.done += 1
        if scope.key not in self.sent:
            self.sent.append(scope.key)
        return Told(f"The confirmation of #{order.number} went out.")

    @property
    def tools(self) -> dict[str, AgentTool]:
        def asks(words: re.Pattern[str], text: str) -> Order | None:
            number = NUMBER.search(text)
            return Order(int(number.group(1))) if number and words.search(text) else None

        where, again = re.compile(r"where is|track", re.IGNORECASE), re.compile(r"confirmation|refund", re.IGNORECASE)
        found = (
            AgentTool(
                name="shop.find_order",
                title="Find order",
                arguments=Order,
                changes=False,
                recognize=lambda text: asks(where, text),
                run=self.find,
                timeout_s=0.2,
            ),
            AgentTool(
                name="shop.resend",
                title="Send the confirmation again",
                arguments=Order,
                changes=True,
                recognize=lambda text: asks(again, text),
                run=self.send,
                preview=self.would_send,
                timeout_s=0.2,
            ),
        )
        return {tool.name: tool for tool in found}


def refused() -> Conflict:
    return Conflict("this order was cancelled", code="cancelled")
