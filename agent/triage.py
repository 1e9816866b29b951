"""Hard rules over what the customer wrote: what goes to a person whatever the articles say, and what needs no article.

Rules read the customer's words only, sentence by sentence, and say which words set them off. Asking about a policy is
no request: "How long does a refund take?" is answered, "Refund my order" is handed over. English; other languages find no rule
here and little in the articles, so they go to a person by their low confidence.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from agent.rules import pattern, vocabulary
from agent.smalltalk import SmallTalk, small_talk
from core.conversations.actions import HandoffReason

Rule = Literal["asks_human", "account_access", "refund", "repeated_failure", "abuse", "hazard"]
REASONS: dict[Rule, HandoffReason] = {
    "asks_human": "asked_human",
    "account_access": "account_access",
    "refund": "refund",
    "repeated_failure": "repeated_failure",
    "abuse": "repeated_failure",
    "hazard": "low_confidence",
}
TOKEN = re.compile(r"[^\W\d_][\w']*(?:/(?=\s)|\.(?=\s\d))?")
DIGIT = re.compile(
    r"\b(speak|talk|chat|write|through|forward|wait|waiting|ask|asking|look|looking) ([24])(?= [a-z])", re.IGNORECASE
)
WORD_OF_DIGIT = {"2": "to", "4": "for"}
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
SENTENCE_MAX = 300
OVERLAP = 100
"""Longer sentences are read in pieces that share so much: a request is found wherever it stands."""
TURN_MAX = 4000
MATCHED_MAX = 120


class Verdict(msgspec.Struct, frozen=True):
    """What the rules say: hand over (`rule`), small talk, or neither. `matched` are the words that did it."""

    rule: Rule | None = None
    small_talk: SmallTalk | None = None
    matched: str = ""

    @property
    def reason(self) -> HandoffReason | None:
        return None if self.rule is None else REASONS[self.rule]


def triage(turn: str, *, answered_before: bool = False, repeats: bool = False) -> Verdict:
    """Judge what the customer wrote since the last answer.

    `answered_before`: the AI agent has told something since people last had the conversation; `repeats`: this asks what was answered already.
    """
    turn = spelled_out(ends(turn.replace("’", "'")))
    if (kind := small_talk(turn)) is not None:
        return Verdict(small_talk=kind)
    rules: Sequence[tuple[Rule, Callable[[str], str | None]]] = (
        ("asks_human", _asks_human),
        ("hazard", lambda part: _hit("hazard", part)),
        ("account_access", _account_access),
        ("refund", _refund),
        ("abuse", lambda part: _hit("abuse", part)),
    )
    parts = sentences(turn)
    for rule, hit in rules:
        for part in parts:
            if (matched := hit(part)) is not None:
                return Verdict(rule=rule, matched=matched[:MATCHED_MAX])
    if answered_before and (matched := _hit("failed", turn)) is not None:
        return Verdict(rule="repeated_failure", matched=matched[:MATCHED_MAX])
    return Verdict(rule="repeated_failure", matched="asked again") if repeats else Verdict()


def ends(turn: str) -> str:
    """What is read of a turn: all of it, or its first and its last part. People ask first, or at the end of their story."""
    return turn if len(turn) <= TURN_MAX else f"{turn[: TURN_MAX // 2]}\n{turn[-TURN_MAX // 2 :]}"


def spelled_out(turn: str) -> str:
    """What is typed on phones, as rules write it: "u" is "you", "dont" is "don't", "speak 2" is "speak to"."""
    meant = _shorthand()
    turn = TOKEN.sub(lambda found: meant.get(found.group().lower(), found.group()), turn)
    return DIGIT.sub(lambda found: f"{found[1]} {WORD_OF_DIGIT[found[2]]}", turn)


@lru_cache(maxsize=1)
def _shorthand() -> dict[str, str]:
    pairs = (one.partition("=") for one in vocabulary("shorthand"))
    return {short: long.replace("_", " ") for short, _, long in pairs}


def sentences(turn: str) -> list[str]:
    """The sentences of a turn with single spaces between words, long ones in overlapping pieces."""
    found: list[str] = []
    for sentence in SENTENCE.split(turn):
        text = " ".join(sentence.split())
        found += [
            text[start : start + SENTENCE_MAX] for start in range(0, max(len(text) - OVERLAP, 1), SENTENCE_MAX - OVERLAP) if text
        ]
    return found


def _hit(name: str, part: str) -> str | None:
    found = pattern(name).search(part)
    return found.group() if found else None


def _asks_human(part: str) -> str | None:
    """A request for a person in so many words, whatever else the sentence says; or a vaguer one that is no question about people."""
    if (wanted := _hit("wants_human", part)) is not None:
        return None if pattern("mere_question").search(part) else wanted
    return None if pattern("not_human").search(part) else _hit("asks_human", part)


def _account_access(part: str) -> str | None:
    """Orders to change an account, and being shut out of one; not how one does it."""
    if (ordered := _hit("account_ordered", part)) is not None and (pattern("for_me").search(part) or not _hit("self_help", part)):
        return ordered
    return None if pattern("account_question").match(part) else _hit("account_access", part)


def _refund(part: str) -> str | None:
    """Money that this customer wants back, or is told to have got; not how refunds work."""
    if pattern("money").search(part) and (order := _hit("order", part)) is not None:
        return order
    if pattern("question").search(part) and not pattern("for_me").search(part) and not pattern("concrete").search(part):
        return None
    return _hit("refund_action", part)
