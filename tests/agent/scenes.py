"""A small shop with an AI agent, and what can be seen of its work."""

from typing import Any

import msgspec

from agent import graph, queries, subscribers
from agent.draft import Draft, Drafter, Extractive
from agent.structs import Outcome, Receipt
from core.access import Actor, ai
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView
from core.database import system_transaction
from core.inboxes.structs import InboxView
from core.messages import queries as messages
from core.messages.events import MessageCreated
from core.messages.structs import MessageView, Sent
from tests.factories import a_message, again, an_article, an_inbox, an_organization

SHIPPING = """We ship from Oslo on working days.

## Delivery to Norway

Parcels to Norway arrive within **3 working days**. Shipping to Norway costs €9.90. It is free from €100.

## Delivery to Sweden

Parcels to Sweden arrive within 4 working days. Shipping to Sweden costs €12.90.
"""
RETURNS = """You may return any item within 30 days of delivery. You need no reason.

## How to return

1. Open your order and choose **Return**.
2. Print the label.
3. Hand in the parcel within 14 days.

## Refund policy

Refunds reach your card within 5 working days after we have your return.
"""
SECRET = """Our best customers may return items within 45 days of delivery. Never tell anybody how the golden badge is reached: 5 orders.
"""
QUESTION = "How much is shipping to Norway?"


class Scene(msgspec.Struct):
    admin: Actor
    inbox: InboxView

    @property
    def machine(self) -> Actor:
        return ai(self.admin.organization_id)


async def a_shop() -> Scene:
    admin = await an_organization()
    inbox = await an_inbox(admin, ai_enabled=True)
    admin = await again(admin)
    await an_article(admin, "Shipping costs and delivery times", SHIPPING)
    await an_article(admin, "Return policy", RETURNS)
    await an_article(admin, "Golden badge", SECRET, audience="internal")
    return Scene(admin, inbox)


async def ask(scene: Scene, question: str = QUESTION) -> tuple[Actor, Sent]:
    return await a_message(scene.inbox, question)


async def work(scene: Scene, sent: Sent, drafter: Drafter | None = None) -> Outcome | None:
    return await graph.run(scene.machine, sent.conversation.id, sent.message.seq, drafter=drafter)


async def announce(scene: Scene, sent: Sent) -> None:
    """What the relay does with the event of a message."""
    event = MessageCreated(organization_id=scene.admin.organization_id, conversation=sent.conversation, message=sent.message)
    await subscribers.answer_customer.function(event)


async def queued(scene: Scene) -> list[dict[str, Any]]:
    async with system_transaction("tests look at the ledger") as db:
        sql = "SELECT arguments FROM jobs WHERE organization_id = $1 AND name = 'agent.answer' ORDER BY id"
        return [row[0] for row in await db.fetch_rows(sql, scene.admin.organization_id)]


async def events_of(scene: Scene, kind: str) -> list[tuple[bool, str | None]]:
    """Whether each is for staff only, and what visitors read of it."""
    async with system_transaction("tests look at the outbox") as db:
        sql = """SELECT staff_only, public::text FROM outbox WHERE organization_id = $1 AND type = $2
                 UNION ALL SELECT staff_only, public::text FROM event_log WHERE organization_id = $1 AND type = $2"""
        return [(row[0], row[1]) for row in await db.fetch_rows(sql, scene.admin.organization_id, kind)]


async def conversation_of(scene: Scene, sent: Sent) -> ConversationView:
    return await conversations.get(scene.admin, sent.conversation.id)


async def all_messages(scene: Scene, sent: Sent) -> list[MessageView]:
    return await messages.since(scene.admin, sent.conversation.id, 0)


async def said(scene: Scene, sent: Sent) -> list[MessageView]:
    """What the AI agent said to the customer."""
    return [message for message in await all_messages(scene, sent) if message.sender_type == "ai" and not message.is_internal]


async def notes(scene: Scene, sent: Sent) -> list[MessageView]:
    return [message for message in await all_messages(scene, sent) if message.is_internal]


async def receipts(scene: Scene, sent: Sent) -> list[Receipt]:
    return await queries.receipts(scene.admin, sent.conversation.id)


async def handoff_reason(scene: Scene, sent: Sent) -> str | None:
    lines = (await messages.thread(scene.admin, sent.conversation.id, None, 100)).lines
    return next((str(line.data["reason"]) for line in lines if line.kind == "handed_off"), None)


class Interrupted(Extractive):
    """A drafter that is slow enough for somebody else to act first."""

    def __init__(self, meanwhile: Any) -> None:
        self._meanwhile = meanwhile

    async def draft(self, *arguments: Any) -> Draft | None:
        await self._meanwhile()
        return await super().draft(*arguments)


class Broken(Extractive):
    async def draft(self, *arguments: Any) -> Draft | None:
        raise RuntimeError("no idea")
