"""What people write to be polite: it says nothing of what they ask, so nothing is weighed by it."""

import re

from agent.rules import pattern

WORD = re.compile(r"\w")


def bare(text: str) -> str:
    """A question without greetings, thanks and "could you please tell me"; itself where nothing else is in it."""
    kept = pattern("polite").sub(" ", text.replace("’", "'")).strip()
    return kept if WORD.search(kept) else text
