"""What an invitation (`text/calendar`, RFC 5545) says in one line."""

import re

from core.channels.email.parsing.structs import Invitation

TEXT_MAX = 256 * 1024
VALUE_MAX = 300
LINES_MAX = 5000
FOLD = re.compile(r"\n[ \t]")
ESCAPED = re.compile(r"\\([,;\\nN])")
ZONE = re.compile(r"TZID=([^;]{1,100})", re.IGNORECASE)
WANTED = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "METHOD")


def read(text: str) -> Invitation | None:
    """The first event; None where there is none."""
    found: dict[str, str] = {}
    within = False
    for line in FOLD.sub("", text[:TEXT_MAX]).split("\n", LINES_MAX)[:LINES_MAX]:
        name, _, value = line.partition(":")
        field, _, parameters = name.strip().partition(";")
        field = field.upper()
        if field == "BEGIN" and value.strip().upper() == "VEVENT":
            within = True
        elif field == "END" and value.strip().upper() == "VEVENT":
            break
        elif field in WANTED and (within or field == "METHOD"):
            found.setdefault(field, _said(field, value, parameters))
    if not within:
        return None
    return Invitation(
        method=found.get("METHOD", "").upper(), summary=found.get("SUMMARY", ""), starts=found.get("DTSTART", ""),
        ends=found.get("DTEND", ""), location=found.get("LOCATION", ""), organizer=found.get("ORGANIZER", ""),
    )  # fmt: skip


def _said(field: str, value: str, parameters: str) -> str:
    text = ESCAPED.sub(lambda match: " " if match.group(1) in "nN" else match.group(1), value.strip())[:VALUE_MAX]
    if field == "ORGANIZER":
        return text[7:] if text[:7].lower() == "mailto:" else text
    match = ZONE.search(parameters)
    zone = match.group(1).strip('"') if match else ""
    return f"{text} {zone}" if field.startswith("DT") and zone else text
