"""A mail's HTML as it is shown: in a sandboxed frame, without anything that acts, asks or loads.

Cleaned when it is shown, never when it is stored: what is found out about a browser tomorrow then holds for yesterday's mail as well.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

import msgspec
import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.channels.email import bounded

LENGTH_MAX = 4 * 1024 * 1024
"""Letters of HTML that are shown; mails have less."""
IMAGES_MAX = 2000
PASSES_MAX = 6
REMOTE = "data-remote-src"
"""The address of an image that is not loaded, until somebody asks for it."""
TAGS = {
    "a", "abbr", "acronym", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li",
    "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup", "table",
    "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
SIZED = {"width", "height", "align", "valign", "bgcolor"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang", "title", "style"}, "a": {"href"}, "img": {"src", "alt", "width", "height", "align", "border", REMOTE},
    "font": {"color", "face", "size"},
    "table": {*SIZED, "border", "cellpadding", "cellspacing", "summary"}, "td": {*SIZED, "colspan", "rowspan", "nowrap"},
    "th": {*SIZED, "colspan", "rowspan", "nowrap", "scope"}, "tr": SIZED, "tbody": SIZED, "thead": SIZED, "tfoot": SIZED, "col": {"span", "width"},
    "colgroup": {"span", "width"}, "ol": {"start", "type"}, "ul": {"type"}, "li": {"value"}, "div": {"align"}, "p": {"align"},
    "hr": {"width", "size", "align", "color"},
    "h1": {"align"}, "h2": {"align"}, "h3": {"align"}, "h4": {"align"}, "blockquote": {"type"}, "details": {"open"}, "time": {"datetime"},
}  # fmt: skip
EMPTIED = {
    "script",
    "style",
    "title",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "applet",
    "svg",
    "math",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
}
"""Elements that go with all that is in them."""
BLANKS = " \t\r\n\f"
PASSED_OVER = "".join(map(chr, range(0x21)))
"""Around an address browsers do not heed these, and no others."""
SCHEMES = {"http", "https", "mailto", "tel", "data"}
LINK = re.compile(r"\A(?:https?://|mailto:|tel:)[^\x00-\x20\x7f]*\Z", re.IGNORECASE)
REMOTE_ADDRESS = re.compile(r"\A(?:https?:)?//[^\x00-\x20\x7f\"'<>\\]+\Z", re.IGNORECASE)
INLINE_IMAGE = re.compile(r"\Adata:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
PROPERTIES = frozenset({
    "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style", "border-bottom-width", "border-collapse",
    "border-color",
    "border-left", "border-left-color", "border-left-style", "border-left-width", "border-radius", "border-right", "border-right-color",
    "border-right-style",
    "border-right-width", "border-spacing", "border-style", "border-top", "border-top-color", "border-top-style", "border-top-width",
    "border-width", "clear",
    "color", "direction", "display", "float", "font", "font-family", "font-size", "font-style", "font-variant", "font-weight", "height",
    "letter-spacing",
    "line-height", "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height", "max-width",
    "min-height", "min-width",
    "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "table-layout", "text-align", "text-decoration",
    "text-indent", "text-transform",
    "unicode-bidi", "vertical-align", "white-space", "width", "word-break", "word-spacing", "word-wrap", "overflow-wrap",
})  # fmt: skip
VALUE = re.compile(r"\A(?:[A-Za-z0-9 #%.,'\"!+/*-]|rgba?\([0-9 ,.%/]{1,60}\)|hsla?\([0-9a-z ,.%/]{1,60}\)){1,300}\Z", re.IGNORECASE)
"""No other function, no escape: nothing that could name an address."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """`remote_images`: how many images are from elsewhere; kept back, unless they were asked for."""

    html: str
    remote_images: int


def clean(html: str, images: Mapping[str, str] | None = None, remote: Callable[[str], str | None] | None = None) -> Shown:
    """HTML of strangers, made safe for a sandboxed frame; the same again when it is cleaned again with the same `images`.

    `images`: where the mail's own images are served, by content id; one that is not there is left out. Images from elsewhere are not loaded: their
    address stands in `data-remote-src`; `remote` gives the one that it is loaded from instead, where somebody asked for that. Links open in a new
    window and tell nobody where from. Never raises.
    """
    own = dict(images or {})
    page = html[:LENGTH_MAX].replace("\x00", "")
    if not bounded.is_ordinary(page):
        page = _as_words(page)
    prepared, count, placed = _prepared(page, own, remote or (lambda _: None))
    addresses = frozenset({*own.values(), *placed})

    cleaner = nh3.Cleaner(
        tags=TAGS, clean_content_tags=EMPTIED, attributes=ATTRIBUTES, attribute_filter=lambda _, name, value: _allowed(name, value, addresses),
        link_rel="noopener noreferrer", set_tag_attribute_values={"a": {"target": "_blank"}}, url_schemes=SCHEMES,
    )  # fmt: skip
    return Shown(html=_settled(cleaner, prepared).strip(BLANKS), remote_images=count)


def _settled(cleaner: nh3.Cleaner, page: str) -> str:
    """Cleaned until it stays as it is: what is taken out may change how the rest is read. Links wound around each other might never."""
    for _ in range(PASSES_MAX):
        before, page = page, cleaner.clean(page)
        if page == before:
            return page
    return cleaner.clean(_as_words(page))


def _as_words(page: str) -> str:
    return f'<div style="white-space: pre-wrap">{escape(bounded.words_of(page), quote=False)}</div>'


def _prepared(html: str, images: dict[str, str], remote: Callable[[str], str | None]) -> tuple[str, int, set[str]]:
    """With the addresses of images put where they belong; nothing is trusted here, it is cleaned behind this.

    Beside it how many are from elsewhere, and the addresses that `remote` gave.
    """
    if "<img" not in html.lower():
        return html, 0, set()
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return html, 0, set()
    count, placed = 0, set[str]()
    for node in tree.body.css("img")[:IMAGES_MAX]:
        if _place(node, images):
            count += 1
            if served := remote(node.attributes.get(REMOTE) or ""):
                node.attrs["src"] = served
                placed.add(served)
    return tree.body.inner_html or "", count, placed


def _place(node: LexborNode, images: dict[str, str]) -> bool:
    """Whether this is an image from elsewhere; its address then stands in `data-remote-src` alone."""
    attributes = node.attrs
    source = (attributes.get("src") or "").strip()
    if source[:4].lower() == "cid:":
        found = images.get(source[4:]) or images.get(source[4:].strip("<>"))
        if found:
            attributes["src"] = found
        else:
            del attributes["src"]
        return False
    if source in images.values() and source:
        return False
    if REMOTE_ADDRESS.match(source):
        attributes[REMOTE] = f"https:{source}" if source.startswith("//") else source
        del attributes["src"]
        return True
    return bool(REMOTE_ADDRESS.match(attributes.get(REMOTE) or ""))


def _allowed(name: str, value: str, addresses: frozenset[str]) -> str | None:
    if name == "style":
        return style(value)
    if name == "href":
        link = value.strip(PASSED_OVER)
        return link if LINK.match(link) else None
    if name == "src":
        return value if value in addresses or INLINE_IMAGE.match(value) else None
    if name == REMOTE:
        return value if REMOTE_ADDRESS.match(value) else None
    return value


def style(text: str) -> str | None:
    """Declarations of known properties with harmless values; None where none is left."""
    kept = []
    for declaration in text[:10_000].split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name in PROPERTIES and VALUE.match(value):
            kept.append(f"{name}: {value}")
    return "; ".join(kept) or None
