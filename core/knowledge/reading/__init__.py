"""Reading documents: bytes of Markdown, HTML, text or PDF become a title and a Markdown text that holds only what a reader sees.

Whoever wrote a document is not trusted: it may be huge, broken, or hold text for the AI agent that no reader sees. Only `Unreadable` is raised.
"""

import asyncio
import re
from pathlib import PurePosixPath

from core.knowledge.reading import html, isolated, markdown
from core.knowledge.reading.characters import clean, decode, one_line
from core.knowledge.reading.contract import FILE_MAX, PAGE_MAX, TEXT_MAX, TITLE_MAX, Format, Reading, Unreadable

__all__ = ["FILE_MAX", "PAGE_MAX", "Format", "Reading", "Unreadable", "format_of", "read"]

TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "text",
    "application/pdf": "pdf",
}
ENDINGS: dict[str, Format] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text", ".pdf": "pdf",
}  # fmt: skip
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def format_of(name: str, content_type: str = "") -> Format:
    """What a file is by its name's ending, else by its declared type.

    Raises:
        Unreadable: `type`, it is something else.
    """
    declared = TYPES.get(content_type.partition(";")[0].strip().lower())
    found = ENDINGS.get(PurePosixPath(name).suffix.lower(), declared)
    if found is None:
        raise Unreadable("type", "only Markdown, HTML, text and PDF can be read")
    return found


async def read(data: bytes, kind: Format, *, name: str = "", content_type: str = "", address: str = "") -> Reading:
    """Read a document. `name` is its title where it has none; `content_type` may declare a charset; links are resolved against `address`.

    The work is done outside of the event loop, a PDF's in a process of its own.

    Raises:
        Unreadable: with a code that says why.
    """
    if len(data) > (FILE_MAX if kind == "pdf" else PAGE_MAX):
        raise Unreadable("too_large", "this document is too large")
    if not data.strip():
        raise Unreadable("empty", "this document is empty")
    if kind == "pdf":
        found = await isolated.read_pdf(data)
    else:
        declared = CHARSET.search(content_type)
        found = await asyncio.to_thread(_read_text, data, kind, declared.group(1) if declared else "", address)
    found.title = one_line(found.title)[:TITLE_MAX].strip() or one_line(PurePosixPath(name).stem)[:TITLE_MAX].strip() or "Untitled"
    if not found.body.strip():
        raise Unreadable("empty", "this document has no text that a reader sees")
    if len(found.body) > TEXT_MAX:
        raise Unreadable("too_long", "this document has too much text")
    return found


def _read_text(data: bytes, kind: Format, charset: str, address: str) -> Reading:
    text = decode(data, charset, is_html=kind == "html")
    if kind == "html":
        return html.read(text, address)
    if kind == "markdown":
        return markdown.read(text)
    return Reading(body=markdown.without_comments(clean(text)).strip())
