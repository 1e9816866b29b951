"""A value as it may stand in one place: in words, in HTML, in an address. What cannot be seen is in none of them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit

from core import texts

LENGTH_MAX = 2000
"""Letters of a value that are shown."""
SURROGATES = r"\ud800-\udfff"
UNSEEN = re.compile(f"[{texts.UNSEEN}{SURROGATES}]+")
SPACES = re.compile(r"\s+")
MARKS = re.compile(r"[&<>\"']")
DOTS = re.compile(r"\A\.+\Z")
ADDRESS = re.compile(r"\Ahttps?://[^\x00-\x20\x7f-\xa0\"'<>\\^`{|}\u2028\u2029]{1,2000}\Z", re.IGNORECASE)


def words(value: Any) -> str:
    """A value on one line; empty where it is missing."""
    text = value if type(value) is str else _said(value)
    if text.isalnum():
        return text[:LENGTH_MAX]
    return SPACES.sub(" ", UNSEEN.sub(" ", text[:LENGTH_MAX])).strip()


def html(text: str) -> str:
    """Words as text of an element, or within the quotes of an attribute."""
    return escape(text) if MARKS.search(text) else text


def component(text: str) -> str:
    """Words as a part of an address that ends neither that part nor the address."""
    return text if text.isascii() and text.isalnum() else quote(text, safe="", errors="replace")


def segment(text: str) -> str:
    """As `component`, in a path, where dots alone would lead elsewhere; empty for those."""
    return "" if DOTS.match(text) else component(text)


def address(text: str) -> str:
    """A whole address of http or https as it stands in a link; empty if it is none."""
    if not ADDRESS.match(text):
        return ""
    try:
        return text if urlsplit(text).hostname else ""
    except ValueError:  # an address of IPv6 that is none
        return ""


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            return ""
        case list() | tuple():
            return ", ".join(one for one in value if isinstance(one, str))
        case _:
            return str(value)
