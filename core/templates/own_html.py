"""HTML that somebody brought along: cleaned as mail of strangers is, then drawn anew, element by element, with its tags where they stand.

Only what is on the list is written, and every word and value is escaped again: how a parser reads the original decides nothing here.
"""

import re

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.markup import bounds, safe
from core.templates import links
from core.templates.sheets import Page
from core.templates.tags import OPENING, FaultCode, Scope, Tag

SCHEMES = {"http", "https", "mailto", "tel"}
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
LINES = frozenset({
    "address", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "summary", "table",
    "tr", "ul",
})  # fmt: skip
PARAGRAPHS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "hr"})
CELLS = frozenset({"td", "th"})
SPACES = re.compile(r"[ \t\r\n\f]+")


def clean(html: str) -> str:
    """Without anything that acts, loads but for images, or is not known; what no parser should be given is its words alone."""
    page = html.replace("\x00", "")
    if not bounds.is_ordinary(page):
        page = bounds.words_of(page).replace("&", "&amp;").replace("<", "&lt;")
    return nh3.clean(
        page,
        tags=safe.TAGS,
        clean_content_tags=safe.EMPTIED,
        attributes=safe.ATTRIBUTES,
        attribute_filter=lambda _, name, value: safe.style(value) if name == "style" else value,
        link_rel=None,
        url_schemes=SCHEMES,
    )


def draw(html: str, page: Page, scope: Scope) -> None:
    """Into the cell that is open. Faults name where in `html` as it was given a tag or a link stands."""
    body = LexborHTMLParser(clean(html)).body
    if body is not None:
        _Drawing(html, page, scope).all_of(body)


class _Drawing:
    def __init__(self, source: str, page: Page, scope: Scope) -> None:
        self.source, self.page, self.scope = source, page, scope
        self.spells: list[links.Address | None] = []
        """Of each link that is open: what the text says where it ends."""
        self.found: dict[str, int] = {}

    def all_of(self, body: LexborNode) -> None:
        """Without recursion: what is nested deep costs no stack."""
        node, depth = body.child, 0
        while node is not None:
            self._open(node)
            below = None if node.tag in VOID else node.child
            if below is not None:
                node, depth = below, depth + 1
                continue
            self._close(node)
            while node.next is None and depth and node.parent is not None:
                node, depth = node.parent, depth - 1
                self._close(node)
            node = node.next

    def _open(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._words(node.text_content or "")
        elif tag in safe.TAGS:
            self._lines(tag)
            self.page.html.say(f"<{tag}")
            for name, value in node.attributes.items():
                self._attribute(tag, name, value or "")
            self.page.html.say(' target="_blank">' if tag == "a" else ">")
            if tag == "li":
                self.page.text.say("- ")
            elif tag == "br":
                self.page.text.say("\n")
            elif tag == "a" and "href" not in node.attributes:
                self.spells.append(None)

    def _close(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag not in safe.TAGS or tag in VOID:
            return
        self.page.html.say(f"</{tag}>")
        if tag == "a" and self.spells:
            address = self.spells.pop()
            if address is not None:
                self.page.text.say(" (")
                self.page.spelled(address)
                self.page.text.say(")")
        elif tag in CELLS:
            self.page.text.say(" ")
        self._lines(tag)

    def _lines(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self.page.text.new_paragraph()
        elif tag in LINES:
            self.page.text.new_line()

    def _words(self, text: str) -> None:
        if text.strip() or not text.count("\n"):
            pieces = self._cut(SPACES.sub(" ", text))
            self.page.words(pieces)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in safe.ATTRIBUTES["*"] and name not in safe.ATTRIBUTES.get(tag, ()):
            return
        if name in {"href", "src"}:
            self._address(name, value.strip())
        elif name == "style" or OPENING not in value:
            self._say(name, safe.style(value) or "" if name == "style" else value)
        elif name in {"alt", "title"}:
            self.page.html.say(f' {name}="')
            self.page.seen(self._cut(value), self.page.html)
            self.page.html.say('"')
        else:
            self._note("tag_not_here", value, f"no tag can stand in {name}")
        if name == "alt" and value.strip():
            self.page.text.say("[")
            self.page.plain(self._cut(value, again=True), self.page.text)
            self.page.text.say("] ")

    def _say(self, name: str, value: str) -> None:
        if value or name == "alt":
            self.page.html.say(f' {name}="')
            self.page.seen([value], self.page.html)
            self.page.html.say('"')

    def _address(self, name: str, value: str) -> None:
        noted = self._beside()
        address = links.parse(value, noted, web_only=name == "src")
        if name == "href":
            self.spells.append(address)
        if address is not None:
            self.page.html.say(f' {name}="')
            (self.page.link if name == "href" else self.page.leads)(address)
            self.page.html.say('"')
        elif OPENING in value:  # other links than those of the web are left out, as all that is not known
            for fault in noted.faults[len(self.scope.faults) :][:1]:
                self._note(fault.code, value, fault.words, fault.suggestion)

    def _cut(self, text: str, *, again: bool = False) -> list[str | Tag]:
        """The words and tags of a part. `again`: what cannot be was noted already."""
        noted = self._beside(again=again)
        pieces = noted.cut(text)
        for fault in () if again else noted.faults[len(self.scope.faults) :]:
            self._note(fault.code, text[fault.at : fault.at + fault.length], fault.words, fault.suggestion)
        return pieces

    def _beside(self, *, again: bool = False) -> Scope:
        """Notes by itself what is to be noted with its place in the source, as long as there is room for it. `again`: its tags are counted."""
        return Scope(self.scope.fields, "", list(self.scope.faults), None if again else self.scope.count)

    def _note(self, code: FaultCode, said: str, words: str, suggestion: str = "") -> None:
        at = self.source.find(said, self.found.get(said, 0))
        self.found[said] = at + len(said)
        self.scope.fault(code, max(at, 0), len(said) if at >= 0 else 0, words, suggestion)
