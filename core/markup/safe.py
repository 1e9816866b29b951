"""Which elements, attributes, properties and links may stand in HTML that strangers wrote and people read, in a frame or a mail."""

import re

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
    "*": {"dir", "lang", "title", "style"}, "a": {"href"}, "img": {"src", "alt", "width", "height", "align", "border"},
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
LINK = re.compile(r"\A(?:https?://|mailto:|tel:)[^\x00-\x20\x7f]*\Z", re.IGNORECASE)
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


def style(text: str) -> str | None:
    """Declarations of known properties with harmless values; None where none is left."""
    kept = []
    for declaration in text[:10_000].split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name in PROPERTIES and VALUE.match(value):
            kept.append(f"{name}: {value}")
    return "; ".join(kept) or None
