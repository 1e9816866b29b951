"""HTML that no mail program writes, made to keep a parser busy for minutes: it is shown as the words in it."""

import re
from html import unescape

from core.knowledge.reading import bounds
from core.knowledge.reading.contract import Unreadable

TAG = re.compile(r"<[^<>]{0,4000}>")
BLANK_LINES = re.compile(r"\n[ \t]*\n[ \t\n]*")


def is_ordinary(html: str) -> bool:
    """Whether it has not more elements, and not more within each other, than a parser takes in its stride."""
    try:
        bounds.check(html)
    except Unreadable:
        return False
    return True


def words_of(html: str) -> str:
    """What stands between marks of elements."""
    return BLANK_LINES.sub("\n\n", unescape(TAG.sub("\n", html))).strip()
