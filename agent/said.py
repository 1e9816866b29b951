"""All that the AI agent says to customers in its own words, by language; everything else it says is quoted.

The sentences stand in `said.json`. A new language is one more table there; the tests want every sentence in it.
"""

from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec

from agent.smalltalk import SmallTalk
from core.conversations.actions import HandoffReason

Saying = HandoffReason | SmallTalk | Literal["next", "from_article", "from_team"]
"""A reason for people to take over, and `next`: what happens then; small talk; and what stands before a quote."""
FALLBACK = "en"


@lru_cache(maxsize=1)
def languages() -> dict[str, dict[str, str]]:
    """All sentences, by language and saying."""
    return msgspec.json.decode(resources.files(__package__).joinpath("said.json").read_bytes(), type=dict[str, dict[str, str]])


def said(language: str, saying: Saying) -> str:
    """A sentence in this language, in English where there is none."""
    return languages().get(language, languages()[FALLBACK])[saying]


def handing_over(language: str, reason: HandoffReason) -> str:
    """What the customer reads when people take over."""
    return f"{said(language, reason)} {said(language, 'next')}"
