"""How a decision takes effect: the message, the handoff and the receipt in one transaction, under the conversation's lock.

Whoever was faster wins: a person who took over, the customer who wrote again, or somebody who changed an article that the answer
quotes. Then nothing is said, and the receipt stands as discarded. Imports nothing heavy: the way out must work when the graph does not.
"""

import msgspec

from agent import packet, phrases
from agent import queries as own
from agent.events import AgentDecided
from agent.packet import NOTHING, Packet
from agent.said import handing_over
from agent.structs import Candidate, DecisionSummary, Outcome
from agent.tools.actions import propose
from agent.tools.structs import Proposal
from agent.triage import Rule
from core.access import Actor
from core.contacts import queries as contacts
from core.conversations import actions as conversations
from core.conversations import queries
from core.conversations.actions import HandoffReason
from core.conversations.change import audience
from core.conversations.structs import ConversationView
from core.database import Unit
from core.events.log import record
from core.jobs.ledger import effect, enqueue
from core.knowledge import versions
from core.messages import actions as messages
from core.messages.actions import Superseded
from core.messages.structs import NoteInput, Source

INSERT = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, detail, trouble, confidence, threshold, question, draft,
                          signals, passages, model, latency_ms, tokens_in, tokens_out, cost, mode, prompt_version, head)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) RETURNING id
"""
PATIENCE_S = 20.0
RESTARTS_MAX = 3
"""Who has waited so long, or whose answer was begun anew so often because he went on writing, gets the next one that is ready.

Whose answer was begun anew so often because articles changed under it gets a person.
"""
CHANGED = "an article that I quoted was changed, withdrawn or made internal meanwhile"
QUESTION_MAX = 4000
DETAIL_MAX = 200


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided about the customer's messages up to `seq`, while the conversation stood at `epoch`.

    `handoff` is set where a person must take over. `content` and `sources` are what the customer reads. `detail`: the words that hit `rule`;
    `trouble`: what went wrong, as a sentence for staff. `held`: people have the conversation, and get `draft` as a suggestion.
    """

    conversation_id: int
    seq: int
    epoch: int
    content: str
    seen: int = 0
    """The newest public message when the turn was read; 0: `seq`."""
    first_seq: int = 0
    """The turn's first message; 0: `seq`."""
    threshold: float
    reason: str = "covered"
    handoff: HandoffReason | None = None
    asks_back: bool = False
    held: bool = False
    detail: str = ""
    rule: Rule | None = None
    trouble: str = ""
    sources: list[Source] = []
    confidence: float | None = None
    question: str = ""
    draft: str = ""
    signals: dict[str, float] = {}
    passages: list[Candidate] = []
    proposals: list[Proposal] = []
    """What people could have done with one click."""
    looked_up: str = ""
    """The tool that this answer is from and what it told, in few words, for the note."""
    model: str = ""
    latency_ms: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    mode: str = ""
    prompt_version: str = ""
    head: str = ""
    """With `mode`, `model` and `prompt_version`: whose calibrator this decision teaches (`reviews.structs.Key`)."""

    @property
    def outcome(self) -> Outcome:
        if self.held:
            return "suggested"
        if self.handoff is not None:
            return "handed_off"
        return "clarified" if self.asks_back else "answered"


async def commit(actor: Actor, decided: Decided) -> Outcome:
    """Let a decision take effect, or discard it where somebody was faster. Returns which of them happened."""
    if decided.held:
        return await _suggest(actor, decided)
    known = NOTHING if decided.handoff is None else await packet.known(actor, decided.conversation_id)
    try:
        async with effect(actor) as db:
            conversation = await _still_ours(actor, decided)
            decided = await _in_time(actor, decided, conversation)
            if decided.handoff is None and not await _stands(db, actor, decided):
                return await _outdated(db, actor, decided, conversation)
            decision_id = await _insert(db, actor, decided, decided.outcome)
            if decided.handoff is None:
                await _say(actor, decided, conversation, decision_id, answers=True)
            else:
                await _hand_over(db, actor, decided, conversation, decision_id, decided.handoff, known)
    except Superseded:
        async with effect(actor) as db:
            conversation = await queries.get(actor, decided.conversation_id, lock=True)
            await _discard(db, actor, decided, conversation)
            await _begin_anew(actor, decided, conversation)
        return "discarded"
    return decided.outcome


async def _suggest(actor: Actor, decided: Decided) -> Outcome:
    """Keep a draft for the people who have the conversation, if it still is about the customer's newest message."""
    async with effect(actor) as db:
        conversation = await queries.get(actor, decided.conversation_id, lock=True)
        is_due = conversation.handler == "human" and conversation.public_seq == (decided.seen or decided.seq)
        is_empty = not decided.draft and not decided.proposals
        if is_empty or not is_due or conversation.status in {"resolved", "closed"}:
            return "discarded"
        decision_id = await _insert(db, actor, decided, decided.outcome)
        await propose(db, actor, conversation, decision_id, decided.proposals)
        await _announce(actor, decided, conversation, decision_id, decided.outcome)
    return decided.outcome


async def _in_time(actor: Actor, decided: Decided, conversation: ConversationView) -> Decided:
    """The decision, to be said although the customer wrote more meanwhile, if he has waited long enough: that gets an answer of its own."""
    if conversation.public_seq == (decided.seen or decided.seq) or conversation.handler_epoch != decided.epoch:
        return decided
    since = await own.overtaken(actor, conversation.id, decided.first_seq or decided.seq, decided.seen or decided.seq)
    is_overdue = since.by_customer and (since.waited_s >= PATIENCE_S or since.restarts >= RESTARTS_MAX)
    return msgspec.structs.replace(decided, seen=conversation.public_seq) if is_overdue else decided


async def _begin_anew(actor: Actor, decided: Decided, conversation: ConversationView) -> None:
    """What was overtaken by an answer to earlier messages alone is still owed one."""
    is_ours = conversation.handler == "ai" and conversation.status not in {"resolved", "closed"}
    if is_ours and conversation.public_seq > decided.seq and await own.owed(actor, conversation.id) == decided.seq:
        await _answer_anew(actor, decided, str(conversation.public_seq))


async def _answer_anew(actor: Actor, decided: Decided, why: str) -> None:
    await enqueue(
        actor,
        "agent.answer",
        key=f"answer:{decided.conversation_id}:{decided.seq}:{why}",
        organization_id=actor.organization_id,
        conversation_id=decided.conversation_id,
        seq=decided.seq,
    )


async def _stands(db: Unit, actor: Actor, decided: Decided) -> bool:
    """Whether customers may read each article that is quoted, in the version that is quoted; and that it stays so until the answer is sent."""
    quoted = {(one.article_id, one.version) for one in decided.passages if one.quoted}
    return not quoted or await versions.hold_public(db, actor, quoted) == quoted


async def _outdated(db: Unit, actor: Actor, decided: Decided, conversation: ConversationView) -> Outcome:
    """Say nothing of what was changed since it was read: answer anew from what stands now, and in the end have a person do it."""
    if conversation.handler_epoch != decided.epoch or conversation.public_seq != (decided.seen or decided.seq):
        raise Superseded
    unsaid = msgspec.structs.replace(decided, content="", draft="", sources=[], trouble=CHANGED)
    changed = (await own.overtaken(actor, conversation.id, decided.first_seq or decided.seq, decided.seen or decided.seq)).changed
    if changed >= RESTARTS_MAX:
        language = await contacts.language(actor, conversation.contact_id)
        told = handing_over(language, "agent_error", await own.usual_wait_s(actor))
        given_up = msgspec.structs.replace(
            unsaid, content=told, reason="agent_error", handoff="agent_error", asks_back=False, passages=[]
        )
        decision_id = await _insert(db, actor, given_up, given_up.outcome)
        await _hand_over(db, actor, given_up, conversation, decision_id, "agent_error", NOTHING)
        return given_up.outcome
    await _discard(db, actor, unsaid, conversation, "article_changed")
    await _answer_anew(actor, decided, f"changed:{changed}")
    return "discarded"


async def _still_ours(actor: Actor, decided: Decided) -> ConversationView:
    """The conversation, locked. `messages.send` checks epoch and seq; this adds what ends the AI agent's turn without a new epoch."""
    conversation = await queries.get(actor, decided.conversation_id, lock=True)
    if conversation.handler != "ai" or conversation.status in {"resolved", "closed"}:
        raise Superseded
    return conversation


async def _hand_over(
    db: Unit, actor: Actor, decided: Decided, before: ConversationView, decision_id: int, reason: HandoffReason, known: Packet
) -> None:
    """The customer always hears of it, then people have the conversation, then they read why, and what they could have done."""
    told = await _say(actor, decided, before, decision_id, answers=False)
    await conversations.hand_off(db, actor, told, reason)
    proposed = await propose(db, actor, told, decision_id, decided.proposals)
    text = phrases.note(
        reason,
        decided.detail,
        decided.question,
        decided.confidence,
        decided.threshold,
        decided.passages,
        decided.trouble,
        known,
        decided.looked_up,
        proposed,
        decided.rule,
    )
    await messages.note(actor, decided.conversation_id, NoteInput(client_id=_client_id(decided, "note"), content=text))


async def _say(actor: Actor, decided: Decided, before: ConversationView, decision_id: int, *, answers: bool) -> ConversationView:
    """Send the message that refers to its receipt, and announce the receipt."""
    sent = await messages.send(
        actor,
        decided.conversation_id,
        decided.content,
        if_epoch=decided.epoch,
        if_seq=decided.seen or decided.seq,
        client_id=_client_id(decided, "said"),
        sources=decided.sources,
        decision_id=decision_id,
        answers=answers,
    )
    await _announce(actor, decided, before, decision_id, decided.outcome)
    return sent.conversation


async def _discard(db: Unit, actor: Actor, decided: Decided, conversation: ConversationView, reason: str = "superseded") -> None:
    unsaid = msgspec.structs.replace(decided, reason=reason, draft=decided.draft or decided.content)
    decision_id = await _insert(db, actor, unsaid, "discarded")
    await _announce(actor, unsaid, conversation, decision_id, "discarded")


async def _insert(db: Unit, actor: Actor, decided: Decided, outcome: Outcome) -> int:
    values = (
        actor.organization_id, decided.conversation_id, decided.seq, outcome, decided.reason, decided.detail[:DETAIL_MAX],
        decided.trouble[:DETAIL_MAX], decided.confidence,
        decided.threshold, decided.question[:QUESTION_MAX], decided.draft, decided.signals, decided.passages, decided.model, decided.latency_ms,
        decided.tokens_in, decided.tokens_out, decided.cost,
        decided.mode, decided.prompt_version, decided.head,
    )  # fmt: skip
    return int(await db.fetch_value(INSERT, *values))


async def _announce(actor: Actor, decided: Decided, conversation: ConversationView, decision_id: int, outcome: Outcome) -> None:
    summary = DecisionSummary(
        id=decision_id,
        conversation_id=decided.conversation_id,
        trigger_seq=decided.seq,
        outcome=outcome,
        reason=decided.reason,
        confidence=decided.confidence,
        threshold=decided.threshold,
        model=decided.model,
        latency_ms=decided.latency_ms,
        talk=decided.detail if decided.reason == "small_talk" else "",
    )
    event = AgentDecided(organization_id=actor.organization_id, decision=summary)
    await record(event, audience(conversation, staff_only=True))


def _client_id(decided: Decided, kind: str) -> str:
    """The same for every attempt at the same message, so that none is ever said twice."""
    return f"ai-{kind}-{decided.conversation_id:08}-{decided.seq:06}"
