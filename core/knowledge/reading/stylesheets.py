"""What a page's own style sheets hide: elements with a class or an id that a simple selector takes away.

Read are `.name`, `#name`, `tag.name`, `tag#name` (also below `html` and `body`), of several rules the one that a browser would heed; and two classes
together, so that `.tab.active` is shown though `.tab` is not. What holds only in a medium of some size may show something, and hides nothing.
Files of styles are not fetched, and what takes a longer look (other selectors, scripts) is not seen.

One pass over the text, whatever stands in it; nothing is raised.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from core.knowledge.reading.hidden import Attributes, declarations, takes_away

TEXT_MAX = 500_000
"""Characters of all style sheets of a page together."""
RULES_MAX = 5000
SELECTORS_MAX, SELECTOR_MAX = 100, 300
NAMES_MAX, PAIRED_MAX = 50, 12
"""Classes of one element, and those of them that are looked at two by two."""
VALUE_MAX = 200
NESTED_MAX = 50
WORD = re.compile(
    r'"(?:[^"\\\n]|\\.)*"?|\'(?:[^\'\\\n]|\\.)*\'?|\\.|/\*|[{};]|url\((?!\s*["\'])[^)]*\)?',
    re.DOTALL | re.IGNORECASE,
)
"""What matters to where blocks and declarations end; all else is passed over."""
ROOT = re.compile(r"(?:html|body|:root)\s{0,20}(?:\s|>)\s{0,20}", re.IGNORECASE)
NAME = r"[.#][\w\x80-\U0010ffff-]{1,100}"
SIMPLE = re.compile(rf"(\*|[A-Za-z][A-Za-z0-9-]{{0,30}})?({NAME})({NAME})?\Z")
ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.))", re.DOTALL)
SPARED = 0xE000
"""An escaped character is no mark of a selector: it stands so far behind its place until the selector is read."""
BACK = {SPARED + number: number for number in range(128)}
AT = re.compile(r"@([a-zA-Z-]{1,40})")
IMPORTANT = re.compile(r"!\s{0,20}important\Z")
ANY = r"inherit|initial|unset|revert|revert-layer|[a-z-]{1,20}\(.{0,180}\)"
LENGTH = rf"(?:[+-]?[\d.]{{1,20}}[a-z%]{{0,5}}|auto|(?:x{{1,3}}-)?(?:small|large)|medium|smaller|larger|normal|{ANY})\Z"
DISPLAY = (
    r"(?:none|contents|flow|flow-root|list-item|run-in|math|block|inline|(?:inline-)?(?:block|flex|grid|table)|table-[a-z-]{1,20}"
    rf"|ruby[a-z-]{{0,20}}|-(?:webkit|moz|ms)-[a-z-]{{1,20}}|{ANY})(?: [a-z-]{{1,20}}){{0,2}}\Z"
)
VALID = {
    "display": re.compile(DISPLAY),
    "visibility": re.compile(rf"(?:visible|hidden|collapse|{ANY})\Z"),
    "content-visibility": re.compile(rf"(?:visible|hidden|auto|{ANY})\Z"),
    "position": re.compile(rf"(?:static|relative|absolute|fixed|sticky|-webkit-sticky|{ANY})\Z"),
} | dict.fromkeys(
    ("opacity", "font-size", "left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top"), re.compile(LENGTH)
)
"""The properties that can hide, and the values of them that a browser heeds."""
PLAIN_MEDIA: tuple[list[str], ...] = ([], ["all"], ["screen"], ["only", "screen"], ["only", "all"], ["not", "print"])

Holds = Literal["always", "sometimes", "never"]
"""When what stands in a block holds on a screen."""
Declared = dict[str, tuple[bool, str]]
"""Whether it is important, and its value; by property."""
Rank = tuple[bool, int, int, int, int]
"""What decides between two rules: important, ids, classes, tags, place."""
Style = dict[str, tuple[Rank, str]]
INLINE: Rank = (False, 2, 0, 0, 0)


class Sheets:
    """What the style sheets of a page say of classes and ids; each is a text, and for which media it is."""

    def __init__(self, sheets: Sequence[tuple[str, str]]) -> None:
        self._styles: dict[str, Style] = {}
        """By `.name`, `#name`, `tag.name`, `tag#name`."""
        self._pairs: dict[str, dict[str, Style]] = {}
        """By two classes, the first in the alphabet first."""
        left, place = TEXT_MAX, 0
        for text, media in sheets:
            for selectors, declared, holds in _rules(text[:left], _when("media", media.lower())):
                place += 1
                if place <= RULES_MAX:
                    self._note(selectors, declared, holds, place)
            left = max(left - len(text), 0)
        self._hiding = {key for key, style in self._styles.items() if takes_away(_plain(style))}

    def hides(self, tag: str, attributes: Attributes) -> bool:
        """Whether an element, and so all in it, is not shown. A page that hides itself as a whole is one that a script will show."""
        if not self._hiding or tag in {"html", "body"}:
            return False
        names = (attributes.get("class") or "").split()[:NAMES_MAX]
        keys = [*(f".{name}" for name in names), f"#{(attributes.get('id') or '').strip()}"]
        keys += [f"{tag}{key}" for key in keys]
        if self._hiding.isdisjoint(keys):
            return False
        styles = [self._styles[key] for key in keys if key in self._styles]
        for name in names[:PAIRED_MAX]:
            others = self._pairs.get(name, {})
            styles += [others[other] for other in names[:PAIRED_MAX] if other in others]
        styles.append({name: (INLINE, value) for name, value in declarations(attributes.get("style") or "").items()})
        return takes_away(_plain(_merged(styles)))

    def _note(self, selectors: Sequence[str], declared: Declared, holds: Holds, place: int) -> None:
        if holds == "never" or (holds == "sometimes" and takes_away({name: value for name, (_, value) in declared.items()})):
            return
        for selector in selectors:
            if (found := SIMPLE.match(_below_root(ESCAPE.sub(_spared, selector)))) is not None:
                tag, first, second = found.groups()
                self._add((tag or "").lower().replace("*", ""), first, second, declared, place)

    def _add(self, tag: str, first: str, second: str | None, declared: Declared, place: int) -> None:
        first = first.translate(BACK)
        ids, classes = (1, 0) if first[0] == "#" else (0, 1)
        if second is None:
            into = self._styles.setdefault(f"{tag}{first}", {})
        elif not tag and first[0] == second[0] == ".":
            one, other = sorted((first[1:], second[1:].translate(BACK)))
            into, classes = self._pairs.setdefault(one, {}).setdefault(other, {}), 2
        else:
            return
        for name, (important, value) in declared.items():
            rank = (important, ids, classes, int(bool(tag)), place)
            if name not in into or into[name][0] <= rank:
                into[name] = (rank, value)


def _plain(style: Style) -> dict[str, str]:
    return {name: value for name, (_, value) in style.items()}


def _merged(styles: Sequence[Style]) -> Style:
    merged: Style = {}
    for style in styles:
        for name, (rank, value) in style.items():
            if name not in merged or merged[name][0] <= rank:
                merged[name] = (rank, value)
    return merged


def _spared(found: re.Match[str]) -> str:
    number = int(found.group(1), 16) if found.group(1) else ord(found.group(2))
    if number < 128:
        return chr(SPARED + number)
    return chr(number) if number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"


def _below_root(selector: str) -> str:
    for _ in range(2):
        if (root := ROOT.match(selector)) is not None:
            selector = selector[root.end() :]
    return selector


class _Block:
    """An open block: a rule with its selectors, or one of others (`selectors` None) in which rules hold as told."""

    __slots__ = ("holds", "parts", "selectors")

    def __init__(self, selectors: list[str] | None, holds: Holds) -> None:
        self.selectors = selectors
        self.holds = holds
        self.parts: list[str] = []


NEVER = _Block(None, "never")


def _rules(text: str, holds: Holds) -> Iterator[tuple[Sequence[str], Declared, Holds]]:
    """Selectors, what they are given, and when that holds; of blocks within rules nothing. What is never closed ends with the text."""
    open_now = [_Block(None, holds)]
    pieces, start, at = list[str](), 0, 0
    while (found := WORD.search(text, at)) is not None:
        at, mark = found.end(), found.group()
        if mark == "/*":
            pieces.append(text[start : found.start()])
            end = text.find("*/", at)
            start = at = len(text) if end < 0 else end + 2
        elif mark in {"{", "}", ";"}:
            before = " ".join([*pieces, text[start : found.start()]])
            pieces, start, block = [], at, open_now[-1]
            if mark == "{":
                open_now.append(_opened(before, block) if len(open_now) < NESTED_MAX else NEVER)
                continue
            if block.selectors:
                block.parts.append(before)
            if mark == "}" and len(open_now) > 1:
                yield from _closed(open_now.pop())
    if open_now[-1].selectors:
        open_now[-1].parts.append(" ".join([*pieces, text[start:]]))
    for block in reversed(open_now):
        yield from _closed(block)


def _opened(before: str, around: _Block) -> _Block:
    prelude = before.replace("<!--", "").replace("-->", "").strip()
    if around.selectors is not None or around.holds == "never":
        return NEVER
    if (rule := AT.match(prelude)) is None:
        listed = prelude.split(",", SELECTORS_MAX)[:SELECTORS_MAX]
        return _Block([one.strip() for one in listed if len(one) <= SELECTOR_MAX], around.holds)
    holds = _when(rule.group(1).lower(), prelude[rule.end() :].lower())
    return _Block(None, "sometimes" if holds == "always" and around.holds == "sometimes" else holds)


def _when(name: str, condition: str) -> Holds:
    """When the rules of an at-rule hold on a screen."""
    if name == "layer" or (name == "supports" and "not" not in condition.split()):
        return "always"
    if name in {"container", "supports"}:
        return "sometimes"
    if name != "media":
        return "never"
    media = [one.split() for one in condition.split(",")]
    if any(words in PLAIN_MEDIA for words in media):
        return "always"
    return "never" if all("print" in words or "speech" in words for words in media) else "sometimes"


def _closed(block: _Block) -> Iterator[tuple[Sequence[str], Declared, Holds]]:
    declared: Declared = {}
    for part in block.parts if block.selectors else []:
        name, _, value = part.partition(":")
        valid = VALID.get(name.strip().lower()) if len(part) <= VALUE_MAX else None
        plain = IMPORTANT.sub("", value.strip().lower()).strip()
        if valid is not None and valid.match(plain):
            name, important = name.strip().lower(), plain != value.strip().lower()
            if important or not declared.get(name, (False, ""))[0]:
                declared[name] = (important, plain)
    if block.selectors and declared:
        yield block.selectors, declared, block.holds
