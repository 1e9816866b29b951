"""Whether a person opened a mail or clicked in it: told by evidence, which is kept, so that it can be told anew. Pure."""

import re
from typing import Literal

import msgspec

RULES = 1
"""Counts changes of what is below; a label is kept with the rules that gave it."""
Touch = Literal["open", "click"]
Label = Literal["human", "proxy", "bot", "unknown"]
Agent = Literal["none", "image_proxy", "privacy_proxy", "scanner", "tool", "browser", "other"]
AGENT_MAX = 400
HASTE_S = 10
"""Nobody has read a mail so soon after its delivery and found a link in it."""
MANY = 3
"""Different links within `HASTE_S` seconds: a scanner tries them all."""
PATTERNS: tuple[tuple[Agent, re.Pattern[str]], ...] = (
    ("image_proxy", re.compile(r"googleimageproxy|yahoomailproxy|via ggpht|yahoocachesystem|outlook-?ios-?image|mailruimageproxy")),
    (
        "scanner",
        re.compile(
            r"barracuda|mimecast|proofpoint|safelinks|fireeye|ironport|trendmicro|symantec|forcepoint|sophos|cloudmark|zscaler|messagelabs"
            r"|bot\b|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|headlesschrome|phantomjs|lighthouse|scan"
        ),
    ),
    ("tool", re.compile(r"^(?:curl|wget|python|go-http|java|okhttp|libwww|ruby|perl|axios|node|php|httpie|apache-http|postman)")),
    ("privacy_proxy", re.compile(r"^mozilla/5\.0\Z")),
    ("browser", re.compile(r"^mozilla/|^opera/|thunderbird|applewebkit|msoffice|microsoft office|outlook")),
)
"""The first that matches, in small letters. Apple's proxy says no more than `Mozilla/5.0`."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """`after_s`: seconds since the server took the mail; None: that is not known. `is_burst`: one of many links that were tried at once."""

    touch: Touch
    method: Literal["GET", "HEAD"]
    agent: Agent
    after_s: int | None
    is_burst: bool = False


def agent_of(user_agent: str) -> Agent:
    """What kind of program names itself so."""
    named = user_agent[:AGENT_MAX].strip().lower()
    if not named:
        return "none"
    return next((agent for agent, pattern in PATTERNS if pattern.search(named)), "other")


def label_of(found: Evidence) -> Label:
    """`proxy`: a provider's, which fetches images for people and before them; that somebody has looked is possible and unproven."""
    if found.method == "HEAD" or found.agent in {"scanner", "tool"} or found.is_burst:
        return "bot"
    if found.agent in {"image_proxy", "privacy_proxy"}:
        return "proxy" if found.touch == "open" else "bot"
    if found.touch == "click" and found.after_s is not None and found.after_s < HASTE_S:
        return "bot"
    return "human" if found.agent == "browser" else "unknown"
