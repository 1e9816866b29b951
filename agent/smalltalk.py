"""Greetings, thanks and goodbyes: messages that hold nothing else. What to answer: `said.py`."""

import re
from typing import Literal

from agent.rules import pattern, vocabulary

SmallTalk = Literal["greeting", "thanks", "goodbye", "acknowledged", "identity"]
WORDS_MAX = 12


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
