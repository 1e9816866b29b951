"""The race for a conversation: a person acts at any moment of the AI agent's work, most of which is waiting for a language model."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable

import msgspec

from agent.llm import actions as llm
from agent.llm.structs import ModelInput
from core.access import Actor
from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.messages import queries as messages
from core.messages.structs import Sent
from tests.agent.loopback import Answer, Asked, Loopback, saying
from tests.agent.scenes import Scene, a_shop, all_messages, ask, conversation_of, work
from tests.factories import a_reply

AT_ONCE = 8
CALL_S = 0.15
"""A call takes up to this long, and people act up to twice this long after the run began: before, in the middle of, and after it."""
WAYS = {
    "reply": lambda admin, sent: a_reply(admin, sent),
    "take_over": lambda admin, sent: conversations.take_over(admin, sent.conversation.id),
    "assign": lambda admin, sent: conversations.assign(admin, sent.conversation.id, AssignInput(assignee_id=admin.user_id)),
}


class Race(msgspec.Struct):
    """`won`: the AI agent said nothing once a person had the conversation. `early`: it had said all it had to say before."""

    rounds: int
    won: int = 0
    early: int = 0
    spoke_over: int = 0
    silent: int = 0
    """Customers with neither an answer nor a person; always 0."""
    outcomes: dict[str, int] = {}


def slowly(dice: random.Random) -> Callable[[Asked], Answer]:
    def says(asked: Asked) -> Answer:
        sentence = "Shipping to Norway costs €9.90."
        return Answer(saying((sentence, [asked.source("€9.90")])), pause_s=dice.uniform(0, CALL_S))

    return says


async def race(server: Loopback, rounds: int, seed: int) -> Race:
    """So many conversations, in each of which a person acts at a moment drawn by lot."""
    dice = random.Random(seed)
    server.says = slowly(dice)
    scene = await a_shop()
    await llm.choose(scene.admin, ModelInput(name="openai:tiny", base_url=server.url))
    found, outcomes = Race(rounds), Counter[str]()
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with gate:
            outcomes[await _one(scene, dice, found)] += 1

    await asyncio.gather(*(one() for _ in range(rounds)))
    found.outcomes = dict(outcomes)
    return found


async def _one(scene: Scene, dice: random.Random, found: Race) -> str:
    _, sent = await ask(scene)
    running = asyncio.create_task(work(scene, sent))
    await asyncio.sleep(dice.uniform(0, 2 * CALL_S))
    before = len(await _spoken(scene, sent))
    await WAYS[dice.choice(sorted(WAYS))](scene.admin, sent)
    held = await _held_from(scene.admin, sent)
    outcome = str(await running)
    spoken = await _spoken(scene, sent)
    if any(seq > held for seq in spoken.values()):
        found.spoke_over += 1
    elif before or outcome == "answered":
        found.early += 1
    else:
        found.won += 1
    found.silent += (await conversation_of(scene, sent)).handler != "human" and not spoken
    return outcome


async def _held_from(admin: Actor, sent: Sent) -> int:
    """The last message that stood when the person got the conversation: the person's own, or the one before the line that tells of it."""
    found = await messages.thread(admin, sent.conversation.id, None, 100)
    replies = [message.seq for message in found.messages if message.sender_type == "user" and not message.is_internal]
    lines = [line.after_seq for line in found.lines if line.kind in {"taken_over", "assigned", "handed_off"}]
    return min([*replies, *lines])


async def _spoken(scene: Scene, sent: Sent) -> dict[int, int]:
    return {
        message.id: message.seq
        for message in await all_messages(scene, sent)
        if message.sender_type == "ai" and not message.is_internal
    }
