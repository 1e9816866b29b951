"""HTML: what a browser would show of a page's own text, as Markdown.

The tree is walked without recursion, and what an element holds is copied once for each of at most `DEPTH` elements around it: time is linear.
A row of a table becomes a point of a list with the names of its columns in it: found by itself, it still says what its figures are.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.knowledge.reading.characters import clean, one_line
from core.knowledge.reading.contract import LINKS_MAX, TEXT_MAX, TITLE_MAX, Reading, Unreadable
from core.knowledge.reading.hidden import is_hidden
from core.knowledge.reading.markdown import escaped, harmless
from core.knowledge.reading.stylesheets import Sheets
from core.markup import bounds

NODES_MAX = 200_000
DEPTH = 8
LABEL_MAX = 400
ADDRESS_MAX = 2000
HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "##### ", "h6": "###### ", "summary": "#### "}
FRAMED = frozenset(
    {*HEADINGS, "a", "b", "strong", "dt", "code", "kbd", "samp", "pre", "li", "blockquote", "table", "tr", "td", "th"}
)
VERBATIM = frozenset({"code", "kbd", "samp", "pre"})
BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "header", "hgroup", "hr", "html", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "h1",
    "h2", "h3", "h4", "h5", "h6", "li", "caption", "legend", "td", "th",
})  # fmt: skip
SPACES = re.compile(r"[ \t\n]+")
FOREIGN = frozenset({"ugc", "sponsored", "nofollow"})
"""Links that a page does not answer for: others wrote them, or paid for them."""
ROBOTS = re.compile(r"[^,\s]+")


class _Frame:
    """An element whose text is put together when it ends."""

    __slots__ = ("header", "kind", "node", "parts", "rows")

    def __init__(self, kind: str, node: LexborNode | None) -> None:
        self.kind = kind
        self.node = node
        self.parts: list[str] = []
        self.rows: list[list[str]] = []
        self.header = False


def read(text: str, address: str = "") -> Reading:
    """A page. `address`: its own, where links begin.

    Raises:
        Unreadable: it has more elements than any document.
    """
    if not bounds.is_ordinary(text):
        raise Unreadable("too_long", "this page has too many elements")
    tree = LexborHTMLParser(text)
    base = _base(tree, address)
    walk, sheets = _Walk(base, address), _sheets(tree)
    for node, is_end in _nodes(_content(tree, sheets), sheets):
        walk.end(node) if is_end else walk.begin(node)
    body, first = walk.text(), walk.title
    found = Reading(title=first or _title(tree), body=body)
    if address:
        _about(tree, base, found)
    return found


def _sheets(tree: LexborHTMLParser) -> Sheets:
    """The page's own style sheets; those for browsers without scripts are not."""
    said = [(node, node.attributes) for node in tree.css("style") if node.parent is None or node.parent.tag != "noscript"]
    plain = [(node, has) for node, has in said if (has.get("type") or "text/css").strip().lower() == "text/css"]
    return Sheets([(node.text(deep=True), has.get("media") or "") for node, has in plain])


def _nodes(root: LexborNode | None, sheets: Sheets) -> Iterator[tuple[LexborNode, bool]]:
    """Everything that is shown under `root`: each element at its beginning and its end."""
    node, count = root, 0
    while node is not None:
        count += 1
        if count > NODES_MAX:
            raise Unreadable("too_long", "this page has too many elements")
        is_shown = not _is_left_out(node, sheets)
        if is_shown:
            yield node, False
        below = node.first_child if is_shown and node.tag != "-text" else None
        if below is not None:
            node = below
            continue
        if is_shown:
            yield node, True
        while node is not None and (node.next is None or _same(node, root)):
            if _same(node, root):
                return
            node = node.parent
            if node is not None:
                yield node, True
        node = node.next if node is not None else None


def _same(node: LexborNode, other: LexborNode | None) -> bool:
    return other is not None and node.mem_id == other.mem_id


def _is_left_out(node: LexborNode, sheets: Sheets) -> bool:
    tag = node.tag or "-undef"
    if tag == "-text":
        return False
    attributes = node.attributes
    if is_hidden(tag, attributes) or sheets.hides(tag, attributes):
        return True
    if tag in {"header", "footer"}:
        return not _is_within(node, {"article", "main", "section"})
    return tag == "button" and not _is_within(node, set(HEADINGS))


def _is_within(node: LexborNode, tags: set[str]) -> bool:
    above, steps = node.parent, 0
    while above is not None and steps < DEPTH * 2:
        if above.tag in tags:
            return True
        above, steps = above.parent, steps + 1
    return False


def _content(tree: LexborHTMLParser, sheets: Sheets) -> LexborNode | None:
    """Where the page's own text stands: the one `main` that is shown and says something, else the body."""
    mains = tree.css("main")
    if len(mains) == 1 and len(mains[0].text(deep=True).strip()) > 1:
        above: LexborNode | None = mains[0]
        while above is not None and not _hides(above, sheets):
            above = above.parent
        if above is None:
            return mains[0]
    return tree.body


def _hides(node: LexborNode, sheets: Sheets) -> bool:
    tag, attributes = node.tag or "", node.attributes if node.is_element_node else {}
    return is_hidden(tag, attributes) or sheets.hides(tag, attributes)


class _Walk:
    def __init__(self, base: str, address: str) -> None:
        self.base = base
        self.address = address
        self.title = ""
        self._frames = [_Frame("", None)]
        self._size = 0
        self._verbatim = 0
        self._said = False

    def begin(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
            return
        if tag in BLOCKS:
            self._put("\n\n")
        elif tag == "br":
            self._put("\n")
        if tag in FRAMED and len(self._frames) <= DEPTH and self._takes(tag, node):
            self._frames.append(_Frame(tag, node))
            self._verbatim += tag in VERBATIM

    def end(self, node: LexborNode) -> None:
        frame = self._frames[-1]
        if frame.node is not None and frame.node.mem_id == node.mem_id:
            self._frames.pop()
            self._verbatim -= frame.kind in VERBATIM
            self._close(frame)
        if node.tag in BLOCKS:
            self._put("\n\n")

    def text(self) -> str:
        return _lines("".join(self._frames[0].parts))

    def _takes(self, tag: str, node: LexborNode) -> bool:
        """Whether the element gets a frame: a table that only arranges things does not, nor do its cells."""
        inside = [frame.kind for frame in self._frames]
        if tag == "table":
            return "table" not in inside and (
                node.css_first("th") is not None or node.css_first("p, div, ul, ol, h1, h2, h3, h4, table table") is None
            )
        if tag in {"tr", "td", "th"}:
            return inside[-1] == ("table" if tag == "tr" else "tr")
        return not self._verbatim or (tag == "pre")

    def _write(self, raw: str) -> None:
        text = clean(raw)
        if not self._verbatim:
            text = escaped(SPACES.sub(" ", text), starts_line=True)
        self._size += len(text)
        if self._size > TEXT_MAX:
            raise Unreadable("too_long", "this page has too much text")
        self._put(text)

    def _put(self, text: str) -> None:
        self._frames[-1].parts.append(text)

    def _close(self, frame: _Frame) -> None:
        text, tag = "".join(frame.parts), frame.kind
        if tag == "pre":
            code = harmless(text.strip("\n")).replace("```", "'''")
            self._put(f"\n\n```\n{code}\n```\n\n" if code.strip() else "")
        elif tag in VERBATIM:
            self._put(_code(text))
        elif tag in HEADINGS:
            self._heading(tag, SPACES.sub(" ", text).strip())
        elif tag in {"b", "strong", "dt"}:
            self._put(_strong(text))
        elif tag == "a":
            self._put(self._link(frame, text))
        elif tag == "blockquote":
            self._put("\n\n" + "".join(f"> {line}\n" for line in _lines(text).splitlines() if line) + "\n")
        elif tag == "li":
            self._put(_point(_lines(text)))
        else:
            self._table(frame, text)

    def _heading(self, tag: str, text: str) -> None:
        if not text:
            return
        if tag == "h1" and not self.title and not self._said:
            self.title = _unmarked(text)[:TITLE_MAX]
            return
        self._said = True
        self._put(f"\n\n{HEADINGS[tag]}{text}\n\n")

    def _link(self, frame: _Frame, text: str) -> str:
        label, said = SPACES.sub(" ", text).strip(), frame.node.attributes if frame.node else {}
        is_vouched = not FOREIGN & set((said.get("rel") or "").lower().split())
        to = resolved(self.base, said.get("href") or "") if is_vouched else ""
        if not to or not label or len(label) > LABEL_MAX or re.search(r"[\[\]]", label) or urldefrag(to)[0] == self.address:
            return text
        return f"{' ' * text[:1].isspace()}[{label}]({to}){' ' * text[-1:].isspace()}"

    def _table(self, frame: _Frame, text: str) -> None:
        above = self._frames[-1]
        if frame.kind in {"td", "th"}:
            above.rows.append([SPACES.sub(" ", text).strip()])
            above.header = above.header or frame.kind == "th"
            if frame.kind == "td":
                above.parts.append("td")
        elif frame.kind == "tr":
            above.rows.append([cell for (cell,) in frame.rows])
            above.header = above.header or (len(above.rows) == 1 and frame.header and "td" not in frame.parts)
        else:
            self._put(_rows(frame.rows, has_header=frame.header, before=_lines(text)))


def _rows(rows: list[list[str]], *, has_header: bool, before: str) -> str:
    names, lines = (rows[0], rows[1:]) if has_header and len(rows) > 1 else ([], rows)
    points = []
    for cells in lines:
        said = [
            f"{names[place]}: {cell}" if place < len(names) and names[place] else cell for place, cell in enumerate(cells) if cell
        ]
        if said:
            points.append("- " + "; ".join(said) + "\n")
    return f"\n\n{before}\n\n{''.join(points)}\n"


def _strong(text: str) -> str:
    inner = SPACES.sub(" ", text).strip()
    if not inner or "**" in inner or len(inner) > LABEL_MAX:
        return text
    return f"{' ' * text[:1].isspace()}**{inner}**{' ' * text[-1:].isspace()}"


def _code(text: str) -> str:
    inner = SPACES.sub(" ", text.replace("`", "'")).strip()
    return f"`{harmless(inner)}`" if inner else ""


def _point(text: str) -> str:
    if not text:
        return ""
    first, *rest = [line for line in text.splitlines() if line.strip()]
    return f"\n- {first}\n" + "".join(f"  {line}\n" for line in rest)


def _lines(text: str) -> str:
    """Paragraphs with one empty line between; code keeps its lines as they are."""
    parts = re.split(r"(\n\n```\n.*?\n```\n\n)", text, flags=re.DOTALL)
    for place in range(0, len(parts), 2):
        parts[place] = _tidy(parts[place])
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def _tidy(text: str) -> str:
    lines = text.split("\n")
    kept: list[str] = []
    for line in lines:
        bare = line.rstrip()
        shown = bare if bare.startswith("  ") else bare.strip()
        if shown:
            kept.append(shown)
        elif kept and kept[-1]:
            kept.append("")
    return _joined_points(kept).strip("\n")


def _joined_points(lines: list[str]) -> str:
    """Points of one list stand together."""
    out: list[str] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if not line and out and out[-1].lstrip().startswith("- ") and following.lstrip().startswith("- "):
            continue
        out.append(line)
    return "\n".join(out)


def _unmarked(text: str) -> str:
    """A heading's text as a title, which is no Markdown."""
    return one_line(re.sub(r"\\(.)", r"\1", re.sub(r"\[([^\[\]]*)\]\([^()\s]*\)", r"\1", text.replace("**", "")))).strip("`")


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head > title")
    return one_line(node.text(deep=True))[:TITLE_MAX] if node is not None else ""


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    return (resolved(address, node.attributes.get("href") or "") if node is not None and address else "") or address


def resolved(base: str, href: str) -> str:
    """A whole address, http or https, that Markdown can hold; empty where it is none."""
    try:
        to = urljoin(base, href.strip())
        parts = urlsplit(to)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or len(to) > ADDRESS_MAX:
            return ""
        _ = parts.port  # a ValueError where it is none
        return quote(clean(to), safe="/:?#[]@!$&'*+,;=%~-._")[:ADDRESS_MAX]
    except ValueError:
        return ""


def _about(tree: LexborHTMLParser, base: str, found: Reading) -> None:
    """What a page says of itself to those who gather pages."""
    for node in tree.css("meta[name]")[:200]:
        if (node.attributes.get("name") or "").strip().lower() in {"robots", "lacasabot"}:
            wanted = set(ROBOTS.findall((node.attributes.get("content") or "").lower()))
            found.noindex = found.noindex or bool(wanted & {"noindex", "none"})
            found.nofollow = found.nofollow or bool(wanted & {"nofollow", "none"})
    canonical = tree.css_first("link[rel=canonical][href]")
    if canonical is not None:
        found.canonical = urldefrag(resolved(base, canonical.attributes.get("href") or ""))[0]
    links = dict[str, None]()
    for node in tree.css("a[href]"):
        if "nofollow" not in (node.attributes.get("rel") or "").lower().split() and (
            to := resolved(base, node.attributes.get("href") or "")
        ):
            links[urldefrag(to)[0]] = None
        if len(links) >= LINKS_MAX:
            break
    found.links = list(links)
