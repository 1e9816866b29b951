"""What a language model has written so far, read out of the beginning of its JSON: for people who look on, never for anything that is sent."""

import re

from agent.llm.verify import seen

TEXT = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\.)*)', re.DOTALL)
CUT = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
"""The beginning of an escape whose end is still to come."""
ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def written(raw: str) -> str:
    """The sentences of a reply, the last of which may be under way."""
    return " ".join(filter(None, (seen(_plain(one)) for one in TEXT.findall(raw))))


def _plain(escaped: str) -> str:
    text = ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else SHORT.get(found[2], found[2]), CUT.sub("", escaped))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
