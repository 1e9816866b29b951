"""Readable names for addresses."""

import re
import unicodedata

SLUG_MAX = 60


def slugify(title: str, fallback: str) -> str:
    """`What is "free" shipping?` -> `what-is-free-shipping`; `fallback` where no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", title.lower())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return "-".join(words)[:SLUG_MAX].strip("-") or fallback
