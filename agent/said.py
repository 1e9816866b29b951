"""All that the AI agent says to customers in its own words, by language; everything else it says is quoted.

The sentences stand in `said.json`. A new language is one more table there; the tests want every sentence in it.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec

from agent.smalltalk import SmallTalk
from core.conversations.actions import HandoffReason

Wait = Literal["within_5_min", "within_15_min", "within_30_min", "within_1_h", "within_3_h", "within_1_day"]
Saying = HandoffReason | SmallTalk | Wait | Literal["next", "from_article", "from_team", "which", "which_none"]
"""A reason for people to take over, `next`: what happens then, and when; small talk; what stands before a quote; and around a question back."""
WAITS: Sequence[tuple[float, Wait]] = (
    (300, "within_5_min"),
    (900, "within_15_min"),
    (1800, "within_30_min"),
    (3600, "within_1_h"),
    (3 * 3600, "within_3_h"),
    (24 * 3600, "within_1_day"),
)
"""Up to so many seconds, what is said of a usual wait. Of longer ones nothing is: nobody is helped by "three days"."""
FALLBACK = "en"


@lru_cache(maxsize=1)
def languages() -> dict[str, dict[str, str]]:
    """All sentences, by language and saying."""
    return msgspec.json.decode(resources.files(__package__).joinpath("said.json").read_bytes(), type=dict[str, dict[str, str]])


def said(language: str, saying: Saying) -> str:
    """A sentence in this language, in English where there is none."""
    return languages().get(language, languages()[FALLBACK])[saying]


def handing_over(language: str, reason: HandoffReason, usual_wait_s: float | None = None) -> str:
    """What the customer reads when people take over, with how long that usually takes where somebody knows."""
    wait = next((name for most, name in WAITS if usual_wait_s is not None and usual_wait_s <= most), None)
    return " ".join([said(language, reason), said(language, "next"), *([said(language, wait)] if wait else [])])
