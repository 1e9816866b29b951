"""Message identifiers, and dates."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

BRACKETED = re.compile(r"<([^<>]{1,2000})>")
DATE_MAX = 120
ID_MAX = 998
"""As many letters as a line of a header may have."""
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def identifiers(text: str, most: int) -> tuple[tuple[str, ...], bool]:
    """Each once, in their order, without brackets; and whether these are all. Of too many the first and the newest stay."""
    found = ["".join(match.split()) for match in BRACKETED.findall(text)]
    if not found:
        found = [piece.strip("<>,;\"'") for piece in text.split() if "@" in piece]
    unique = list(dict.fromkeys(piece[:ID_MAX] for piece in found if piece))
    if len(unique) > most:
        return (unique[0], *unique[-most + 1 :]), False
    return tuple(unique), True


def identifier(text: str) -> str:
    """The first; without brackets and with a blank in it, what stands there."""
    found, _ = identifiers(text, 1000)
    return found[0] if found else "".join(text.split()).strip("<>")[:ID_MAX]


def date(text: str) -> datetime | None:
    """In UTC. A date without a zone counts as one."""
    try:
        read = parsedate_tz(text[:DATE_MAX].replace("\u00a0", " "))
        if read is None:
            return None
        found = datetime(*read[:6], tzinfo=UTC) - timedelta(seconds=read[9] or 0)
    except (ValueError, TypeError, IndexError, OverflowError):  # what the standard library raises for dates that are none
        return None
    return found if found >= EARLIEST else None
