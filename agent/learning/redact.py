"""Taking out of a text what tells who wrote it, before it is kept for another purpose. Time is linear in its length.

It knows forms, not people: an address, a number, a link with a secret in it. Names it knows only where it is given them; so whoever keeps a text
looks at it first.
"""

import re
from collections.abc import Iterable

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
ADDRESS = re.compile(r"\b(https?://|www\.)(?:[^\s/?#<>\"'@]{1,255}@)?([^\s/?#<>\"'@]{1,255})[^\s<>\"']*", re.IGNORECASE)
BARE = re.compile(r"(?<![\w./@:-])((?:[\w-]{1,63}\.){1,8}[a-zA-Z]{2,24})[/?#][^\s<>\"']+")
"""An address without its scheme, where it leads to more than a website's first page."""
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
SMALL_IBAN = re.compile(r"\b[a-z]{2}\d{2}[a-z0-9]{11,30}\b")
CARD = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?!\d)")
PHONE = re.compile(r"(?<![\w.,])(?:\+|00)\d(?:[ ()/.-]{0,2}\d){6,14}(?!\d)|(?<![\w.,+])\(?0\d(?:[ ()/-]{0,2}\d){6,12}(?!\d)")
LOCAL = re.compile(r"(?<![\w.,-])(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])")
MACHINE = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\w)")
CODE = re.compile(r"(?<![\w-])(?=[A-Z][A-Z-]{0,20}\d|\d[\d-]{0,20}[A-Z])[A-Z0-9][A-Z0-9-]{7,38}(?![\w-])")
"""Numbers of orders and parcels that have letters in them."""
ORDER = re.compile(
    r"(?<!\w)#\d{3,12}\b|(?<![\w.,€$£])(?=[A-Z-]{0,8}\d)[A-Z]{1,4}-?\d{4,12}\b|(?<![\w.,€$£])\d{5,12}(?![\w%€$£]|[.,]\d)"
)
WORD = re.compile(r"\w+(?:['’-]\w+)*")
MARKS = (
    (ADDRESS, r"\1\2/[link]"),
    (EMAIL, "[email]"),
    (BARE, r"\1/[link]"),
    (IBAN, "[account]"),
    (SMALL_IBAN, "[account]"),
    (CARD, "[card]"),
    (PHONE, "[phone]"),
    (LOCAL, "[phone]"),
    (MACHINE, "[address]"),
    (CODE, "[number]"),
    (ORDER, "[number]"),
)
"""In this order: the longer forms first, so that no part of one is left beside the mark of another."""
SECRET = re.compile(r"(?<![\w-])(?=[A-Za-z_-]{0,199}\d)[\w-]{20,}")
"""A key, a session: long, with a digit in it, and no word of any language."""
NAMED_SECRET = re.compile(
    r"\b(passw(?:or)?d|passcode|pin|secret|token|code|api[ _-]?key)\b(\s{0,3}(?:is\b\s{0,3}[:=]?|[:=])\s{0,3})\S{1,200}",
    re.IGNORECASE,
)
OPENS = (
    (ADDRESS, r"\1\2/[link]"),
    (BARE, r"\1/[link]"),
    (NAMED_SECRET, r"\1\2[secret]"),
    (IBAN, "[account]"),
    (SMALL_IBAN, "[account]"),
    (CARD, "[card]"),
    (SECRET, "[secret]"),
)
"""What opens something to whoever reads it."""
NAME_MIN = 2


def without_secrets(text: str) -> str:
    """The text with marks in the place of what opens something: links, accounts, cards, keys, passwords. Names and order numbers stay."""
    for pattern, mark in OPENS:
        text = pattern.sub(mark, text)
    return text


def redacted(text: str, names: Iterable[str] = ()) -> str:
    """The text with marks in the place of addresses, accounts, cards, telephone and order numbers, of what a link leads to, and of these names."""
    for pattern, mark in MARKS:
        text = pattern.sub(mark, text)
    parts = {part.casefold() for name in names for part in WORD.findall(name) if len(part) >= NAME_MIN}
    return WORD.sub(lambda found: "[name]" if found[0].casefold() in parts else found[0], text) if parts else text
