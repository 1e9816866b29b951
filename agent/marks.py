"""The marks behind sentences that say which source they are from: `[1]`, and as models write them `[s1]`."""

import re

MARK = re.compile(r"\s?\[s?\d{1,2}\](?!\()")
"""Not before a bracket: that is a link with a number as its text."""


def without(text: str) -> str:
    """A text that has no sources beside it."""
    return MARK.sub("", text)
