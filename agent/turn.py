"""What there is to answer: everything the customer wrote since the last public message of ours, as one turn."""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Literal

import msgspec

from agent import clarify, queries
from agent.courtesy import bare
from agent.structs import AskedBack, Candidate
from agent.triage import ends
from core.access import Actor
from core.contacts import queries as contacts
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView, TimelineView
from core.database import read
from core.errors import NotFound
from core.inboxes import queries as inboxes
from core.inboxes.structs import AiMode
from core.messages import queries as messages
from core.messages.structs import MessageView
from core.organizations import queries as organizations

HISTORY = 40
HISTORY_SAID = 8
ALONE_WORDS = 4
"""A question of so many words needs nothing said before it."""
SAME = 0.8
"""Two questions are the same one when they share this much of their words."""
SETTLES = frozenset({"handed_back", "resolved", "reopened"})
STARTS_AFRESH = SETTLES | {"handed_off", "taken_over"}
FOLLOWS_UP = re.compile(
    r"^\W*(?:and|or|but|what about|how about|what if|also|then|even|only|why|why not|which one|is (?:it|that|this)|does (?:it|that)|"
    r"(?:for|to|in|from|with) \w+)\b(?!.{60})",
    re.IGNORECASE,
)  # fmt: skip


class Turn(msgspec.Struct, frozen=True):
    """One turn of the customer. `context` is the turn before it, where this one only makes sense with it ("And to Sweden?").

    `seq` is its last message, `seen` the newest public one, which may be ours: an answer to what stands before this turn.
    `text`: all of it, or where it is long its first and its last part. `repeats`: it asks what an earlier turn asked; `answered_before`: the AI
    agent has told something, from articles or by a tool, since people last had the conversation.
    """

    conversation: ConversationView
    text: str
    context: str
    threshold: float
    mode: AiMode | Literal["off"]
    seq: int
    seen: int
    first_seq: int
    """The first message of the turn."""
    held: bool = False
    """People have the conversation: they get a draft, and the customer hears nothing of it."""
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


async def read_turn(actor: Actor, conversation_id: int, seq: int, *, held: bool = False) -> Turn | None:
    """The turn that ends with message `seq`; None where it is not the AI agent's to answer (any more).

    A newer message of the customer has a job of its own, which answers both. `held`: for people who have the conversation, in an
    inbox where the AI agent suggests.
    """
    async with read(actor):
        try:
            thread = await messages.thread(actor, conversation_id, None, HISTORY)
        except NotFound:
            return None
        conversation = await conversations.get(actor, conversation_id)
        public = [message for message in thread.messages if not message.is_internal]
        if not _is_ours(conversation, held=held) or not public:
            return None
        organization = await organizations.get(actor)
        mode = await inboxes.ai_mode(actor, conversation.inbox_id)
        answers = await queries.decided(actor, [message.decision_id for message in public if message.decision_id])
        fresh_from = _fresh_from(thread.lines, SETTLES if held else STARTS_AFRESH)
        earlier, now, answered = _split(public, fresh_from, answers)
        if not now or now[-1].seq != seq or (held and mode != "suggest"):
            return None
        text = ends("\n".join(message.content for message in now))
        asked_back = await queries.asked_back(actor, conversation_id, _last_said(public, fresh_from))
        chosen = clarify.choice(text, asked_back) if asked_back else None
        says_more = asked_back is not None and chosen is None and not _stands_alone(text)
        leans = bool(earlier) and chosen is None and (says_more or FOLLOWS_UP.search(text) is not None)
        return Turn(
            conversation=conversation,
            text=asked_back.question if asked_back and chosen else text,
            context=earlier[-1] if leans else "",
            asked_back=asked_back,
            chosen=chosen,
            threshold=organization.ai_threshold,
            mode=mode,
            seq=seq,
            seen=conversation.public_seq,
            first_seq=now[0].seq,
            held=held,
            answered_before=answered,
            repeats=answered and not asked_back and await _repeats(actor, text, earlier),
            has_files=any(message.files for message in now),
            history=_history(public, fresh_from, now),
            language=await contacts.language(actor, conversation.contact_id),
        )


async def newest_turn(actor: Actor, conversation_id: int) -> Turn | None:
    """What the customer wrote last, whoever has the conversation and whether it was answered or not; None: he wrote nothing."""
    async with read(actor):
        thread = await messages.thread(actor, conversation_id, None, HISTORY)
        conversation = await conversations.get(actor, conversation_id)
        public = [message for message in thread.messages if not message.is_internal]
        last = max((place for place, message in enumerate(public) if message.sender_type == "contact"), default=None)
        if last is None:
            return None
        first = last
        while first > 0 and public[first - 1].sender_type == "contact":
            first -= 1
        now = public[first : last + 1]
        text = ends("\n".join(message.content for message in now))
        earlier = [message.content for message in public[:first] if message.sender_type == "contact"]
        leans = bool(earlier) and FOLLOWS_UP.search(text) is not None
        return Turn(
            conversation=conversation,
            text=text,
            context=ends(earlier[-1]) if leans else "",
            threshold=0.0,
            mode="suggest",
            seq=now[-1].seq,
            seen=conversation.public_seq,
            first_seq=now[0].seq,
            held=True,
            history=_history(public, 0, now),
            language=await contacts.language(actor, conversation.contact_id),
        )


def _stands_alone(text: str) -> bool:
    """Whether what comes after a question back is another question rather than what was asked for ("Norway?")."""
    return text.rstrip().endswith("?") and len(text.split()) >= ALONE_WORDS


def _is_ours(conversation: ConversationView, *, held: bool) -> bool:
    return conversation.handler == ("human" if held else "ai") and conversation.status not in {"resolved", "closed"}


def _fresh_from(lines: Sequence[TimelineView], settling: Set[str]) -> int:
    """What stands up to here was settled: an old "talk to a person" must not speak again."""
    return max((line.after_seq for line in lines if line.kind in settling), default=0)


def _split(
    public: Sequence[MessageView], fresh_from: int, answers: Mapping[int, queries.Answer]
) -> tuple[list[str], list[MessageView], bool]:
    """The customer's earlier turns, what he wrote that nobody has answered, and whether the AI agent has told something in between.

    `answers`: up to which message each decision goes; what the customer wrote while it was made stands before it, unanswered.
    """
    earlier: list[str] = []
    now: list[MessageView] = []
    answered = False
    for message in public:
        if message.seq <= fresh_from:
            continue
        if message.sender_type == "contact":
            now.append(message)
            continue
        answer = answers.get(message.decision_id or 0)
        answered = answered or (answer is not None and answer.tells)
        upto = answer.upto if answer is not None else message.seq
        before, now = [one for one in now if one.seq <= upto], [one for one in now if one.seq > upto]
        if before:
            earlier.append(ends("\n".join(one.content for one in before)))
    return earlier, now, answered


def _last_said(public: Sequence[MessageView], fresh_from: int) -> int | None:
    """The receipt of the last thing that we said, if the AI agent said it."""
    ours = [message for message in public if message.sender_type != "contact" and message.seq > fresh_from]
    return ours[-1].decision_id if ours else None


def _history(public: Sequence[MessageView], fresh_from: int, now: Sequence[MessageView]) -> tuple[tuple[bool, str], ...]:
    asked = {message.seq for message in now}
    said = [message for message in public if message.seq > fresh_from and message.seq not in asked]
    return tuple((message.sender_type == "contact", message.content) for message in said[-HISTORY_SAID:])


async def _repeats(actor: Actor, text: str, earlier: Sequence[str]) -> bool:
    own, *others = await queries.stems(actor, [text, *earlier])
    return bool(own) and any(len(own & other) >= SAME * len(own | other) for other in others)
