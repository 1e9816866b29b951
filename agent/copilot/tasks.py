"""What the copilot can do: draft a reply, sum up a conversation, suggest tags, rewrite a text. In workers alone.

With a language model it writes, and what it wrote is checked; without one it quotes. It reads one conversation, articles, and how
tags were used, as people wrote it: nothing that another customer wrote, and no name that we keep, goes to a model.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import msgspec

from agent import queries, retrieve, trust, words
from agent.copilot import prompts
from agent.copilot.queries import plain, tagged, tags
from agent.copilot.structs import CopilotAnswer, CopilotInput, Point, Said
from agent.index import chosen
from agent.llm import actions as account
from agent.llm import choice, facts
from agent.llm import queries as llm
from agent.llm.chat import Chat, Deadline, ModelFailed
from agent.llm.verify import seen
from agent.llm.writer import decoded
from agent.nodes import candidates
from agent.retrieve import Ranked
from agent.turn import newest_turn
from core.access import Actor
from core.conversations import queries as conversations
from core.database import read
from core.knowledge.structs import Audience
from core.messages import queries as messages
from core.messages.structs import MessageView

TASK_S = 45.0
ASK_S = 30.0
THREAD = 60
QUOTE_MAX = 400
POINT_MAX = 800
TEXT_MAX = 6000
TAGS_MAX = 3
NAMED = 3.0
"""What it counts that the conversation says a tag's own name."""
ENOUGH = 1.0
"""From here on a tag is worth suggesting."""
BOTH: Sequence[Audience] = ("public", "internal")


async def do(actor: Actor, conversation_id: int, asked: CopilotInput) -> CopilotAnswer:
    """What was asked for.

    Raises:
        ModelFailed: the language model gave nothing to work with.
        Unsupported: it says more than its sources.
        TimeoutError: it took too long.
    """
    async with asyncio.timeout(TASK_S):
        if asked.kind == "draft":
            return await _draft(actor, conversation_id)
        async with _model(actor) as model:
            if asked.kind == "summary":
                return await _summary(actor, conversation_id, model)
            if asked.kind == "tags":
                return await _tags(actor, conversation_id, model)
            return await _rewrite(asked, model)


@asynccontextmanager
async def _model(actor: Actor) -> AsyncIterator[Chat | None]:
    """The organization's language model, unless there is none or its tokens are used up; what is spent is kept."""
    row = await llm.stored(actor)
    model = None if await llm.is_paused(actor, row) else choice.model_of(actor, row)
    try:
        yield model
    finally:
        if model is not None:
            await account.spend(actor, model.name, model.spent, row.cost(model.spent.tokens_in, model.spent.tokens_out))


async def _draft(actor: Actor, conversation_id: int) -> CopilotAnswer:
    """Found and checked as the AI agent's own answers are, but from internal articles too: those are named."""
    turn = await newest_turn(actor, conversation_id)
    if turn is None:
        return CopilotAnswer()
    meaning = partial(chosen.meaning, actor)
    async with choice.chosen(actor, meaning) as own:
        asked = await own.drafter.rewrite(turn)
        meant = await meaning(asked or turn.bare)
        async with read(actor):
            found = await words.concepts(actor, asked or turn.asked, turn.asked if asked else turn.asked_before)
            ranked = await retrieve.search(actor, asked or turn.bare, found, BOTH, meant, turn.language)
        trusted = [one for one in ranked if not trust.ordered(one.prepared.passage, one.prepared.text)]
        draft = await own.drafter.draft(turn, found, [_for_staff(one) for one in trusted])
        if draft is None:
            return CopilotAnswer()
        quoted = [one for one in candidates(trusted, draft) if one.quoted]
        return CopilotAnswer(text=plain(draft.content), sources=quoted, model=_name(own.drafter.mode, own.drafter.model))


def _for_staff(one: Ranked) -> Ranked:
    """Drafters quote what is public; to staff everything is."""
    passage = msgspec.structs.replace(one.prepared.passage, audience="public")
    return msgspec.structs.replace(one, prepared=msgspec.structs.replace(one.prepared, passage=passage))


def _name(mode: str, model: str) -> str:
    return model if mode == "written" else ""


async def _public(actor: Actor, conversation_id: int) -> list[MessageView]:
    async with read(actor):
        thread = await messages.thread(actor, conversation_id, None, THREAD)
    return [message for message in thread.messages if not message.is_internal and message.content.strip()]


async def _summary(actor: Actor, conversation_id: int, model: Chat | None) -> CopilotAnswer:
    said = await _public(actor, conversation_id)
    if not said:
        return CopilotAnswer()
    if model is None:
        return CopilotAnswer(points=quotes(said))
    reply = decoded(await model.ask(prompts.summary(said), Deadline(ASK_S)), prompts.Summary)
    told: tuple[tuple[Point, str], ...] = (("asked", reply.asked), ("answered", reply.answered), ("open", reply.open))
    points = [Said(point, seen(text)[:POINT_MAX], quoted=False) for point, text in told if text.strip()]
    return CopilotAnswer(points=points, model=model.name)


def quotes(said: Sequence[MessageView]) -> list[Said]:
    """A summary in the words of the conversation: what the customer began with, our last answer, and what still waits for one."""
    customer = [message for message in said if message.sender_type == "contact"]
    ours = [message for message in said if message.sender_type != "contact"]
    points = []
    if customer:
        points.append(Said("asked", _short(customer[0].content), quoted=True))
    if ours:
        points.append(Said("answered", _short(plain(ours[-1].content)), quoted=True))
    waiting = [message for message in customer if not ours or message.seq > ours[-1].seq]
    if waiting and (ours or len(waiting) > 1):
        points.append(Said("open", _short(waiting[-1].content), quoted=True))
    return points


def _short(text: str) -> str:
    line = seen(text)
    return line if len(line) <= QUOTE_MAX else f"{line[:QUOTE_MAX].rsplit(' ', 1)[0]} …"


async def _tags(actor: Actor, conversation_id: int, model: Chat | None) -> CopilotAnswer:
    """Tags that the organization uses, which the conversation does not have yet."""
    async with read(actor):
        conversation = await conversations.get(actor, conversation_id)
        known = [tag for tag in await tags(actor) if tag not in conversation.tags]
    said = await _public(actor, conversation_id)
    text = " ".join([conversation.subject, *(one.content for one in said if one.sender_type == "contact")])[:TEXT_MAX]
    if not known or not text.strip():
        return CopilotAnswer()
    if model is None:
        return CopilotAnswer(tags=await _nearest(actor, conversation_id, text, known))
    reply = decoded(await model.ask(prompts.tags(said, known), Deadline(ASK_S)), prompts.Tags)
    return CopilotAnswer(tags=[tag for tag in dict.fromkeys(reply.tags) if tag in known][:TAGS_MAX], model=model.name)


async def _nearest(actor: Actor, conversation_id: int, text: str, known: Sequence[str]) -> list[str]:
    """Tags of the conversations that share the rarest words with this one, and those it names."""
    used = await tagged(actor, conversation_id)
    own, *rest = await queries.stems(actor, [text, *known, *(said for _, said in used)])
    names, others = rest[: len(known)], rest[len(known) :]
    holding = Counter(stem for stems in others for stem in stems)
    near = dict.fromkeys(known, 0.0)
    for (its_tags, _), stems in zip(used, others, strict=True):
        shared = sum(1 / holding[stem] for stem in own & stems)
        for tag in near.keys() & set(its_tags):
            near[tag] = max(near[tag], shared)
    named = {tag: NAMED if name and name <= own else 0.0 for tag, name in zip(known, names, strict=True)}
    worth = {tag: near[tag] + named[tag] for tag in known}
    return sorted((tag for tag in known if worth[tag] >= ENOUGH), key=lambda tag: -worth[tag])[:TAGS_MAX]


async def _rewrite(asked: CopilotInput, model: Chat | None) -> CopilotAnswer:
    """The text in another tone: no number and no address in it may be new."""
    if model is None or asked.style is None:
        raise ModelFailed("refused", "rewriting needs a language model")
    reply = decoded(await model.ask(prompts.rewrite(asked.text, asked.style), Deadline(ASK_S)), prompts.Rewritten)
    text = reply.text.strip()[:TEXT_MAX]
    if not text:
        raise ModelFailed("garbage", "the language model wrote nothing")
    if facts.numbers(text) - facts.numbers(asked.text) or facts.addresses(text) - facts.addresses(asked.text):
        raise ModelFailed("garbage", "the rewritten text had a number or an address that yours has not")
    return CopilotAnswer(text=text, model=model.name)
