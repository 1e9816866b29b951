"""A mail's HTML as it is shown: in a sandboxed frame, without anything that acts, asks or loads.

Cleaned when it is shown, never when it is stored: what is found out about a browser tomorrow then holds for yesterday's mail as well.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

import msgspec
import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.markup import bounds, safe

LENGTH_MAX = 4 * 1024 * 1024
"""Letters of HTML that are shown; mails have less."""
IMAGES_MAX = 2000
PASSES_MAX = 6
REMOTE = "data-remote-src"
"""The address of an image that is not loaded, until somebody asks for it."""
ATTRIBUTES = safe.ATTRIBUTES | {"img": safe.ATTRIBUTES["img"] | {REMOTE}}
BLANKS = " \t\r\n\f"
PASSED_OVER = "".join(map(chr, range(0x21)))
"""Around an address browsers do not heed these, and no others."""
SCHEMES = {"http", "https", "mailto", "tel", "data"}
REMOTE_ADDRESS = re.compile(r"\A(?:https?:)?//[^\x00-\x20\x7f\"'<>\\]+\Z", re.IGNORECASE)
INLINE_IMAGE = re.compile(r"\Adata:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)


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
    if not bounds.is_ordinary(page):
        page = _as_words(page)
    prepared, count, placed = _prepared(page, own, remote or (lambda _: None))
    addresses = frozenset({*own.values(), *placed})

    cleaner = nh3.Cleaner(
        tags=safe.TAGS, clean_content_tags=safe.EMPTIED, attributes=ATTRIBUTES,
        attribute_filter=lambda _, name, value: _allowed(name, value, addresses),
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
    return f'<div style="white-space: pre-wrap">{escape(bounds.words_of(page), quote=False)}</div>'


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
        return safe.style(value)
    if name == "href":
        link = value.strip(PASSED_OVER)
        return link if safe.LINK.match(link) else None
    if name == "src":
        return value if value in addresses or INLINE_IMAGE.match(value) else None
    if name == REMOTE:
        return value if REMOTE_ADDRESS.match(value) else None
    return value
