"""What there is to answer: everything the customer wrote since the last public message of ours, as one turn."""

import re
from collections.abc import Sequence

import msgspec

from agent import clarify, queries
from agent.courtesy import bare
from agent.structs import AskedBack, Candidate
from core.access import Actor
from core.contacts import queries as contacts
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView, TimelineView
from core.database import read
from core.errors import NotFound
from core.inboxes import queries as inboxes
from core.messages import queries as messages
from core.messages.structs import MessageView
from core.organizations import queries as organizations

HISTORY = 40
HISTORY_SAID = 8
TURN_MAX = 4000
SAME = 0.8
"""Two questions are the same one when they share this much of their words."""
STARTS_AFRESH = frozenset({"handed_back", "handed_off", "taken_over", "resolved", "reopened"})
FOLLOWS_UP = re.compile(
    r"^\W*(?:and|or|but|what about|how about|what if|also|then|even|only|why|why not|which one|is (?:it|that|this)|does (?:it|that)|"
    r"(?:for|to|in|from|with) \w+)\b(?!.{60})",
    re.IGNORECASE,
)  # fmt: skip


class Turn(msgspec.Struct, frozen=True):
    """One turn of the customer. `context` is the turn before it, where this one only makes sense with it ("And to Sweden?").

    `repeats`: it asks what an earlier turn asked; `answered_before`: the AI agent has answered something since people last had the conversation.
    """

    conversation: ConversationView
    text: str
    context: str
    threshold: float
    enabled: bool
    answered_before: bool = False
    repeats: bool = False
    has_files: bool = False
    asked_back: AskedBack | None = None
    """What the AI agent asked back just before this turn."""
    chosen: Candidate | None = None
    """What the customer chose of that: then `text` is the question that it was about."""
    history: tuple[tuple[bool, str], ...] = ()
    """What was said before the turn, oldest first: whether the customer said it, and what. Nothing that was settled before."""
    language: str = ""
    """What the customer's browser prefers; empty where nobody knows."""

    @property
    def question(self) -> str:
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def asked(self) -> str:
        """What is asked now, without politeness."""
        return bare(self.text)

    @property
    def asked_before(self) -> str:
        return bare(self.context)

    @property
    def bare(self) -> str:
        """The question without politeness."""
        return f"{self.asked_before}\n{self.asked}" if self.context else self.asked

    @property
    def seq(self) -> int:
        return self.conversation.public_seq


async def read_turn(actor: Actor, conversation_id: int, seq: int) -> Turn | None:
    """The turn that ends with message `seq`; None where it is not the AI agent's to answer (any more).

    A newer message of the customer has a job of its own, which answers both.
    """
    async with read(actor):
        try:
            thread = await messages.thread(actor, conversation_id, None, HISTORY)
        except NotFound:
            return None
        conversation = await conversations.get(actor, conversation_id)
        public = [message for message in thread.messages if not message.is_internal]
        if not _is_ours(conversation) or not public or public[-1].seq != seq or conversation.public_seq != seq:
            return None
        organization = await organizations.get(actor)
        enabled = await inboxes.first_handler(actor, conversation.inbox_id) == "ai"
        earlier, now, answered = _split(public, _fresh_from(thread.lines))
        if not now:
            return None
        text = "\n".join(message.content for message in now)[-TURN_MAX:]
        asked_back = await queries.asked_back(actor, conversation_id, _last_said(public, _fresh_from(thread.lines)))
        chosen = clarify.choice(text, asked_back) if asked_back else None
        leans = bool(earlier) and chosen is None and (asked_back is not None or FOLLOWS_UP.search(text) is not None)
        return Turn(
            conversation=conversation,
            text=asked_back.question if asked_back and chosen else text,
            context=earlier[-1] if leans else "",
            asked_back=asked_back,
            chosen=chosen,
            threshold=organization.ai_threshold,
            enabled=enabled,
            answered_before=answered,
            repeats=answered and not asked_back and await _repeats(actor, text, earlier),
            has_files=any(message.files for message in now),
            history=_history(public, _fresh_from(thread.lines), now[0].seq),
            language=await contacts.language(actor, conversation.contact_id),
        )


def _is_ours(conversation: ConversationView) -> bool:
    return conversation.handler == "ai" and conversation.status not in {"resolved", "closed"}


def _fresh_from(lines: Sequence[TimelineView]) -> int:
    """What stands up to here was settled: an old "talk to a person" must not speak again."""
    return max((line.after_seq for line in lines if line.kind in STARTS_AFRESH), default=0)


def _split(public: Sequence[MessageView], fresh_from: int) -> tuple[list[str], list[MessageView], bool]:
    """The customer's earlier turns, what he wrote since our last message, and whether the AI agent has answered in between."""
    earlier: list[str] = []
    now: list[MessageView] = []
    answered = False
    for message in public:
        if message.seq <= fresh_from:
            continue
        if message.sender_type == "contact":
            now.append(message)
            continue
        answered = answered or message.sender_type == "ai"
        if now:
            earlier.append("\n".join(one.content for one in now)[-TURN_MAX:])
        now = []
    return earlier, now, answered


def _last_said(public: Sequence[MessageView], fresh_from: int) -> int | None:
    """The receipt of the last thing that we said, if the AI agent said it."""
    ours = [message for message in public if message.sender_type != "contact" and message.seq > fresh_from]
    return ours[-1].decision_id if ours else None


def _history(public: Sequence[MessageView], fresh_from: int, until: int) -> tuple[tuple[bool, str], ...]:
    said = [message for message in public if fresh_from < message.seq < until]
    return tuple((message.sender_type == "contact", message.content) for message in said[-HISTORY_SAID:])


async def _repeats(actor: Actor, text: str, earlier: Sequence[str]) -> bool:
    own, *others = await queries.stems(actor, [text, *earlier])
    return bool(own) and any(len(own & other) >= SAME * len(own | other) for other in others)
