"""What a document is read into, and how much of it."""

from typing import Literal

import msgspec

from core.errors import Invalid

Format = Literal["markdown", "html", "text", "pdf"]
FILE_MAX = 20 * 1024 * 1024
"""Bytes of a PDF."""
PAGE_MAX = 4 * 1024 * 1024
"""Bytes of any other document."""
TEXT_MAX = 2_000_000
"""Characters that are read from one document."""
TITLE_MAX = 200
LINKS_MAX = 2000


class Reading(msgspec.Struct):
    """A document as a reader sees it. `body` is Markdown.

    Of a page of a website also: `canonical`, the address it wants to be known by (empty: none); `noindex`, it asks not to be kept; `links`, whole
    addresses without fragments, in their order, each once; `nofollow`, none of them is to be followed.
    """

    title: str = ""
    body: str = ""
    canonical: str = ""
    noindex: bool = False
    nofollow: bool = False
    links: list[str] = []


class Unreadable(Invalid):
    """A document cannot be read. Its `reason`: type, empty, too_large, too_long, charset, not_text, encrypted, scanned, damaged, too_slow."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail, code=code)
