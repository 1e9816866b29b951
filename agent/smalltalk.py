"""Greetings, thanks and goodbyes: messages that hold nothing else, and what to answer."""

import re
from typing import Literal

from agent.rules import pattern, vocabulary

SmallTalk = Literal["greeting", "thanks", "goodbye", "acknowledged", "identity"]
WORDS_MAX = 12

ANSWERS: dict[SmallTalk, str] = {
    "greeting": "Hello! I am the AI agent here and answer from our help center. What can I help you with? You can ask for a person at any time.",
    "thanks": "You're welcome! If anything else comes up, just write here.",
    "goodbye": "Goodbye, and have a good day! If anything else comes up, just write here.",
    "acknowledged": "All right. Is there anything else I can help you with?",
    "identity": "I am an AI agent: a machine that answers from our help center. If you would rather talk to a person, say so and I will hand over.",
}


def small_talk(turn: str) -> SmallTalk | None:
    """What kind of small talk this is, if it is nothing else."""
    if pattern("identity").match(turn):
        return "identity"
    if pattern("courtesy").match(turn):
        return "greeting"
    words = frozenset(re.findall(r"[a-z']+", turn.lower().replace("’", "'")))
    if not words or len(turn.split()) > WORDS_MAX or "?" in turn or re.search(r"\d", turn) or pattern("negated").search(turn):
        return None
    return _by_words(turn, words)


def _by_words(turn: str, words: frozenset[str]) -> SmallTalk | None:
    greeting, thanking, leaving = vocabulary("greeting"), vocabulary("thanking"), vocabulary("leaving")
    thanks = vocabulary("thanks") | thanking | greeting
    said = words - vocabulary("courtesy")
    if said <= greeting and words & greeting:
        return "greeting"
    if (said & leaving or pattern("done").search(turn)) and said <= vocabulary("goodbye") | leaving | thanks:
        return "goodbye"
    if (said & thanking or pattern("helped").search(turn)) and said <= thanks:
        return "thanks"
    return "acknowledged" if words <= vocabulary("acknowledged") else None
