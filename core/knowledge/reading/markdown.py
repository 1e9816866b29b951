"""Markdown: reading a file of it, and writing text so that it says what it said before.

Our renderers draw elements and know no HTML: a tag would be shown as it is written. In a file, tags are taken out, and what they hide with them.
"""

import re
from collections.abc import Iterator

from core.knowledge.reading.characters import clean, one_line
from core.knowledge.reading.contract import TITLE_MAX, Reading
from core.knowledge.reading.hidden import is_hidden

MARKS = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)")
STARTS = re.compile(r"^(\s{0,6})(#{1,6}(?=\s)|>|[-+](?=\s)|```)", re.MULTILINE)
NUMBERED = re.compile(r"^(\s{0,6}\d{1,6})([.)])(?=\s)", re.MULTILINE)
FENCE = re.compile(r"^\s{0,3}(```|~~~)")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})((?:\s[^<>]{0,2000})?)/?>")
ATTRIBUTE = re.compile(r"([A-Za-z-]{1,40})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]*<?([^\s<>]{1,2000})>?.*$", re.MULTILINE)
REFERENCE = re.compile(r"\[([^\[\]\n]{1,500})\]\[([^\[\]\n]{0,200})\]")
IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}(?: [^()\n]{0,200})?\)")
FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FRONT_TITLE = re.compile(r"^title:[ \t]*(.{1,300})$", re.MULTILINE)
HEADING = re.compile(r"\A\s*# +(.{1,300})(?:\n|\Z)")


def read(text: str) -> Reading:
    """A Markdown file. Its title is the front matter's, else its first heading's, if that stands at the top."""
    text, title = clean(text), ""
    if front := FRONT.match(text):
        text = text[front.end() :]
        named = FRONT_TITLE.search(front.group(1))
        title = named.group(1).strip().strip("\"'") if named else ""
    body = _without_markup(without_comments(text)).strip()
    if (heading := HEADING.match(body)) and not title:
        title, body = heading.group(1).rstrip().rstrip("#"), body[heading.end() :].strip()
    return Reading(title=one_line(title)[:TITLE_MAX], body=body)


def without_comments(text: str) -> str:
    """Without comments; one that is never closed hides the rest. What is left begins none when it is put together."""
    pieces, start = list[str](), 0
    while (comment := text.find("<!--", start)) >= 0:
        pieces.append(text[start:comment])
        end = text.find("-->", comment + 4)
        if end < 0:
            return harmless("".join(pieces))
        start = end + 3
    return harmless("".join([*pieces, text[start:]]))


def harmless(text: str) -> str:
    """Nothing in it begins a comment, which would hide what follows."""
    return text.replace("<!--", "< !--")


def escaped(text: str, *, starts_line: bool = False) -> str:
    """Plain text as Markdown that shows it. `starts_line`: marks of lists, headings and quotes would be taken for such."""
    marked = MARKS.sub(r"\\\g<0>", harmless(text))
    return NUMBERED.sub(r"\1\\\2", STARTS.sub(r"\1\\\2", marked)) if starts_line else marked


def _without_markup(text: str) -> str:
    """Outside of fenced code: no tags, no images, no definitions of links (they are put where they are used)."""
    defined = {label.lower(): address for label, address in DEFINITION.findall(text) if address.startswith(("https://", "http://"))}
    parts = list[str]()
    for is_code, part in _fences(text):
        if is_code:
            parts.append(part)
            continue
        shown = IMAGE.sub(r"\1", DEFINITION.sub("", _without_tags(part)))
        parts.append(REFERENCE.sub(lambda found: _resolved(found, defined), shown))
    return harmless("".join(parts))


def _resolved(found: re.Match[str], defined: dict[str, str]) -> str:
    address = defined.get((found.group(2) or found.group(1)).lower(), "")
    return f"[{found.group(1)}]({address})" if address and "(" not in address and ")" not in address else found.group(1)


def _fences(text: str) -> Iterator[tuple[bool, str]]:
    """The text in parts: whether each is fenced code."""
    part, fence = list[str](), ""
    for line in text.splitlines(keepends=True):
        mark = FENCE.match(line)
        if mark and not fence:
            yield False, "".join(part)
            part, fence = [line], mark.group(1)
        elif mark and mark.group(1) == fence and not line.strip().strip(fence[0]):
            yield True, "".join([*part, line])
            part, fence = [], ""
        else:
            part.append(line)
    yield bool(fence), "".join(part)


def _without_tags(text: str) -> str:
    """Without tags; without all between the start and the end of an element that hides what it holds."""
    pieces, start = list[str](), 0
    hiding, depth = "", 0
    for found in TAG.finditer(text):
        tag = found.group(2).lower()
        if hiding:
            if tag == hiding:
                depth += -1 if found.group(1) else 1
            if depth == 0:
                hiding, start = "", found.end()
            continue
        pieces.append(text[start : found.start()])
        start = found.end()
        if tag in {"br", "p", "div", "li", "tr"}:
            pieces.append("\n")
        if not found.group(1) and tag not in VOID and is_hidden(tag, _attributes(found.group(3))):
            hiding, depth = tag, 1
    return "".join(pieces if hiding else [*pieces, text[start:]])


def _attributes(text: str) -> dict[str, str | None]:
    return {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(text)}
