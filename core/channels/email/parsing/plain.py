"""The text of HTML, for a mail that has no other: what a reader sees, line by line, and the address behind a link whose text is another."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.markup import bounds

NODES_MAX = 200_000
HIDDEN = frozenset(
    {
        "head",
        "title",
        "style",
        "script",
        "noscript",
        "template",
        "object",
        "iframe",
        "select",
        "textarea",
        "svg",
        "math",
        "-comment",
    }
)
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre"})
BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
MANY_LINES = re.compile(r"\n{3,}")
LINK_MAX = 500


class _Text:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._quotes = 0
        self._verbatim = 0
        self._links: list[tuple[str, int]] = []

    def begin(self, tag: str, node: LexborNode) -> None:
        if tag == "br":
            self._break()
        elif tag in BLOCKS:
            self._quotes += tag == "blockquote"
            self._verbatim += tag == "pre"
            self._break(apart=tag in APART)
            if tag == "li":
                self._pieces.append("- ")
            elif tag == "hr":
                self._pieces.append("---")
        elif tag in ("td", "th"):
            self._pieces.append(" ")
        elif tag == "a":
            self._links.append(((node.attributes.get("href") or "").strip(), len(self._pieces)))

    def end(self, tag: str) -> None:
        if tag in BLOCKS:
            self._quotes -= tag == "blockquote"
            self._verbatim -= tag == "pre"
            self._break(apart=tag in APART)
        elif tag == "a" and self._links:
            href, since = self._links.pop()
            shown = "".join(self._pieces[since:]).strip() if len(self._pieces) - since < 20 else ""
            if href[:4].lower() == "http" and shown and len(href) <= LINK_MAX and shown.rstrip("/") not in href:
                self._pieces.append(f" <{href}>")

    def write(self, text: str) -> None:
        if not self._verbatim:
            text = BLANKS.sub(" ", text)
            if self._pieces and self._pieces[-1][-1:] in ("\n", " "):
                text = text.lstrip(" ")
        if text:
            self._pieces.append(text.replace("\n", "\n" + "> " * min(self._quotes, 10)) if self._verbatim else text)

    def _break(self, *, apart: bool = False) -> None:
        mark = "\n" + "> " * min(self._quotes, 10)
        self._pieces.append(mark * 2 if apart else mark)

    def text(self) -> str:
        lines = [line.rstrip() for line in "".join(self._pieces).split("\n")]
        return MANY_LINES.sub("\n\n", "\n".join(_without_repeated_marks(lines))).strip("\n")


def _without_repeated_marks(lines: list[str]) -> list[str]:
    """Lines that are a quotation mark and nothing else stand alone, as empty lines do."""
    kept: list[str] = []
    for line in lines:
        if set(line) <= {">", " "} and kept and set(kept[-1]) <= {">", " "} and line and kept[-1]:
            continue
        kept.append(line)
    return kept


def text_of(html: str) -> str:
    """Never raises."""
    if not bounds.is_ordinary(html):
        return bounds.words_of(html)
    tree = LexborHTMLParser(html)
    node, text, count = tree.root, _Text(), 0
    while node is not None and count < NODES_MAX:
        count += 1
        tag = node.tag or ""
        below = None
        if tag == "-text":
            text.write(node.text_content or "")
        elif tag not in HIDDEN and not _is_unseen(node):
            text.begin(tag, node)
            below = node.first_child
            if below is None:
                text.end(tag)
        node = below or _next(node, text)
    return text.text()


def _next(node: LexborNode, text: _Text) -> LexborNode | None:
    """The next beside or above, with the ends of what is left."""
    while node.next is None:
        parent = node.parent
        if parent is None:
            return None
        text.end(parent.tag or "")
        node = parent
    return node.next


def _is_unseen(node: LexborNode) -> bool:
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return "display:none" in style
