"""What no document has, but what keeps a parser of HTML busy for minutes: looked for before it is parsed, in one pass.

HTML's rules look through all open elements at each tag, and open again what was not closed. So the depth is bounded, as browsers do, and so is how
often something may be opened again.
"""

import re
from collections import Counter

from core.knowledge.reading.contract import Unreadable

TAGS_MAX = 200_000
DEPTH_MAX = 500
AGAIN_MAX = 400_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
CLOSED_BY_NEXT = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dd",
        "dt",
        "option",
        "optgroup",
        "colgroup",
        "rt",
        "rp",
        "html",
        "head",
        "body",
    }
)
FORMATTING = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})


def check(text: str) -> None:
    """Raises: Unreadable: too many elements, or too many within each other."""
    open_now: Counter[str] = Counter()
    depth, formatting, again = 0, 0, 0
    for count, found in enumerate(TAG.finditer(text)):
        tag = found.group(2).lower()
        if count > TAGS_MAX or depth > DEPTH_MAX or again > AGAIN_MAX:
            raise Unreadable("too_long", "this page has too many elements")
        if tag in VOID or tag in CLOSED_BY_NEXT:
            again += formatting
            continue
        step = (-1 if open_now[tag] else 0) if found.group(1) else 1
        open_now[tag] += step
        depth += step
        formatting += step if tag in FORMATTING else 0
        again += formatting if step == 1 else 0
    if depth > DEPTH_MAX or again > AGAIN_MAX:
        raise Unreadable("too_long", "this page has too many elements")
