"""What no document has, but what keeps a parser of HTML busy for minutes: looked for before it is parsed, in one pass.

HTML's rules look through all open elements at each tag, and open again what was not closed. So the depth is bounded, as browsers do, and so is how
often something may be opened again.
"""

import re
from collections import Counter
from html import unescape

TAGS_MAX = 200_000
DEPTH_MAX = 500
AGAIN_MAX = 400_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})")
WHOLE_TAG = re.compile(r"<[^<>]{0,4000}>")
BLANK_LINES = re.compile(r"\n[ \t]*\n[ \t\n]*")
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


def is_ordinary(text: str) -> bool:
    """Whether it has not more elements, and not more within each other, than a parser takes in its stride."""
    open_now: Counter[str] = Counter()
    depth, formatting, again = 0, 0, 0
    for count, found in enumerate(TAG.finditer(text)):
        tag = found.group(2).lower()
        if count > TAGS_MAX or depth > DEPTH_MAX or again > AGAIN_MAX:
            return False
        if tag in VOID or tag in CLOSED_BY_NEXT:
            again += formatting
            continue
        step = (-1 if open_now[tag] else 0) if found.group(1) else 1
        open_now[tag] += step
        depth += step
        formatting += step if tag in FORMATTING else 0
        again += formatting if step == 1 else 0
    return depth <= DEPTH_MAX and again <= AGAIN_MAX


def words_of(html: str) -> str:
    """What stands between marks of elements, without parsing it: for what is not ordinary."""
    return BLANK_LINES.sub("\n\n", unescape(WHOLE_TAG.sub("\n", html))).strip()
