"""What agents do with suggestions, so that the confidence learns from it, and what they ask of the copilot."""

import asyncio
import time
from contextlib import suppress

from agent.copilot import queries
from agent.copilot.queries import plain
from agent.copilot.structs import CopilotAnswer, CopilotInput, CopilotView
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.reviews.structs import ReviewInput
from agent.structs import Receipt
from core.access import STAFF, Actor
from core.conversations import queries as conversations
from core.database import Unit, transaction
from core.errors import Conflict, Forbidden, Invalid, TooManyRequests
from core.events import wake
from core.events.wake import Msg
from core.jobs import ledger
from core.knowledge import versions
from core.messages import actions as messages
from core.messages import queries as messages_read
from core.messages.structs import MessageView, ReplyInput, Sent

AT_ONCE, A_MINUTE = 3, 20
"""Requests of one agent that are under way, and those of a minute."""
WAIT_S = 20.0
"""So long a request waits for what comes of it; then its agent asks again."""
LOOK_S = 1.5
"""So often it is looked up, should the bell be lost."""
LIMITS = """
SELECT count(*) FILTER (WHERE q.status = 'working'), count(*) FILTER (WHERE q.created_at > now() - interval '1 minute') FROM ai_copilot q
WHERE q.organization_id = $1 AND q.user_id = $2 AND q.created_at > now() - interval '90 seconds'
"""
INSERT = "INSERT INTO ai_copilot (organization_id, user_id, conversation_id, kind, asked) VALUES ($1, $2, $3, $4, $5) RETURNING id"
FINISH = """
UPDATE ai_copilot q SET status = $3, result = $4, trouble = $5 WHERE q.organization_id = $1 AND q.id = $2 AND q.status = 'working'
"""
TROUBLE_MAX = 200
NO_MODEL = {
    "no_model": "rewriting needs a language model; an admin can choose one in the settings",
    "used_up": "this month's tokens of the language model are used up",
}


async def send(actor: Actor, decision_id: int, data: ReplyInput) -> Sent:
    """Answer the customer with a suggestion, as it is or changed; what was sent is its review. The same `client_id` again returns what was sent then.

    Raises:
        NotFound: unknown, or in a conversation that the actor may not see.
        Conflict: (`article_changed`) the draft stands in it word for word, and customers may not read what it quotes any more, or it was changed;
            and what `messages.reply` raises.
    """
    async with transaction(actor) as db:
        receipt = await reviewed.reviewable(actor, decision_id)
        await conversations.get(actor, receipt.conversation_id, lock=True)
        if await messages_read.by_client_id(actor, receipt.conversation_id, data.client_id) is not None:
            return await messages.reply(actor, receipt.conversation_id, data)
        await _hold(db, actor, receipt, data.content)
        sent = await messages.reply(actor, receipt.conversation_id, data)
        await _learn(actor, receipt, sent.message)
    return sent


async def _hold(db: Unit, actor: Actor, receipt: Receipt, content: str) -> None:
    """Have the articles that these words are from stay as they were read, until they are sent."""
    draft, quoted = " ".join(plain(receipt.draft).split()), queries.quoted(receipt)
    if draft and quoted and draft in " ".join(content.split()) and await versions.hold_public(db, actor, quoted) != quoted:
        raise Conflict(
            "an article that this quotes was changed, withdrawn or made internal: draft it again", code="article_changed"
        )


async def _learn(actor: Actor, receipt: Receipt, message: MessageView) -> None:
    """What was sent of a draft is what it was worth, where there is something to learn and the sender's word counts."""
    content = message.content
    teaches = receipt.draft and receipt.confidence is not None and content.strip()
    if not teaches or actor.user_id is None or actor.role not in {"admin", "agent"}:
        return
    is_same = content.strip() == plain(receipt.draft)
    said = ReviewInput("approve") if is_same else ReviewInput("edit", content=content)
    await reviews.review(actor, receipt.id, said, message.id)


async def ask(actor: Actor, conversation_id: int, data: CopilotInput) -> CopilotView:
    """Have a worker do it, and wait a while for what comes of it. Raises what `enqueued` does."""
    return await result(actor, await enqueued(actor, conversation_id, data))


async def enqueued(actor: Actor, conversation_id: int, data: CopilotInput) -> int:
    """Have a worker do it; returns the request's id.

    Raises:
        NotFound: the conversation is not visible to the actor.
        Invalid: a rewriting without its text or its style, or one of them with anything else.
        Conflict: (`no_model`, `used_up`) a rewriting, and nothing here can write.
        TooManyRequests: the agent asks for too much at once.
    """
    actor.require(*STAFF)
    if actor.user_id is None:
        raise Forbidden("the copilot helps people")
    if data.kind == "rewrite":
        if data.style is None or not data.text.strip():
            raise Invalid("a rewriting needs a text and a style", code="text_missing")
        if reason := (await queries.state(actor)).reason:
            raise Conflict(NO_MODEL[reason], code=reason)
    elif data.text or data.style:
        raise Invalid("only a rewriting takes a text and a style", code="text_not_taken")
    async with transaction(actor) as db:
        await conversations.get(actor, conversation_id)
        await db.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"copilot {actor.organization_id} {actor.user_id}")
        [[working, lately]] = await db.fetch_rows(LIMITS, actor.organization_id, actor.user_id)
        if working >= AT_ONCE or lately >= A_MINUTE:
            raise TooManyRequests("the copilot is still at work on what you asked for", retry_after_s=5)
        request_id: int = await db.fetch_value(INSERT, actor.organization_id, actor.user_id, conversation_id, data.kind, data)
        await ledger.enqueue(actor, "agent.copilot.work", organization_id=actor.organization_id, request_id=request_id)
    return request_id


async def result(actor: Actor, request_id: int) -> CopilotView:
    """What came of a request, as soon as anything has, or as it stands after a while."""
    rang = asyncio.Event()

    async def ring(_: Msg) -> None:
        rang.set()

    stop = await wake.subscribe(f"copilot.{request_id}", ring)
    until = time.monotonic() + WAIT_S
    try:
        while True:
            rang.clear()
            found = await queries.request(actor, request_id)
            left = until - time.monotonic()
            if found.status != "working" or left <= 0:
                return found
            with suppress(TimeoutError):
                await asyncio.wait_for(rang.wait(), min(LOOK_S, left))
    finally:
        await stop()


async def finish(actor: Actor, request_id: int, answer: CopilotAnswer, trouble: str = "") -> None:
    """Keep what came of a request, together with the end of its job, and ring for whoever waits."""
    async with ledger.effect(actor) as db:
        values = ("failed" if trouble else "done", answer, trouble[:TROUBLE_MAX])
        await db.execute(FINISH, actor.organization_id, request_id, *values)
    await wake.publish(f"copilot.{request_id}")
