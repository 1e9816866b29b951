"""A reply that was taken back counts nowhere, whichever of its two facts is written first; what stands besides goes on counting."""

from core.access import Actor, ActorKind, ActorRef
from core.database import system_transaction
from core.messages.events import MessageCreated, MessageWithdrawn
from core.messages.structs import Sent
from modules.analytics import queries
from modules.analytics.subscribers import count_message, count_withdrawn
from tests.analytics.support import rows, settled, taken_back
from tests.factories import a_member, a_message, a_reply, again, an_inbox, an_organization
from tests.stack import Stack


async def a_question(admin: Actor) -> tuple[Actor, Sent]:
    """An agent, and a conversation that waits for him."""
    agent = await a_member(admin)
    _, first = await a_message(await an_inbox(admin))
    return await again(agent), first


async def replies(actor: Actor) -> tuple[int, list[str]]:
    """How many count to the actor, and those that are listed."""
    shown = [entry.kind for entry in await queries.recent(actor, 100)]
    return (await queries.overview(actor, 1)).totals.messages_sent, [kind for kind in shown if "message_" in kind]


async def median(actor: Actor) -> float | None:
    figures = (await queries.overview(actor, 1)).figures
    return next(figure.value for figure in figures if figure.key == "median_first_response")


async def test_a_reply_that_was_taken_back_counts_nowhere(stack: Stack) -> None:
    del stack
    admin = await an_organization()
    agent, first = await a_question(admin)
    reply = await a_reply(agent, first)
    await settled(admin)
    assert (await replies(admin), await replies(agent)) == (
        (1, ["message_sent", "message_received"]),
        (1, ["message_sent", "message_received"]),
    )
    assert await median(admin) is not None
    await taken_back(agent, reply)
    await settled(admin)
    assert (await replies(admin), await replies(agent)) == ((0, ["message_received"]), (0, ["message_received"]))
    assert (await median(admin), await median(agent)) == (None, None)
    await a_reply(agent, first)
    await settled(admin)
    assert (await replies(admin))[0] == (await replies(agent))[0] == 1
    assert len(await rows(admin)) == 5


def created(sent: Sent, organization_id: int) -> MessageCreated:
    return MessageCreated(organization_id=organization_id, conversation=sent.conversation, message=sent.message)


def withdrawn(sent: Sent, organization_id: int, *, was_internal: bool = False) -> MessageWithdrawn:
    return MessageWithdrawn(
        organization_id=organization_id, conversation=sent.conversation, message=sent.message, was_internal=was_internal,
        by=ActorRef(ActorKind.user),
    )  # fmt: skip


async def a_reply_not_counted() -> tuple[Actor, Sent]:
    """Everything has happened, and nothing of it is written down."""
    admin = await an_organization()
    agent, first = await a_question(admin)
    reply = await a_reply(agent, first)
    await settled(admin)
    async with system_transaction("a test counts by itself") as db:
        await db.execute("DELETE FROM analytics_events WHERE organization_id = $1", admin.organization_id)
    return admin, reply


async def test_it_may_be_heard_of_before_the_reply_itself(stack: Stack) -> None:
    del stack
    admin, reply = await a_reply_not_counted()
    await count_withdrawn.function(withdrawn(reply, admin.organization_id))
    assert await replies(admin) == (0, [])
    await count_message.function(created(reply, admin.organization_id))
    assert await replies(admin) == (0, [])


async def test_a_note_that_was_taken_back_takes_no_reply_with_it(stack: Stack) -> None:
    del stack
    admin, reply = await a_reply_not_counted()
    await count_message.function(created(reply, admin.organization_id))
    await count_withdrawn.function(withdrawn(reply, admin.organization_id, was_internal=True))
    assert await replies(admin) == (1, ["message_sent"])
